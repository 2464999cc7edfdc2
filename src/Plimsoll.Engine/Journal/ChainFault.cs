using Plimsoll.Units;

namespace Plimsoll.Engine.Journal;

/// <summary>The first place where a journal does not follow from itself.</summary>
/// <param name="Sequence">The entry at fault.</param>
/// <param name="Reason">What is wrong with it, as a sentence.</param>
public sealed record ChainFault(long Sequence, string Reason)
{
    /// <summary>What is wrong with an entry that should come next; <c>null</c> where nothing is.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="previousSequence">The sequence of the entry before; 0 before the first.</param>
    /// <param name="previousHash">The hash of the entry before; <see cref="Hash256.Zero"/> before the first.</param>
    public static ChainFault? Between(long previousSequence, Hash256 previousHash, JournalEntry entry)
    {
        if (entry.Sequence != previousSequence + 1)
            return new(previousSequence + 1, $"Entry {previousSequence + 1} is missing; entry {entry.Sequence} comes instead.");
        if (!entry.Follows(previousHash))
            return new(entry.Sequence, $"The hash of entry {entry.Sequence} is not the one its fields and the entry before demand.");

        return null;
    }
}
