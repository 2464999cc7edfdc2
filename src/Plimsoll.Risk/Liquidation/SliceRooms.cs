using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation;

/// <summary>What a cap, or a market's depth, lets be sold, in the numeraire.</summary>
/// <param name="Left">What is left of it.</param>
/// <param name="Whole">What it is when nothing of it is used; +∞ for no bound.</param>
public readonly record struct Room(double Left, double Whole)
{
    /// <summary>
    /// Whether one lot may be sold: it fits, or it is larger than all of the room and something of that is left. Else who holds a
    /// lot larger than a cap would wait for ever.
    /// </summary>
    public bool LetsLot(double lot) => lot <= Left || (Left > 0 && lot > Whole);
}

/// <summary>What may still be sold for one account in this period, in the numeraire.</summary>
/// <param name="Notional">Of everything together: what the caps leave.</param>
/// <param name="ByAsset">Of each asset's market, by ordinal: what depth and participation leave.</param>
/// <param name="MayTrade">Whether an instrument is traded now; none where all are.</param>
public sealed record SliceRooms(double Notional, double[] ByAsset, Func<InstrumentIndex, bool>? MayTrade = null)
{
    /// <summary>The caps one by one; none where <see cref="Notional"/> is all that is known of them.</summary>
    public IReadOnlyList<Room> Caps { get; init; } = [];

    /// <summary>What each asset's market lets when nothing of it is taken; none where that is not known.</summary>
    public double[]? WholeByAsset { get; init; }

    internal bool Trades(InstrumentIndex instrument) => MayTrade?.Invoke(instrument) ?? true;

    /// <summary>Whether a lot so large may be sold in an asset's market though it does not fit.</summary>
    internal bool LetsLot(int asset, double lot)
    {
        if (!new Room(ByAsset[asset], WholeByAsset?[asset] ?? double.PositiveInfinity).LetsLot(lot)) return false;
        if (Caps.Count == 0) return lot <= Notional;

        foreach (Room cap in Caps)
            if (!cap.LetsLot(lot)) return false;

        return true;
    }
}
