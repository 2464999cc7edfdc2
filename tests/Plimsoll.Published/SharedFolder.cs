namespace Plimsoll.Published;

/// <summary>
/// Where the published figures and market data lie: the folder named by PLIMSOLL_SHARED, else <c>../shared</c> beside the
/// repository.
/// </summary>
public static class SharedFolder
{
    /// <summary>Says what to do when the folder, or a file in it, is not there.</summary>
    public static string HowToFind(string file) =>
        $"{file} is not here: name the folder of published figures in PLIMSOLL_SHARED (default: ../shared from the repository root).";

    /// <summary>The full path of a file or folder inside, or null when it does not exist.</summary>
    /// <param name="relative">The path inside the folder, with forward slashes.</param>
    public static string? Find(string relative)
    {
        if (Root() is not { } root) return null;
        var full = Path.Combine(root, relative);
        return File.Exists(full) || Directory.Exists(full) ? full : null;
    }

    private static string? Root()
    {
        var named = Environment.GetEnvironmentVariable("PLIMSOLL_SHARED");
        if (!string.IsNullOrEmpty(named)) return Directory.Exists(named) ? Path.GetFullPath(named) : null;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Plimsoll.slnx"))) continue;
            var shared = Path.Combine(folder.FullName, "..", "shared");
            return Directory.Exists(shared) ? Path.GetFullPath(shared) : null;
        }

        return null;
    }
}
