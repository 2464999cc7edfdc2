using Plimsoll.Ledger.Positions;
using Plimsoll.Markets.Oracles;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Liquidations;

/// <summary>What an auction asks for a part.</summary>
/// <param name="Part">The part of what is left.</param>
/// <param name="Discount">The part of the mark given to the bidder; none where he is paid.</param>
/// <param name="Estate">What he gets.</param>
/// <param name="Paid">What he pays, rounded up; negative where he is paid, rounded down.</param>
/// <param name="Worth">What changes hands for it, in the numeraire, without its sign.</param>
internal sealed record AuctionOffer(decimal Part, decimal? Discount, EstatePart Estate, Amount Paid, double Worth);

/// <summary>Asks what one auction sells now, and at what price: changes nothing.</summary>
internal sealed class AuctionDesk
{
    private const int Parts = 1_000_000;

    private readonly VenueState _venue;
    private readonly LiquidationCase _one;
    private readonly AuctionPhaseTerms _terms;
    private readonly OpenLots[] _lots;

    public AuctionDesk(VenueState venue, LiquidationCase one, AuctionPhaseTerms terms, AssetIndex paidIn)
    {
        (_venue, _one, _terms, PaidIn) = (venue, one, terms, paidIn);
        PositionRows rows = venue.Positions.Rows(one.Account);
        _lots = new OpenLots[rows.Count];
        for (int p = 0; p < _lots.Length; p++) _lots[p] = new OpenLots(rows.Instrument(p), rows.Lots(p));
    }

    /// <summary>What bids are paid in.</summary>
    public AssetIndex PaidIn { get; }

    private AuctionStand Auction => _one.Auction!;

    /// <summary>What an auction is paid in: what the rulebook says, or the asset in which it was paid into before.</summary>
    public static bool TryPaidIn(VenueState venue, AuctionStand auction, AuctionPhaseTerms terms, out AssetIndex paidIn)
    {
        if (auction.ReservedIn is not { } reserved) return venue.Catalog.TryFind(terms.PaidIn, out paidIn);

        paidIn = reserved;

        return true;
    }

    /// <summary>The part of the mark given to a bidder at a moment.</summary>
    public decimal DiscountAt(Instant now) => AuctionClock.DiscountAt(_terms, now.UnixMicroseconds - Auction.OpenedAt.UnixMicroseconds);

    /// <summary>
    /// The largest part that may be sold: the least that restores the goal, all where none does. Health rises with what is sold,
    /// so that there is one boundary.
    /// </summary>
    public decimal LargestPart(Instant now)
    {
        if (Auction.Form == AuctionForm.Insolvent || !Restores(1m, now)) return 1m;

        (int low, int high) = (0, Parts);
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (Restores((decimal)middle / Parts, now)) high = middle;
            else low = middle;
        }

        return (decimal)high / Parts;
    }

    /// <summary>What is asked for a part; none where something of it has no price.</summary>
    public AuctionOffer? Offer(decimal part, Instant now)
    {
        if (EstatePart.Of(_venue, _one.Account, _lots, part, withCoins: true, PaidIn, Auction.Reserved) is not { } estate) return null;

        double price = _venue.Market.PriceOf(PaidIn);
        AssetScale scale = _venue.Catalog[PaidIn].Scale;
        if (!(price > 0)) return null;
        if (Auction.Form == AuctionForm.Solvent)
        {
            decimal discount = DiscountAt(now);
            double asked = Math.Max(0, estate.Mark) * (1 - (double)discount);

            return new AuctionOffer(part, discount, estate, scale.FromModel(asked / price, Rounding.ForTheAccount), asked);
        }

        Instant since = Auction.InsolventSince ?? Auction.OpenedAt;
        Verdict verdict = _venue.Judgement.Of(_one.Account);
        double paid = AuctionClock.PaidToBidder(
            _terms, now.UnixMicroseconds - since.UnixMicroseconds, Auction.EndsAt.UnixMicroseconds - since.UnixMicroseconds, verdict, (double)part);

        return new AuctionOffer(part, null, estate, -scale.FromModel(paid / price, Rounding.AgainstTheAccount), paid);
    }

    /// <summary>Whether everything of a part is traded now.</summary>
    public bool IsTraded(EstatePart estate) =>
        estate.Positions.All(position => _venue.Breakers.Allows(_venue.Instrument(position.Instrument)) && _venue.Oracles.Allows(_venue.Instrument(position.Instrument), OracleAction.Liquidate))
        && estate.Coins.All(coin => _venue.Oracles.Allows(_venue.Asset(coin.Asset), OracleAction.Liquidate));

    private bool Restores(decimal part, Instant now) => Offer(part, now) is { } offer
        && _venue.PreTrade.WithoutEstate(_one.Account, offer.Estate, PaidIn, offer.Paid).Health(_one.Goal) >= 0;
}
