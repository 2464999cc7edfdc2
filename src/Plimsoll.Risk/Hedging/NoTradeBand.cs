using Plimsoll.Numerics;

namespace Plimsoll.Risk.Hedging;

/// <summary>
/// How far delta may drift before trading it back pays (Whalley and Wilmott, "An asymptotic analysis of an optimal hedging
/// model for option pricing with transaction costs", Mathematical Finance 7, 1997; the small-cost limit of Davis, Panas and
/// Zariphopoulou 1993 for exponential utility): hedge to the edge of Δ ± H with
/// H = (3/2 · e^(−r(T−t)) · λ · S · Γ² / γ)^(1/3).
/// </summary>
/// <remarks>
/// Units: λ numeraire paid per numeraire traded; S numeraire per coin; Γ of the whole position, coins per numeraire of price;
/// γ per numeraire. λSΓ²/γ is then coins³ and H coins. A position n times as large with γ/n has n times the band.
/// </remarks>
public static class NoTradeBand
{
    /// <summary>Half the width of the band, in coins.</summary>
    /// <param name="costRate">λ: fee and half-spread as a part of the value traded, at least 0.</param>
    /// <param name="price">S: price of the underlying in the numeraire, above 0.</param>
    /// <param name="gamma">Γ: of the whole position; its sign does not matter.</param>
    /// <param name="riskAversion">γ: absolute risk aversion per numeraire, above 0; 1/γ is the loss that hurts e-fold.</param>
    /// <param name="rate">r: continuous rate per year.</param>
    /// <param name="years">T − t: years to expiry.</param>
    /// <returns>Coins; NaN where an argument means nothing.</returns>
    public static double HalfWidth(double costRate, double price, double gamma, double riskAversion, double rate = 0, double years = 0)
    {
        if (!(costRate >= 0) || !(price > 0) || !double.IsFinite(gamma) || !(riskAversion > 0)) return double.NaN;
        double discount = rate == 0 ? 1 : Exact.Exp(-rate * years);

        return Exact.Pow(1.5 * discount * costRate * price * gamma * gamma / riskAversion, 1.0 / 3.0);
    }

    /// <summary>Where a hedge goes: nowhere inside the band, else to its nearer edge, because every unit more costs more than it saves.</summary>
    /// <param name="held">What the hedge holds.</param>
    /// <param name="ideal">What would offset the position.</param>
    /// <param name="halfWidth">Half the width of the band, at least 0.</param>
    public static double Rebalanced(double held, double ideal, double halfWidth) =>
        held > ideal + halfWidth ? ideal + halfWidth : held < ideal - halfWidth ? ideal - halfWidth : held;
}
