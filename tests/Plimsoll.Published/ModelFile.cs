using System.Text.Json;

namespace Plimsoll.Published;

/// <summary>
/// A file of published cases of many models, in one list that names each case's model or in groups that do; every case in it
/// is discovered.
/// </summary>
public sealed class ModelFile
{
    private readonly Dictionary<string, ModelCase> _byId = [];

    private ModelFile(string name, string? path)
    {
        Name = name;
        Exists = path is not null;
        if (path is null) return;

        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var root = document.RootElement;
        if (root.TryGetProperty("shared", out var shared)) Shared = shared.Clone();
        Cases = root.TryGetProperty("groups", out var groups)
            ? [.. groups.EnumerateObject().SelectMany(group => group.Value.GetProperty("cases").EnumerateArray().Select(one => Read(group.Name, one, "tol")))]
            : [.. root.GetProperty("cases").EnumerateArray().Select(one => Read(one.GetProperty("model").GetString()!, one, "tolerance"))];
        foreach (var one in Cases) _byId.Add(one.Id, one);
    }

    /// <summary>The file of that name, for instance <c>golden/margin.json</c>; one that is not there has no cases.</summary>
    public static ModelFile Open(string name) => new(name, SharedFolder.Find(name));

    /// <summary>The file's path inside the shared folder.</summary>
    public string Name { get; }

    /// <summary>Whether the file is there.</summary>
    public bool Exists { get; }

    /// <summary>What several cases refer to by name; undefined when the file has none.</summary>
    public JsonElement Shared { get; }

    /// <summary>Its cases, in the order of the file.</summary>
    public IReadOnlyList<ModelCase> Cases { get; } = [];

    /// <summary>Its models, in the order of their first case.</summary>
    public IEnumerable<string> Models => Cases.Select(one => one.Model).Distinct();

    /// <summary>The case with that id.</summary>
    public ModelCase this[string id] => _byId[id];

    private static ModelCase Read(string model, JsonElement one, string tolerance) => new(
        model,
        one.GetProperty("id").GetString()!,
        one.GetProperty("inputs").Clone(),
        one.GetProperty("expected").Clone(),
        one.GetProperty(tolerance).GetDouble());
}
