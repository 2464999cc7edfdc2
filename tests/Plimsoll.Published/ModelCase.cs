using System.Text.Json;

namespace Plimsoll.Published;

/// <summary>One published case of a model with several answers.</summary>
/// <param name="Model">The model, or the group, it belongs to.</param>
/// <param name="Id">Its id, unique in the file.</param>
/// <param name="Inputs">The object of inputs.</param>
/// <param name="Expected">The object of answers; what it does not name is not asked for.</param>
/// <param name="Tolerance">|actual − expected| may be this times max(1, |expected|), answer by answer; 0 means equal.</param>
public sealed record ModelCase(string Model, string Id, JsonElement Inputs, JsonElement Expected, double Tolerance)
{
    /// <summary>A number among the inputs.</summary>
    public double Number(string name) => Inputs.GetProperty(name).GetDouble();

    /// <summary>What is wrong with an answer, in one sentence; null when nothing is.</summary>
    /// <param name="answer">An object that serialises to the shape of <see cref="Expected"/>.</param>
    public string? Fault(object answer) => Fault(JsonSerializer.SerializeToElement(answer), Expected, "");

    private string? Fault(JsonElement actual, JsonElement expected, string place)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in expected.EnumerateObject())
                {
                    if (!actual.TryGetProperty(member.Name, out var part)) return $"{place}{member.Name} is missing";
                    if (Fault(part, member.Value, $"{place}{member.Name}.") is { } fault) return fault;
                }

                return null;

            case JsonValueKind.Array:
                if (actual.GetArrayLength() != expected.GetArrayLength()) return $"{place} has {actual.GetArrayLength()} entries, not {expected.GetArrayLength()}";

                return Enumerable.Range(0, expected.GetArrayLength()).Select(i => Fault(actual[i], expected[i], $"{place}{i}.")).FirstOrDefault(f => f is not null);

            case JsonValueKind.Number when actual.ValueKind == JsonValueKind.Number:
                return Agrees(actual, expected) ? null : $"{place.TrimEnd('.')} is {actual.GetRawText()}, published {expected.GetRawText()}";

            default:
                return actual.GetRawText() == expected.GetRawText() ? null : $"{place.TrimEnd('.')} is {actual.GetRawText()}, published {expected.GetRawText()}";
        }
    }

    private bool Agrees(JsonElement actual, JsonElement expected) => Tolerance == 0
        ? actual.GetDecimal() == expected.GetDecimal()
        : Math.Abs(actual.GetDouble() - expected.GetDouble()) <= Tolerance * Math.Max(1, Math.Abs(expected.GetDouble()));
}
