using Plimsoll.Markets.Surfaces;
using Plimsoll.Numerics;

namespace Plimsoll.Risk.Margin.Rulebooks.Derive;

/// <summary>
/// Volatility as Derive reads it from its SVI feed: strikes far in the wings are priced as if they lay at the edge, and a
/// total variance above 25 counts as 25. Source: Derive v2, <c>lyra-utils/math/SVI.sol</c>.
/// </summary>
public static class SmileVolatility
{
    private const double MostVariance = 25;

    /// <summary>Annual volatility of a strike.</summary>
    /// <param name="smile">The feed's smile, in total variance.</param>
    /// <param name="strike">Strike, above 0.</param>
    /// <param name="forward">The feed's forward, above 0.</param>
    /// <param name="years">The feed's years to expiry, above 0.</param>
    public static double Of(SviSlice smile, double strike, double forward, double years)
    {
        double edge = Math.Min(2.5, Math.Max(0.3, 3 * Math.Sqrt(years)));
        double variance = smile.Variance(Math.Clamp(Exact.Log(strike / forward), -edge, edge));

        return Math.Sqrt(Math.Min(variance, MostVariance) / years);
    }
}
