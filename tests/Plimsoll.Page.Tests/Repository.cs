namespace Plimsoll.Page.Tests;

/// <summary>Where the sources and what is built from them lie.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The built page.</summary>
    public static string Dashboard { get; } = Path.Combine(Root, "web", "dist");

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Plimsoll.slnx"))) folder = Path.GetDirectoryName(folder);

        return folder ?? throw new DirectoryNotFoundException($"No Plimsoll.slnx above {AppContext.BaseDirectory}.");
    }
}
