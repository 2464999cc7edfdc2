using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Thresholds;

/// <summary>
/// What a fall sets off: liquidations it forces, which push the price farther, which forces more. With g the part of a fall
/// that its own sales add to it, the fall grows to 1 + g + g² + … = 1 ÷ (1 − g) of itself; from g = 1 on it has no end.
/// </summary>
/// <param name="Fall">The fall it is measured over, as a part of the price.</param>
/// <param name="Forced">What must be sold over that fall, in the numeraire; below 0 where liquidations buy.</param>
/// <param name="Moved">How much farther that moves the price, as a part of it.</param>
public readonly record struct CascadeMultiplier(double Fall, double Forced, double Moved)
{
    /// <summary>g: the part of a fall that its own sales add to it, at least 0.</summary>
    public double Gain => Math.Max(0, Moved / Fall);

    /// <summary>Whether every sale forces a larger one, as long as there is as much to sell at lower prices.</summary>
    public bool IsEndless => Gain >= 1;

    /// <summary>How many times the first fall the whole of it is; none where it has no end.</summary>
    public double? Value => IsEndless ? null : 1 / (1 - Gain);

    /// <summary>Reads a map's nearest step below today's price, brought to a fall of so much.</summary>
    /// <param name="map">Where the underlying's price liquidates how much.</param>
    /// <param name="impact">κ: how far a unit of notional sold moves the price, as a part of it.</param>
    /// <param name="fall">The fall, above 0 and below 1.</param>
    /// <returns>None where the map has no step below.</returns>
    public static CascadeMultiplier? Of(LiquidationMap map, double impact, double fall = 0.01)
    {
        if (map.Down.Count == 0) return null;

        MapStep nearest = map.Down[0];
        double forced = (nearest.CollateralSold - nearest.Flow) * fall / (1 - nearest.Ratio);

        return new CascadeMultiplier(fall, forced, impact * forced);
    }

    /// <summary>The same with the depth that a rulebook knows of the underlying.</summary>
    /// <inheritdoc cref="Of(LiquidationMap, double, double)"/>
    public static CascadeMultiplier? Of(LiquidationMap map, MarginModel model) => Of(map, new MarketDepth(model).Impact(map.Underlying.Value));
}
