using Plimsoll.Engine.Journal;
using Plimsoll.Units;

namespace Plimsoll.Engine.Hosting;

/// <summary>What is decided together, sealed together and written together.</summary>
internal sealed class Batch
{
    private byte[]? _state;
    private long _stateSequence;
    private Instant _stateAt;

    public List<Work> Works { get; } = [];

    /// <summary>What there is to journal; none before the batch is sealed.</summary>
    public List<JournalEntry> Entries { get; } = [];

    /// <summary>What the entries were answered.</summary>
    public List<Outcome> Outcomes { get; } = [];

    public void Add(JournalEntry entry, Outcome outcome)
    {
        Entries.Add(entry);
        Outcomes.Add(outcome);
    }

    /// <summary>Takes a snapshot of the kernel as it stands behind this batch.</summary>
    public void TakeSnapshot(VenueKernel kernel) =>
        (_state, _stateSequence, _stateAt) = (Snapshots.Encode(kernel), kernel.Sequence, kernel.State.Now);

    /// <summary>Chains what was decided; called once, on the writing thread.</summary>
    public void Seal(JournalSeal seal)
    {
        Entries.EnsureCapacity(Works.Count);
        Outcomes.EnsureCapacity(Works.Count);
        foreach (Work work in Works) work.Seal(seal, this);
    }

    public SnapshotRecord? Snapshot(JournalSeal seal) =>
        _state is { } state ? Snapshots.Seal(_stateSequence, _stateAt, seal.Hash, state) : null;

    public void Fail(Exception reason)
    {
        foreach (Work work in Works) work.Fail(reason);
    }
}
