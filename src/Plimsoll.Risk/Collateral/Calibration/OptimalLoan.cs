using Plimsoll.Risk.Margin.Rulebooks.BProtocol;

namespace Plimsoll.Risk.Collateral.Calibration;

/// <summary>
/// The most that may be lent against a holding so that the lender is made whole with a target probability.
/// <list type="number">
/// <item>The bonus pays whoever liquidates for what the sale costs him, and no more: 1 ÷ (1 − cost) − 1.</item>
/// <item>The liquidation threshold is the largest loan-to-value from which a sale still pays debt and bonus when the price
/// falls, over detection and a third of the sale, as far as it does at the target: exp(−q·σ·√τ) ÷ (1 + bonus).</item>
/// <item>The loan-to-value at opening leaves the borrower a time to answer: from it, the price reaches the threshold within
/// that time only with the stated probability of a call.</item>
/// </list>
/// </summary>
/// <param name="Bonus">A part of the debt repaid.</param>
/// <param name="Threshold">Loan-to-value at which liquidation begins, 0 to 1.</param>
/// <param name="LoanToValue">Loan-to-value at opening, 0 to <paramref name="Threshold"/>.</param>
/// <param name="SmartLoanToValue">
/// Beside it, the threshold as B.Protocol's SmartLTV has it from the same inputs: liquidity over debt is one over the days
/// of price risk, and the bonus' part of the collateral is taken off at the end.
/// </param>
public readonly record struct OptimalLoan(double Bonus, double Threshold, double LoanToValue, double SmartLoanToValue)
{
    /// <summary>The loan for a target.</summary>
    /// <param name="target">The haircut at the probability that the lender is made whole.</param>
    /// <param name="call">The haircut at the probability that a borrower is not called within <paramref name="callDays"/>.</param>
    /// <param name="callDays">Days a borrower has to answer, 0 or more.</param>
    /// <param name="sale">How the collateral is sold.</param>
    public static OptimalLoan For(NextHaircut target, NextHaircut call, double callDays, Sale sale)
    {
        // A sale that brings nothing secures no loan, and no bonus could pay for it.
        if (sale.Cost >= 1) return new OptimalLoan(0, 0, 0, 0);

        double threshold = 1 - SizedHaircut.Of(target.Multiplier, target.Volatility, sale);
        double smart = new SmartLoanToValue(Math.Max(0, target.Multiplier), sale.Cost).At(target.Volatility, 1, Math.Max(sale.Horizon, double.Epsilon));

        return new OptimalLoan((1 / (1 - sale.Cost)) - 1, threshold, threshold * (1 - call.Over(callDays)), smart);
    }
}
