using Plimsoll.Engine.Commands;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Liquidation.Bids;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Liquidations;

/// <summary>A constant-product pool a bidder could sell into.</summary>
/// <param name="Asset">The asset it trades.</param>
/// <param name="Reserve">Its other side, in the numeraire, at least 0.</param>
/// <param name="Fee">Its fee, 0 to below 1.</param>
public readonly record struct ExitPool(AssetId Asset, double Reserve, double Fee);

/// <summary>What a bidder would sell or buy back of what an auction asks him to take: every position, and every coin that is not what he pays in.</summary>
public static class BidLegs
{
    /// <summary>The legs of a quote, positions first, each over the depth the rulebook knows of its asset and the pools named.</summary>
    /// <param name="venue">The venue, at the moment of the quote.</param>
    /// <param name="quote">What is asked.</param>
    /// <param name="pools">Pools besides; of several of one asset the first counts.</param>
    public static IReadOnlyList<BidLeg> Of(VenueState venue, AuctionQuote quote, IReadOnlyList<ExitPool>? pools = null)
    {
        MarginModel model = venue.Judgement.Model!;
        var depth = new MarketDepth(model);
        var legs = new List<BidLeg>(quote.Positions.Count + quote.Coins.Count);
        foreach (EstatePosition position in quote.Positions)
        {
            InstrumentIndex index = venue.Instrument(position.Instrument);
            Instrument instrument = venue.Catalog[index];
            double notional = Math.Abs((double)position.Change.ToSize(instrument.LotSize)) * venue.Judgement.Responses!.UnitNotionals[index.Value];
            legs.Add(new BidLeg(position.Instrument.Value, notional, Route(instrument.Underlying)));
        }

        foreach (EstateCoins coin in quote.Coins)
        {
            AssetIndex asset = venue.Asset(coin.Asset);
            if (asset != quote.PaidIn) legs.Add(new BidLeg(coin.Asset.Value, Math.Abs(Worth(venue, asset, coin.Amount)), Route(asset)));
        }

        return legs;

        ExitRoute Route(AssetIndex asset)
        {
            AssetId name = venue.Catalog[asset].Id;
            ExitPool pool = pools?.FirstOrDefault(one => one.Asset == name) ?? default;

            return new ExitRoute(depth.Notional(asset.Value), depth.Impact(asset.Value), model.Slippage(asset.Value, 0), pool.Reserve, pool.Fee);
        }
    }

    /// <summary>What a quote would cost and earn.</summary>
    /// <param name="venue">The venue, at the moment of the quote.</param>
    /// <param name="quote">What is asked.</param>
    /// <param name="legs">What is sold or bought back.</param>
    /// <param name="gas">What bidding and selling cost besides, in the numeraire, at least 0.</param>
    public static BidQuote Profit(VenueState venue, AuctionQuote quote, IReadOnlyList<BidLeg> legs, double gas) =>
        BidQuote.Of(Worth(venue, quote.PaidIn, quote.Paid), quote.Mark, legs, gas);

    private static double Worth(VenueState venue, AssetIndex asset, Amount amount) => venue.Catalog[asset].Scale.ToModel(amount) * venue.Market.PriceOf(asset);
}
