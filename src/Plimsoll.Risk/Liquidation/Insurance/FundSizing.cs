using Plimsoll.Numerics;
using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation.Insurance;

/// <summary>How large an insurance fund must be.</summary>
public static class FundSizing
{
    /// <summary>
    /// The loss that the largest one of a year stays below with a stated probability, when exceedances come by chance at a
    /// stated rate: u + β/ξ·((−ln q ÷ Λ)^−ξ − 1). (McNeil, Frey and Embrechts, "Quantitative Risk Management", §5.2.)
    /// </summary>
    /// <param name="tail">The tail of single losses.</param>
    /// <param name="exceedancesPerYear">Λ, above 0.</param>
    /// <param name="probability">q, between 0 and 1.</param>
    /// <exception cref="InputException">A figure out of its range.</exception>
    public static double AnnualMaximum(ParetoTail tail, double exceedancesPerYear, double probability)
    {
        if (!(exceedancesPerYear > 0) || !double.IsFinite(exceedancesPerYear)) throw new InputException("exceedancesPerYear", $"found {exceedancesPerYear}, expected a number above 0");
        if (probability is not (> 0 and < 1)) throw new InputException("q", $"found {probability}, expected between 0 and 1");

        // A year without any exceedance is likelier than 1 − q: then the threshold itself is enough.
        double expected = -Exact.Log(probability) / exceedancesPerYear;

        return expected >= 1 ? tail.Threshold : tail.BeyondThreshold(expected);
    }

    /// <summary>The largest sum of the k largest losses beyond margin, over scenarios: what the fund needs if k default together in the worst of them.</summary>
    /// <param name="scenarios">Of each scenario, every member's loss beyond his margin; below 0 counts as 0.</param>
    /// <param name="defaults">k: 1 or 2.</param>
    public static double Cover(IEnumerable<IEnumerable<double>> scenarios, int defaults)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(defaults, 1);

        return scenarios.Select(losses => losses.Select(loss => Math.Max(loss, 0)).OrderDescending().Take(defaults).Sum()).DefaultIfEmpty(0).Max();
    }
}
