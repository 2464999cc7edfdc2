using Plimsoll.Numerics;

namespace Plimsoll.Risk.Margin.Rulebooks.BProtocol;

/// <summary>
/// The loan-to-value a lender may grant so that liquidators keep up: max(0, exp(−c·σ ÷ √(liquidity ÷ debt cap)) − β). Source:
/// B.Protocol, "SmartLTV: risk oracles", <c>SmartLTV.sol</c>.
/// </summary>
/// <param name="Confidence">c: how many deviations must be survived.</param>
/// <param name="Penalty">β: what a liquidator keeps, a fraction.</param>
public readonly record struct SmartLoanToValue(double Confidence, double Penalty)
{
    /// <summary>The loan-to-value, a fraction.</summary>
    /// <param name="volatility">σ: volatility of the pair, a fraction per the horizon it was measured over.</param>
    /// <param name="liquidity">What the market takes at the penalty's slippage, in any unit.</param>
    /// <param name="debtCap">The most that may be borrowed, in the same unit, above 0.</param>
    public double At(double volatility, double liquidity, double debtCap) =>
        Math.Max(0, Exact.Exp(-Confidence * volatility / Math.Sqrt(liquidity / debtCap)) - Penalty);
}
