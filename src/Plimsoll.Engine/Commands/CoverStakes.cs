using Plimsoll.Engine.Insurance;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Commands;

/// <summary>Asks to stake assets in the mutual pool: they cover losses from now on and earn its premiums, and count for no margin any more.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Asset">What.</param>
/// <param name="Amount">How much, in whole coins.</param>
public sealed record StakeCover(AccountId Account, AssetId Asset, string Amount) : Command
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now)
    {
        if (!venue.Accounts.TryFind(Account, out AccountIndex account)) return Refusal.AccountUnknown;
        if (!venue.Catalog.TryFind(Asset, out AssetIndex asset)) return Refusal.AssetUnknown;
        if (venue.Insurance.Terms.Pool is not { } pool || !pool.Assets.Contains(Asset)) return Refusal.CoverNotOffered;
        if (venue.Modes.Of(account) == MarginMode.Isolated) return Refusal.IsolatedElsewhere;
        if (!venue.TryAmount(asset, Amount, out Amount amount, out Refusal refusal)) return refusal;
        if (venue.Ledger.Balance(account, Purse.Cash, asset) < amount) return Refusal.BalanceInsufficient;
        if (!BookLimits.AllowsTransfer(venue.Ledger, Holder.Of(account, Purse.Cash), Holder.Of(Fund.MutualPool), asset, amount)) return Refusal.AmountTooLarge;
        if (venue.Insurance.Pool.SharesFor(asset, amount) is not { } shares) return Decision.Refuse(Refusal.AmountMalformed, "amount: buys no whole share of the pool, or more of them than can be counted");
        if (venue.PreTrade.WithCash(account, asset, -amount) is var margin and not Refusal.None) return margin;

        return Decision.Accept(new CoverStaked(Account, Asset, amount, new Amount(shares)));
    }
}

/// <summary>Assets were staked.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Asset">What.</param>
/// <param name="Amount">How much.</param>
/// <param name="Shares">Shares of the pool they bought.</param>
public sealed record CoverStaked(AccountId Account, AssetId Asset, Amount Amount, Amount Shares) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        AccountIndex account = venue.Account(Account);
        AssetIndex asset = venue.Asset(Asset);
        if (!venue.Insurance.Pool.IsStaked) venue.Insurance.PremiumSince = venue.Now;
        venue.Insurance.Pool.EndIfEmpty(asset);
        venue.Transfer(Holder.Of(account, Purse.Cash), Holder.Of(Fund.MutualPool), asset, Amount);
        venue.Insurance.Pool.Issue(account, asset, Shares.Units);
    }
}

/// <summary>Asks for a stake back, or a part of it. It bears losses until the cooldown has run out and it is taken; asking anew takes the place of what was asked before.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Asset">What.</param>
/// <param name="Amount">How much at today's worth, in whole coins; none for all of it.</param>
public sealed record RequestUnstake(AccountId Account, AssetId Asset, string? Amount = null) : Command
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now)
    {
        if (!venue.Accounts.TryFind(Account, out AccountIndex account)) return Refusal.AccountUnknown;
        if (!venue.Catalog.TryFind(Asset, out AssetIndex asset)) return Refusal.AssetUnknown;

        PoolShares pool = venue.Insurance.Pool;
        Int128 shares = pool.Of(account, asset).Shares;
        if (shares == 0) return Refusal.StakeSmaller;
        if (Amount is not null)
        {
            if (!venue.TryAmount(asset, Amount, out Amount amount, out Refusal refusal)) return refusal;
            if (pool.Worth(asset, shares) < amount) return Refusal.StakeSmaller;
            shares = Int128.Min(shares, pool.SharesWorth(asset, amount));
        }

        // Who staked under terms that are gone waits for nothing.
        TimeSpan cooldown = venue.Insurance.Terms.Pool is { } terms ? InsuranceBook.Hours(terms.CooldownHours) : TimeSpan.Zero;

        return Decision.Accept(new UnstakeRequested(Account, Asset, new Amount(shares), now + cooldown));
    }
}

/// <summary>A stake was asked back.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Asset">What.</param>
/// <param name="Shares">How many of its shares.</param>
/// <param name="DueAt">From when on it may be taken.</param>
public sealed record UnstakeRequested(AccountId Account, AssetId Asset, Amount Shares, Instant DueAt) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue) =>
        venue.Insurance.Pool.Ask(venue.Account(Account), venue.Asset(Asset), Shares.Units, DueAt);
}

/// <summary>
/// Takes what was asked back and whose cooldown has run out, at what it is worth now, as long as the pool keeps the capital its
/// cover requires. Not later than <see cref="PoolShares.AskStands"/> after that: else a stake asked back at once could leave
/// whenever a loss is seen coming, and earn premiums until then.
/// </summary>
/// <param name="Account">Whose.</param>
/// <param name="Asset">What.</param>
public sealed record Unstake(AccountId Account, AssetId Asset) : Command
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now)
    {
        if (!venue.Accounts.TryFind(Account, out AccountIndex account)) return Refusal.AccountUnknown;
        if (!venue.Catalog.TryFind(Asset, out AssetIndex asset)) return Refusal.AssetUnknown;

        Stake stake = venue.Insurance.Pool.Of(account, asset);
        if (stake.Asked == 0) return Refusal.StakeSmaller;
        if (now < stake.DueAt) return Refusal.UnstakeNotDue;
        if (venue.Insurance.Terms.Pool is not null && now > stake.DueAt + PoolShares.AskStands)
            return Decision.Refuse(Refusal.UnstakeNotDue, $"the ask lapsed at {stake.DueAt + PoolShares.AskStands}: ask again");
        if (!venue.Modes.Admits(account, asset)) return Refusal.IsolatedElsewhere;

        // What the pool gives back it covers nothing with any more, and the venue then owes it: no way out of a venue that stands still for want of either.
        if (venue.Breakers.Venue.IsHalted) return venue.Breakers.Venue.Refuse();

        Amount amount = venue.Insurance.Pool.Worth(asset, stake.Asked);
        if (amount.Sign <= 0) return Refusal.NothingToDo;
        if (!BookLimits.AllowsTransfer(venue.Ledger, Holder.Of(Fund.MutualPool), Holder.Of(account, Purse.Cash), asset, amount)) return Refusal.AmountTooLarge;
        if (LeavesTooLittle(venue, asset, amount)) return Refusal.PoolCapitalShort;

        return Decision.Accept(new CoverUnstaked(Account, Asset, new Amount(stake.Asked), amount));
    }

    private static bool LeavesTooLittle(VenueState venue, AssetIndex asset, Amount amount)
    {
        // Without a pool in the rulebook nothing is covered, so that nothing is required.
        double required = venue.Insurance.Terms.Of(InsuranceLayer.Pool) is null ? 0 : venue.Insurance.CapitalRequired;
        double taken = venue.Catalog[asset].Scale.ToModel(amount) * venue.Market.PriceOf(asset);

        return required > 0 && venue.Insurance.Worth(Fund.MutualPool) - taken < required;
    }
}

/// <summary>A stake was paid back.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Asset">What.</param>
/// <param name="Shares">The shares that ended.</param>
/// <param name="Amount">What they were worth.</param>
public sealed record CoverUnstaked(AccountId Account, AssetId Asset, Amount Shares, Amount Amount) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        AccountIndex account = venue.Account(Account);
        AssetIndex asset = venue.Asset(Asset);
        venue.Transfer(Holder.Of(Fund.MutualPool), Holder.Of(account, Purse.Cash), asset, Amount);
        venue.Insurance.Pool.Redeem(account, asset, Shares.Units);
        Law.Holds(venue.Ledger.Balance(Fund.MutualPool, asset).Sign >= 0, "the pool pays no more than it has");
        venue.Insurance.Pool.EndIfEmpty(asset);
    }
}
