using System.Buffers.Binary;
using System.Globalization;

namespace Plimsoll.Units;

/// <summary>32 bytes of a SHA-256, printed as 64 lowercase hex digits. <c>default</c> is all zeros, the hash of nothing yet.</summary>
public readonly record struct Hash256
{
    /// <summary>The size of a hash, in bytes.</summary>
    public const int Size = 32;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    /// <summary>A hash from its bytes.</summary>
    /// <param name="bytes">Exactly <see cref="Size"/> bytes.</param>
    /// <exception cref="InputException">Another number of bytes.</exception>
    public Hash256(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size) throw new InputException("hash", $"found {bytes.Length} bytes, expected {Size}");

        _a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>All zeros: what a chain of hashes starts from.</summary>
    public static Hash256 Zero => default;

    /// <summary>Whether every byte is zero.</summary>
    public bool IsZero => (_a | _b | _c | _d) == 0;

    /// <summary>The SHA-256 of some bytes.</summary>
    public static Hash256 Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[Size];
        Sha256.Hash(bytes, hash);

        return new Hash256(hash);
    }

    /// <summary>Reads 64 hex digits of either case.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Hash256 hash)
    {
        hash = default;
        if (text.Length != 2 * Size) return false;

        Span<byte> bytes = stackalloc byte[Size];
        for (int i = 0; i < Size; i++)
        {
            if (!byte.TryParse(text.Slice(2 * i, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[i])) return false;
        }

        hash = new Hash256(bytes);

        return true;
    }

    /// <summary>Reads 64 hex digits of either case.</summary>
    /// <exception cref="InputException">The text is something else.</exception>
    public static Hash256 Parse(ReadOnlySpan<char> text) => TryParse(text, out Hash256 hash)
        ? hash
        : throw new InputException("hash", $"'{text}' is not a hash: expected {2 * Size} hex digits");

    /// <summary>Copies the 32 bytes out.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes long.</param>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _a);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _b);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _c);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _d);
    }

    /// <summary>The 32 bytes.</summary>
    public byte[] ToArray()
    {
        byte[] bytes = new byte[Size];
        CopyTo(bytes);

        return bytes;
    }

    /// <summary>64 lowercase hex digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToArray());
}
