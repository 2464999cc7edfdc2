using Plimsoll.Engine.Commands;
using Plimsoll.Units;

namespace Plimsoll.Engine;

/// <summary>A command with who asks it, when, and under which name of his own.</summary>
/// <param name="At">The venue's time, given by whoever owns the clock; never before an earlier command's.</param>
/// <param name="By">Who asks; the venue itself is <see cref="Venue"/>.</param>
/// <param name="Id">His own name for the command: asked again under it, the first outcome is the answer.</param>
/// <param name="Command">What is asked.</param>
public readonly record struct Envelope(Instant At, AccountId By, CommandId Id, Command Command)
{
    /// <summary>The venue itself, as one who asks: listings, prices, funding.</summary>
    public static AccountId Venue { get; } = new("venue");
}
