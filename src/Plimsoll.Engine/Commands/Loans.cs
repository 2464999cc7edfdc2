using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Oracles;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Commands;

/// <summary>Asks for a loan against everything else the account has.</summary>
public sealed record Borrow(AccountId Account, AssetId Asset, string Amount) : Command
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now)
    {
        if (!venue.Accounts.TryFind(Account, out AccountIndex account)) return Refusal.AccountUnknown;
        if (venue.Liquidations.IsAuctioned(account)) return Refusal.AccountInAuction;
        if (!venue.Catalog.TryFind(Asset, out AssetIndex asset)) return Refusal.AssetUnknown;
        if (venue.Modes.Of(account) == MarginMode.Isolated) return Refusal.IsolatedElsewhere;
        if (!venue.TryAmount(asset, Amount, out Amount amount, out Refusal refusal)) return refusal;

        if (!BookLimits.AllowsTransfer(venue.Ledger, Holder.Of(account, Purse.Loan), Holder.Of(account, Purse.Cash), asset, amount)) return Refusal.AmountTooLarge;

        if (!LoanCharged.IsDue(venue, account, asset, now, out LoanCharged? charge, out Amount interest)) return Refusal.AmountTooLarge;
        if (!venue.Lending.Allows(account, asset, amount + interest)) return Refusal.BorrowCapReached;

        if (venue.Breakers.Venue.IsHalted) return venue.Breakers.Venue.Refuse();
        if (!venue.Oracles.Allows(asset, OracleAction.Borrow)) return Refusal.OraclePriceUnfit;

        // The loan itself changes no equity; what matters is that the borrowed coins can leave, so they do here.
        if (venue.PreTrade.WithCash(account, asset, -(amount + interest), OracleAction.Borrow) is var margin and not Refusal.None) return margin;

        var borrowed = new Borrowed(Account, Asset, amount);

        return charge is null ? Decision.Accept(borrowed) : Decision.Accept(charge, borrowed);
    }
}

/// <summary>A loan was paid out into the account.</summary>
public sealed record Borrowed(AccountId Account, AssetId Asset, Amount Amount) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        AccountIndex account = venue.Account(Account);
        AssetIndex asset = venue.Asset(Asset);
        if (venue.Lending.Lent(asset).IsZero) venue.Lending.Charged(asset);
        if (venue.Ledger.Balance(account, Purse.Loan, asset).IsZero) venue.Lending.Charged(account, asset);
        venue.Transfer(Holder.Of(account, Purse.Loan), Holder.Of(account, Purse.Cash), asset, Amount);
    }
}

/// <summary>Asks to pay back a loan, or a part of it.</summary>
public sealed record Repay(AccountId Account, AssetId Asset, string Amount) : Command
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now)
    {
        if (!venue.Accounts.TryFind(Account, out AccountIndex account)) return Refusal.AccountUnknown;
        if (!venue.Catalog.TryFind(Asset, out AssetIndex asset)) return Refusal.AssetUnknown;
        if (!venue.TryAmount(asset, Amount, out Amount amount, out Refusal refusal)) return refusal;
        if (!LoanCharged.IsDue(venue, account, asset, now, out LoanCharged? charge, out Amount interest)) return Refusal.AmountTooLarge;
        if (interest - venue.Ledger.Balance(account, Purse.Loan, asset) < amount) return Refusal.LoanSmaller;
        if (venue.Ledger.Balance(account, Purse.Cash, asset) < amount) return Refusal.BalanceInsufficient;

        var repaid = new Repaid(Account, Asset, amount);

        return charge is null ? Decision.Accept(repaid) : Decision.Accept(charge, repaid);
    }
}

/// <summary>A loan was paid back, or a part of it.</summary>
public sealed record Repaid(AccountId Account, AssetId Asset, Amount Amount) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        AccountIndex account = venue.Account(Account);
        AssetIndex asset = venue.Asset(Asset);
        venue.Transfer(Holder.Of(account, Purse.Cash), Holder.Of(account, Purse.Loan), asset, Amount);
        if (venue.Ledger.Balance(account, Purse.Loan, asset).IsZero) venue.Lending.Forget(account, asset);
    }
}

/// <summary>A loan was charged for the time it stood, because it is about to change.</summary>
/// <param name="Account">Whose loan.</param>
/// <param name="Asset">What was lent.</param>
/// <param name="Index">Where the asset's index stands now.</param>
/// <param name="Interest">What was charged; nothing where nothing was due.</param>
public sealed record LoanCharged(AccountId Account, AssetId Asset, decimal Index, Amount Interest) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        AccountIndex account = venue.Account(Account);
        AssetIndex asset = venue.Asset(Asset);
        venue.Lending.Advance(asset, Index);
        venue.Transfer(Holder.Of(account, Purse.Loan), Holder.Of(Fund.Interest), asset, Interest);
        if (!venue.Ledger.Balance(account, Purse.Loan, asset).IsZero) venue.Lending.Charged(account, asset);
    }

    /// <summary>What is due now.</summary>
    /// <param name="venue">The venue.</param>
    /// <param name="account">Whose loan is about to change.</param>
    /// <param name="asset">What was lent.</param>
    /// <param name="now">The venue's time.</param>
    /// <param name="charge">What to charge and where the index then stands; none where it stands there already.</param>
    /// <param name="interest">The interest in it.</param>
    /// <returns>Whether the books have room for it.</returns>
    internal static bool IsDue(VenueState venue, AccountIndex account, AssetIndex asset, Instant now, out LoanCharged? charge, out Amount interest)
    {
        decimal index = venue.Lending.IndexAt(asset, now);
        interest = venue.Lending.Interest(account, asset, index);
        bool stands = venue.Lending.Lent(asset).IsZero || index == venue.Lending.IndexOf(asset);
        charge = stands && interest.IsZero ? null : new LoanCharged(venue.Accounts[account], venue.Catalog[asset].Id, index, interest);

        return BookLimits.AllowsTransfer(venue.Ledger, Holder.Of(account, Purse.Loan), Holder.Of(Fund.Interest), asset, interest);
    }
}

/// <summary>
/// Charges every loan in an asset. Without a rate each pays by the asset's curve for the time it stood since it was last charged;
/// a stated rate is charged on what is lent at this moment, however long it has been.
/// </summary>
/// <param name="Asset">The asset lent.</param>
/// <param name="Rate">The part of the loan that is charged for a period, 0 to 0.1; not annual. None for the curve's.</param>
public sealed record AccrueInterest(AssetId Asset, decimal? Rate = null) : Command
{
    /// <summary>The most one period may charge.</summary>
    public const decimal MaxRate = 0.1m;

    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now)
    {
        if (!venue.Catalog.TryFind(Asset, out AssetIndex asset)) return Refusal.AssetUnknown;
        if (Rate is null && venue.Lending.AnnualRate(asset) is null) return Decision.Refuse(Refusal.RateOutOfRange, $"rate: the parameters have no curve for {Asset}");
        if (Rate is <= 0m or > MaxRate) return Decision.Refuse(Refusal.RateOutOfRange, $"{Rate} lies outside 0 to {MaxRate} for one period");
        Amount lent = -venue.Ledger.ControlTotal(Purse.Loan, asset);
        if (lent.IsZero) return Refusal.NothingToDo;
        if (!BookLimits.Holds(lent) || !BookLimits.Allows(venue.Ledger.Balance(Fund.Interest, asset), lent)) return Refusal.AmountTooLarge;

        if (Rate is { } rate) return Decision.Accept(new InterestAccrued(Asset, rate));

        decimal index = venue.Lending.IndexAt(asset, now);
        if (index == venue.Lending.IndexOf(asset)) return Refusal.NothingToDo;
        Amount most = lent.Times(index, Rounding.ForTheAccount);

        return BookLimits.Holds(lent + most) && BookLimits.Allows(venue.Ledger.Balance(Fund.Interest, asset), lent + most)
            ? Decision.Accept(new InterestIndexed(Asset, index))
            : Refusal.AmountTooLarge;
    }
}

/// <summary>Every loan in an asset grew by what its index gained since the loan was last charged, rounded up to the smallest unit.</summary>
/// <param name="Asset">What is lent.</param>
/// <param name="Index">Where its index stands now: interest a whole coin would owe since the first loan.</param>
public sealed record InterestIndexed(AssetId Asset, decimal Index) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        AssetIndex asset = venue.Asset(Asset);
        venue.Lending.Advance(asset, Index);
        for (int i = 0; i < venue.Accounts.Count; i++)
        {
            var account = new AccountIndex(i);
            if (venue.Ledger.Balance(account, Purse.Loan, asset).IsZero) continue;

            venue.Transfer(Holder.Of(account, Purse.Loan), Holder.Of(Fund.Interest), asset, venue.Lending.Interest(account, asset, Index));
            venue.Lending.Charged(account, asset);
        }
    }
}

/// <summary>Every loan in an asset grew by a stated rate, rounded up to the smallest unit.</summary>
public sealed record InterestAccrued(AssetId Asset, decimal Rate) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        AssetIndex asset = venue.Asset(Asset);
        venue.Lending.Charged(asset);
        for (int i = 0; i < venue.Accounts.Count; i++)
        {
            var account = new AccountIndex(i);
            Amount loan = venue.Ledger.Balance(account, Purse.Loan, asset);
            if (loan.IsZero) continue;

            Amount interest = -loan.Times(Rate, Rounding.AgainstTheAccount);
            venue.Transfer(Holder.Of(account, Purse.Loan), Holder.Of(Fund.Interest), asset, interest);
        }
    }
}
