using Plimsoll.Ledger.Accounts;
using Plimsoll.Units;

namespace Plimsoll.Engine.Commands;

/// <summary>Asks to move collateral between two accounts of one owner: out of the one by the rules of a withdrawal, into the other by those of a deposit.</summary>
/// <param name="From">Who gives.</param>
/// <param name="To">Who gets.</param>
/// <param name="Asset">What.</param>
/// <param name="Amount">How much, in whole coins.</param>
public sealed record MoveCollateral(AccountId From, AccountId To, AssetId Asset, string Amount) : Command
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now)
    {
        if (!venue.Accounts.TryFind(From, out AccountIndex from)) return Decision.Refuse(Refusal.AccountUnknown, From.Value);
        if (!venue.Accounts.TryFind(To, out AccountIndex to)) return Decision.Refuse(Refusal.AccountUnknown, To.Value);
        if (!venue.Catalog.TryFind(Asset, out AssetIndex asset)) return Refusal.AssetUnknown;
        if (from == to) return Refusal.NothingToDo;
        if (venue.Liquidations.IsAuctioned(from)) return Refusal.AccountInAuction;
        if (venue.Classes.RootOf(from) != venue.Classes.RootOf(to)) return Refusal.OwnersDiffer;
        if (!venue.Modes.Admits(to, asset)) return Refusal.IsolatedElsewhere;
        if (!venue.TryAmount(asset, Amount, out Amount amount, out Refusal refusal)) return refusal;
        if (venue.Ledger.Balance(from, Purse.Cash, asset) < amount) return Refusal.BalanceInsufficient;
        if (!BookLimits.AllowsTransfer(venue.Ledger, Holder.Of(from, Purse.Cash), Holder.Of(to, Purse.Cash), asset, amount)) return Refusal.AmountTooLarge;
        if (venue.PreTrade.WithCash(from, asset, -amount) is var margin and not Refusal.None) return margin;

        return Decision.Accept(new CollateralMoved(From, To, Asset, amount));
    }
}

/// <summary>Collateral lies in another account of its owner now.</summary>
public sealed record CollateralMoved(AccountId From, AccountId To, AssetId Asset, Amount Amount) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue) => venue.Transfer(
        Holder.Of(venue.Account(From), Purse.Cash), Holder.Of(venue.Account(To), Purse.Cash), venue.Asset(Asset), Amount);
}
