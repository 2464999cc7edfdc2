using Plimsoll.Numerics;

namespace Plimsoll.Risk.Collateral;

/// <summary>
/// The haircut a price's own movement asks for while a holding is sold: 1 − exp(−z·σ·√τ), the loss at a stated probability
/// of a log-normal price over the time to liquidate. What selling itself costs is not in it; see <see cref="Markets.Depth.ImpactLaw"/>.
/// </summary>
public static class HorizonHaircut
{
    /// <summary>The haircut, 0 to 1.</summary>
    /// <param name="deviations">z: the standard normal quantile of the probability, 2.326 for 99 %.</param>
    /// <param name="dailyVolatility">σ: standard deviation of a day's log return.</param>
    /// <param name="days">τ: days until the holding is sold, not below 0.</param>
    public static double Of(double deviations, double dailyVolatility, double days) =>
        -Exact.ExpMinusOne(-deviations * dailyVolatility * Math.Sqrt(days));
}
