namespace Plimsoll.Engine.Journal;

/// <summary>
/// The journal could not be written: the disk is full, gone or refusing. Nothing of what was being written is
/// visible, and nothing in it may be acknowledged.
/// </summary>
/// <param name="place">The file, as far as there is one.</param>
/// <param name="reason">What failed, in a sentence.</param>
/// <param name="cause">The fault beneath, where known.</param>
public sealed class JournalFailedException(string place, string reason, Exception? cause = null)
    : Exception($"{place}: {reason}", cause)
{
    /// <summary>The file.</summary>
    public string Place { get; } = place;
}
