using Plimsoll.Numerics;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Agents;

/// <summary>How far back a vault trades once it has left its band.</summary>
public enum RebalanceTo
{
    /// <summary>To the nearer edge: the least that must be traded, best where cost grows with size.</summary>
    Edge = 0,

    /// <summary>To the target itself: fewer, larger trades, best where each trade costs something of its own.</summary>
    Target = 1,
}

/// <summary>
/// A vault's promise: exposure (delta in money) as a multiple of its equity, held within a band. 2 is a vault twice long, 0 one
/// that is hedged.
/// </summary>
/// <param name="Multiple">Exposure over equity that is aimed at.</param>
/// <param name="HalfWidth">How far the multiple may drift either way, above 0.</param>
/// <param name="CostRate">Fee and half-spread as a part of what is traded.</param>
/// <param name="To">How far back a trade goes.</param>
public sealed record TargetExposure(double Multiple, double HalfWidth, double CostRate = 0.0006, RebalanceTo To = RebalanceTo.Edge)
{
    /// <summary>Checks the figures.</summary>
    /// <exception cref="InputException">A figure means nothing, or no trade could reach the target.</exception>
    public TargetExposure Checked()
    {
        if (!(Math.Abs(Multiple) <= 100)) throw new InputException("multiple", $"found {Multiple}, expected -100 to 100");
        if (!(HalfWidth > 0 && double.IsFinite(HalfWidth))) throw new InputException("half-width", $"found {HalfWidth}, expected a number above 0");
        if (!(CostRate is >= 0 and < 1) || CostRate * (Math.Abs(Multiple) + HalfWidth) >= 1) throw new InputException("cost rate", $"found {CostRate}, expected one that leaves equity after the trade");

        return this;
    }

    /// <summary>
    /// What to buy (+) or sell (−), in money of exposure: nothing inside the band. The trade's own cost comes out of the equity
    /// the multiple is taken of, so that the vault is where it should be after paying.
    /// </summary>
    /// <param name="equity">What the vault is worth; at 0 and below nothing is traded.</param>
    /// <param name="exposure">Its delta in money.</param>
    public double TradeFor(double equity, double exposure)
    {
        if (!(equity > 0) || !double.IsFinite(exposure)) return 0;
        double now = exposure / equity;
        if (Math.Abs(now - Multiple) <= HalfWidth) return 0;

        int side = now > Multiple ? -1 : 1;
        double goal = To == RebalanceTo.Target ? Multiple : Multiple - (side * HalfWidth);

        // (exposure + x) = goal · (equity − cost · |x|)
        return ((goal * equity) - exposure) / (1 + (side * CostRate * goal));
    }

    /// <summary>
    /// The half-width that is best for somebody who holds a constant multiple θ for ever, for small proportional costs λ and
    /// relative risk aversion p: (3/(2p) · θ²(1 − θ)² · λ)^(1/3) (Janeček and Shreve, "Asymptotic analysis for optimal investment
    /// and consumption with transaction costs", Finance and Stochastics 8, 2004). It is 0 at θ = 0 and θ = 1, which need no trading.
    /// </summary>
    /// <param name="multiple">θ.</param>
    /// <param name="costRate">λ, at least 0.</param>
    /// <param name="relativeRiskAversion">p, above 0.</param>
    public static double BestHalfWidth(double multiple, double costRate, double relativeRiskAversion)
    {
        if (!double.IsFinite(multiple) || !(costRate >= 0) || !(relativeRiskAversion > 0)) return double.NaN;
        double bend = multiple * (1 - multiple);

        return Exact.Pow(1.5 / relativeRiskAversion * bend * bend * costRate, 1.0 / 3.0);
    }
}
