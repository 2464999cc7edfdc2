using Plimsoll.Markets.Depth;

namespace Plimsoll.Risk.Exposure;

/// <summary>What the market of one underlying can take.</summary>
/// <param name="Book">Its visible depth, if known.</param>
/// <param name="Law">Its law of impact, if known.</param>
/// <param name="VegaHalfSpread">Half the spread of its options in vol points, at least 0.</param>
public sealed record MarketDepth(DepthBook? Book, ImpactLaw? Law, double VegaHalfSpread = 0);

/// <summary>What unwinding the exposure to one underlying costs; the numeraire, but for coins.</summary>
/// <param name="Coins">The net delta that is unwound, positions and coins together, in coins; + long.</param>
/// <param name="DeltaCost">What trading it away costs.</param>
/// <param name="VegaCost">Half a spread of volatility on the gross vega: an option is closed as it is, not against another.</param>
/// <param name="Unfilled">Coins of delta that nobody would take.</param>
/// <param name="Worst">How far from the middle the last coin went, as a part of it.</param>
public readonly record struct Unwound(double Coins, double DeltaCost, double VegaCost, double Unfilled, double Worst)
{
    /// <summary>Both costs.</summary>
    public double Cost => DeltaCost + VegaCost;

    /// <summary>Unwinds an exposure: delta in its market, options at their spread.</summary>
    /// <param name="exposed">The exposure to the underlying.</param>
    /// <param name="price">The underlying's price in the numeraire; without one nothing can be unwound.</param>
    /// <param name="depth">Its market.</param>
    public static Unwound Of(in Exposed exposed, double price, MarketDepth depth)
    {
        if (!(price > 0)) return default;

        double coins = (exposed.Net.Delta + exposed.Net.Coins) / price;
        UnwindCost cost = Unwinding.Cost(-coins, price, depth.Book, depth.Law);

        return new Unwound(coins, cost.Cost, exposed.Gross.Vega * depth.VegaHalfSpread, cost.Unfilled, cost.Worst);
    }
}

/// <summary>What a group would be left with if all it is exposed to were unwound.</summary>
/// <param name="Equity">What it owns less what it owes, at the marks.</param>
/// <param name="Cost">What unwinding costs.</param>
public readonly record struct LiquidityAdjusted(double Equity, double Cost)
{
    /// <summary>What is left.</summary>
    public double Adjusted => Equity - Cost;
}
