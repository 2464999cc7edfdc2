using Plimsoll.Engine.Commands;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Units;

namespace Plimsoll.Engine.Liquidations;

/// <summary>What an auction asks now for a part of an account. Changes nothing.</summary>
/// <param name="Form">Which of the two auctions.</param>
/// <param name="Part">The part asked for, brought down to the largest that is sold.</param>
/// <param name="LargestPart">The largest part that is sold now: the least that restores the goal.</param>
/// <param name="LeastPart">The least part that is sold now.</param>
/// <param name="Discount">The part of the mark given to the bidder; none where he is paid.</param>
/// <param name="NextStepAt">When it asks for less; none after the last step.</param>
/// <param name="Positions">The positions he gets: each the change of the account's, so the other way round for him.</param>
/// <param name="Coins">The coins he gets; negative where he takes over a debt.</param>
/// <param name="Mark">What all of it is worth, in the numeraire.</param>
/// <param name="Notional">Notional of the positions, in the numeraire.</param>
/// <param name="PaidIn">What he pays in.</param>
/// <param name="Paid">What he pays; negative where he is paid.</param>
public sealed record AuctionQuote(
    AuctionForm Form,
    decimal Part,
    decimal LargestPart,
    decimal LeastPart,
    decimal? Discount,
    Instant? NextStepAt,
    IReadOnlyList<EstatePosition> Positions,
    IReadOnlyList<EstateCoins> Coins,
    double Mark,
    double Notional,
    AssetIndex PaidIn,
    Amount Paid)
{
    /// <summary>Asks an auction for a part, as a bid at this moment would be asked.</summary>
    /// <param name="venue">The venue.</param>
    /// <param name="account">The auctioned account.</param>
    /// <param name="part">The part, above 0 and at most 1; left out, the largest that is sold.</param>
    /// <returns>None where the account is not auctioned, its auction is over, or something of it has no price.</returns>
    public static AuctionQuote? Of(VenueState venue, AccountIndex account, decimal part = 1m)
    {
        if (venue.Liquidations.Of(account) is not { Auction: { IsTaken: false } auction } one || venue.Parameters?.Phases.Auction is not { } terms || venue.Now >= auction.EndsAt) return null;
        if (!AuctionDesk.TryPaidIn(venue, auction, terms, out AssetIndex paidIn) || !venue.Market.HasPrice(paidIn)) return null;

        var desk = new AuctionDesk(venue, one, terms, paidIn);
        decimal largest = desk.LargestPart(venue.Now);
        decimal taken = auction.Form == AuctionForm.Insolvent ? 1m : Math.Min(part, largest);
        long since = venue.Now.UnixMicroseconds - auction.OpenedAt.UnixMicroseconds;

        return desk.Offer(taken, venue.Now) is not { } offer ? null : new AuctionQuote(
            auction.Form, taken, largest, Math.Min(terms.LeastBid, largest), offer.Discount,
            AuctionClock.NextStep(terms, since) is { } next ? new Instant(auction.OpenedAt.UnixMicroseconds + next) : null,
            offer.Estate.Positions, offer.Estate.Coins, offer.Estate.Mark, offer.Estate.Notional, paidIn, offer.Paid);
    }
}
