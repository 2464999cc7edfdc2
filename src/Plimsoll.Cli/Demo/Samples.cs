using Plimsoll.Units;

namespace Plimsoll.Cli.Demo;

/// <summary>Finds what a newcomer names: a path of his own, or a sample, wherever he stands.</summary>
internal static class Samples
{
    /// <summary>The venue that is played where none is named.</summary>
    public const string Harbour = "samples/harbour";

    private const string VenueFile = "venue.json";
    private const string IncidentFolder = "samples/incidents";

    /// <summary>The venue file of a folder or the file itself: from here, else beside the program, else from a folder above it.</summary>
    /// <exception cref="InputException">There is no such venue.</exception>
    public static string Venue(string given)
    {
        foreach (string root in Roots())
        {
            string path = Path.Combine(root, given);
            if (File.Exists(path)) return path;
            if (File.Exists(Path.Combine(path, VenueFile))) return Path.Combine(path, VenueFile);
        }

        throw new InputException(given, $"found no venue, expected a folder with a {VenueFile} or such a file, e.g. {Harbour}");
    }

    /// <summary>Files of incidents: one that is named, as a file or by its name among the samples, or all samples in the order of their names.</summary>
    /// <exception cref="InputException">There is no such incident.</exception>
    public static IReadOnlyList<string> Incidents(string? given)
    {
        if (given is not null && File.Exists(given)) return [given];

        foreach (string folder in Roots().Select(root => Path.Combine(root, IncidentFolder)).Where(Directory.Exists))
        {
            string[] files = [.. Directory.GetFiles(folder, "*.json").Where(file => given is null || Path.GetFileNameWithoutExtension(file) == given).Order(StringComparer.Ordinal)];
            if (files.Length > 0) return files;
        }

        throw new InputException(given ?? IncidentFolder, "found no incident, expected a file or a name such as mango-2022");
    }

    private static IEnumerable<string> Roots()
    {
        yield return "";
        yield return AppContext.BaseDirectory;
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent) yield return at.FullName;
    }
}
