using Plimsoll.Engine.Commands;
using Plimsoll.Units;

namespace Plimsoll.Engine;

/// <summary>What a command was answered.</summary>
/// <param name="Sequence">Its place in the journal.</param>
/// <param name="At">The venue's time when it was decided.</param>
/// <param name="Refusal">Why it was refused; <see cref="Refusal.None"/> when it was accepted.</param>
/// <param name="Detail">More about a refusal, for the one who asked first; not journaled.</param>
/// <param name="Events">What happened.</param>
/// <param name="Repeated">Whether this is the first outcome of a command that was asked again.</param>
public sealed record Outcome(long Sequence, Instant At, Refusal Refusal, string? Detail, IReadOnlyList<Event> Events, bool Repeated = false)
{
    /// <summary>Whether the command was carried out.</summary>
    public bool Accepted => Refusal == Refusal.None;
}
