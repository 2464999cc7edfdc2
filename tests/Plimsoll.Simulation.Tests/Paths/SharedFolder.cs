namespace Plimsoll.Simulation.Tests.Paths;

/// <summary>The folders that hold published numbers and the repository's own samples.</summary>
internal static class SharedFolder
{
    public static string Repository { get; } = Up(AppContext.BaseDirectory);

    public static string Root { get; } = Environment.GetEnvironmentVariable("PLIMSOLL_SHARED") ?? Path.Combine(Repository, "..", "shared");

    public static string File(params string[] parts)
    {
        string path = Path.Combine([Root, .. parts]);
        Assert.SkipUnless(System.IO.File.Exists(path), $"The shared folder has no {Path.Combine(parts)}.");

        return path;
    }

    public static string Sample(params string[] parts) => Path.Combine([Repository, "samples", .. parts]);

    private static string Up(string folder)
    {
        DirectoryInfo? at = new(folder);
        while (at is not null && !System.IO.File.Exists(Path.Combine(at.FullName, "Plimsoll.slnx"))) at = at.Parent;

        return at?.FullName ?? throw new InvalidOperationException("The repository's root is above the tests.");
    }
}
