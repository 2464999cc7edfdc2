using Plimsoll.Units;

namespace Plimsoll.Cli.Terminal;

/// <summary>Files that people ask for.</summary>
internal static class OutputFile
{
    /// <summary>Refuses a place that cannot be written to, before long work is begun.</summary>
    /// <exception cref="InputException">It is a folder, or its folder does not exist.</exception>
    public static void MustBeWritable(string option, string path)
    {
        if (Directory.Exists(path)) throw new InputException($"{option} {path}", "found a folder, expected a file");
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder)) throw new InputException($"{option} {path}", "expected a folder that exists");
    }
}
