namespace Plimsoll.Markets.Depth;

/// <summary>How fast a quantity comes back to its usual size after it was taken away, as an exponential.</summary>
/// <param name="HalfLifeSeconds">Seconds in which half of what is missing comes back.</param>
/// <param name="Low">The lower end of its 95 % interval.</param>
/// <param name="High">The upper end.</param>
/// <param name="Depletions">Moments at which something was missing.</param>
public readonly record struct Resilience(double HalfLifeSeconds, double Low, double High, int Depletions)
{
    private const double LogTwo = 0.69314718055994531;

    /// <summary>κ: the part of what is missing that comes back each second.</summary>
    public double PerSecond => LogTwo / HalfLifeSeconds;

    /// <summary>The same at the slow end of the interval.</summary>
    public double SlowestPerSecond => LogTwo / High;
}

/// <summary>How fast a market comes back; none where too few depletions were seen to tell.</summary>
/// <param name="Bids">Of the bids' depth.</param>
/// <param name="Asks">Of the asks'.</param>
/// <param name="Spread">Of the gap between them.</param>
public readonly record struct MarketResilience(Resilience? Bids, Resilience? Asks, Resilience? Spread);
