using Plimsoll.Numerics;

namespace Plimsoll.Risk.Margin;

/// <summary>The tilt and the curl of a smile, as model numbers: see <see cref="SkewTerms"/>.</summary>
internal sealed class SmileShock(SkewTerms terms)
{
    private readonly double cap = (double)terms.Cap;
    private readonly double capPerRootYear = (double)terms.CapPerRootYear;
    private readonly double width = (double)terms.Width;
    private readonly double minWidth = (double)terms.MinWidth;

    /// <summary>What the volatility of an option is multiplied by.</summary>
    /// <param name="forward">Above 0.</param>
    /// <param name="strike">Above 0.</param>
    /// <param name="years">To expiry, at least 0.</param>
    public (double Tilt, double Curl) Multipliers(double forward, double strike, double years)
    {
        double root = Math.Sqrt(years);
        double most = Math.Clamp(cap + (capPerRootYear * root), 0, (double)SkewTerms.Most);
        double reach = Math.Max(minWidth, width * root);
        double moneyness = Exact.Log(strike / forward);

        return (1 + Math.Clamp(moneyness * most / reach, -most, most), 1 + Math.Min(most, Math.Abs(moneyness) * most / reach));
    }
}
