using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Plimsoll.Units;

namespace Plimsoll.Engine.Journal;

/// <summary>
/// The hash that chains the journal: SHA-256 over, in this order and little-endian,
/// <list type="number">
/// <item>the hash of the entry before, 32 bytes (zeros before the first),</item>
/// <item>the sequence (i64) and the time in Unix microseconds (i64),</item>
/// <item>the account and the command's id, each as a length (i32) and UTF-8,</item>
/// <item>the outcome (u16),</item>
/// <item>the command and the events, each as a length (i32) and their bytes.</item>
/// </list>
/// Lengths stand before everything of variable length, so no two different entries share an encoding.
/// </summary>
public static class EntryHash
{
    private const int FixedLength = Hash256.Size + sizeof(long) + sizeof(long) + sizeof(ushort) + (4 * sizeof(int));

    private const int OnStack = 1024;

    /// <summary>The hash of an entry with these fields, after the entry whose hash is <paramref name="previous"/>.</summary>
    public static Hash256 Of(
        Hash256 previous,
        long sequence,
        Instant at,
        AccountId by,
        CommandId id,
        ushort outcome,
        ReadOnlySpan<byte> command,
        ReadOnlySpan<byte> events)
    {
        // Identifiers are ASCII by their rule, so their characters are their bytes.
        int length = FixedLength + by.Value.Length + id.Value.Length + command.Length + events.Length;
        byte[]? rented = length <= OnStack ? null : ArrayPool<byte>.Shared.Rent(length);
        Span<byte> encoding = rented is null ? stackalloc byte[OnStack] : rented;

        previous.CopyTo(encoding);
        Span<byte> rest = encoding[Hash256.Size..];
        rest = Put(rest, sequence);
        rest = Put(rest, at.UnixMicroseconds);
        rest = Put(rest, by.Value);
        rest = Put(rest, id.Value);
        BinaryPrimitives.WriteUInt16LittleEndian(rest, outcome);
        rest = Put(rest[sizeof(ushort)..], command);
        Put(rest, events);

        Hash256 hash = Hash256.Of(encoding[..length]);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);

        return hash;
    }

    private static Span<byte> Put(Span<byte> target, long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(target, value);

        return target[sizeof(long)..];
    }

    private static Span<byte> Put(Span<byte> target, string text)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target, text.Length);
        Encoding.ASCII.GetBytes(text, target[sizeof(int)..]);

        return target[(sizeof(int) + text.Length)..];
    }

    private static Span<byte> Put(Span<byte> target, ReadOnlySpan<byte> bytes)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target, bytes.Length);
        bytes.CopyTo(target[sizeof(int)..]);

        return target[(sizeof(int) + bytes.Length)..];
    }
}
