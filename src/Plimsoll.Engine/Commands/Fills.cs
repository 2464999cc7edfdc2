using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;
using Plimsoll.Units;

namespace Plimsoll.Engine.Commands;

/// <summary>Reports a trade the venue's market made between two accounts.</summary>
/// <param name="Buyer">Who buys.</param>
/// <param name="Seller">Who sells.</param>
/// <param name="Instrument">In what.</param>
/// <param name="Size">Above zero, in the instrument's own unit.</param>
/// <param name="Price">In quote units; for an option its premium (in coin when it settles in coin), for a pool what a unit of liquidity is worth.</param>
/// <param name="BuyOrder">The buyer's order it fills, if one was reported.</param>
/// <param name="SellOrder">The seller's order it fills, if one was reported.</param>
/// <param name="BuyerFee">What the buyer pays the venue, in whole coins of the settlement asset.</param>
/// <param name="SellerFee">What the seller pays the venue, in whole coins of the settlement asset.</param>
public sealed record ReportFill(
    AccountId Buyer,
    AccountId Seller,
    InstrumentId Instrument,
    decimal Size,
    decimal Price,
    CommandId? BuyOrder = null,
    CommandId? SellOrder = null,
    string? BuyerFee = null,
    string? SellerFee = null) : Command
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now)
    {
        Decision decision = DecideUnpaused(venue, now);

        return decision.Refusal == Refusal.None
            && venue.Breakers.WithFill(venue.Account(Buyer), venue.Account(Seller), venue.Instrument(Instrument), ((Filled)decision.First!).Lots) is { } paused ? paused : decision;
    }

    /// <summary>Decides it as if nothing were paused: what a batch crosses is filled by it.</summary>
    internal Decision DecideUnpaused(VenueState venue, Instant now)
    {
        if (!venue.Accounts.TryFind(Buyer, out AccountIndex buyer)) return Refusal.AccountUnknown;
        if (!venue.Accounts.TryFind(Seller, out AccountIndex seller)) return Refusal.AccountUnknown;
        if (buyer == seller) return Refusal.SelfTrade;
        if (venue.Liquidations.IsAuctioned(buyer) || venue.Liquidations.IsAuctioned(seller)) return Refusal.AccountInAuction;
        if (!venue.Catalog.TryFind(Instrument, out InstrumentIndex index, out Instrument? instrument)) return Refusal.InstrumentUnknown;
        if (!venue.Modes.Admits(buyer, index) || !venue.Modes.Admits(seller, index)) return Refusal.IsolatedElsewhere;
        if (instrument.Expiry <= now) return Refusal.InstrumentExpired;
        if (!Lots.TryFrom(Size, instrument.LotSize, out Lots lots) || lots.Count <= 0) return Refusal.SizeInvalid;
        if (Price is < Units.Price.Min or > Units.Price.Max) return Refusal.PriceInvalid;
        if (!venue.Market.HasPrice(index)) return Refusal.PriceMissing;
        if (!Fills(venue, buyer, BuyOrder, index, lots) || !Fills(venue, seller, SellOrder, index, -lots)) return Refusal.OrderUnknown;
        if (!Fee(venue, instrument.Settlement, BuyerFee, out Amount buyerFee)) return Refusal.AmountMalformed;
        if (!Fee(venue, instrument.Settlement, SellerFee, out Amount sellerFee)) return Refusal.AmountMalformed;

        Amount value = venue.Worth(index, lots, new Price(Price), Rounding.Nearest);
        if (!BookLimits.Holds(value) || !BookLimits.Holds(buyerFee) || !BookLimits.Holds(sellerFee)) return Refusal.AmountTooLarge;
        if (instrument.HasPositions && venue.OpenLimitReached(buyer, seller, index, lots)) return Refusal.LimitReached;
        if (!venue.HasRoomForFill(buyer, seller, index, lots, value, buyerFee + sellerFee)) return Refusal.AmountTooLarge;

        Refusal refusal = instrument.HasPositions
            ? venue.PreTrade.WithFill(buyer, index, lots, value, buyerFee, BuyOrder) is var margin and not Refusal.None
                ? margin
                : venue.PreTrade.WithFill(seller, index, -lots, -value, sellerFee, SellOrder)
            : Affords(venue, buyer, seller, instrument, lots, value + buyerFee, value - sellerFee);
        if (refusal != Refusal.None) return refusal;
        if (instrument.HasPositions && venue.Limits.Check.WithFill(buyer, seller, index, lots) is var limit and not Refusal.None) return limit;

        return Decision.Accept(new Filled(Buyer, Seller, Instrument, lots, new Price(Price), value, buyerFee, sellerFee, BuyOrder, SellOrder));
    }

    private static Refusal Affords(VenueState venue, AccountIndex buyer, AccountIndex seller, Instrument spot, Lots lots, Amount paid, Amount received)
    {
        Amount coins = venue.Catalog[spot.Underlying].Scale.FromDecimal(lots.ToSize(spot.LotSize), Rounding.ForTheAccount);
        bool affords = venue.Ledger.Balance(buyer, Purse.Cash, spot.Settlement) >= paid
            && venue.Ledger.Balance(seller, Purse.Cash, spot.Underlying) >= coins
            && (received.Sign >= 0 || venue.Ledger.Balance(seller, Purse.Cash, spot.Settlement) >= -received);
        if (!affords) return Refusal.BalanceInsufficient;

        return venue.PreTrade.WithSwap(buyer, spot.Settlement, -paid, spot.Underlying, coins) is var margin and not Refusal.None
            ? margin
            : venue.PreTrade.WithSwap(seller, spot.Underlying, -coins, spot.Settlement, received);
    }

    private static bool Fills(VenueState venue, AccountIndex account, CommandId? id, InstrumentIndex instrument, Lots lots) =>
        id is not { } named
        || (venue.Orders.Find(account, named) is { } order
            && order.Instrument == instrument
            && order.Lots.Sign == lots.Sign
            && Math.Abs(order.Lots.Count) >= Math.Abs(lots.Count));

    private static bool Fee(VenueState venue, AssetIndex asset, string? text, out Amount fee)
    {
        fee = default;

        return text is null || (venue.Catalog[asset].Scale.TryParse(text, out fee) && fee.Sign >= 0);
    }
}

/// <summary>Where a trade was made, if not at the venue's market. Journaled: numbers are never reused.</summary>
public enum FillSource : byte
{
    /// <summary>In the batch with which a paused instrument reopened.</summary>
    Batch = 1,
}

/// <summary>A trade was done.</summary>
/// <param name="Buyer">Who bought.</param>
/// <param name="Seller">Who sold.</param>
/// <param name="Instrument">In what.</param>
/// <param name="Lots">How many lots, above zero.</param>
/// <param name="Price">At what price.</param>
/// <param name="Value">What they are worth at that price, in smallest units of the settlement asset.</param>
/// <param name="BuyerFee">What the buyer paid the venue.</param>
/// <param name="SellerFee">What the seller paid the venue.</param>
/// <param name="BuyOrder">The buyer's order it filled.</param>
/// <param name="SellOrder">The seller's order it filled.</param>
/// <param name="Source">Where it was made; none for the venue's market, which reported it.</param>
public sealed record Filled(
    AccountId Buyer,
    AccountId Seller,
    InstrumentId Instrument,
    Lots Lots,
    Price Price,
    Amount Value,
    Amount BuyerFee,
    Amount SellerFee,
    CommandId? BuyOrder = null,
    CommandId? SellOrder = null,
    FillSource? Source = null) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        InstrumentIndex instrument = venue.Instrument(Instrument);
        AccountIndex buyer = venue.Account(Buyer);
        AccountIndex seller = venue.Account(Seller);
        AssetIndex settlement = venue.Catalog[instrument].Settlement;

        venue.Trade(buyer, seller, instrument, Lots, Value);
        venue.Transfer(Holder.Of(buyer, Purse.Cash), Holder.Of(Fund.Fees), settlement, BuyerFee);
        venue.Transfer(Holder.Of(seller, Purse.Cash), Holder.Of(Fund.Fees), settlement, SellerFee);
        if (BuyOrder is { } buy) venue.Orders.Reduce(buyer, buy, Lots);
        if (SellOrder is { } sell) venue.Orders.Reduce(seller, sell, Lots);
    }
}
