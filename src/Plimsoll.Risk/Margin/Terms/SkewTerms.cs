using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>
/// How far a smile may tilt or curl while its middle stands still (Derive PMRM, linear and absolute skew): volatility at
/// log-moneyness k is multiplied by 1 + cap·k/k*, at most 1 ± cap, and for the curl by the same of |k|. Each expiry's gain
/// or loss counts as a loss; the worse of tilt and curl competes with the scenarios.
/// </summary>
/// <param name="Cap">The relative move of volatility far out, 0 to 0.9.</param>
/// <param name="CapPerRootYear">What √years add to the cap, −1 to 1; the cap stays within 0 to 0.9.</param>
/// <param name="Width">k* per √year: the log-moneyness at which the cap is reached, 0 to 10.</param>
/// <param name="MinWidth">The least k*, above 0 and at most 10.</param>
public sealed record SkewTerms(decimal Cap, decimal CapPerRootYear, decimal Width, decimal MinWidth)
{
    /// <summary>The farthest volatility moves, whatever the expiry.</summary>
    public const decimal Most = 0.9m;

    internal void Check(string field)
    {
        Ranges.Check($"{field}.cap", Cap, 0m, Most);
        Ranges.Check($"{field}.capPerRootYear", CapPerRootYear, -1m, 1m);
        Ranges.Check($"{field}.width", Width, 0m, 10m);
        Ranges.CheckAbove($"{field}.minWidth", MinWidth, 0m, 10m);
    }

    internal SkewTerms Canonical() => new(Price.Canonical(Cap), Price.Canonical(CapPerRootYear), Price.Canonical(Width), Price.Canonical(MinWidth));
}
