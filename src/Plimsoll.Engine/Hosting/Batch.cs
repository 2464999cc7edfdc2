using Plimsoll.Engine.Journal;
using Plimsoll.Units;

namespace Plimsoll.Engine.Hosting;

/// <summary>What is decided together, sealed together and written together.</summary>
internal sealed class Batch
{
    private readonly List<Decided> _decided = [];
    private byte[]? _state;
    private long _stateSequence;
    private Instant _stateAt;

    public List<Work> Works { get; } = [];

    public List<Outcome> Outcomes { get; } = [];

    public void Add(in Decided decided, Outcome outcome)
    {
        _decided.Add(decided);
        Outcomes.Add(outcome);
    }

    /// <summary>Takes a snapshot of the kernel as it stands behind this batch.</summary>
    public void TakeSnapshot(VenueKernel kernel) =>
        (_state, _stateSequence, _stateAt) = (Snapshots.Encode(kernel), kernel.Sequence, kernel.State.Now);

    /// <summary>Chains what was decided; called once, on the writing thread.</summary>
    public JournalEntry[] Seal(JournalSeal seal)
    {
        var entries = new JournalEntry[_decided.Count];
        for (int i = 0; i < entries.Length; i++) entries[i] = seal.Seal(_decided[i]);

        return entries;
    }

    public SnapshotRecord? Snapshot(JournalSeal seal) =>
        _state is { } state ? Snapshots.Seal(_stateSequence, _stateAt, seal.Hash, state) : null;

    public void Fail(Exception reason)
    {
        foreach (Work work in Works) work.Fail(reason);
    }
}
