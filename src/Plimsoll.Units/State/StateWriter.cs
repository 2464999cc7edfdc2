using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Plimsoll.Units.State;

/// <summary>
/// Writes the one canonical encoding of state: little-endian primitives without padding, texts as an i32 byte count and
/// UTF-8, decimals without trailing zeros, one pattern for every NaN. Equal state gives equal bytes on every machine.
/// The bytes are kept, streamed or only hashed; <see cref="Hash"/> is the SHA-256 of all of them in each case.
/// </summary>
public sealed class StateWriter : IDisposable
{
    private const int FirstBuffer = 1 << 16;

    private readonly bool _keeps;
    private readonly Stream? _stream;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _buffer = new byte[FirstBuffer];
    private int _used;
    private long _flushed;

    private StateWriter(bool keeps, Stream? stream) => (_keeps, _stream) = (keeps, stream);

    /// <summary>Bytes written so far.</summary>
    public long Length => _flushed + _used;

    /// <summary>A writer that keeps its bytes for <see cref="ToArray"/>; up to 2 GB.</summary>
    public static StateWriter ToMemory() => new(keeps: true, stream: null);

    /// <summary>A writer that keeps nothing and only hashes.</summary>
    public static StateWriter ToHash() => new(keeps: false, stream: null);

    /// <summary>A writer that passes its bytes to a stream, which it neither closes nor disposes.</summary>
    public static StateWriter ToStream(Stream stream) => new(keeps: false, stream);

    /// <summary>Opens a section: four ASCII characters and the version of what follows.</summary>
    public void Section(string tag, ushort version)
    {
        Law.Holds(tag.Length == 4 && Ascii.IsValid(tag), "a section's tag is four ASCII characters");
        foreach (char c in tag) WriteByte((byte)c);
        WriteUShort(version);
    }

    /// <summary>Writes one byte.</summary>
    public void WriteByte(byte value) => Room(1)[0] = value;

    /// <summary>Writes one byte, 0 or 1.</summary>
    public void WriteBool(bool value) => WriteByte(value ? (byte)1 : (byte)0);

    /// <summary>Writes 2 bytes.</summary>
    public void WriteUShort(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Room(2), value);

    /// <summary>Writes 4 bytes.</summary>
    public void WriteInt(int value) => BinaryPrimitives.WriteInt32LittleEndian(Room(4), value);

    /// <summary>Writes 8 bytes.</summary>
    public void WriteLong(long value) => BinaryPrimitives.WriteInt64LittleEndian(Room(8), value);

    /// <summary>Writes 16 bytes.</summary>
    public void WriteInt128(Int128 value) => BinaryPrimitives.WriteInt128LittleEndian(Room(16), value);

    /// <summary>Writes the 8 bytes of a double; every NaN as the same one, since machines differ in its sign.</summary>
    public void WriteDouble(double value) =>
        WriteLong(double.IsNaN(value) ? StateReader.CanonicalNaN : BitConverter.DoubleToInt64Bits(value));

    /// <summary>Writes the 16 bytes of a decimal without trailing zeros: low, middle and high mantissa, flags.</summary>
    public void WriteDecimal(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(Price.Canonical(value), bits);
        foreach (int part in bits) WriteInt(part);
    }

    /// <summary>Writes a text: its UTF-8 byte count as i32, then the bytes.</summary>
    /// <exception cref="EncoderFallbackException">A half of a surrogate pair: two such texts would get the same bytes.</exception>
    public void WriteText(string text)
    {
        int count = StateReader.StrictUtf8.GetByteCount(text);
        WriteInt(count);
        if (count <= FirstBuffer) StateReader.StrictUtf8.GetBytes(text, Room(count));
        else WriteSpan(StateReader.StrictUtf8.GetBytes(text));
    }

    /// <summary>Writes 16 bytes.</summary>
    public void WriteAmount(Amount value) => WriteInt128(value.Units);

    /// <summary>Writes 8 bytes.</summary>
    public void WriteLots(Lots value) => WriteLong(value.Count);

    /// <summary>Writes 8 bytes.</summary>
    public void WriteInstant(Instant value) => WriteLong(value.UnixMicroseconds);

    /// <summary>Writes 32 bytes.</summary>
    public void WriteHash(Hash256 value) => value.CopyTo(Room(Hash256.Size));

    /// <summary>Writes bytes as they are; the reader must know how many.</summary>
    public void WriteSpan(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            int part = Math.Min(bytes.Length, FirstBuffer);
            bytes[..part].CopyTo(Room(part));
            bytes = bytes[part..];
        }
    }

    /// <summary>Writes an i32 count, then the bytes.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        WriteInt(bytes.Length);
        WriteSpan(bytes);
    }

    /// <summary>Writes numbers of 4 bytes; the reader must know how many.</summary>
    public void WriteSpan(ReadOnlySpan<int> values)
    {
        if (BitConverter.IsLittleEndian) WriteSpan(MemoryMarshal.AsBytes(values));
        else foreach (int value in values) WriteInt(value);
    }

    /// <summary>Writes numbers of 8 bytes; the reader must know how many.</summary>
    public void WriteSpan(ReadOnlySpan<long> values)
    {
        if (BitConverter.IsLittleEndian) WriteSpan(MemoryMarshal.AsBytes(values));
        else foreach (long value in values) WriteLong(value);
    }

    /// <summary>Writes doubles, 8 bytes each; the reader must know how many.</summary>
    public void WriteSpan(ReadOnlySpan<double> values)
    {
        foreach (double value in values) WriteDouble(value);
    }

    /// <summary>The SHA-256 of everything written so far; writing may go on afterwards.</summary>
    public Hash256 Hash()
    {
        if (_keeps) return Hash256.Of(_buffer.AsSpan(0, _used));

        Flush();
        Span<byte> hash = stackalloc byte[Hash256.Size];
        _hash.GetCurrentHash(hash);

        return new Hash256(hash);
    }

    /// <summary>Passes what is buffered on to the stream, where there is one.</summary>
    public void Flush()
    {
        if (_keeps || _used == 0) return;

        ReadOnlySpan<byte> full = _buffer.AsSpan(0, _used);
        _hash.AppendData(full);
        _stream?.Write(full);
        _flushed += _used;
        _used = 0;
    }

    /// <summary>Everything written so far; only for a writer <see cref="ToMemory"/>.</summary>
    public byte[] ToArray()
    {
        Law.Holds(_keeps, "only a writer that keeps its bytes gives them back");

        return _buffer.AsSpan(0, _used).ToArray();
    }

    /// <summary>Flushes, and frees the hash; the stream stays open.</summary>
    public void Dispose()
    {
        Flush();
        _hash.Dispose();
    }

    private Span<byte> Room(int count)
    {
        if (_buffer.Length - _used < count) MakeRoom(count);
        Span<byte> room = _buffer.AsSpan(_used, count);
        _used += count;

        return room;
    }

    private void MakeRoom(int count)
    {
        if (!_keeps) Flush();
        long needed = (long)_used + count;
        Law.Holds(needed <= Array.MaxLength, "state kept in memory stays below two gigabytes; stream it instead");
        if (needed > _buffer.Length) Array.Resize(ref _buffer, (int)Math.Min(Array.MaxLength, Math.Max(needed, 2L * _buffer.Length)));
    }
}
