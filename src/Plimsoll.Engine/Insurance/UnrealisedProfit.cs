using Plimsoll.Ledger.Positions;
using Plimsoll.Units;

namespace Plimsoll.Engine.Insurance;

/// <summary>What a position has won since it was opened and nobody has realised yet.</summary>
internal static class UnrealisedProfit
{
    /// <summary>In the numeraire at the last prices; options paid their premium at once and have none of it left to compare.</summary>
    public static double Of(VenueState venue, AccountIndex account, in Position position)
    {
        if (venue.Judgement.Responses is not { } responses) return 0;

        int settlement = venue.Catalog[position.Instrument].Settlement.Value;
        double worth = venue.Judgement.Positions.Quantity(account.Value, position.Instrument.Value) * responses.UnitValues[position.Instrument.Value];
        double cost = venue.Catalog[new AssetIndex(settlement)].Scale.ToModel(position.Cost);

        return (worth - cost) * responses.AssetPrices[settlement];
    }
}
