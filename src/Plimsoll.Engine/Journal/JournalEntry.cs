using Plimsoll.Units;

namespace Plimsoll.Engine.Journal;

/// <summary>
/// One line of the venue's journal: who asked for what, how it was answered and what followed, chained by its hash
/// to the line before. Entries are written once and never changed.
/// </summary>
/// <remarks>
/// Two entries are the same exactly when their sequence and hash are: the hash covers every other field and the
/// whole past. Record equality compares the byte buffers by place, so compare hashes instead.
/// </remarks>
/// <param name="Sequence">Place in the journal: 1 for the first entry, then without a gap.</param>
/// <param name="At">The venue's time of the command; it never goes back within a journal.</param>
/// <param name="By">The account that asked; <c>default</c> where the venue itself did.</param>
/// <param name="Id">The client's own name for the command; <c>default</c> where it has none.</param>
/// <param name="Outcome">0 accepted, else the number of the refusal.</param>
/// <param name="Command">The command as UTF-8 JSON.</param>
/// <param name="Events">The events as a UTF-8 JSON array; empty array text where there are none.</param>
/// <param name="Hash">The chained hash, see <see cref="EntryHash"/>.</param>
public sealed record JournalEntry(
    long Sequence,
    Instant At,
    AccountId By,
    CommandId Id,
    ushort Outcome,
    ReadOnlyMemory<byte> Command,
    ReadOnlyMemory<byte> Events,
    Hash256 Hash)
{
    /// <summary>Writes an entry and chains it to the one before.</summary>
    /// <param name="previous">Hash of the entry before; <see cref="Hash256.Zero"/> for the first.</param>
    /// <param name="sequence">Place in the journal, from 1.</param>
    /// <param name="at">The venue's time.</param>
    /// <param name="by">The account that asked.</param>
    /// <param name="id">The client's own name for the command.</param>
    /// <param name="outcome">0 accepted, else the number of the refusal.</param>
    /// <param name="command">The command as UTF-8 JSON; kept, not copied.</param>
    /// <param name="events">The events as a UTF-8 JSON array; kept, not copied.</param>
    public static JournalEntry Chained(
        Hash256 previous,
        long sequence,
        Instant at,
        AccountId by,
        CommandId id,
        ushort outcome,
        ReadOnlyMemory<byte> command,
        ReadOnlyMemory<byte> events)
    {
        Hash256 hash = EntryHash.Of(previous, sequence, at, by, id, outcome, command.Span, events.Span);

        return new JournalEntry(sequence, at, by, id, outcome, command, events, hash);
    }

    /// <summary>Whether the entry's hash is the one its fields and the entry before demand.</summary>
    /// <param name="previous">Hash of the entry before; <see cref="Hash256.Zero"/> for the first.</param>
    public bool Follows(Hash256 previous) =>
        Hash == EntryHash.Of(previous, Sequence, At, By, Id, Outcome, Command.Span, Events.Span);
}
