using Plimsoll.Risk.Liquidation.Breakers;
using Plimsoll.Units;

namespace Plimsoll.Engine.Commands;

/// <summary>A price left a band: nothing is traded in the instrument, and nobody liquidated in it, until the pause ends.</summary>
/// <param name="Instrument">Which.</param>
/// <param name="Band">Which band.</param>
/// <param name="Price">The price.</param>
/// <param name="Reference">What it lies too far from.</param>
/// <param name="Width">How far it might, as a part of that.</param>
/// <param name="Level">The how many-th trip of a row, from 1.</param>
/// <param name="Until">When the pause ends.</param>
/// <param name="Reason">Why, in words and figures.</param>
public sealed record BreakerTripped(
    InstrumentId Instrument, BandKind Band, double Price, double Reference, double Width, int Level, Instant Until, string Reason) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue) => venue.Breakers.Pause(venue.Instrument(Instrument), Until, Level, Reason);
}

/// <summary>The pause of an instrument is over: orders gather, and cross at one price when the batch ends.</summary>
/// <param name="Instrument">Which.</param>
/// <param name="Until">When the batch ends.</param>
/// <param name="Reason">Why, in words and figures.</param>
public sealed record BatchOpened(InstrumentId Instrument, Instant Until, string Reason) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue) =>
        (venue.Breakers.Of(venue.Instrument(Instrument)) ?? throw new LawBrokenException("a batch is one of an instrument that was paused")).OpenBatch(Until, Reason);
}

/// <summary>An instrument is traded again.</summary>
/// <param name="Instrument">Which.</param>
/// <param name="Lots">What crossed.</param>
/// <param name="Reference">What the bands lie around from now on; 0 where there is no price.</param>
/// <param name="Until">When its least time open is over.</param>
/// <param name="Reason">Why, in words and figures.</param>
/// <param name="Price">The one price of the batch; none where nothing crossed.</param>
public sealed record Reopened(InstrumentId Instrument, Lots Lots, double Reference, Instant Until, string Reason, decimal? Price = null) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue) => venue.Breakers.Reopen(venue.Instrument(Instrument), Reference, Until, Reason);
}

/// <summary>The whole venue is halted: see <see cref="VenueBreaker"/>.</summary>
/// <param name="Cause">What fell too low.</param>
/// <param name="Figure">How low: a part, or for a level an amount in the numeraire.</param>
/// <param name="Bound">How low it might.</param>
/// <param name="Until">When the pause ends.</param>
/// <param name="Reason">Why, in words and figures.</param>
public sealed record VenueHalted(HaltCause Cause, double Figure, double Bound, Instant Until, string Reason) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue) => venue.Breakers.Venue.Halt(Cause, Until, Reason);
}

/// <summary>The pause of a halted venue is over: liquidations and what leaves less open go on; the rest waits until the venue is resumed.</summary>
/// <param name="Reason">Why, in words and figures.</param>
public sealed record HaltEased(string Reason) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue) => venue.Breakers.Venue.Ease();
}

/// <summary>The whole venue is traded again.</summary>
/// <param name="Until">When its least time open is over.</param>
/// <param name="Reason">Why, in words and figures.</param>
public sealed record VenueResumed(Instant Until, string Reason) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue) => venue.Breakers.Venue.Resume(Until, Reason);
}

/// <summary>A period of the throttles is over in which something was liquidated: who waited is looked at again.</summary>
/// <param name="Liquidated">Notional liquidated in it, in the numeraire.</param>
/// <param name="Deleveraged">Notional deleveraged in it.</param>
/// <param name="Reason">The same in words.</param>
public sealed record ThrottleLifted(double Liquidated, double Deleveraged, string Reason) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue) => venue.Breakers.Throttle.Lift();
}
