namespace Plimsoll.Risk.Margin.Rulebooks.Vega;

/// <summary>What a party holds and has on the book in one market, in the market's size unit.</summary>
/// <param name="Position">Signed open volume.</param>
/// <param name="BuyOrders">Volume of resting buys, not below 0.</param>
/// <param name="SellOrders">Volume of resting sells, not below 0.</param>
public readonly record struct PartyVolume(decimal Position, decimal BuyOrders, decimal SellOrders);

/// <summary>Margin levels as multiples of maintenance.</summary>
/// <param name="Search">Below it collateral is topped up from the general account.</param>
/// <param name="Initial">What a new order needs, and where topping up stops.</param>
/// <param name="Release">Above it collateral flows back.</param>
public readonly record struct MarginMultiples(decimal Search, decimal Initial, decimal Release);

/// <summary>The levels, in whole smallest units of the settlement asset.</summary>
/// <param name="Maintenance">Rounded up.</param>
/// <param name="Search">Rounded down.</param>
/// <param name="Initial">Rounded down.</param>
/// <param name="Release">Rounded down.</param>
public readonly record struct MarginLevels(decimal Maintenance, decimal Search, decimal Initial, decimal Release);

/// <summary>
/// Margin of one market, the larger of its riskiest long and riskiest short with open orders filled; offsets across markets
/// are unknown to it. Source: Vega protocol, specs 0019-MCAL "Margin calculator" and 0010-MARG "Margin orchestration".
/// </summary>
/// <param name="LinearSlippage">What closing costs, per notional.</param>
/// <param name="RiskFactorLong">Risk factor of longs, per notional.</param>
/// <param name="RiskFactorShort">Risk factor of shorts, per notional.</param>
public readonly record struct MarketMargin(decimal LinearSlippage, decimal RiskFactorLong, decimal RiskFactorShort)
{
    // Factors are stated to 16 figures; what follows the sixth decimal of a product is their rounding, not money.
    private const int Kept = 6;

    /// <summary>The levels of a party in cross-margin mode: maintenance = mark × (|open| × (slippage + factor) + orders × factor).</summary>
    /// <param name="volume">What the party holds and has on the book.</param>
    /// <param name="mark">Mark price in smallest units of the settlement asset per unit of size.</param>
    /// <param name="multiples">The other levels.</param>
    public MarginLevels Cross(PartyVolume volume, decimal mark, MarginMultiples multiples)
    {
        decimal riskiestLong = volume.Position + volume.BuyOrders > 0
            ? Side(Math.Max(volume.Position, 0), volume.BuyOrders, RiskFactorLong)
            : 0;
        decimal riskiestShort = volume.Position - volume.SellOrders < 0
            ? Side(Math.Max(-volume.Position, 0), volume.SellOrders, RiskFactorShort)
            : 0;
        decimal maintenance = decimal.Ceiling(decimal.Round(mark * Math.Max(riskiestLong, riskiestShort), Kept));

        return new MarginLevels(
            maintenance,
            Multiple(maintenance, multiples.Search),
            Multiple(maintenance, multiples.Initial),
            Multiple(maintenance, multiples.Release));
    }

    /// <summary>
    /// What isolated mode sets aside: the party's own factor of the position at its entry, and of its orders at their price.
    /// </summary>
    /// <param name="factor">Margin factor the party chose, per notional.</param>
    /// <param name="price">Average entry price of the position, or the order's price.</param>
    /// <param name="size">Size, of either sign.</param>
    public static decimal Isolated(decimal factor, decimal price, decimal size) => factor * price * Math.Abs(size);

    private decimal Side(decimal open, decimal orders, decimal factor) => (open * (LinearSlippage + factor)) + (orders * factor);

    private static decimal Multiple(decimal maintenance, decimal multiple) => decimal.Floor(decimal.Round(maintenance * multiple, Kept));
}
