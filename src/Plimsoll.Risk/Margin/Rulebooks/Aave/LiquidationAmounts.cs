namespace Plimsoll.Risk.Margin.Rulebooks.Aave;

/// <summary>A borrower's debt and the collateral it is repaid from, in their own coins.</summary>
/// <param name="Collateral">Coins of the collateral.</param>
/// <param name="CollateralPrice">Price of the collateral, in the unit of values, above 0.</param>
/// <param name="Debt">Coins of the debt.</param>
/// <param name="DebtPrice">Price of the debt, above 0.</param>
/// <param name="TotalDebtValue">Value of all debts.</param>
/// <param name="HealthFactor">Health factor.</param>
public readonly record struct BorrowerStanding(
    decimal Collateral, decimal CollateralPrice, decimal Debt, decimal DebtPrice, decimal TotalDebtValue, decimal HealthFactor);

/// <summary>What a liquidation moves, in the coins of debt and collateral.</summary>
/// <param name="Debt">Debt repaid.</param>
/// <param name="Collateral">Collateral seized.</param>
/// <param name="ToLiquidator">Collateral the liquidator keeps.</param>
public readonly record struct LiquidationAmounts(decimal Debt, decimal Collateral, decimal ToLiquidator)
{
    private const decimal Whole = 10_000m;

    /// <summary>The protocol's part of the collateral.</summary>
    public decimal ProtocolFee => Collateral - ToLiquidator;

    /// <summary>
    /// The amounts of Aave v4: (1) what the liquidator offers, what is owed and what the target health factor needs, the least of
    /// them; (2) all of the debt where less than the dust would be left of it; (3) the collateral at the bonus; all of it where it
    /// does not suffice, or where only dust would be left beside a debt, and then the debt it repays; (4) the protocol's fee on
    /// the bonus. Source: Aave v4, <c>LiquidationLogic</c>, <c>calculateLiquidationAmounts</c>.
    /// </summary>
    /// <param name="borrower">Who is liquidated.</param>
    /// <param name="bonus">The bonus.</param>
    /// <param name="targetHealthFactor">Health factor to be restored.</param>
    /// <param name="collateralFactor">The part of the collateral that counts.</param>
    /// <param name="offered">Coins of the debt the liquidator offers to repay.</param>
    /// <param name="feeBps">The protocol's part of the bonus, in basis points.</param>
    /// <param name="dust">Value that must not be left, in the unit of values.</param>
    public static LiquidationAmounts Of(
        in BorrowerStanding borrower, LiquidationBonus bonus, decimal targetHealthFactor, decimal collateralFactor, decimal offered, decimal feeBps, decimal dust)
    {
        decimal bonusBps = bonus.At(borrower.HealthFactor);
        decimal needed = new TargetHealth(targetHealthFactor, bonusBps / Whole, collateralFactor)
            .DebtToRepay(borrower.TotalDebtValue, borrower.HealthFactor, borrower.DebtPrice);
        decimal debt = Math.Min(Math.Min(offered, borrower.Debt), Math.Max(needed, 0));
        if (debt < borrower.Debt && (borrower.Debt - debt) * borrower.DebtPrice < dust) debt = borrower.Debt;

        decimal collateral = debt * borrower.DebtPrice * bonusBps / Whole / borrower.CollateralPrice;
        bool leavesDust = collateral < borrower.Collateral
            && (borrower.Collateral - collateral) * borrower.CollateralPrice < dust
            && debt < borrower.Debt;
        if (collateral > borrower.Collateral || leavesDust)
        {
            collateral = borrower.Collateral;
            debt = collateral * borrower.CollateralPrice / (borrower.DebtPrice * bonusBps / Whole);
        }

        decimal fee = collateral * (bonusBps - Whole) / bonusBps * feeBps / Whole;

        return new LiquidationAmounts(debt, collateral, collateral - fee);
    }
}
