using Plimsoll.Engine.Liquidations;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Units;

namespace Plimsoll.Engine.Commands;

/// <summary>Why an account is auctioned. Journaled: numbers are never reused.</summary>
public enum AuctionCause : byte
{
    /// <summary>Selling would lower what is left faster than what is owed: it is beyond the spiral bound.</summary>
    Spiral = 0,

    /// <summary>Selling would lower its health.</summary>
    SellingLowersHealth = 1,

    /// <summary>Nothing that could be sold restores the goal.</summary>
    NothingRestores = 2,
}

/// <summary>What is left of an account is auctioned from now on. Nobody trades for it and nothing is taken out of it meanwhile.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Cause">Why.</param>
/// <param name="Form">Which of the two auctions.</param>
/// <param name="EndsAt">When it ends, sold or not.</param>
/// <param name="Mark">What the account is worth at its marks, in the numeraire.</param>
/// <param name="LoanToValue">What is owed against what is at stake, 1 and more where nothing is left.</param>
/// <param name="Bound">The loan-to-value beyond which selling makes it worse.</param>
public sealed record AuctionOpened(AccountId Account, AuctionCause Cause, AuctionForm Form, Instant EndsAt, double Mark, double LoanToValue, double Bound) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        AccountIndex account = venue.Account(Account);
        Instant? insolvent = Form == AuctionForm.Insolvent ? venue.Now : null;
        venue.Liquidations.Change(account, one => one with
        {
            Stage = LiquidationStage.Auctioned,
            Since = venue.Now,
            DueAt = EndsAt,
            Auction = new AuctionStand(Form, venue.Now, EndsAt, insolvent, Amount.Zero),
        });
        venue.Accounts.SetPhase(account, AccountPhase.Auctioned);
    }
}

/// <summary>An auctioned account came to be worth less than nothing, or something again: the auction goes on in the other form, and ends when it would have.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Form">The form from now on.</param>
/// <param name="Mark">What the account is worth, in the numeraire.</param>
public sealed record AuctionTurned(AccountId Account, AuctionForm Form, double Mark) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue) => venue.Liquidations.Change(venue.Account(Account), one => one with
    {
        Auction = one.Auction! with { Form = Form, InsolventSince = Form == AuctionForm.Insolvent ? venue.Now : null },
    });
}

/// <summary>
/// Takes a part of an auctioned account, positions and collateral alike, at what the auction asks at this moment.
/// </summary>
/// <param name="Account">The auctioned account.</param>
/// <param name="Bidder">Who takes it; not the account itself, nor another of its owner's.</param>
/// <param name="Part">The part of what is left, above 0 and at most 1; of an account worth less than nothing only 1.</param>
/// <param name="Most">The most he pays, in whole coins of the auction's asset; negative for the least he must be paid. None for whatever is asked.</param>
public sealed record Bid(AccountId Account, AccountId Bidder, decimal Part, string? Most = null) : Command
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now) => Bidding.Decide(venue, this, now);
}

/// <summary>A part of an auctioned account went to a bidder.</summary>
/// <param name="Account">Whose it was.</param>
/// <param name="Bidder">Who took it.</param>
/// <param name="Part">The part of what was left.</param>
/// <param name="Positions">What changed hands, ascending by instrument.</param>
/// <param name="Coins">What went with it, in the order of listing.</param>
/// <param name="PaidIn">What he paid in.</param>
/// <param name="Paid">What he paid; negative where he was paid.</param>
/// <param name="Mark">What he took is worth at its marks, in the numeraire.</param>
/// <param name="Notional">Notional of the positions, in the numeraire.</param>
public sealed record BidTaken(
    AccountId Account,
    AccountId Bidder,
    decimal Part,
    IReadOnlyList<EstatePosition> Positions,
    IReadOnlyList<EstateCoins> Coins,
    AssetId PaidIn,
    Amount Paid,
    double Mark,
    double Notional) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        AccountIndex account = venue.Account(Account);
        AccountIndex bidder = venue.Account(Bidder);
        AssetIndex paidIn = venue.Asset(PaidIn);
        Estate.Move(venue, account, bidder, Positions, Coins);
        venue.Transfer(Holder.Of(bidder, Purse.Cash), Holder.Of(account, Purse.Cash), paidIn, Paid);
        venue.Liquidations.Usage.Give(Notional);
        venue.Liquidations.Change(account, one => one with
        {
            Auction = one.Auction! with
            {
                Reserved = one.Auction.Reserved + Amount.Max(Paid, Amount.Zero),
                ReservedIn = one.Auction.ReservedIn ?? (Paid.Sign > 0 ? paidIn : null),
                IsTaken = Part == 1m && one.Auction.Form == AuctionForm.Insolvent,
            },
        });
        venue.Tally.Liquidations++;
        venue.Tally.LiquidatedNotional += Notional;
    }
}

/// <summary>How an auction ended. Journaled: numbers are never reused.</summary>
public enum AuctionEnding : byte
{
    /// <summary>The account is above its target again.</summary>
    Restored = 0,

    /// <summary>Nothing of it is left to sell.</summary>
    Sold = 1,

    /// <summary>Its time is over.</summary>
    Unsold = 2,
}

/// <summary>An auction is over.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Ending">How.</param>
public sealed record AuctionEnded(AccountId Account, AuctionEnding Ending) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue) =>
        venue.Liquidations.Change(venue.Account(Account), one => one with { Stage = LiquidationStage.LastResort, Since = venue.Now, DueAt = null, Auction = null });
}
