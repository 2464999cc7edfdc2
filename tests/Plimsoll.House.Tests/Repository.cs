using System.Xml.Linq;

namespace Plimsoll.House.Tests;

/// <summary>The repository as its own tests see it: its rooms, their references, its source files.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<Room> Rooms { get; } =
    [
        .. Directory.GetFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(Room.Read),
    ];

    /// <summary>Source files of ours: what git would keep, without what a build leaves behind.</summary>
    public static IEnumerable<string> Files(params string[] patterns) =>
        new[] { "src", "tests", "bench", "web/src" }
            .Select(folder => Path.Combine(Root, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => patterns.SelectMany(pattern => Directory.GetFiles(folder, pattern, SearchOption.AllDirectories)))
            .Where(file => !Segments(file).Any(s => s is "bin" or "obj" or "node_modules" or "dist"))
            .Order(StringComparer.Ordinal);

    public static string Relative(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static string[] Segments(string file) => Relative(file).Split('/');

    private static string FindRoot()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Plimsoll.slnx"))) at = at.Parent;

        return at?.FullName ?? throw new InvalidOperationException("Plimsoll.slnx is above no folder of the test's.");
    }

    /// <summary>One project under src.</summary>
    internal sealed record Room(string Name, string Folder, IReadOnlyList<string> References, IReadOnlyList<string> Packages, bool IsKernel)
    {
        public static Room Read(string path)
        {
            XDocument project = XDocument.Load(path);

            return new Room(
                Path.GetFileNameWithoutExtension(path),
                Path.GetDirectoryName(path)!,
                [.. Includes(project, "ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Replace('\\', '/')))],
                [.. Includes(project, "PackageReference")],
                project.Descendants("Import").Any(import => ((string?)import.Attribute("Project"))?.EndsWith("Kernel.props", StringComparison.Ordinal) == true));
        }

        private static IEnumerable<string> Includes(XDocument project, string element) =>
            project.Descendants(element).Select(e => (string)e.Attribute("Include")!);
    }
}
