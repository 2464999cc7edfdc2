using Plimsoll.Numerics;

namespace Plimsoll.Pricing.Pools;

/// <summary>
/// Liquidity lent to an automated market maker: so many units of it in a range. What it holds follows the price, always
/// selling what rises and buying what falls.
/// </summary>
/// <param name="Liquidity">L of x·y = L², in √(base × quote) of whole coins; negative for who owes such a position.</param>
/// <param name="Range">Where it works; the default everywhere.</param>
public readonly record struct PoolPosition(double Liquidity, PoolRange Range)
{
    /// <summary>The position that so many coins make at a price: what the scarcer of the two allows.</summary>
    /// <param name="range">Where it works.</param>
    /// <param name="price">The pool's price, above 0.</param>
    /// <param name="baseCoins">Base coins at hand, at least 0.</param>
    /// <param name="quoteCoins">Quote coins at hand, at least 0.</param>
    public static PoolPosition Funded(PoolRange range, double price, double baseCoins, double quoteCoins)
    {
        double perBase = range.BaseAt(price), perQuote = range.QuoteAt(price);
        double byBase = perBase > 0 ? baseCoins / perBase : double.PositiveInfinity;
        double byQuote = perQuote > 0 ? quoteCoins / perQuote : double.PositiveInfinity;

        return new PoolPosition(Math.Min(byBase, byQuote), range);
    }

    /// <summary>The position that is worth so much at a price.</summary>
    /// <param name="range">Where it works.</param>
    /// <param name="price">The pool's price, above 0.</param>
    /// <param name="value">In quote coins.</param>
    public static PoolPosition Worth(PoolRange range, double price, double value) => new(value / range.ValueAt(price), range);

    /// <summary>Base coins held.</summary>
    public double Base(double price) => Liquidity * Range.BaseAt(price);

    /// <summary>Quote coins held.</summary>
    public double Quote(double price) => Liquidity * Range.QuoteAt(price);

    /// <summary>Worth in quote coins, fees apart.</summary>
    public double Value(double price) => Liquidity * Range.ValueAt(price);

    /// <summary>Change of worth per quote coin of price: the base coins held.</summary>
    public double Delta(double price) => Liquidity * Range.DeltaAt(price);

    /// <summary>Change of delta per quote coin of price; never above 0 for who holds the position.</summary>
    public double Gamma(double price) => Liquidity * Range.GammaAt(price);

    /// <summary>
    /// Impermanent loss: the position's worth less that of the coins it was made of, had they been kept. Never above 0 for
    /// who holds the position; exactly 0 at the entry.
    /// </summary>
    /// <remarks>
    /// With c and c₀ the roots of price and entry brought into the range: L·(c − c₀)·(c·c₀ − price)/(c·c₀). Inside the range
    /// that is −L·(s − s₀)²/s₀; nothing cancels, so that the sign is certain.
    /// </remarks>
    /// <param name="entry">The price at which the position was made, above 0.</param>
    /// <param name="price">The price now, above 0.</param>
    /// <returns>Quote coins; NaN for prices that are none.</returns>
    public double ImpermanentLoss(double entry, double price)
    {
        if (!PoolRange.IsPrice(entry) || !PoolRange.IsPrice(price)) return double.NaN;

        double now = Range.NearestRoot(price), then = Range.NearestRoot(entry);
        double moved = now - then;

        // Between the range's ends c² is the price itself, and (c·c₀ − price) = −c·(c − c₀).
        return Range.SideOf(price) == 0
            ? 0 - (Liquidity * moved * moved / then)
            : Liquidity * moved * Opposed(moved, (now * then) - price) / (now * then);
    }

    /// <summary>
    /// Impermanent loss as a part of what holding the coins would be worth, from −1 to 0. For constant product
    /// 2√r/(1 + r) − 1 with r = price ÷ entry.
    /// </summary>
    public double ImpermanentLossFraction(double entry, double price)
    {
        double held = (Range.BaseAt(entry) * price) + Range.QuoteAt(entry);

        return new PoolPosition(1, Range).ImpermanentLoss(entry, price) / held;
    }

    /// <summary>What outside the range must have the other sign; where rounding says otherwise it is 0.</summary>
    private static double Opposed(double moved, double rest) => moved > 0 ? Math.Min(rest, 0) : Math.Max(rest, 0);
}
