using Plimsoll.Engine.Insurance;
using Plimsoll.Ledger.Positions;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Liquidations;

/// <summary>An auction as it stands at a moment.</summary>
/// <param name="Case">Its account.</param>
/// <param name="Discount">The part of the mark given to a bidder; none where he is paid.</param>
/// <param name="NextStep">When the next step begins; none after the last.</param>
/// <param name="Largest">The largest part that is sold now: what restores the account.</param>
/// <param name="Asked">What is asked for that part, in the auction's asset; negative where it is paid. None where something has no price.</param>
/// <param name="Notional">Notional of all that is left, in the numeraire.</param>
public sealed record AuctionReading(LiquidationCase Case, decimal? Discount, Instant? NextStep, decimal Largest, Amount? Asked, double Notional);

/// <summary>Answers what is being liquidated, auctioned and would be: changes nothing.</summary>
public static class LiquidationDesk
{
    /// <summary>The liquidation of an account as it would go from now on if no price moved.</summary>
    /// <param name="venue">The venue.</param>
    /// <param name="account">The account.</param>
    /// <param name="most">The most slices to look ahead.</param>
    /// <exception cref="InputException">No parameters have been set yet.</exception>
    public static LiquidationForecast Forecast(VenueState venue, AccountIndex account, int most = 100)
    {
        if (venue.Judgement.Model is not { } model || venue.Judgement.Responses is not { } responses) throw new InputException("venue", "no risk parameters have been set yet");

        PositionRows rows = venue.Positions.Rows(account);
        var lots = new OpenLots[rows.Count];
        for (int p = 0; p < lots.Length; p++) lots[p] = new OpenLots(rows.Instrument(p), rows.Lots(p));

        return LiquidationForecast.Of(account.Value, lots, venue.Judgement.Money, responses, model, Insurance(venue, account), most, venue.Judgement.Terms, venue.Judgement.OthersOf(account));
    }

    /// <summary>What all layers of insurance together could give for an account now, in the numeraire.</summary>
    public static double Insurance(VenueState venue, AccountIndex account) =>
        venue.Parameters is { } rules ? new FundLayers(venue, rules, _ => { }).LeftFor(account) : 0;

    /// <summary>An auction as it stands at a moment; none where the account is not auctioned.</summary>
    public static AuctionReading? Auction(VenueState venue, AccountIndex account, Instant now)
    {
        if (venue.Liquidations.Of(account) is not { Auction: { } auction } one || venue.Parameters?.Phases.Auction is not { } terms) return null;
        if (!AuctionDesk.TryPaidIn(venue, auction, terms, out AssetIndex paidIn)) return null;

        var desk = new AuctionDesk(venue, one, terms, paidIn);
        long since = Math.Max(0, now.UnixMicroseconds - auction.OpenedAt.UnixMicroseconds);
        Instant? next = AuctionClock.NextStep(terms, since) is { } step ? new Instant(auction.OpenedAt.UnixMicroseconds + step) : null;
        decimal largest = desk.LargestPart(now);
        AuctionOffer? offer = desk.Offer(largest, now);

        return new AuctionReading(
            one, auction.Form == AuctionForm.Solvent ? desk.DiscountAt(now) : null, next, largest, offer?.Paid, venue.Judgement.Of(account).Notional);
    }
}
