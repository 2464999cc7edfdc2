using System.Text;
using Plimsoll.Units;

namespace Plimsoll.Markets.Bars;

/// <summary>
/// Lines of a text file, one at a time, plain or gzip (told by the first two bytes, never by the name).
/// What cannot be read is an <see cref="InputException"/> that names file and line.
/// </summary>
public sealed class CsvLines : IDisposable
{
    /// <summary>The longest line accepted, in characters: a file without line ends must not fill the memory.</summary>
    public const int MaxLength = 4096;

    private const string IncompleteGzip = "found damaged or truncated gzip data, expected a complete file";
    private readonly TextReader reader;
    private readonly StringBuilder line = new();

    private CsvLines(string path, TextReader reader)
    {
        Path = path;
        this.reader = reader;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The number of the line last read, from 1; 0 before the first.</summary>
    public int Number { get; private set; }

    /// <summary>Opens a file.</summary>
    public static CsvLines Open(string path)
    {
        try
        {
            FileStream file = File.OpenRead(path);
            Span<byte> magic = stackalloc byte[2];
            int read = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false);
            file.Position = 0;
            bool gzip = read == 2 && magic[0] == 0x1F && magic[1] == 0x8B;
            Stream content = gzip ? new CompleteGzip(file) : file;

            return new CsvLines(path, new StreamReader(content, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16));
        }
        catch (InvalidDataException e)
        {
            throw new InputException($"{path}:1", IncompleteGzip, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputException(path, $"expected a readable file, found: {OneLine(e)}", e);
        }
    }

    /// <summary>The next line without its end; none after the last.</summary>
    public string? Next()
    {
        try
        {
            return Read();
        }
        catch (InvalidDataException e)
        {
            throw new InputException($"{Path}:{Number + 1}", IncompleteGzip, e);
        }
        catch (IOException e)
        {
            throw new InputException($"{Path}:{Number + 1}", $"expected a readable file, found: {OneLine(e)}", e);
        }
    }

    /// <summary>A fault of the line last read.</summary>
    public InputException Fault(string field, string found, string expected) =>
        new($"{Path}:{Number} {field}", $"found {Shown(found)}, expected {expected}");

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();

    private string? Read()
    {
        line.Clear();
        int next = reader.Read();
        if (next < 0) return null;

        while (next is >= 0 and not '\n')
        {
            if (line.Length == MaxLength) throw new InputException($"{Path}:{Number + 1}", $"found a line longer than {MaxLength} characters, expected CSV");
            line.Append((char)next);
            next = reader.Read();
        }

        Number++;
        if (line.Length > 0 && line[^1] == '\r') line.Length--;

        return line.ToString();
    }

    private static string Shown(string found)
    {
        string visible = string.Concat(found.Select(c => char.IsControl(c) ? '?' : c));

        return visible.Length <= 40 ? $"'{visible}'" : $"'{visible[..40]}…'";
    }

    private static string OneLine(Exception e) => e.Message.ReplaceLineEndings(" ");
}
