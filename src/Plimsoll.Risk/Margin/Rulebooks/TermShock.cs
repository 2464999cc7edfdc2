using Plimsoll.Numerics;

namespace Plimsoll.Risk.Margin.Rulebooks;

/// <summary>
/// How far a shock of volatility reaches at a term: range × (30 / days)^power, so that short terms move more. Deribit's
/// portfolio margin, and after it Derive and Paradex.
/// </summary>
public static class TermShock
{
    /// <summary>The relative move of volatility: 0.4 at 30 days for a range of 40 %.</summary>
    /// <param name="range">The move at 30 days, a fraction.</param>
    /// <param name="days">Days to expiry, above 0.</param>
    /// <param name="power">How fast it falls with the term; ½ is a random walk of volatility.</param>
    public static double Of(double range, double days, double power) => range * Exact.Pow(30 / days, power);
}
