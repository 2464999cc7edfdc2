using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation;

/// <summary>What may still be sold for one account in this period, in the numeraire.</summary>
/// <param name="Notional">Of everything together: what the caps leave.</param>
/// <param name="ByAsset">Of each asset's market, by ordinal: what depth and participation leave.</param>
/// <param name="MayTrade">Whether an instrument is traded now; none where all are.</param>
public sealed record SliceRooms(double Notional, double[] ByAsset, Func<InstrumentIndex, bool>? MayTrade = null)
{
    internal bool Trades(InstrumentIndex instrument) => MayTrade?.Invoke(instrument) ?? true;
}
