using Plimsoll.Engine.Journal;
using Plimsoll.Units;

namespace Plimsoll.Engine;

/// <summary>
/// Chains what was decided into journal entries. Hashing needs nothing of the state, so the engine does it on its
/// writing thread; only one thread may seal.
/// </summary>
internal sealed class JournalSeal(Hash256 hash)
{
    private volatile JournalEntry? _last;

    /// <summary>The hash of the last sealed entry; may be read by any thread.</summary>
    public Hash256 Hash => _last?.Hash ?? hash;

    /// <summary>The entry of a command that was decided; called once for each, in their order.</summary>
    public JournalEntry Seal(Outcome outcome, AccountId by, CommandId id, ReadOnlyMemory<byte> command, ReadOnlyMemory<byte> events)
    {
        JournalEntry entry = JournalEntry.Chained(Hash, outcome.Sequence, outcome.At, by, id, (ushort)outcome.Refusal, command, events);
        _last = entry;

        return entry;
    }

    public void Follow(JournalEntry entry) => _last = entry;
}
