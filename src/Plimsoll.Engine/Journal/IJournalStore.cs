using Plimsoll.Units;

namespace Plimsoll.Engine.Journal;

/// <summary>Where a venue's journal and snapshots are kept. One writer; readers see only what is durable.</summary>
public interface IJournalStore : IDisposable
{
    /// <summary>The last durable entry; 0 where there is none.</summary>
    long LastSequence { get; }

    /// <summary>The hash of the last durable entry; <see cref="Hash256.Zero"/> where there is none.</summary>
    Hash256 LastHash { get; }

    /// <summary>
    /// Appends a batch: durable when this returns, all of it or nothing. Sequences go on without a gap and the first
    /// hash follows from the last durable one; the rest of the chain is the caller's word, and every reader checks it.
    /// </summary>
    /// <exception cref="JournalFailedException">
    /// The batch could not be made durable. None of it is visible and the store refuses every later append: what
    /// the venue holds in memory may be ahead of its journal, so it must stop.
    /// </exception>
    /// <exception cref="LawBrokenException">The batch does not continue the journal; nothing was appended.</exception>
    void Append(ReadOnlySpan<JournalEntry> entries);

    /// <summary>The durable entries from a sequence on, in order; nothing where the journal ends before it.</summary>
    /// <param name="sequence">The first entry wanted, from 1.</param>
    /// <exception cref="InputException">An entry does not follow from the one before; the message names its sequence.</exception>
    IEnumerable<JournalEntry> ReadFrom(long sequence);

    /// <summary>Keeps a snapshot beside the journal; durable when this returns.</summary>
    /// <exception cref="JournalFailedException">The snapshot could not be made durable; the journal is as before.</exception>
    /// <exception cref="LawBrokenException">The snapshot does not belong to this journal.</exception>
    void SaveSnapshot(SnapshotRecord snapshot);

    /// <summary>
    /// The newest snapshot that can be used: of a format this build reads, undamaged, and of this journal. One that
    /// cannot is passed over for an older one.
    /// </summary>
    /// <param name="notAfter">Only snapshots of this entry or before.</param>
    SnapshotRecord? LatestSnapshot(long notAfter = long.MaxValue);
}
