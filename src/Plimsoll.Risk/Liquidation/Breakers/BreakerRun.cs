using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation.Breakers;

/// <summary>A change of phase on a price path.</summary>
/// <param name="At">When.</param>
/// <param name="Phase">What it is from then on.</param>
/// <param name="Price">The last price.</param>
/// <param name="Reference">What the price lay too far from, or what the bands lie around after a reopening.</param>
/// <param name="Until">When it ends.</param>
/// <param name="Level">The how many-th trip of a row.</param>
/// <param name="Broken">The band that was broken; none but for a trip.</param>
/// <param name="Reason">Why, in words and figures.</param>
public sealed record BreakerStep(Instant At, BreakerPhase Phase, double Price, double Reference, Instant Until, int Level, BandTrip? Broken, string Reason);

/// <summary>Runs a breaker over a price path as a venue without orders would: what falls due happens when it is due, and it reopens at the last price.</summary>
public static class BreakerRun
{
    /// <summary>Every change of phase, as it happens.</summary>
    /// <param name="line">The bands and times.</param>
    /// <param name="prices">Ascending in time.</param>
    public static IEnumerable<BreakerStep> Over(BreakerLine line, IEnumerable<(Instant At, double Price)> prices)
    {
        var breaker = new TradingBreaker();
        foreach ((Instant at, double price) in prices)
        {
            while (breaker.IsHeld && breaker.Until <= at) yield return Pass(line, breaker);

            breaker.See(line, at, price);
            if (breaker.Asks(line, at) is not { } asked) continue;

            breaker.Pause(asked.Until, asked.Level, asked.Reason);
            yield return new BreakerStep(at, BreakerPhase.Paused, price, asked.Broken.Reference, asked.Until, asked.Level, asked.Broken, asked.Reason);
        }
    }

    private static BreakerStep Pass(BreakerLine line, TradingBreaker breaker)
    {
        Instant at = breaker.Until;
        if (breaker.Phase == BreakerPhase.Paused && line.AuctionSeconds > 0) breaker.OpenBatch(at + TimeSpan.FromSeconds(line.AuctionSeconds), BreakerWords.Gathering(line.AuctionSeconds));
        else breaker.Reopen(line, at, breaker.Price, at + TimeSpan.FromSeconds(line.OpenSeconds), BreakerWords.Reopened(breaker.Phase, null, 0, breaker.Price));

        return new BreakerStep(at, breaker.Phase, breaker.Price, breaker.Reference, breaker.Until, breaker.Level, null, breaker.Reason);
    }
}
