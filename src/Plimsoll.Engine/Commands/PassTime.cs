using Plimsoll.Units;

namespace Plimsoll.Engine.Commands;

/// <summary>
/// Says that it is later now. It changes nothing of itself; what has fallen due meanwhile happens: see
/// <see cref="VenueState.NextDue"/>.
/// </summary>
public sealed record PassTime : Command
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now) => Decision.AcceptNothing;
}
