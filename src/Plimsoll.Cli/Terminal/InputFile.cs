using Plimsoll.Units;

namespace Plimsoll.Cli.Terminal;

/// <summary>Files that people name.</summary>
internal static class InputFile
{
    /// <summary>All of a file.</summary>
    /// <exception cref="InputException">It cannot be read or is too large.</exception>
    public static byte[] Bytes(string path, long mostBytes)
    {
        try
        {
            if (Directory.Exists(path)) throw new InputException(path, "found a folder, expected a file");
            if (new FileInfo(path) is { Exists: true } file && file.Length > mostBytes) throw new InputException(path, $"found {file.Length} bytes, expected at most {mostBytes}");

            return File.ReadAllBytes(path);
        }
        catch (FileNotFoundException fault)
        {
            throw new InputException(path, "there is no such file", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputException(path, $"expected a readable file, found: {fault.Message.ReplaceLineEndings(" ")}", fault);
        }
    }
}
