using System.Buffers.Binary;
using System.IO.Compression;

namespace Plimsoll.Markets.Bars;

/// <summary>
/// The content of a gzip file of one member (RFC 1952), held against the checksum and the length at the file's end. The base
/// library's own reader takes a file that was cut off for one that is shorter.
/// </summary>
internal sealed class CompleteGzip : Stream
{
    private const int TrailerLength = 8;
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(i => Remainder((uint)i))];

    private readonly FileStream file;
    private readonly GZipStream content;
    private readonly uint expectedChecksum;
    private readonly uint expectedLength;
    private uint checksum = uint.MaxValue;
    private uint length;

    /// <summary>The content of a gzip file, from its beginning.</summary>
    /// <exception cref="InvalidDataException">The file is shorter than a gzip's end.</exception>
    public CompleteGzip(FileStream file)
    {
        this.file = file;
        Span<byte> trailer = stackalloc byte[TrailerLength];
        if (file.Length < TrailerLength) throw new InvalidDataException("The gzip file is cut off.");

        file.Position = file.Length - TrailerLength;
        file.ReadExactly(trailer);
        file.Position = 0;
        expectedChecksum = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        expectedLength = BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]);
        content = new GZipStream(file, CompressionMode.Decompress);
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The content is damaged or incomplete.</exception>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The content is damaged or incomplete.</exception>
    public override int Read(Span<byte> buffer)
    {
        int read = content.Read(buffer);
        Count(buffer[..read]);
        if (read == 0 && buffer.Length > 0 && (~checksum != expectedChecksum || length != expectedLength))
            throw new InvalidDataException("The gzip file's end does not fit its content.");

        return read;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        // Nothing is written.
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Count(ReadOnlySpan<byte> bytes)
    {
        // The stored length is kept modulo 2^32.
        length = unchecked(length + (uint)bytes.Length);
        foreach (byte b in bytes) checksum = Table[(checksum ^ b) & 0xFF] ^ (checksum >> 8);
    }

    private static uint Remainder(uint value)
    {
        const uint Polynomial = 0xEDB88320;
        for (int bit = 0; bit < 8; bit++) value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ Polynomial;

        return value;
    }
}
