using Plimsoll.Units;

namespace Plimsoll.Risk.Margin.Rulebooks.Aave;

/// <summary>
/// How much debt to repay in Aave v4 so that the borrower's health factor comes out at the target:
/// D × (HFₜ − HF) ÷ (HFₜ − bonus × CF) ÷ price. Source: Aave v4, <c>LiquidationLogic</c>, "debt to target health factor".
/// </summary>
/// <param name="Target">Target health factor.</param>
/// <param name="Bonus">What a liquidator receives per value repaid, 1.05 for a bonus of 5 %.</param>
/// <param name="CollateralFactor">The part of the collateral that counts in the health factor.</param>
public readonly record struct TargetHealth(decimal Target, decimal Bonus, decimal CollateralFactor)
{
    /// <summary>Whether repaying raises the health factor at all: bonus × collateral factor below the target. A law of the parameters.</summary>
    public bool IsConsistent => Bonus * CollateralFactor < Target;

    /// <summary>The debt to repay, in the debt's own asset; not bounded by what is owed.</summary>
    /// <param name="totalDebtValue">Value of all the borrower's debts.</param>
    /// <param name="healthFactor">Health factor of the borrower.</param>
    /// <param name="debtPrice">Price of the debt's asset, in the unit of the value, above 0.</param>
    /// <exception cref="InputException">The parameters are not consistent: every repayment would lower the health factor.</exception>
    public decimal DebtToRepay(decimal totalDebtValue, decimal healthFactor, decimal debtPrice)
    {
        if (!IsConsistent) throw new InputException("bonus × collateral factor", $"found {Bonus * CollateralFactor}, expected below the target health factor {Target}");

        return totalDebtValue * (Target - healthFactor) / (Target - (Bonus * CollateralFactor)) / debtPrice;
    }
}
