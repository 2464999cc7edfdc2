using Plimsoll.Units;

namespace Plimsoll.Engine.Journal;

/// <summary>
/// The whole deciding state of a venue after one entry of its journal, so that a restart replays only what came
/// later. A snapshot is a shortcut, never the truth: the journal can always rebuild it.
/// </summary>
/// <param name="Format">The format of <paramref name="State"/>; a build reads <see cref="CurrentFormat"/> and what it says it still understands.</param>
/// <param name="Sequence">The last entry whose consequences the state holds; 0 for a state before the first entry.</param>
/// <param name="At">The venue's time of that entry.</param>
/// <param name="JournalHash">Hash of that entry: ties the state to this journal and no other.</param>
/// <param name="StateHash">The state hash the restored venue must show.</param>
/// <param name="State">The state as bytes.</param>
public sealed record SnapshotRecord(
    int Format,
    long Sequence,
    Instant At,
    Hash256 JournalHash,
    Hash256 StateHash,
    ReadOnlyMemory<byte> State)
{
    /// <summary>The format this build writes, and the newest it reads.</summary>
    public const int CurrentFormat = 3;

    /// <summary>How many snapshots a store keeps: the newest, and two to fall back on.</summary>
    public const int Kept = 3;
}
