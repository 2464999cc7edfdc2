using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation.Spirals;

/// <summary>
/// The liquidation price of a linear position with margin of its own: price − side·available ÷ size ÷ (1 − l·side), with
/// l = 1 ÷ maintenance leverage and available = margin − size·price·l. Source: Hyperliquid docs, "Liquidations".
/// </summary>
/// <param name="Price">Mark, above 0.</param>
/// <param name="Size">Coins, + long; not 0.</param>
/// <param name="Margin">What lies behind the position at the mark.</param>
/// <param name="MaintenanceLeverage">Notional ÷ maintenance margin, above 1.</param>
public readonly record struct IsolatedPosition(double Price, double Size, double Margin, double MaintenanceLeverage)
{
    /// <summary>The price; none where a long is not liquidated at any price above 0.</summary>
    /// <exception cref="InputException">A figure out of its range.</exception>
    public double? LiquidationPrice()
    {
        if (!(Price > 0)) throw new InputException("price", $"found {Price}, expected a number above 0");
        if (Size == 0 || !double.IsFinite(Size)) throw new InputException("size", $"found {Size}, expected a size");
        if (!(MaintenanceLeverage > 1)) throw new InputException("maintenanceLeverage", $"found {MaintenanceLeverage}, expected above 1");

        double side = Math.Sign(Size);
        double coins = Math.Abs(Size);
        double part = 1 / MaintenanceLeverage;
        double available = Margin - (coins * Price * part);
        double price = Price - (side * available / coins / (1 - (part * side)));

        return price > 0 ? price : null;
    }
}
