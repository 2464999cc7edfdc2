namespace Plimsoll.Markets.Depth;

/// <summary>
/// What is assumed of a market whose book nobody gave: volume and volatility alone, taken so that it comes out dearer and
/// slower than books of liquid markets do.
/// <list type="number">
/// <item>Half of a thin day's volume counts: reported volume holds trades that provide nothing.</item>
/// <item>Y is 1 on that volume, 1.4 on the reported one; books and metaorders of liquid markets show 0.5 to 1.</item>
/// <item>The spread is a twentieth of a day's volatility, at least 10 basis points.</item>
/// <item>No depth is visible, so nothing is sold at better than the law, and no refill is counted on.</item>
/// </list>
/// </summary>
public static class VolumeFallback
{
    /// <summary>Y.</summary>
    public const double Scale = 1;

    /// <summary>The part of a thin day's volume that counts.</summary>
    public const double CountedVolume = 0.5;

    private const double SpreadOfVolatility = 0.05;
    private const double LeastSpread = 0.001;

    /// <summary>A profile without a book.</summary>
    /// <param name="mid">The price, above 0.</param>
    /// <param name="day">A day's volatility and volume.</param>
    /// <exception cref="Plimsoll.Units.InputException">A number of the day is out of its range.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The price is not above 0 and finite.</exception>
    public static LiquidityProfile Of(double mid, MarketDay day)
    {
        if (!(mid > 0) || !double.IsFinite(mid)) throw new ArgumentOutOfRangeException(nameof(mid), mid, "Expected a price above 0.");
        day.Check();
        double spread = Math.Max(LeastSpread, SpreadOfVolatility * day.Volatility);

        return new LiquidityProfile { Source = LiquiditySource.Volume, Mid = mid, Spread = new SpreadWidth(spread, spread), Day = day };
    }
}
