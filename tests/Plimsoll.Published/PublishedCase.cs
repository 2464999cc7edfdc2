using System.Text.Json;

namespace Plimsoll.Published;

/// <summary>One published figure: what was put in, what came out, and how closely it is stated.</summary>
/// <param name="Group">The group it belongs to.</param>
/// <param name="Id">Its id, unique in the file.</param>
/// <param name="Inputs">The object of inputs.</param>
/// <param name="Expected">What was published: a number or an array of numbers.</param>
/// <param name="Tolerance">Absolute tolerance, element by element.</param>
public sealed record PublishedCase(string Group, string Id, JsonElement Inputs, JsonElement Expected, double Tolerance)
{
    /// <summary>The published number, where it is a single one.</summary>
    public double ExpectedNumber => Expected.GetDouble();

    /// <summary>The published numbers, of which a single one is a list.</summary>
    public double[] ExpectedNumbers => Expected.ValueKind == JsonValueKind.Array ? [.. Expected.EnumerateArray().Select(e => e.GetDouble())] : [ExpectedNumber];

    /// <summary>A number among the inputs.</summary>
    public double Number(string name) => Inputs.GetProperty(name).GetDouble();

    /// <summary>A number among the inputs, or what stands for it when it is not given.</summary>
    public double Number(string name, double otherwise) =>
        Inputs.TryGetProperty(name, out var value) ? value.GetDouble() : otherwise;

    /// <summary>A text among the inputs.</summary>
    public string Text(string name) => Inputs.GetProperty(name).GetString()!;
}

/// <summary>The published figures of one model.</summary>
/// <param name="Name">The group's name in the file.</param>
/// <param name="Cases">Its cases, in the order of the file.</param>
public sealed record PublishedGroup(string Name, IReadOnlyList<PublishedCase> Cases);
