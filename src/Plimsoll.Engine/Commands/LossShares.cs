using Plimsoll.Engine.Insurance;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Units;

namespace Plimsoll.Engine.Commands;

/// <summary>External cover bore what a bankrupt account owed: the insurer owes it from now on, and no coin has come in yet.</summary>
/// <param name="Account">Whose debt.</param>
/// <param name="Insurer">Whose account the claim is booked against.</param>
/// <param name="Asset">What was owed.</param>
/// <param name="Amount">How much of it.</param>
/// <param name="Worth">What that is, in the numeraire.</param>
public sealed record CoverClaimed(AccountId Account, AccountId Insurer, AssetId Asset, Amount Amount, double Worth) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        AccountIndex account = venue.Account(Account);
        AssetIndex asset = venue.Asset(Asset);
        venue.Transfer(Holder.Of(venue.Account(Insurer), Purse.Cash), Holder.Of(account, Purse.Cash), asset, Amount);
        venue.RepayFromCash(account, asset);
        venue.GoBankrupt(account);
        venue.Insurance.Drawn((int)InsuranceLayer.Cover, account, Worth);
    }
}

/// <summary>What one account paid of a loss that was shared.</summary>
/// <param name="Account">Who paid.</param>
/// <param name="Amount">How much.</param>
public sealed record LossShare(AccountId Account, Amount Amount);

/// <summary>A loss beyond insurance and the venue's own limit was shared among accounts with positions.</summary>
/// <param name="Account">Whose debt.</param>
/// <param name="Asset">What was owed, and is paid in.</param>
/// <param name="Amount">How much of it, to the unit what the shares add up to.</param>
/// <param name="Shares">Who paid how much, in the order of accounts.</param>
/// <param name="Worth">What that is, in the numeraire.</param>
public sealed record LossSocialised(AccountId Account, AssetId Asset, Amount Amount, IReadOnlyList<LossShare> Shares, double Worth) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        AccountIndex account = venue.Account(Account);
        AssetIndex asset = venue.Asset(Asset);
        Amount sum = Amount.Zero;
        foreach (LossShare share in Shares)
        {
            sum += share.Amount;
            venue.Transfer(Holder.Of(venue.Account(share.Account), Purse.Cash), Holder.Of(account, Purse.Cash), asset, share.Amount);
        }

        Law.Holds(sum == Amount, "what is socialised is what the shares add up to");
        venue.RepayFromCash(account, asset);
        venue.GoBankrupt(account);
        venue.Insurance.Totals.Socialised += Worth;
    }
}

/// <summary>Who bore a deficit in one asset.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Deficit">What was missing at the mark.</param>
/// <param name="Deleveraged">What the other side gave up by taking positions over at the bankruptcy price.</param>
/// <param name="Insured">What the layers of insurance paid.</param>
/// <param name="OwnFunds">What the venue's own funds bore.</param>
/// <param name="Socialised">What accounts with positions paid.</param>
/// <param name="Worth">The deficit, in the numeraire.</param>
/// <param name="DeleveragedWorth">The part the other side gave up, in the numeraire.</param>
public sealed record DeficitLine(AssetId Asset, Amount Deficit, Amount Deleveraged, Amount Insured, Amount OwnFunds, Amount Socialised, double Worth, double DeleveragedWorth);

/// <summary>A deficit was settled, and this is who bore it. Law: insurance + own funds + socialised + deleveraged = deficit, to the unit, in each asset.</summary>
/// <param name="Account">Whose deficit.</param>
/// <param name="Lines">One for each asset.</param>
public sealed record DeficitSettled(AccountId Account, IReadOnlyList<DeficitLine> Lines) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        // What each bore was counted when he bore it: by the other side at the takeover, settled in the same tick or not.
        foreach (DeficitLine line in Lines)
            Law.Holds(line.Deleveraged + line.Insured + line.OwnFunds + line.Socialised == line.Deficit, "who bore a deficit bore all of it");
    }
}
