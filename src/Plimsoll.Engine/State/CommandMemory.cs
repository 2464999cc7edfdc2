using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Plimsoll.Units;
using Plimsoll.Units.State;

namespace Plimsoll.Engine;

/// <summary>
/// Which commands were answered already, by who asked and the name he gave: the same command asked again is answered
/// with its first outcome and does nothing. The latest <see cref="Capacity"/> are remembered, by a 128-bit hash each.
/// </summary>
public sealed class CommandMemory
{
    /// <summary>How many commands are remembered before the oldest is forgotten.</summary>
    public const int Capacity = 1 << 22;

    private const string Section = "CMEM";
    private const ushort Version = 1;

    // The queue keeps the order of asking; the dictionary finds the sequence by key and is never enumerated.
    private readonly Dictionary<UInt128, long> _sequences = [];
    private readonly Queue<UInt128> _order = [];

    /// <summary>How many commands are remembered.</summary>
    public int Count => _order.Count;

    /// <summary>The journal sequence at which a command was first answered, where it is remembered.</summary>
    public bool TryFind(AccountId by, CommandId id, out long sequence) => TryFind(KeyOf(by, id), out sequence);

    internal bool TryFind(UInt128 key, out long sequence) => _sequences.TryGetValue(key, out sequence);

    internal void Remember(UInt128 key, long sequence)
    {
        Law.Holds(_sequences.TryAdd(key, sequence), "a command is answered once");
        _order.Enqueue(key);
        if (_order.Count > Capacity) _sequences.Remove(_order.Dequeue());
    }

    internal void Write(StateWriter writer)
    {
        writer.Section(Section, Version);
        writer.WriteInt(_order.Count);
        foreach (UInt128 key in _order)
        {
            writer.WriteInt128(unchecked((Int128)key));
            writer.WriteLong(_sequences[key]);
        }
    }

    internal void Read(StateReader reader)
    {
        reader.Section(Section, Version);
        int count = reader.ReadCount(24);
        for (int i = 0; i < count; i++)
        {
            UInt128 key = unchecked((UInt128)reader.ReadInt128());
            _sequences.Add(key, reader.ReadLong());
            _order.Enqueue(key);
        }
    }

    /// <summary>What a command is remembered by; costs a hash, so whoever asks works it out, not the deciding thread.</summary>
    internal static UInt128 KeyOf(AccountId by, CommandId id)
    {
        // Identifiers hold no newline, so the two names cannot run into each other.
        Span<byte> text = stackalloc byte[(2 * Identifier.MaxLength) + 1];
        int length = Encoding.ASCII.GetBytes(by.Value, text);
        text[length++] = (byte)'\n';
        length += Encoding.ASCII.GetBytes(id.Value, text[length..]);

        Span<byte> hash = stackalloc byte[Hash256.Size];
        SHA256.HashData(text[..length], hash);

        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
