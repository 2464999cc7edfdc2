using System.Buffers.Binary;
using System.Text;
using Plimsoll.Units;
using Plimsoll.Units.State;

namespace Plimsoll.Engine;

/// <summary>
/// Which commands were answered already, by who asked and the name he gave: the same command asked again is answered
/// with its first outcome and does nothing. The latest <see cref="Capacity"/> are remembered, by a 128-bit hash each.
/// </summary>
/// <remarks>
/// The keys stand in the order of asking, and in a table of slots that each hold a place in that order and a few bits of
/// the key: nearly always one look at one slot tells that a command is new. What a slot is depends on the process, so
/// that nobody can choose names that fall together; what is remembered does not.
/// </remarks>
public sealed class CommandMemory
{
    /// <summary>How many commands are remembered before the oldest is forgotten.</summary>
    public const int Capacity = 1 << 22;

    private const string Section = "CMEM";
    private const ushort Version = 1;

    private const int Smallest = 1 << 10;

    /// <summary>The bits of a slot that say a place, counted from 1; the rest are of the key's hash. An empty slot is 0.</summary>
    private const uint PlaceBits = (2 * Capacity) - 1;

    private readonly int _capacity;
    private UInt128[] _keys;
    private long[] _sequences;
    private uint[] _slots;
    private int _oldest;

    /// <summary>An empty memory.</summary>
    public CommandMemory() : this(Capacity)
    {
    }

    /// <summary>An empty memory of another size, a power of two.</summary>
    internal CommandMemory(int capacity)
    {
        _capacity = capacity;
        int first = Math.Min(Smallest, capacity);
        _keys = new UInt128[first];
        _sequences = new long[first];
        _slots = new uint[2 * first];
    }

    /// <summary>How many commands are remembered.</summary>
    public int Count { get; private set; }

    /// <summary>The journal sequence at which a command was first answered, where it is remembered.</summary>
    public bool TryFind(AccountId by, CommandId id, out long sequence) => TryFind(KeyOf(by, id), out sequence);

    internal bool TryFind(UInt128 key, out long sequence)
    {
        uint slot = _slots[SlotOf(key)];
        sequence = slot == 0 ? 0 : _sequences[Place(slot)];

        return slot != 0;
    }

    internal void Remember(UInt128 key, long sequence)
    {
        if (Count == _capacity) Forget();
        else if (Count == _keys.Length) Grow();

        // Where all places are taken, the oldest has just left his.
        int place = (_oldest + Count) & (_keys.Length - 1);
        int at = SlotOf(key);
        Law.Holds(_slots[at] == 0, "a command is answered once");
        (_keys[place], _sequences[place], _slots[at]) = (key, sequence, Mark(key, place));
        Count++;
    }

    internal void Write(StateWriter writer)
    {
        writer.Section(Section, Version);
        writer.WriteInt(Count);
        for (int i = 0; i < Count; i++)
        {
            int place = (_oldest + i) & (_keys.Length - 1);
            writer.WriteInt128(unchecked((Int128)_keys[place]));
            writer.WriteLong(_sequences[place]);
        }
    }

    internal void Read(StateReader reader)
    {
        reader.Section(Section, Version);
        int count = reader.ReadCount(24);
        for (int i = 0; i < count; i++) Remember(unchecked((UInt128)reader.ReadInt128()), reader.ReadLong());
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
        Hash256.Of(text[..length]).CopyTo(hash);

        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    /// <summary>The slot that holds a key, or the empty one that would.</summary>
    private int SlotOf(UInt128 key)
    {
        uint mark = Mark(key, 0) & ~PlaceBits;
        int at = Home(key);
        for (uint slot; (slot = _slots[at]) != 0; at = After(at))
        {
            if ((slot & ~PlaceBits) == mark && _keys[Place(slot)] == key) break;
        }

        return at;
    }

    private void Forget()
    {
        int hole = SlotOf(_keys[_oldest]);
        _oldest = (_oldest + 1) & (_keys.Length - 1);
        Count--;

        // Keys behind the hole move up, unless they would come to stand before their home; so no search ends too early.
        for (int at = After(hole); _slots[at] != 0; at = After(at))
        {
            int home = Home(_keys[Place(_slots[at])]);
            int mask = _slots.Length - 1;
            if (((at - home) & mask) < ((at - hole) & mask)) continue;

            _slots[hole] = _slots[at];
            hole = at;
        }

        _slots[hole] = 0;
    }

    private void Grow()
    {
        // Nothing is forgotten before the memory is full, so the order still begins at place 0.
        int larger = 2 * _keys.Length;
        Array.Resize(ref _keys, larger);
        Array.Resize(ref _sequences, larger);
        _slots = new uint[2 * larger];
        for (int place = 0; place < Count; place++) _slots[SlotOf(_keys[place])] = Mark(_keys[place], place);
    }

    private int Home(UInt128 key) => key.GetHashCode() & (_slots.Length - 1);

    private int After(int slot) => (slot + 1) & (_slots.Length - 1);

    private static int Place(uint slot) => (int)(slot & PlaceBits) - 1;

    private static uint Mark(UInt128 key, int place) => (unchecked((uint)key.GetHashCode()) & ~PlaceBits) | (uint)(place + 1);
}
