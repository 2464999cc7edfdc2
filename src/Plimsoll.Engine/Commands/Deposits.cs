using Plimsoll.Ledger.Accounts;
using Plimsoll.Units;

namespace Plimsoll.Engine.Commands;

/// <summary>Reports that a customer's assets arrived at one of the venue's places.</summary>
/// <param name="Account">Who is credited.</param>
/// <param name="Asset">What arrived.</param>
/// <param name="Amount">How much, in whole coins.</param>
/// <param name="Place">Where it arrived.</param>
public sealed record Deposit(AccountId Account, AssetId Asset, string Amount, Fund Place = Fund.Hot) : Command
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now)
    {
        if (!venue.Accounts.TryFind(Account, out AccountIndex account)) return Refusal.AccountUnknown;
        if (!venue.Catalog.TryFind(Asset, out AssetIndex asset)) return Refusal.AssetUnknown;
        if (!venue.Modes.Admits(account, asset)) return Refusal.IsolatedElsewhere;
        if (!Place.IsPlace) return Refusal.FundUnsuitable;
        if (!venue.TryAmount(asset, Amount, out Amount amount, out Refusal refusal)) return refusal;
        if (!BookLimits.AllowsTransfer(venue.Ledger, Holder.Of(Place), Holder.Of(account, Purse.Cash), asset, amount)) return Refusal.AmountTooLarge;

        return Decision.Accept(new Deposited(Account, Asset, amount, Place));
    }
}

/// <summary>A customer was credited with what arrived.</summary>
public sealed record Deposited(AccountId Account, AssetId Asset, Amount Amount, Fund Place) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue) =>
        venue.Transfer(Holder.Of(Place), Holder.Of(venue.Account(Account), Purse.Cash), venue.Asset(Asset), Amount);
}

/// <summary>Asks to pay a customer's assets out.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Asset">What.</param>
/// <param name="Amount">How much, in whole coins.</param>
/// <param name="Place">From where.</param>
public sealed record Withdraw(AccountId Account, AssetId Asset, string Amount, Fund Place = Fund.Hot) : Command
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now)
    {
        if (!venue.Accounts.TryFind(Account, out AccountIndex account)) return Refusal.AccountUnknown;
        if (venue.Liquidations.IsAuctioned(account)) return Refusal.AccountInAuction;
        if (!venue.Catalog.TryFind(Asset, out AssetIndex asset)) return Refusal.AssetUnknown;
        if (!Place.IsPlace) return Refusal.FundUnsuitable;
        if (!venue.TryAmount(asset, Amount, out Amount amount, out Refusal refusal)) return refusal;
        if (venue.Ledger.Balance(account, Purse.Cash, asset) < amount) return Refusal.BalanceInsufficient;
        if (venue.Ledger.Held(Place, asset) < amount) return Refusal.HoldingsInsufficient;
        if (venue.Breakers.Venue.HoldsWithdrawals) return venue.Breakers.Venue.Refuse();
        if (venue.PreTrade.WithCash(account, asset, -amount) is var margin and not Refusal.None) return margin;

        return Decision.Accept(new Withdrawn(Account, Asset, amount, Place));
    }
}

/// <summary>A customer was paid out.</summary>
public sealed record Withdrawn(AccountId Account, AssetId Asset, Amount Amount, Fund Place) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue) =>
        venue.Transfer(Holder.Of(venue.Account(Account), Purse.Cash), Holder.Of(Place), venue.Asset(Asset), Amount);
}
