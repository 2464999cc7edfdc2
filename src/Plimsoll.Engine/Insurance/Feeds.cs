using Plimsoll.Engine.Commands;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Units;

namespace Plimsoll.Engine.Insurance;

/// <summary>
/// What feeds the layers: parts of trading fees and of penalties.
/// <list type="number">
/// <item>What the layers get together is the sum of their parts; the rest of a fee stays with the fees, of a penalty with the base.</item>
/// <item>As long as a layer with a place in the order of replenishment lies below its target, the first such gets all of it.</item>
/// <item>Otherwise each gets its own part, rounded down. What is meant for a pool in which nobody stakes that asset stays where it was.</item>
/// </list>
/// </summary>
internal static class Feeds
{
    /// <summary>What follows for the layers from an event that earned something; none where nothing does.</summary>
    public static LayersFed? Of(VenueState venue, Event happened) => happened switch
    {
        Filled filled => Of(venue, filled.Instrument, Fund.Fees, filled.BuyerFee + filled.SellerFee),
        PositionLiquidated closed => Of(venue, closed.Instrument, Fund.InsuranceFund, closed.Penalty),
        _ => null,
    };

    private static LayersFed? Of(VenueState venue, InstrumentId instrument, Fund from, Amount earned) =>
        earned.Sign > 0 && !venue.Insurance.Terms.IsNone ? Of(venue, venue.Catalog[venue.Instrument(instrument)].Settlement, from, earned) : null;

    private static LayersFed? Of(VenueState venue, AssetIndex asset, Fund from, Amount earned)
    {
        InsuranceTerms terms = venue.Insurance.Terms;
        List<LayerPart> parts = [];
        if (First(venue, asset) is { } first)
        {
            Add(parts, InsuranceBook.FundOf(first.Layer)!.Value, from, earned.Times(terms.Layers.Sum(layer => PartOf(layer, from)), Rounding.AgainstTheAccount));
        }
        else
        {
            foreach (LayerTerms layer in terms.Layers)
                if (IsFed(venue, layer, asset)) Add(parts, InsuranceBook.FundOf(layer.Layer)!.Value, from, earned.Times(PartOf(layer, from), Rounding.AgainstTheAccount));
        }

        return parts.Count > 0 ? new LayersFed(venue.Catalog[asset].Id, from, parts) : null;
    }

    private static void Add(List<LayerPart> parts, Fund to, Fund from, Amount amount)
    {
        if (to != from && amount.Sign > 0) parts.Add(new LayerPart(to, amount));
    }

    private static decimal PartOf(LayerTerms layer, Fund from) => from == Fund.Fees ? layer.Fees : layer.Penalties;

    /// <summary>The first in the order of replenishment that lies below its target.</summary>
    private static LayerTerms? First(VenueState venue, AssetIndex asset)
    {
        LayerTerms? first = null;
        foreach (LayerTerms layer in venue.Insurance.Terms.Layers)
        {
            if (layer.Replenish is not { } place || !(place < (first?.Replenish ?? int.MaxValue)) || !IsFed(venue, layer, asset)) continue;
            if (venue.Insurance.Worth(InsuranceBook.FundOf(layer.Layer)!.Value) < (double)layer.Target!.Value) first = layer;
        }

        return first;
    }

    private static bool IsFed(VenueState venue, LayerTerms layer, AssetIndex asset) =>
        InsuranceBook.FundOf(layer.Layer) is { } fund && (fund != Fund.MutualPool || venue.Insurance.Pool.Total(asset) > 0);
}
