using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Insurance;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Oracles;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Liquidations;

/// <summary>Decides a bid: who may bid, for how much, at what price.</summary>
internal static class Bidding
{
    /// <summary>Parts are counted in millionths.</summary>
    private const int Parts = 1_000_000;

    public static Decision Decide(VenueState venue, Bid bid, Instant now)
    {
        if (!venue.Accounts.TryFind(bid.Account, out AccountIndex account)) return Refusal.AccountUnknown;
        if (!venue.Accounts.TryFind(bid.Bidder, out AccountIndex bidder)) return Refusal.AccountUnknown;
        if (venue.Liquidations.Of(account) is not { Auction: { } auction } one || venue.Parameters?.Phases.Auction is not { } terms) return Refusal.AuctionUnknown;
        if (now >= auction.EndsAt) return Decision.Refuse(Refusal.AuctionUnknown, $"the auction ended at {auction.EndsAt}");
        if (venue.Classes.RootOf(bidder) == venue.Classes.RootOf(account)) return Decision.Refuse(Refusal.BidUnsuitable, "bidder: nobody bids for what is his own");
        if (venue.Liquidations.IsAuctioned(bidder)) return Refusal.AccountInAuction;
        if (bid.Part is <= 0m or > 1m || bid.Part * Parts != decimal.Truncate(bid.Part * Parts)) return Decision.Refuse(Refusal.BidUnsuitable, $"part: {bid.Part} is not a part above 0 and at most 1 with six decimals");
        if (!AuctionDesk.TryPaidIn(venue, auction, terms, out AssetIndex paidIn) || !venue.Market.HasPrice(paidIn)) return Refusal.PriceMissing;
        if (!TryMost(venue, paidIn, bid.Most, out Amount? most)) return Decision.Refuse(Refusal.AmountMalformed, "most: expected a decimal number of the asset's decimals");
        if (venue.Overrides.Holds(account) || !venue.Oracles.Allows(account, OracleAction.Liquidate) || !venue.Oracles.Allows(paidIn, OracleAction.Liquidate)) return Refusal.LiquidationHeld;

        var desk = new AuctionDesk(venue, one, terms, paidIn);
        decimal largest = desk.LargestPart(now);
        if (auction.Form == AuctionForm.Insolvent && bid.Part != 1m) return Decision.Refuse(Refusal.BidUnsuitable, "part: what is worth less than nothing is taken whole");
        decimal part = Math.Min(bid.Part, largest);
        if (part < terms.LeastBid && part < largest) return Decision.Refuse(Refusal.BidUnsuitable, $"part: {part} lies below {Math.Min(terms.LeastBid, largest)}");

        return desk.Offer(part, now) is { } offer ? Decide(venue, bid, account, bidder, desk, offer, most) : Refusal.PriceMissing;
    }

    private static Decision Decide(VenueState venue, Bid bid, AccountIndex account, AccountIndex bidder, AuctionDesk desk, AuctionOffer offer, Amount? most)
    {
        EstatePart estate = offer.Estate;
        if (offer.Paid > most) return Decision.Refuse(Refusal.BidUnsuitable, $"most: {venue.Catalog[desk.PaidIn].Scale.Format(offer.Paid)} {venue.Catalog[desk.PaidIn].Id} is asked");
        if (offer.Paid.Sign < 0 && offer.Worth > new FundLayers(venue, venue.Parameters!, _ => { }).LeftFor(account)) return Decision.Refuse(Refusal.LimitReached, "the insurance cannot pay what is asked");
        if (venue.Parameters!.Phases.Caps.Auction is { } cap && venue.Liquidations.Usage.Bid + estate.Notional > (double)cap) return Decision.Refuse(Refusal.LimitReached, "so much has gone to bidders in this period already");
        if (!estate.Fits(venue, bidder)) return Refusal.LimitReached;
        if (!desk.IsTraded(estate)) return Refusal.LiquidationHeld;
        if (!HasRoom(venue, account, bidder, desk.PaidIn, offer)) return Refusal.AmountTooLarge;
        if (venue.PreTrade.WithEstate(bidder, estate, desk.PaidIn, offer.Paid).InitialHealth < 0) return Refusal.InitialMarginBreached;
        foreach (EstatePosition position in estate.Positions)
        {
            if (Limit(venue, account, bidder, position) is var limit and not Refusal.None) return limit;
        }

        return Decision.Accept(new BidTaken(
            bid.Account, bid.Bidder, offer.Part, estate.Positions, estate.Coins, venue.Catalog[desk.PaidIn].Id, offer.Paid, estate.Mark, estate.Notional));
    }

    private static Refusal Limit(VenueState venue, AccountIndex account, AccountIndex bidder, EstatePosition position)
    {
        InstrumentIndex instrument = venue.Instrument(position.Instrument);

        return position.Change.Sign < 0
            ? venue.Limits.Check.WithFill(bidder, account, instrument, -position.Change)
            : venue.Limits.Check.WithFill(account, bidder, instrument, position.Change);
    }

    private static bool HasRoom(VenueState venue, AccountIndex account, AccountIndex bidder, AssetIndex paidIn, AuctionOffer offer)
    {
        foreach (EstateCoins coin in offer.Estate.Coins)
        {
            if (!BookLimits.AllowsTransfer(venue.Ledger, Holder.Of(account, Purse.Cash), Holder.Of(bidder, Purse.Cash), venue.Asset(coin.Asset), coin.Amount)) return false;
        }

        return offer.Paid.IsZero || BookLimits.AllowsTransfer(venue.Ledger, Holder.Of(bidder, Purse.Cash), Holder.Of(account, Purse.Cash), paidIn, offer.Paid);
    }

    private static bool TryMost(VenueState venue, AssetIndex asset, string? text, out Amount? most)
    {
        most = null;
        if (text is null) return true;
        if (!venue.Catalog[asset].Scale.TryParse(text, out Amount amount)) return false;

        most = amount;

        return true;
    }
}
