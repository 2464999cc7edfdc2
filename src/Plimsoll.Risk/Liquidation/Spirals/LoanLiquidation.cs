using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation.Spirals;

/// <summary>A collateralised loan, both sides in the numeraire.</summary>
/// <param name="Collateral">What lies behind it, above 0.</param>
/// <param name="Debt">What is owed, above 0.</param>
public readonly record struct CollateralisedLoan(double Collateral, double Debt)
{
    /// <summary>Debt ÷ collateral.</summary>
    public double LoanToValue => Debt / Collateral;

    /// <summary>What a lender would lose at these prices if nobody did anything.</summary>
    public double Shortfall => Math.Max(Debt - Collateral, 0);

    /// <summary>What is left of the debt once all collateral has been seized at the incentive: D − C ÷ (1 + i), not below 0.</summary>
    /// <param name="incentive">What a liquidator earns on what he repays.</param>
    public double BadDebtAfterFullLiquidation(double incentive) => Math.Max(Debt - (Collateral / (1 + incentive)), 0);

    /// <summary>The loan after a part of its debt was repaid out of its collateral at the incentive.</summary>
    /// <param name="closeFactor">The part of the debt, 0 to 1.</param>
    /// <param name="incentive">What a liquidator earns on what he repays.</param>
    public CollateralisedLoan After(double closeFactor, double incentive) =>
        new(Collateral - (closeFactor * Debt * (1 + incentive)), Debt * (1 - closeFactor));

    /// <summary>
    /// The least part of the debt whose repayment restores a target health factor v·C ÷ D: (h·D − v·C) ÷ (D·(h − v·(1 + i))); 0
    /// where it is met already, none where no part restores it: seizing takes away more health than repaying gives, or more
    /// collateral than there is.
    /// </summary>
    /// <param name="threshold">v, the part of the collateral that counts, 0 to 1.</param>
    /// <param name="incentive">i, what a liquidator earns on what he repays.</param>
    /// <param name="target">h, the health factor to be restored.</param>
    /// <exception cref="InputException">A figure out of its range.</exception>
    public double? MinimalCloseFactor(double threshold, double incentive, double target)
    {
        if (!(Collateral > 0) || !(Debt > 0)) throw new InputException("loan", "expected a collateral and a debt above 0");
        if (threshold is not (> 0 and <= 1)) throw new InputException("threshold", $"found {threshold}, expected above 0 and at most 1");
        if (!(incentive >= 0)) throw new InputException("incentive", $"found {incentive}, expected 0 or more");

        double lacking = (target * Debt) - (threshold * Collateral);
        if (lacking <= 0) return 0;

        double gained = target - (threshold * (1 + incentive));
        double part = lacking / (Debt * gained);

        return gained > 0 && part <= 1 && part * Debt * (1 + incentive) <= Collateral ? part : null;
    }
}
