using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation.Spirals;

/// <summary>
/// When liquidating makes it worse. A sale repays one unit of debt with (1 + incentive) of collateral and pushes the price
/// of what is left by the impact λ; the loan-to-value falls only below 1 ÷ ((1 + incentive)·λ). Beyond it every sale digs
/// deeper, and the position belongs in an auction. (Warmuz, Chaudhary and Pinna, "Toxic Liquidation Spirals", 2022,
/// arXiv:2212.07306; arXiv:2510.10171.)
/// </summary>
public static class SpiralBound
{
    /// <summary>The loan-to-value at and beyond which a liquidation raises it.</summary>
    /// <param name="incentive">What a liquidator earns on what he repays, 0.05 for 5 %.</param>
    /// <param name="impact">λ, at least 1: 1 where sales do not move the price.</param>
    /// <exception cref="InputException">A figure out of its range.</exception>
    public static double LoanToValue(double incentive, double impact = 1)
    {
        if (!(incentive >= 0) || !double.IsFinite(incentive)) throw new InputException("incentive", $"found {incentive}, expected 0 or more");
        if (!(impact >= 1) || !double.IsFinite(impact)) throw new InputException("impact", $"found {impact}, expected 1 or more");

        return 1 / ((1 + incentive) * impact);
    }

    /// <summary>λ against a constant-product pool: 1 + 2c/y.</summary>
    /// <param name="collateralValue">c, what the whole collateral is worth in quote coins.</param>
    /// <param name="quoteReserve">y, quote coins in the pool, above 0.</param>
    /// <exception cref="InputException">A figure out of its range.</exception>
    public static double ImpactAgainstPool(double collateralValue, double quoteReserve)
    {
        if (!(collateralValue >= 0) || !double.IsFinite(collateralValue)) throw new InputException("collateralValue", $"found {collateralValue}, expected 0 or more");
        if (!(quoteReserve > 0) || !double.IsFinite(quoteReserve)) throw new InputException("quoteReserve", $"found {quoteReserve}, expected a number above 0");

        return 1 + (2 * collateralValue / quoteReserve);
    }
}
