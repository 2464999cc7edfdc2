using Plimsoll.Units;

namespace Plimsoll.Markets.Surfaces;

/// <summary>Where a slice of a surface came from.</summary>
public enum SliceOrigin
{
    /// <summary>Fitted to quotes, within what the expiry after it and the absence of arbitrage leave.</summary>
    Fitted = 0,

    /// <summary>Fitted like that, with a bump, because no hyperbola came within a volatility point.</summary>
    Bent = 1,

    /// <summary>An extended SSVI slice, because the freer form could not be kept from arbitrage.</summary>
    Essvi = 2,

    /// <summary>The shape of an earlier surface's slice, moved to today's at-the-money quotes.</summary>
    Stale = 3,

    /// <summary>The shape of an earlier surface's slice with what time has left of its variance; no quote was of use.</summary>
    Aged = 4,

    /// <summary>The shape of the expiry after it, scaled to its level, because nothing nearer was free of arbitrage.</summary>
    Borrowed = 5,
}

/// <summary>A surface at one expiry.</summary>
/// <param name="Expiry">When its options end.</param>
/// <param name="Forward">The forward of that expiry, in quote units.</param>
/// <param name="Years">Calendar time to expiry, in years of 365 days.</param>
/// <param name="EventYears">The same by the surface's clock.</param>
/// <param name="Smile">Total variance against log-moneyness.</param>
/// <param name="LowestQuoted">Log-moneyness of the lowest strike it was fitted to.</param>
/// <param name="HighestQuoted">Log-moneyness of the highest strike it was fitted to.</param>
/// <param name="Origin">Where it came from.</param>
public sealed record SurfaceSlice(
    Instant Expiry, double Forward, double Years, double EventYears, Smile Smile, double LowestQuoted, double HighestQuoted, SliceOrigin Origin)
{
    /// <summary>Annual volatility at the money.</summary>
    public double AtTheMoney => Smile.Volatility(0, Years);

    /// <summary>
    /// Skew: the slope of volatility at the money, in volatility per unit of log-moneyness; negative where low strikes are dearer.
    /// </summary>
    public double Skew
    {
        get
        {
            var at = Smile.At(0);
            return at.Slope / (2 * Math.Sqrt(at.Variance * Years));
        }
    }
}
