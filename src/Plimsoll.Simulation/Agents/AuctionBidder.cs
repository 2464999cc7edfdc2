using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Liquidations;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Risk.Liquidation.Bids;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Agents;

/// <summary>
/// Somebody who bids in auctions when the discount pays it.
/// <list type="number">
/// <item>He reckons what is left to him: what a part is worth at the marks, less what is asked for it, less what laying it off
/// will cost in the depth the rulebook knows.</item>
/// <item>Where that is his edge on what he takes over, and the market takes all of it, he bids; else he tries half as much.</item>
/// <item>He takes no more than <see cref="Gearing"/> times his free initial margin.</item>
/// </list>
/// Positions he lays off and debts he pays (<see cref="InventorySale"/>), coins that came with them he keeps.
/// </summary>
/// <param name="account">His account.</param>
/// <param name="edge">What must be left to him, as a part of the positions and coins he takes over, 0 to 1.</param>
internal sealed class AuctionBidder(AccountId account, double edge)
{
    /// <summary>What he takes over for a unit of free initial margin.</summary>
    public const double Gearing = 3;

    private const int Halvings = 4;

    /// <summary>His bid for an auctioned account; none where it does not pay him, or he cannot carry it.</summary>
    public Envelope? BidFor(VenueState venue, AccountIndex auctioned)
    {
        if (!venue.Accounts.TryFind(account, out AccountIndex index)) return null;

        double most = Gearing * venue.Judgement.Of(index).InitialHealth;
        decimal part = 1m;
        for (int i = 0; i <= Halvings && AuctionQuote.Of(venue, auctioned, part) is { } quote; i++, part = Halved(quote.Part))
        {
            if (quote.Positions.Any(position => !venue.Breakers.Allows(venue.Instrument(position.Instrument)))) return null;

            IReadOnlyList<BidLeg> legs = BidLegs.Of(venue, quote);
            BidQuote bid = BidLegs.Profit(venue, quote, legs, gas: 0);
            double taken = legs.Sum(leg => leg.Notional);
            if (bid.Left == 0 && taken <= most && bid.Profit > 0 && bid.Profit >= edge * taken) return Bid(venue, auctioned, quote);
            if (quote.Form == AuctionForm.Insolvent || Halved(quote.Part) < quote.LeastPart) return null;
        }

        return null;
    }

    private Envelope Bid(VenueState venue, AccountIndex auctioned, AuctionQuote quote)
    {
        AccountId name = venue.Accounts[auctioned];

        return new Envelope(
            venue.Now, account, new CommandId($"bid-{auctioned.Value}-{venue.Now.UnixMicroseconds}"),
            new Bid(name, account, quote.Part, venue.Catalog[quote.PaidIn].Scale.Format(quote.Paid)));
    }

    /// <summary>Half a part, in whole millionths: the auction counts no finer.</summary>
    private static decimal Halved(decimal part) => Math.Floor(part * 500_000m) / 1_000_000m;
}
