using System.Text.Json;

namespace Plimsoll.Published;

/// <summary>A file of published figures in groups of vectors <c>{ in, expected, tol, id }</c>; every case in it is discovered.</summary>
public sealed class GoldenFile
{
    private readonly Dictionary<string, PublishedCase> _byId = [];

    private GoldenFile(string name, string? path)
    {
        Name = name;
        Exists = path is not null;
        if (path is null)
        {
            Groups = [];
            return;
        }

        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        Groups = [.. document.RootElement.GetProperty("groups").EnumerateObject().Select(Read)];
        foreach (var one in Groups.SelectMany(group => group.Cases)) _byId.Add(one.Id, one);
    }

    /// <summary>The golden file of that name, for instance <c>golden/pricing.json</c>; one that is not there has no groups.</summary>
    public static GoldenFile Open(string name) => new(name, SharedFolder.Find(name));

    /// <summary>The file's path inside the shared folder.</summary>
    public string Name { get; }

    /// <summary>Whether the file is there.</summary>
    public bool Exists { get; }

    /// <summary>Its groups, in the order of the file.</summary>
    public IReadOnlyList<PublishedGroup> Groups { get; }

    /// <summary>The case with that id.</summary>
    public PublishedCase this[string id] => _byId[id];

    private static PublishedGroup Read(JsonProperty group)
    {
        var cases = group.Value.GetProperty("vectors").EnumerateArray().Select(vector => new PublishedCase(
            group.Name,
            vector.GetProperty("id").GetString()!,
            vector.GetProperty("in").Clone(),
            vector.GetProperty("expected").Clone(),
            vector.GetProperty("tol").GetDouble()));
        return new PublishedGroup(group.Name, [.. cases]);
    }
}
