using System.Collections.Immutable;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>How many prices of an underlying take an account below a line.</summary>
public enum ThresholdState : byte
{
    /// <summary>None within the range looked at.</summary>
    None = 0,

    /// <summary>Exactly one.</summary>
    One = 1,

    /// <summary>More than one: one on either side, or a stretch of prices with a healthy price behind it.</summary>
    Several = 2,

    /// <summary>The account is below the line at today's price.</summary>
    Already = 3,
}

/// <summary>
/// A stretch of prices at which an account is below a line. At both ends it is still on or above the line.
/// </summary>
/// <param name="From">Its lower end, in the numeraire; none where it goes on below the lowest price looked at.</param>
/// <param name="To">Its upper end; none where it goes on above the highest price looked at.</param>
public readonly record struct PriceInterval(double? From, double? To);

/// <summary>The prices at which an account is below one line.</summary>
/// <param name="Line">The line.</param>
/// <param name="State">How many thresholds there are.</param>
/// <param name="Under">The stretches of prices below the line, ascending; with <see cref="ThresholdState.Already"/> one of them holds today's price.</param>
public sealed record LineThresholds(MarginLine Line, ThresholdState State, ImmutableArray<PriceInterval> Under)
{
    /// <summary>The nearest thresholds below and above a price at which the account is healthy.</summary>
    /// <param name="price">Today's price.</param>
    public LiquidationPrices Nearest(double price)
    {
        if (State == ThresholdState.Already) return new LiquidationPrices(LiquidationPriceState.Already, null, null);

        double? below = null, above = null;
        foreach (PriceInterval stretch in Under)
        {
            if (stretch.To <= price) below = stretch.To;
            else if (above is null && stretch.From >= price) above = stretch.From;
        }

        return new LiquidationPrices((below ?? above) is null ? LiquidationPriceState.None : LiquidationPriceState.Price, below, above);
    }
}

/// <summary>Where one underlying's price takes an account below each of the three lines, everything else unchanged.</summary>
/// <param name="Underlying">The asset whose price moves.</param>
/// <param name="Price">Its price in the market asked about.</param>
/// <param name="Initial">Where nothing may be opened any more.</param>
/// <param name="Target">Where a liquidation would stop.</param>
/// <param name="Maintenance">Where the account is liquidated.</param>
public sealed record PriceThresholds(AssetIndex Underlying, double Price, LineThresholds Initial, LineThresholds Target, LineThresholds Maintenance)
{
    /// <summary>One of the three.</summary>
    public LineThresholds this[MarginLine line] => line switch
    {
        MarginLine.Initial => Initial,
        MarginLine.Target => Target,
        _ => Maintenance,
    };
}
