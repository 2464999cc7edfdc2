namespace Plimsoll.Risk.Margin.Rulebooks;

/// <summary>
/// Where the price of one linear contract meets the maintenance requirement of the whole account, all else unchanged:
/// E + s·(p − mark) = other + |s|·p·rate − deduction. Binance, OKX, Bybit and Hyperliquid publish this one equation in four
/// notations; leaving "other" out is the mistake users report most.
/// </summary>
public static class LinearLiquidation
{
    /// <summary>
    /// The price that solves the equation; none where no single one does (no position, or a rate of 1 on a long). At or
    /// below 0 it says that no price liquidates the account.
    /// </summary>
    /// <param name="equity">Equity of the account at the mark, in the settlement asset.</param>
    /// <param name="size">Signed size in coins.</param>
    /// <param name="mark">Price now, in quote units.</param>
    /// <param name="rate">Maintenance rate on the position's notional at the price looked for.</param>
    /// <param name="deduction">What the schedule takes off, in the settlement asset; see <see cref="RateTiers.Deductions"/>.</param>
    /// <param name="otherMaintenance">Maintenance of everything else in the account.</param>
    public static decimal? Price(decimal equity, decimal size, decimal mark, decimal rate, decimal deduction = 0, decimal otherMaintenance = 0)
    {
        decimal slope = size - (Math.Abs(size) * rate);

        return slope == 0 ? null : (otherMaintenance - deduction - equity + (size * mark)) / slope;
    }

    /// <summary>
    /// The same under a schedule: the price is solved in every slice, and counts where the position's notional at that price
    /// lies in the slice. Answers the one nearest below the mark and the one nearest above.
    /// </summary>
    /// <param name="equity">Equity of the account at the mark, in the settlement asset.</param>
    /// <param name="size">Signed size in coins.</param>
    /// <param name="mark">Price now, in quote units, above 0.</param>
    /// <param name="schedule">Maintenance rates by notional; beyond its end the last rate goes on.</param>
    /// <param name="otherMaintenance">Maintenance of everything else in the account.</param>
    public static LiquidationPrices Prices(decimal equity, decimal size, decimal mark, RateTiers schedule, decimal otherMaintenance)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        int held = schedule.Place(Math.Abs(size) * mark);
        decimal maintenance = otherMaintenance + (Math.Abs(size) * mark * schedule.Tiers[held].Rate) - schedule.Deductions[held];
        if (equity < maintenance) return new LiquidationPrices(LiquidationPriceState.Already, null, null);

        decimal? below = null;
        decimal? above = null;
        for (int place = 0; place < schedule.Tiers.Length; place++)
        {
            if (Price(equity, size, mark, schedule.Tiers[place].Rate, schedule.Deductions[place], otherMaintenance) is not { } price) continue;
            if (price <= 0 || schedule.Place(Math.Abs(size) * price) != place) continue;

            if (price <= mark) below = below > price ? below : price;
            else above = above < price ? above : price;
        }

        return new LiquidationPrices(below is null && above is null ? LiquidationPriceState.None : LiquidationPriceState.Price, (double?)below, (double?)above);
    }
}
