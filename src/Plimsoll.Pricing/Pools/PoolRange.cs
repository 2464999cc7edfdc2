using Plimsoll.Numerics;

namespace Plimsoll.Pricing.Pools;

/// <summary>
/// The prices between which liquidity works, and what one unit of it holds, is worth and answers to at a price. The
/// default is the whole line from 0 to ∞, which is the constant-product pool x·y = L².
/// </summary>
/// <remarks>
/// <para>With s = √price, a = √lower, b = √upper, per unit of liquidity (Adams, Zinsmeister, Salem, Keefer, Robinson,
/// "Uniswap v3 Core", 2021, §6.3; the whole line is Adams, Zinsmeister, Robinson, "Uniswap v2 Core", 2020):</para>
/// <para>inside: base coins 1/s − 1/b, quote coins s − a, worth 2s − price/b − a; below: 1/a − 1/b base coins and nothing
/// else; above: b − a quote coins and nothing else. Delta is the base coins held (the pool holds what makes its worth
/// least: the envelope theorem), gamma −½·price^(−3/2) inside and 0 outside.</para>
/// <para>Kept as a and 1/b, so that the whole line needs neither a special case nor an infinity. The price is the pool's
/// own, in quote coins per base coin; whether it is the market's is the arbitrageurs' business.</para>
/// </remarks>
public readonly record struct PoolRange
{
    /// <summary>One tick of Uniswap v3 is a hundredth of a per cent.</summary>
    public const double TickBase = 1.0001;

    /// <summary>The outermost ticks of Uniswap v3, ±.</summary>
    public const int MaxTick = 887_272;

    private PoolRange(double rootLower, double inverseRootUpper) => (RootLower, InverseRootUpper) = (rootLower, inverseRootUpper);

    /// <summary>From 0 to ∞: constant product.</summary>
    public static PoolRange Whole => default;

    /// <summary>√lower.</summary>
    public double RootLower { get; }

    /// <summary>1/√upper; 0 for a range without an upper end.</summary>
    public double InverseRootUpper { get; }

    /// <summary>The lower end, to rounding of the root.</summary>
    public double Lower => RootLower * RootLower;

    /// <summary>The upper end, to rounding of the root; +∞ for a range without one.</summary>
    public double Upper => 1 / (InverseRootUpper * InverseRootUpper);

    /// <summary>A range between two prices.</summary>
    /// <param name="lower">In quote coins per base coin, at least 0.</param>
    /// <param name="upper">Above <paramref name="lower"/>; +∞ for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 ≤ lower &lt; upper, or too near to one another to tell their roots apart.</exception>
    public static PoolRange Between(double lower, double upper)
    {
        if (!(lower >= 0 && lower < upper)) throw new ArgumentOutOfRangeException(nameof(upper), upper, $"A range needs 0 ≤ lower < upper, not {lower} to {upper}.");

        var range = new PoolRange(Exact.Sqrt(lower), double.IsPositiveInfinity(upper) ? 0 : 1 / Exact.Sqrt(upper));
        if (!(range.RootLower * range.InverseRootUpper < 1)) throw new ArgumentOutOfRangeException(nameof(upper), upper, $"A range from {lower} has no width.");

        return range;
    }

    /// <summary>The range a listing names; without ends, all prices.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The ends make no range.</exception>
    public static PoolRange Listed(decimal? lower, decimal? upper) =>
        lower is { } from && upper is { } to ? Between((double)from, (double)to) : Whole;

    /// <summary>A range between two ticks: prices 1.0001^tick, of raw units unless the caller says otherwise.</summary>
    /// <param name="lower">At least −<see cref="MaxTick"/>.</param>
    /// <param name="upper">Above <paramref name="lower"/>, at most <see cref="MaxTick"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A tick outside the limits, or an empty range.</exception>
    public static PoolRange BetweenTicks(int lower, int upper)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lower, -MaxTick);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(upper, MaxTick);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(upper, lower);

        return new PoolRange(Exact.Pow(TickBase, lower / 2.0), Exact.Pow(TickBase, -upper / 2.0));
    }

    /// <summary>Where a price lies: −1 below the range, 0 inside (lower end included, upper end not), 1 above.</summary>
    public int SideOf(double price) => Exact.Sqrt(price) is var root && root < RootLower ? -1 : root * InverseRootUpper >= 1 ? 1 : 0;

    /// <summary>Base coins of one unit of liquidity, at least 0; NaN for a price that is not above 0.</summary>
    public double BaseAt(double price)
    {
        if (!IsPrice(price)) return double.NaN;

        return SideOf(price) switch
        {
            < 0 => (1 / RootLower) - InverseRootUpper,
            0 => (1 / Exact.Sqrt(price)) - InverseRootUpper,
            _ => 0,
        };
    }

    /// <summary>Quote coins of one unit of liquidity, at least 0; NaN for a price that is not above 0.</summary>
    public double QuoteAt(double price)
    {
        if (!IsPrice(price)) return double.NaN;

        return SideOf(price) switch
        {
            < 0 => 0,
            0 => Exact.Sqrt(price) - RootLower,
            _ => (1 / InverseRootUpper) - RootLower,
        };
    }

    /// <summary>Worth of one unit of liquidity in quote coins, fees apart; NaN for a price that is not above 0.</summary>
    public double ValueAt(double price)
    {
        if (!IsPrice(price)) return double.NaN;

        return SideOf(price) switch
        {
            < 0 => price * ((1 / RootLower) - InverseRootUpper),
            0 => (2 * Exact.Sqrt(price)) - (price * InverseRootUpper) - RootLower,
            _ => (1 / InverseRootUpper) - RootLower,
        };
    }

    /// <summary>Change of <see cref="ValueAt"/> per quote coin of price: the base coins held.</summary>
    public double DeltaAt(double price) => BaseAt(price);

    /// <summary>Change of <see cref="DeltaAt"/> per quote coin of price, never above 0: −½·price^(−3/2) inside, 0 outside.</summary>
    public double GammaAt(double price)
    {
        if (!IsPrice(price)) return double.NaN;

        return SideOf(price) == 0 ? -0.5 / (price * Exact.Sqrt(price)) : 0;
    }

    /// <summary>Change of <see cref="GammaAt"/> per quote coin of price: ¾·price^(−5/2) inside, 0 outside.</summary>
    public double SpeedAt(double price)
    {
        if (!IsPrice(price)) return double.NaN;

        return SideOf(price) == 0 ? 0.75 / (price * price * Exact.Sqrt(price)) : 0;
    }

    /// <summary>The root of the price inside the range that is nearest: what the pool's inventory is the inventory of.</summary>
    internal double NearestRoot(double price) => SideOf(price) switch
    {
        < 0 => RootLower,
        0 => Exact.Sqrt(price),
        _ => 1 / InverseRootUpper,
    };

    internal static bool IsPrice(double price) => price > 0 && double.IsFinite(price);
}
