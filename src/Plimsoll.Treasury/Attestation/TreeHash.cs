using System.Buffers.Binary;
using System.Text;
using Plimsoll.Units;

namespace Plimsoll.Treasury.Attestation;

/// <summary>
/// How leaves, padding and nodes of the sum tree become hashes. The first byte keeps them apart, and a node binds both
/// children's sums one by one: a parent that bound only their total could show different customers different siblings
/// (Hu, Zhang, Guo 2018, eprint 2018/1139). Numbers are little-endian: i32 counts and places, 16-byte sums.
/// </summary>
internal static class TreeHash
{
    /// <summary>The version bound into every leaf.</summary>
    public const byte LeafVersion = 1;

    private const byte LeafDomain = 0x00;
    private const byte NodeDomain = 0x01;
    private const byte PaddingDomain = 0x02;
    private const int SumSize = 16;

    /// <summary>SHA-256(0x00 ‖ version ‖ tag ‖ salt ‖ length ‖ account ‖ count ‖ amounts): the leaf of an account.</summary>
    /// <remarks>The name is bound so that one leaf cannot be shown to two customers who happen to own the same; the salt hides it.</remarks>
    public static Hash256 Leaf(Hash256 tag, Hash256 salt, AccountId account, ReadOnlySpan<Int128> amounts)
    {
        Span<byte> head = stackalloc byte[2 + (2 * Hash256.Size) + sizeof(int) + Identifier.MaxLength + sizeof(int)];
        head[0] = LeafDomain;
        head[1] = LeafVersion;
        tag.CopyTo(head[2..]);
        salt.CopyTo(head[(2 + Hash256.Size)..]);
        int at = 2 + (2 * Hash256.Size);
        int name = Encoding.UTF8.GetBytes(account.Value, head[(at + sizeof(int))..]);
        BinaryPrimitives.WriteInt32LittleEndian(head[at..], name);
        at += sizeof(int) + name;
        BinaryPrimitives.WriteInt32LittleEndian(head[at..], amounts.Length);
        at += sizeof(int);

        return Digest(head[..at], amounts, default, default);
    }

    /// <summary>SHA-256(0x02 ‖ place ‖ salt): a leaf that holds nothing.</summary>
    public static Hash256 Padding(int position, Hash256 salt)
    {
        Span<byte> bytes = stackalloc byte[1 + sizeof(int) + Hash256.Size];
        bytes[0] = PaddingDomain;
        BinaryPrimitives.WriteInt32LittleEndian(bytes[1..], position);
        salt.CopyTo(bytes[(1 + sizeof(int))..]);

        return Hash256.Of(bytes);
    }

    /// <summary>SHA-256(0x01 ‖ left hash ‖ left sums ‖ right hash ‖ right sums).</summary>
    public static Hash256 Node(Hash256 left, ReadOnlySpan<Int128> leftSums, Hash256 right, ReadOnlySpan<Int128> rightSums)
    {
        Span<byte> head = stackalloc byte[1 + Hash256.Size];
        Span<byte> middle = stackalloc byte[Hash256.Size];
        head[0] = NodeDomain;
        left.CopyTo(head[1..]);
        right.CopyTo(middle);

        return Digest(head, leftSums, middle, rightSums);
    }

    private static Hash256 Digest(ReadOnlySpan<byte> head, ReadOnlySpan<Int128> first, ReadOnlySpan<byte> middle, ReadOnlySpan<Int128> second)
    {
        const int OnTheStack = 2048;
        int length = head.Length + middle.Length + ((first.Length + second.Length) * SumSize);
        Span<byte> bytes = length <= OnTheStack ? stackalloc byte[OnTheStack] : new byte[length];
        head.CopyTo(bytes);
        Write(first, bytes[head.Length..]);
        int at = head.Length + (first.Length * SumSize);
        middle.CopyTo(bytes[at..]);
        Write(second, bytes[(at + middle.Length)..]);

        return Hash256.Of(bytes[..length]);
    }

    private static void Write(ReadOnlySpan<Int128> sums, Span<byte> bytes)
    {
        for (int i = 0; i < sums.Length; i++) BinaryPrimitives.WriteInt128LittleEndian(bytes[(i * SumSize)..], sums[i]);
    }
}
