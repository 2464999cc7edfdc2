using System.Collections.Immutable;
using System.Text.Json;
using Plimsoll.Risk.Margin;

namespace Plimsoll.Risk.Shadow;

/// <summary>
/// Two sets of parameters field by field, through their canonical JSON: whatever a set says is compared, sections of a later
/// day as well. What a list holds is found by what it is called (its asset, class, instrument or id), so that a line in the
/// middle is one change and not a shift of all behind it.
/// </summary>
public static class ParameterDifference
{
    private static readonly string[] Names = ["asset", "instrument", "class", "id", "issuer", "root", "underlying", "owner", "name"];

    /// <summary>The fields that differ, in the order of the first set, then those only the second has.</summary>
    public static ImmutableArray<ParameterChange> Between(RiskParameters first, RiskParameters second)
    {
        List<(string Path, string Value)> old = Fields(first);
        List<(string Path, string Value)> now = Fields(second);
        var before = old.ToDictionary(f => f.Path, f => f.Value, StringComparer.Ordinal);
        var after = now.ToDictionary(f => f.Path, f => f.Value, StringComparer.Ordinal);

        return
        [
            .. old.Where(f => !string.Equals(after.GetValueOrDefault(f.Path), f.Value, StringComparison.Ordinal))
                .Select(f => new ParameterChange(f.Path, f.Value, after.GetValueOrDefault(f.Path))),
            .. now.Where(f => !before.ContainsKey(f.Path)).Select(f => new ParameterChange(f.Path, null, f.Value)),
        ];
    }

    private static List<(string Path, string Value)> Fields(RiskParameters parameters)
    {
        var fields = new List<(string, string)>();
        using JsonDocument document = JsonDocument.Parse(parameters.ToJson());
        Walk(document.RootElement, "", fields);

        return fields;
    }

    private static void Walk(JsonElement element, string path, List<(string Path, string Value)> fields)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty member in element.EnumerateObject()) Walk(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}", fields);
                break;
            case JsonValueKind.Array:
                List(element, path, fields);
                break;
            case JsonValueKind.String:
                fields.Add((path, element.GetString()!));
                break;
            default:
                fields.Add((path, element.GetRawText()));
                break;
        }
    }

    private static void List(JsonElement list, string path, List<(string Path, string Value)> fields)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        int place = 0;
        foreach (JsonElement item in list.EnumerateArray())
        {
            string name = NameOf(item) is { } own && used.Add(own) ? $"{path} {own}" : $"{path}[{place}]";
            Walk(item, name, fields);
            place++;
        }
    }

    private static string? NameOf(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object) return null;

        foreach (string name in Names)
        {
            if (item.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String) return value.GetString();
        }

        return null;
    }
}
