namespace Plimsoll.Cli.Tests;

/// <summary>A folder of a test's own, gone with it.</summary>
internal sealed class Folder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("plimsoll-cli-").FullName;

    /// <summary>A file in it, whether or not it is there yet.</summary>
    public string File(string name) => Path.Combine(_path, name);

    /// <summary>A file in it with a text.</summary>
    public string File(string name, string text)
    {
        System.IO.File.WriteAllText(File(name), text);

        return File(name);
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
