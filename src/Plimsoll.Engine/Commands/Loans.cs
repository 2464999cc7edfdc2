using Plimsoll.Ledger.Accounts;
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
        if (!venue.Catalog.TryFind(Asset, out AssetIndex asset)) return Refusal.AssetUnknown;
        if (venue.Modes.Of(account) == MarginMode.Isolated) return Refusal.IsolatedElsewhere;
        if (!venue.TryAmount(asset, Amount, out Amount amount, out Refusal refusal)) return refusal;

        if (!BookLimits.AllowsTransfer(venue.Ledger, Holder.Of(account, Purse.Loan), Holder.Of(account, Purse.Cash), asset, amount)) return Refusal.AmountTooLarge;

        if (!venue.Lending.Allows(account, asset, amount)) return Refusal.BorrowCapReached;

        // The loan itself changes no equity; what matters is that the borrowed coins can leave, so they do here.
        if (venue.PreTrade.WithCash(account, asset, -amount) is var margin and not Refusal.None) return margin;

        return Decision.Accept(new Borrowed(Account, Asset, amount));
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
        if (-venue.Ledger.Balance(account, Purse.Loan, asset) < amount) return Refusal.LoanSmaller;
        if (venue.Ledger.Balance(account, Purse.Cash, asset) < amount) return Refusal.BalanceInsufficient;

        return Decision.Accept(new Repaid(Account, Asset, amount));
    }
}

/// <summary>A loan was paid back, or a part of it.</summary>
public sealed record Repaid(AccountId Account, AssetId Asset, Amount Amount) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        AccountIndex account = venue.Account(Account);
        venue.Transfer(Holder.Of(account, Purse.Cash), Holder.Of(account, Purse.Loan), venue.Asset(Asset), Amount);
    }
}

/// <summary>
/// Charges every loan in an asset the interest of one period. Without a rate it is that of the asset's curve at what is used
/// of it now, for the time since it was last charged; a loan taken in between pays the period in which it was taken whole.
/// </summary>
/// <param name="Asset">The asset lent.</param>
/// <param name="Rate">The part of the loan that is charged for the period, 0 to 0.1; not annual. None for the curve's.</param>
public sealed record AccrueInterest(AssetId Asset, decimal? Rate = null) : Command
{
    /// <summary>The most one period may charge.</summary>
    public const decimal MaxRate = 0.1m;

    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now)
    {
        if (!venue.Catalog.TryFind(Asset, out AssetIndex asset)) return Refusal.AssetUnknown;
        if (Rate is null && venue.Lending.AnnualRate(asset) is null) return Decision.Refuse(Refusal.RateOutOfRange, $"rate: the parameters have no curve for {Asset}");
        if ((Rate ?? venue.Lending.PeriodRate(asset, now)) is not { } rate) return Refusal.NothingToDo;
        if (Rate is null && rate == 0m) return Refusal.NothingToDo;
        if (rate is <= 0m or > MaxRate) return Decision.Refuse(Refusal.RateOutOfRange, $"{rate} lies outside 0 to {MaxRate} for one period");
        Amount lent = -venue.Ledger.ControlTotal(Purse.Loan, asset);
        if (lent.IsZero) return Refusal.NothingToDo;
        if (!BookLimits.Holds(lent) || !BookLimits.Allows(venue.Ledger.Balance(Fund.Interest, asset), lent)) return Refusal.AmountTooLarge;

        return Decision.Accept(new InterestAccrued(Asset, rate));
    }
}

/// <summary>Every loan in an asset grew by the interest of one period, rounded up to the smallest unit.</summary>
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
