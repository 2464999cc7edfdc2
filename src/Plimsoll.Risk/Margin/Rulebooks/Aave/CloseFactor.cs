namespace Plimsoll.Risk.Margin.Rulebooks.Aave;

/// <summary>
/// How much of a debt one liquidation may repay in Aave v3.3: all of it where the position is deep under water or small on
/// either side, else half of the borrower's total debt. Source: Aave v3-origin, <c>docs/3.3/Aave-v3.3-features.md</c>,
/// "Liquidation: close factor".
/// </summary>
/// <param name="FullBelow">Health factor at or below which all may be repaid: 0.95.</param>
/// <param name="SmallBelow">Value below which a debt or a collateral is small: 2,000 USD.</param>
/// <param name="Part">The part of the total debt otherwise: ½.</param>
public readonly record struct CloseFactor(decimal FullBelow, decimal SmallBelow, decimal Part)
{
    /// <summary>The values Aave v3.3 was released with, in USD.</summary>
    public static CloseFactor Released => new(0.95m, 2_000m, 0.5m);

    /// <summary>The most debt that may be repaid, in the unit of the values.</summary>
    /// <param name="healthFactor">Health factor of the borrower.</param>
    /// <param name="collateralValue">Value of the collateral reserve to be seized.</param>
    /// <param name="debtValue">Value of the debt reserve to be repaid.</param>
    /// <param name="totalDebtValue">Value of all the borrower's debts.</param>
    public decimal MostDebt(decimal healthFactor, decimal collateralValue, decimal debtValue, decimal totalDebtValue)
    {
        bool partial = healthFactor > FullBelow && collateralValue >= SmallBelow && debtValue >= SmallBelow;

        return partial ? Math.Min(debtValue, Part * totalDebtValue) : debtValue;
    }
}
