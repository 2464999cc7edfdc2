using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Journal;
using Plimsoll.Engine.Json;
using Plimsoll.Units;

namespace Plimsoll.Engine;

/// <summary>What a command led to, before it is chained into the journal.</summary>
internal readonly record struct Decided(
    long Sequence, Instant At, AccountId By, CommandId Id, Refusal Refusal, ReadOnlyMemory<byte> Command, Event[] Events);

/// <summary>
/// Chains what was decided into journal entries. Writing events down and hashing need nothing of the state, so the
/// engine does both on its writing thread; only one thread may seal.
/// </summary>
internal sealed class JournalSeal(Hash256 hash)
{
    private volatile JournalEntry? _last;

    /// <summary>The hash of the last sealed entry; may be read by any thread.</summary>
    public Hash256 Hash => _last?.Hash ?? hash;

    public JournalEntry Seal(in Decided decided)
    {
        JournalEntry entry = JournalEntry.Chained(
            Hash, decided.Sequence, decided.At, decided.By, decided.Id, (ushort)decided.Refusal, decided.Command, Wire.Text(decided.Events));
        _last = entry;

        return entry;
    }

    public void Follow(JournalEntry entry) => _last = entry;
}
