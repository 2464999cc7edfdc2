using Plimsoll.Units;

namespace Plimsoll.Markets.Depth;

/// <summary>
/// The square-root law of market impact: having traded Q of a day's volume V, the price has moved by I(Q) = Y·σ·√(Q/V),
/// σ the volatility of a day. The average cost at a constant rate is ⅔ of it, whatever time is taken.
/// (Donier and Bonart, "A million metaorder analysis of market impact on the Bitcoin", 2015.)
/// </summary>
public sealed record ImpactLaw
{
    /// <summary>A law.</summary>
    /// <param name="scale">Y, about 1; 0 to 100.</param>
    /// <param name="dailyVolatility">σ as a part of the price, 0.03 for 3 % a day; 0 to 10.</param>
    /// <param name="dailyVolume">V in coins, above 0.</param>
    /// <exception cref="InputException">A number out of its range.</exception>
    public ImpactLaw(double scale, double dailyVolatility, double dailyVolume)
    {
        if (scale is not (>= 0 and <= 100)) throw new InputException("impact scale", $"found {scale}, expected 0 to 100");
        if (dailyVolatility is not (>= 0 and <= 10)) throw new InputException("impact dailyVolatility", $"found {dailyVolatility}, expected 0 to 10");
        if (!(dailyVolume > 0) || !double.IsFinite(dailyVolume)) throw new InputException("impact dailyVolume", $"found {dailyVolume}, expected a number above 0");
        (Scale, DailyVolatility, DailyVolume) = (scale, dailyVolatility, dailyVolume);
    }

    /// <summary>Y.</summary>
    public double Scale { get; }

    /// <summary>σ, a part of the price.</summary>
    public double DailyVolatility { get; }

    /// <summary>V, coins.</summary>
    public double DailyVolume { get; }

    /// <summary>How far the price has moved after so many coins, as a part of it.</summary>
    public double Move(double coins) => Scale * DailyVolatility * Math.Sqrt(coins / DailyVolume);

    /// <summary>The coins after which the price has moved so far; infinite where nothing moves it.</summary>
    public double CoinsFor(double move)
    {
        double steps = move / (Scale * DailyVolatility);

        return DailyVolume * steps * steps;
    }

    /// <summary>The sum of moves paid on the way from one size to a larger: ⅔·(Q·I(Q)) at its ends.</summary>
    internal double Paid(double from, double to) => 2.0 / 3 * ((to * Move(to)) - (from * Move(from)));
}
