namespace Plimsoll.Risk.Margin.Rulebooks.Aave;

/// <summary>
/// A liquidation must clear a debt, clear a collateral, or leave enough of both that somebody comes for the rest. Source:
/// Aave v3-origin, <c>docs/3.3/Aave-v3.3-features.md</c>, "Forced full liquidation on dust".
/// </summary>
/// <param name="LeastLeft">What must be left at least, in USD: half the value below which a position is small.</param>
public readonly record struct DustRule(decimal LeastLeft)
{
    /// <summary>The rule that belongs to a close factor.</summary>
    public static DustRule Of(CloseFactor factor) => new(factor.SmallBelow / 2);

    /// <summary>The most debt that may be repaid without repaying all of it; below 0 where only all of it will do.</summary>
    /// <param name="debtValue">Value of the debt, in USD.</param>
    public decimal MostPartialDebt(decimal debtValue) => debtValue - LeastLeft;

    /// <summary>Whether what a liquidation leaves may be left.</summary>
    /// <param name="debtLeft">Value of the debt left, in USD.</param>
    /// <param name="collateralLeft">Value of the collateral left, in USD.</param>
    public bool Allows(decimal debtLeft, decimal collateralLeft) =>
        debtLeft <= 0 || collateralLeft <= 0 || (debtLeft >= LeastLeft && collateralLeft >= LeastLeft);
}
