using Plimsoll.Units;

namespace Plimsoll.Risk.Margin.Rulebooks.Aave;

/// <summary>
/// The bonus of Aave v4: from a part of the most at a health factor of 1, in a straight line up to the most at a stated
/// health factor and below, in whole basis points rounded down. Source: Aave v4, <c>LiquidationLogic</c>,
/// <c>calculateLiquidationBonus</c>.
/// </summary>
/// <param name="FullAt">Health factor at or below which the most is paid, below 1.</param>
/// <param name="MostBps">The most, in basis points of the value repaid: 11,000 for a bonus of 10 %.</param>
/// <param name="FactorBps">What part of the most bonus is paid at a health factor of 1, in basis points.</param>
public readonly record struct LiquidationBonus(decimal FullAt, decimal MostBps, decimal FactorBps)
{
    private const decimal Whole = 10_000m;

    /// <summary>What a liquidator receives per value repaid, in basis points.</summary>
    /// <exception cref="InputException">The parameters do not lead upwards.</exception>
    public decimal At(decimal healthFactor)
    {
        if (MostBps < Whole) throw new InputException("maxBonusBps", $"found {MostBps}, expected 10000 or more");
        if (FactorBps is < 0 or > Whole) throw new InputException("bonusFactorBps", $"found {FactorBps}, expected 0 to 10000");
        if (healthFactor <= FullAt) return MostBps;
        if (FullAt >= 1) throw new InputException("hfForMaxBonus", $"found {FullAt}, expected below 1");

        decimal least = decimal.Floor((MostBps - Whole) * FactorBps / Whole) + Whole;
        Fraction way = (Fraction)(MostBps - least) * (1 - Math.Min(healthFactor, 1)) / (1 - FullAt);

        return least + (decimal)way.Floor;
    }
}
