using System.IO.Compression;
using System.Text;

namespace Plimsoll.Simulation.Tests.Paths;

/// <summary>A file that lives as long as its test.</summary>
internal sealed class TempFile : IDisposable
{
    public TempFile(string text) : this(Encoding.UTF8.GetBytes(text))
    {
    }

    public TempFile(byte[] bytes)
    {
        Path = System.IO.Path.GetTempFileName();
        File.WriteAllBytes(Path, bytes);
    }

    public string Path { get; }

    public static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(Encoding.UTF8.GetBytes(text));

        return packed.ToArray();
    }

    public void Dispose() => File.Delete(Path);
}
