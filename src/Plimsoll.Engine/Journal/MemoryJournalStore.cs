using Plimsoll.Units;

namespace Plimsoll.Engine.Journal;

/// <summary>A journal in memory, for simulations, samples and tests: it keeps every promise of a store but to outlive the process.</summary>
public sealed class MemoryJournalStore : IJournalStore
{
    private readonly List<JournalEntry> _entries = [];
    private readonly List<SnapshotRecord> _snapshots = [];
    private readonly Lock _gate = new();

    /// <inheritdoc/>
    public long LastSequence
    {
        get
        {
            lock (_gate) return _entries.Count;
        }
    }

    /// <inheritdoc/>
    public Hash256 LastHash
    {
        get
        {
            lock (_gate) return HashAt(_entries.Count);
        }
    }

    /// <inheritdoc/>
    public void Append(ReadOnlySpan<JournalEntry> entries)
    {
        lock (_gate)
        {
            long sequence = _entries.Count;
            Hash256 hash = HashAt(sequence);
            foreach (JournalEntry entry in entries)
            {
                ChainFault? fault = ChainFault.Between(sequence, hash, entry);
                if (fault is not null) throw new LawBrokenException($"what is appended continues the journal. {fault.Reason}");
                (sequence, hash) = (entry.Sequence, entry.Hash);
            }

            _entries.AddRange(entries);
        }
    }

    /// <inheritdoc/>
    public IEnumerable<JournalEntry> ReadFrom(long sequence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sequence, 1);

        return Walk(sequence);
    }

    /// <inheritdoc/>
    public void SaveSnapshot(SnapshotRecord snapshot)
    {
        lock (_gate)
        {
            Law.Holds(
                snapshot.Sequence >= 0 && snapshot.Sequence <= _entries.Count && snapshot.JournalHash == HashAt(snapshot.Sequence),
                $"a snapshot belongs to the journal it is kept beside, at entry {snapshot.Sequence} too");
            _snapshots.RemoveAll(kept => kept.Sequence == snapshot.Sequence);
            _snapshots.Add(snapshot);
            _snapshots.Sort((left, right) => left.Sequence.CompareTo(right.Sequence));
            if (_snapshots.Count > SnapshotRecord.Kept) _snapshots.RemoveAt(0);
        }
    }

    /// <inheritdoc/>
    public SnapshotRecord? LatestSnapshot(long notAfter = long.MaxValue)
    {
        lock (_gate) return _snapshots.FindLast(kept => kept.Sequence <= notAfter);
    }

    /// <summary>Nothing to release.</summary>
    public void Dispose()
    {
    }

    private IEnumerable<JournalEntry> Walk(long sequence)
    {
        for (long next = sequence; EntryAt(next) is { } entry; next++) yield return entry;
    }

    private JournalEntry? EntryAt(long sequence)
    {
        lock (_gate) return sequence <= _entries.Count ? _entries[(int)(sequence - 1)] : null;
    }

    private Hash256 HashAt(long sequence) => sequence == 0 ? Hash256.Zero : _entries[(int)(sequence - 1)].Hash;
}
