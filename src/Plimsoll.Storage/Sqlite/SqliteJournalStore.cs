using Plimsoll.Engine.Journal;
using Plimsoll.Units;

namespace Plimsoll.Storage.Sqlite;

/// <summary>
/// A venue in one SQLite file, the embedded default. A batch is one transaction in a write-ahead log that is synced
/// before <see cref="Append"/> returns, so a process killed at any instant loses nothing acknowledged and leaves no
/// half of a batch. Members may be called from any thread; one call at a time has the file.
/// </summary>
/// <remarks>
/// Where the disk fails in the middle of the last sync, the batch is refused and not visible here; whether its bytes
/// reached the disk is then known only when the file is next opened. It was never acknowledged, and it is there whole
/// or not at all.
/// </remarks>
public sealed class SqliteJournalStore : IJournalStore
{
    private readonly Lock _gate = new();
    private readonly VenueFile _file;
    private readonly JournalRows _journal;
    private readonly bool _readOnly;
    private JournalFailedException? _failure;
    private bool _closed;
    private long _lastSequence;
    private Hash256 _lastHash;

    private SqliteJournalStore(VenueFile file, JournalRows journal, bool readOnly) =>
        (_file, _journal, _readOnly) = (file, journal, readOnly);

    /// <inheritdoc/>
    public long LastSequence
    {
        get
        {
            lock (_gate) return _lastSequence;
        }
    }

    /// <inheritdoc/>
    public Hash256 LastHash
    {
        get
        {
            lock (_gate) return _lastHash;
        }
    }

    /// <summary>Why the last <see cref="LatestSnapshot"/> passed over newer snapshots, a sentence for each.</summary>
    public IReadOnlyList<string> SnapshotNotes { get; private set; } = [];

    /// <summary>
    /// Opens a venue's file, and makes one where there is none. The last entry is checked against the one before;
    /// <see cref="Verify"/> checks them all.
    /// </summary>
    /// <param name="path">The file; its directory must exist. Beside it live its log and its lock.</param>
    /// <param name="readOnly">
    /// Reads without taking the writer's lock and without changing the file, also while a writer is at work; the last
    /// sequence is then that of the opening, and nothing can be appended.
    /// </param>
    /// <param name="largestBytes">What the file may grow to; an append beyond it fails like one on a full disk.</param>
    /// <exception cref="InputException">
    /// Another process writes the venue, or the file is missing (read only), read-only, no SQLite database, no venue,
    /// of a newer schema, or damaged at its end.
    /// </exception>
    public static SqliteJournalStore Open(string path, bool readOnly = false, long largestBytes = long.MaxValue)
    {
        VenueFile file = readOnly ? VenueFile.OpenForReading(path) : VenueFile.OpenForWriting(path, largestBytes);
        SqliteJournalStore? store = null;
        try
        {
            store = new SqliteJournalStore(file, new JournalRows(file.Connection, path), readOnly);
            store.FindEnd();

            return store;
        }
        catch (Exception fault)
        {
            if (store is null) file.Dispose();
            else store.Dispose();
            if (fault is SqliteFault refusal) throw VenueFile.Refusal(path, refusal);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Append(ReadOnlySpan<JournalEntry> entries)
    {
        lock (_gate)
        {
            RefuseWriting();
            if (entries.IsEmpty) return;

            RefuseBrokenChain(entries);
            try
            {
                _file.Connection.Execute("BEGIN IMMEDIATE");
                _journal.Insert(entries);
                _file.Connection.Execute("COMMIT");
            }
            catch (Exception fault)
            {
                _journal.Recover();
                RollBack();
                _failure = new JournalFailedException(_file.Path, $"entries {entries[0].Sequence} to {entries[^1].Sequence} could not be made durable: {fault.Message}", fault);
                throw _failure;
            }

            (_lastSequence, _lastHash) = (entries[^1].Sequence, entries[^1].Hash);
        }
    }

    /// <inheritdoc/>
    public IEnumerable<JournalEntry> ReadFrom(long sequence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sequence, 1);

        return Walk(sequence);
    }

    /// <summary>Walks the whole journal and answers the first entry that does not follow from the one before; <c>null</c> where all do.</summary>
    public ChainFault? Verify()
    {
        long sequence = 0;
        Hash256 hash = Hash256.Zero;
        while (true)
        {
            IReadOnlyList<JournalEntry> page;
            try
            {
                page = ReadPage(sequence + 1);
            }
            catch (InputException fault)
            {
                return new ChainFault(sequence + 1, fault.Message);
            }

            if (page.Count == 0) break;
            foreach (JournalEntry entry in page)
            {
                if (ChainFault.Between(sequence, hash, entry) is { } fault) return fault;
                (sequence, hash) = (entry.Sequence, entry.Hash);
            }
        }

        return sequence >= LastSequence ? null : new ChainFault(sequence + 1, $"Entry {sequence + 1} is missing; the journal had {LastSequence} when it was opened.");
    }

    /// <inheritdoc/>
    public void SaveSnapshot(SnapshotRecord snapshot)
    {
        IReadOnlyList<byte[]> pieces = SnapshotRows.Deflate(snapshot.State);
        lock (_gate)
        {
            RefuseWriting();
            Law.Holds(Mismatch(snapshot) is null, $"a snapshot belongs to the journal it is kept beside, at entry {snapshot.Sequence} too");
            try
            {
                _file.Connection.Execute("BEGIN IMMEDIATE");
                SnapshotRows.Write(_file.Connection, snapshot, pieces);
                _file.Connection.Execute("COMMIT");
            }
            catch (Exception fault)
            {
                RollBack();
                throw new JournalFailedException(_file.Path, $"the snapshot of entry {snapshot.Sequence} could not be made durable: {fault.Message}", fault);
            }
        }
    }

    /// <inheritdoc/>
    public SnapshotRecord? LatestSnapshot(long notAfter = long.MaxValue)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            List<string> notes = [];
            SnapshotNotes = notes;
            foreach (long sequence in SnapshotRows.Sequences(_file.Connection, notAfter))
            {
                try
                {
                    SnapshotRecord snapshot = SnapshotRows.Read(_file.Connection, sequence, _file.Path);
                    _file.RefuseIfDisturbed();
                    if (Mismatch(snapshot) is not { } mismatch) return snapshot;
                    notes.Add($"{_file.Path} snapshot {sequence}: {mismatch}");
                }
                catch (Exception fault) when (fault is InputException or SqliteFault { IsDamage: true })
                {
                    notes.Add(fault is InputException ? fault.Message : $"{_file.Path} snapshot {sequence}: {fault.Message}");
                }
            }

            return null;
        }
    }

    /// <summary>Closes the file and gives the venue's lock back.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_closed) return;

            _closed = true;
            _journal.Dispose();
            _file.Dispose();
        }
    }

    private IEnumerable<JournalEntry> Walk(long sequence)
    {
        Hash256 hash = Hash256.Zero;
        if (sequence > 1)
        {
            if (sequence - 1 > LastSequence) yield break;
            hash = ReadPage(sequence - 1) is [{ } before, ..] && before.Sequence == sequence - 1 ? before.Hash : throw Missing(sequence - 1);
        }

        while (ReadPage(sequence) is { Count: > 0 } page)
        {
            foreach (JournalEntry entry in page)
            {
                if (ChainFault.Between(sequence - 1, hash, entry) is { } fault)
                    throw new InputException($"{_file.Path} entry {fault.Sequence}", fault.Reason);

                yield return entry;

                (sequence, hash) = (entry.Sequence + 1, entry.Hash);
            }
        }
    }

    private IReadOnlyList<JournalEntry> ReadPage(long sequence)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            try
            {
                IReadOnlyList<JournalEntry> page = _journal.Read(sequence);
                _file.RefuseIfDisturbed();

                return page;
            }
            catch (SqliteFault fault)
            {
                throw VenueFile.Refusal(_file.Path, fault);
            }
        }
    }

    private void FindEnd()
    {
        long last = _file.Connection.Number("SELECT max(seq) FROM journal");
        _file.RefuseIfDisturbed();
        if (last == 0) return;

        Hash256 before = last == 1 ? Hash256.Zero : (_journal.Find(last - 1) ?? throw Missing(last - 1)).Hash;
        JournalEntry entry = _journal.Find(last) ?? throw Missing(last);
        if (ChainFault.Between(last - 1, before, entry) is { } fault) throw new InputException($"{_file.Path} entry {last}", fault.Reason);

        (_lastSequence, _lastHash) = (last, entry.Hash);
    }

    private InputException Missing(long sequence) => new($"{_file.Path} entry {sequence}", "the entry is missing from the journal");

    /// <summary>Why a snapshot is not one of this journal; <c>null</c> where it is.</summary>
    private string? Mismatch(SnapshotRecord snapshot)
    {
        if (snapshot.Sequence < 0 || snapshot.Sequence > _lastSequence) return $"the journal ends at entry {_lastSequence}, before it";

        Hash256? hash = snapshot.Sequence == 0 ? Hash256.Zero : _journal.Find(snapshot.Sequence)?.Hash;

        return hash == snapshot.JournalHash ? null : "its journal hash is not that of the entry in this journal";
    }

    private void RefuseWriting()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (_readOnly) throw new InvalidOperationException($"{_file.Path} was opened for reading only.");
        if (_failure is not null)
            throw new JournalFailedException(_file.Path, "an earlier append failed; reopen the venue to go on from what is durable", _failure);
    }

    /// <summary>
    /// The batch must join the journal: its first hash follows from the last durable one, its sequences from each
    /// other. The hashes within the batch were chained by the caller a moment ago and are checked by every reader.
    /// </summary>
    private void RefuseBrokenChain(ReadOnlySpan<JournalEntry> entries)
    {
        if (ChainFault.Between(_lastSequence, _lastHash, entries[0]) is { } fault)
            throw new LawBrokenException($"what is appended continues the journal. {fault.Reason}");
        for (int i = 1; i < entries.Length; i++)
            Law.Holds(entries[i].Sequence == entries[0].Sequence + i, "the sequences of a batch have no gap");
    }

    private void RollBack()
    {
        try
        {
            if (!_file.Connection.IsIdle) _file.Connection.Execute("ROLLBACK");
        }
        catch (SqliteFault)
        {
            // The fault that made it necessary is the one to tell; what is not committed is gone when the file closes.
        }
    }
}
