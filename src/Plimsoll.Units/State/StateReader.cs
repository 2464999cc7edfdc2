using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Plimsoll.Units.State;

/// <summary>
/// Reads what <see cref="StateWriter"/> wrote, and nothing else: truncation, counts beyond what is left, a decimal with
/// trailing zeros or a bool of 2 are refused, so that whatever is read writes back to the same bytes.
/// </summary>
/// <param name="bytes">The encoding; read once, front to back.</param>
/// <exception cref="InputException">Every method: the bytes are not what a writer would have written there.</exception>
public sealed class StateReader(ReadOnlyMemory<byte> bytes)
{
    /// <summary>The bits of the one NaN that is written.</summary>
    internal const long CanonicalNaN = 0x7FF8_0000_0000_0000;

    /// <summary>Refuses what is not a text instead of replacing it.</summary>
    internal static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private int _at;

    /// <summary>The offset of the next byte.</summary>
    public int At => _at;

    /// <summary>Bytes not read yet.</summary>
    public int Remaining => bytes.Length - _at;

    /// <summary>Opens a section and returns its version.</summary>
    /// <param name="tag">The four characters expected.</param>
    /// <param name="newest">The newest version this program can read; the oldest is 1.</param>
    public ushort Section(string tag, ushort newest)
    {
        int at = _at;
        string found = Encoding.Latin1.GetString(Take(4));
        if (!string.Equals(found, tag, StringComparison.Ordinal)) throw Fault(at, $"found section '{Printable(found)}', expected '{tag}'");
        ushort version = ReadUShort();
        if (version < 1 || version > newest) throw Fault(at, $"section '{tag}' has version {version}, expected 1 to {newest}");

        return version;
    }

    /// <summary>Reads one byte.</summary>
    public byte ReadByte() => Take(1)[0];

    /// <summary>Reads one byte, 0 or 1.</summary>
    public bool ReadBool() => ReadByte() switch
    {
        0 => false,
        1 => true,
        byte other => throw Fault(_at - 1, $"found {other}, expected 0 or 1"),
    };

    /// <summary>Reads 2 bytes.</summary>
    public ushort ReadUShort() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    /// <summary>Reads 4 bytes.</summary>
    public int ReadInt() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    /// <summary>Reads 8 bytes.</summary>
    public long ReadLong() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    /// <summary>Reads 16 bytes.</summary>
    public Int128 ReadInt128() => BinaryPrimitives.ReadInt128LittleEndian(Take(16));

    /// <summary>Reads 8 bytes.</summary>
    public double ReadDouble()
    {
        double value = BitConverter.Int64BitsToDouble(ReadLong());
        if (double.IsNaN(value) && BitConverter.DoubleToInt64Bits(value) != CanonicalNaN) throw Fault(_at - 8, "found a NaN that is never written");

        return value;
    }

    /// <summary>Reads 16 bytes.</summary>
    public decimal ReadDecimal()
    {
        int at = _at;
        Span<int> bits = [ReadInt(), ReadInt(), ReadInt(), ReadInt()];
        int decimals = (bits[3] >> 16) & 0xFF;
        if ((bits[3] & 0x7F00FFFF) != 0 || decimals > 28) throw Fault(at, "found bits that are no decimal");

        decimal value = new(bits);
        Span<int> canonical = stackalloc int[4];
        decimal.GetBits(Price.Canonical(value), canonical);
        if (!bits.SequenceEqual(canonical)) throw Fault(at, "found a decimal with trailing zeros or a negative zero");

        return value;
    }

    /// <summary>Reads a text.</summary>
    /// <param name="maxBytes">The most bytes of UTF-8 it may have.</param>
    public string ReadText(int maxBytes)
    {
        int at = _at;
        int count = ReadCount(1);
        if (count > maxBytes) throw Fault(at, $"found a text of {count} bytes, expected at most {maxBytes}");

        try
        {
            return StrictUtf8.GetString(Take(count));
        }
        catch (DecoderFallbackException fault)
        {
            throw new InputException(Place(at), "found bytes that are not UTF-8", fault);
        }
    }

    /// <summary>Reads 16 bytes.</summary>
    public Amount ReadAmount() => new(ReadInt128());

    /// <summary>Reads 8 bytes.</summary>
    public Lots ReadLots() => new(ReadLong());

    /// <summary>Reads 8 bytes.</summary>
    public Instant ReadInstant() => new(ReadLong());

    /// <summary>Reads 32 bytes.</summary>
    public Hash256 ReadHash() => new(Take(Hash256.Size));

    /// <summary>Reads an i32 that counts what follows, and refuses one that what is left could not hold.</summary>
    /// <param name="leastBytesEach">The fewest bytes one of the counted takes; at least 1.</param>
    public int ReadCount(int leastBytesEach)
    {
        Law.Holds(leastBytesEach >= 1, "what is counted takes at least a byte");
        int at = _at;
        int count = ReadInt();
        if (count < 0 || count > Remaining / leastBytesEach)
            throw Fault(at, $"found a count of {count}, but {Remaining} bytes are left for {leastBytesEach} or more each");

        return count;
    }

    /// <summary>Reads an i32 count and as many bytes; the span looks into what is being read.</summary>
    public ReadOnlySpan<byte> ReadBytes() => Take(ReadCount(1));

    /// <summary>Fills a span with bytes.</summary>
    public void ReadSpan(Span<byte> values) => Take(values.Length).CopyTo(values);

    /// <summary>Fills a span with numbers of 4 bytes.</summary>
    public void ReadSpan(Span<int> values)
    {
        if (BitConverter.IsLittleEndian) ReadSpan(MemoryMarshal.AsBytes(values));
        else for (int i = 0; i < values.Length; i++) values[i] = ReadInt();
    }

    /// <summary>Fills a span with numbers of 8 bytes.</summary>
    public void ReadSpan(Span<long> values)
    {
        if (BitConverter.IsLittleEndian) ReadSpan(MemoryMarshal.AsBytes(values));
        else for (int i = 0; i < values.Length; i++) values[i] = ReadLong();
    }

    /// <summary>Fills a span with doubles.</summary>
    public void ReadSpan(Span<double> values)
    {
        for (int i = 0; i < values.Length; i++) values[i] = ReadDouble();
    }

    /// <summary>Refuses bytes behind the end.</summary>
    public void ExpectEnd()
    {
        if (Remaining != 0) throw Fault(_at, $"found {Remaining} bytes behind the end");
    }

    /// <summary>The fault of a value that was read whole but cannot be: for readers of sections to throw.</summary>
    /// <param name="expected">What was found and what was expected.</param>
    public InputException Fault(string expected) => Fault(_at, expected);

    private static InputException Fault(int at, string expected) => new(Place(at), expected);

    private static string Place(int at) => $"state byte {at}";

    private static string Printable(string text) => string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '?'));

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > Remaining) throw Fault(_at, $"found {Remaining} bytes, expected {count} more");
        ReadOnlySpan<byte> taken = bytes.Span.Slice(_at, count);
        _at += count;

        return taken;
    }
}
