using System.Numerics;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Units;

namespace Plimsoll.Engine.Insurance;

/// <summary>What one account has staked of one asset.</summary>
/// <param name="Shares">Its shares of the pool in that asset.</param>
/// <param name="Asked">The part of them it asked back.</param>
/// <param name="DueAt">From when on it may take that part.</param>
public readonly record struct Stake(Int128 Shares, Int128 Asked, Instant DueAt);

/// <summary>
/// Who owns how much of the mutual pool, asset by asset. The pool's balance is the ledger's; a share is worth balance ÷ shares,
/// so that premiums and penalties raise every share and a draw lowers every share, without touching anybody's.
/// </summary>
public sealed class PoolShares
{
    /// <summary>How long an ask stands once its cooldown has run out: two days, as in Aave's Safety Module.</summary>
    public static TimeSpan AskStands { get; } = TimeSpan.FromDays(2);

    private readonly VenueState _venue;
    private readonly SortedDictionary<(int Asset, int Account), Stake> _stakes = [];
    private readonly SortedDictionary<int, Int128> _totals = [];

    internal PoolShares(VenueState venue) => _venue = venue;

    /// <summary>Whether anybody staked anything.</summary>
    public bool IsStaked => _totals.Count > 0;

    /// <summary>All stakes by asset and account.</summary>
    public IEnumerable<(AssetIndex Asset, AccountIndex Account, Stake Stake)> All =>
        _stakes.Select(s => (new AssetIndex(s.Key.Asset), new AccountIndex(s.Key.Account), s.Value));

    /// <summary>All shares of an asset's pool.</summary>
    public Int128 Total(AssetIndex asset) => _totals.GetValueOrDefault(asset.Value);

    /// <summary>What an account has staked of an asset.</summary>
    public Stake Of(AccountIndex account, AssetIndex asset) => _stakes.GetValueOrDefault((asset.Value, account.Value));

    /// <summary>What so many shares are worth now, rounded down.</summary>
    public Amount Worth(AssetIndex asset, Int128 shares) => Total(asset) is var total && total > 0
        ? new Amount((Int128)((BigInteger)_venue.Ledger.Balance(Fund.MutualPool, asset).Units * shares / total))
        : Amount.Zero;

    /// <summary>The shares an amount buys, rounded down: as many units where nobody staked yet. None where it is not even one.</summary>
    internal Int128? SharesFor(AssetIndex asset, Amount amount)
    {
        Int128 total = Total(asset);
        Amount balance = _venue.Ledger.Balance(Fund.MutualPool, asset);
        if (total == 0 || balance.IsZero) return amount.Units;

        BigInteger shares = (BigInteger)amount.Units * total / balance.Units;

        return shares > 0 && shares + total <= BookLimits.Most ? (Int128)shares : null;
    }

    /// <summary>The shares that are worth an amount, rounded up.</summary>
    internal Int128 SharesWorth(AssetIndex asset, Amount amount)
    {
        Int128 balance = _venue.Ledger.Balance(Fund.MutualPool, asset).Units;
        if (balance == 0) return 0;

        BigInteger shares = (((BigInteger)amount.Units * Total(asset)) + balance - 1) / balance;

        return shares > BookLimits.Most ? BookLimits.Most : (Int128)shares;
    }

    internal void Issue(AccountIndex account, AssetIndex asset, Int128 shares)
    {
        Stake stake = Of(account, asset);
        Set(account, asset, stake with { Shares = stake.Shares + shares });
    }

    internal void Ask(AccountIndex account, AssetIndex asset, Int128 shares, Instant dueAt) =>
        Set(account, asset, Of(account, asset) with { Asked = shares, DueAt = dueAt });

    internal void Redeem(AccountIndex account, AssetIndex asset, Int128 shares)
    {
        Stake stake = Of(account, asset);
        Law.Holds(shares > 0 && shares <= stake.Asked, "no more is unstaked than was asked back");
        Set(account, asset, new Stake(stake.Shares - shares, stake.Asked - shares, stake.DueAt));
    }

    /// <summary>Shares of a pool that has paid all it had are worth nothing and end.</summary>
    internal void EndIfEmpty(AssetIndex asset)
    {
        if (Total(asset) == 0 || !_venue.Ledger.Balance(Fund.MutualPool, asset).IsZero) return;

        foreach ((int, int) key in _stakes.Keys.Where(key => key.Asset == asset.Value).ToArray()) _stakes.Remove(key);
        _totals.Remove(asset.Value);
    }

    internal void Restore(AccountIndex account, AssetIndex asset, Stake stake) => Set(account, asset, stake);

    private void Set(AccountIndex account, AssetIndex asset, Stake stake)
    {
        (int, int) key = (asset.Value, account.Value);
        Int128 total = Total(asset) - Of(account, asset).Shares + stake.Shares;
        if (stake.Shares == 0) _stakes.Remove(key);
        else _stakes[key] = stake;
        if (total == 0) _totals.Remove(asset.Value);
        else _totals[asset.Value] = total;
    }
}
