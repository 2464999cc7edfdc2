using Plimsoll.Markets.Surfaces;

namespace Plimsoll.Pricing.Surfaces;

/// <summary>What a calibration takes for granted. The usual values suit a venue that quotes like Deribit.</summary>
public sealed record SurfaceSettings
{
    /// <summary>How time counts between expiries.</summary>
    public EventClock Clock { get; init; } = new(0.7);

    /// <summary>The steps of prices, in coin, where the chain's own prices are too few to show them.</summary>
    public TickLadder Ticks { get; init; } = new(0.0001, 0.0005);

    /// <summary>A volatility below this is absurd.</summary>
    public double LeastVolatility { get; init; } = 0.02;

    /// <summary>A volatility above this is absurd.</summary>
    public double GreatestVolatility { get; init; } = 5;

    /// <summary>A spread wider than this part of the volatility says nothing.</summary>
    public double WidestSpread { get; init; } = 0.35;

    /// <summary>Least sensitivity: what a volatility point must move the price by, in ticks.</summary>
    public double LeastVegaInTicks { get; init; } = 0.25;

    /// <summary>The uncertainty of any quote, in volatility, however narrow its spread: what keeps a few tight quotes from ruling a smile.</summary>
    public double Doubt { get; init; } = 0.01;

    /// <summary>Fewest strikes a slice of its own is fitted to; with fewer its shape must come from an earlier surface.</summary>
    public int FewestStrikes { get; init; } = 5;

    /// <summary>Where a hyperbola stays farther than this from the quotes, in volatility, the smile may have a bump.</summary>
    public double BendAbove { get; init; } = 0.006;

    /// <summary>The steepest wing allowed, in total variance per unit of log-moneyness; Lee's bound is 2.</summary>
    public double SteepestWing { get; init; } = 1.95;
}
