using Plimsoll.Risk.Liquidation;
using Plimsoll.Units;

namespace Plimsoll.Engine;

/// <summary>
/// Every account between its call and the last resort, and what of the period's caps and of the markets' depth is used up:
/// a part of the state, changed by events alone.
/// </summary>
public sealed class LiquidationBook
{
    private readonly VenueState _venue;
    private readonly AccountMap<LiquidationCase> _cases = [];
    private readonly SortedSet<(long At, int Account)> _due = [];

    internal LiquidationBook(VenueState venue)
    {
        _venue = venue;
        Usage = new PeriodUsage(venue);
    }

    /// <summary>The accounts that are called with a deadline or being liquidated, by account.</summary>
    public IReadOnlyCollection<LiquidationCase> Cases => _cases;

    /// <summary>What of this period is used up.</summary>
    public PeriodUsage Usage { get; }

    /// <summary>How many accounts go on by themselves in every period.</summary>
    public int Worked { get; private set; }

    /// <summary>The beginning of the period in which all of those were last worked.</summary>
    public Instant SweptAt { get; internal set; }

    /// <summary>Whether the backstop is closed to new takings: it has lost what it may lose.</summary>
    public bool IsBackstopClosed { get; internal set; }

    /// <summary>When something falls due next: a deadline, an auction's end, a period.</summary>
    public Instant? NextDue
    {
        get
        {
            Instant? next = Worked > 0 && Terms is { IsNone: false } ? Usage.HasBegun(SweptAt) ? Usage.PeriodEnd : Usage.PeriodStart : null;
            if (_due.Count == 0) return next;
            var due = new Instant(_due.Min.At);

            return next < due ? next : due;
        }
    }

    /// <summary>The rulebook's phases; none before parameters are set.</summary>
    internal PhaseTerms? Terms => _venue.Parameters?.Phases;

    /// <summary>The case of an account; none for one that is neither called with a deadline nor liquidated.</summary>
    public LiquidationCase? Of(AccountIndex account) => _cases[account];

    /// <summary>Whether what is left of an account is being auctioned, so that nobody trades for it and nothing leaves it.</summary>
    public bool IsAuctioned(AccountIndex account) => Of(account) is { Stage: LiquidationStage.Auctioned };

    /// <summary>The accounts whose deadline or auction has come to its end, the earliest first.</summary>
    internal IEnumerable<int> Due() => _due.TakeWhile(due => due.At <= _venue.Now.UnixMicroseconds).Select(due => due.Account);

    internal void Put(LiquidationCase one)
    {
        Drop(one.Account);
        _cases[one.Account] = one;
        if (one.DueAt is { } at) _due.Add((at.UnixMicroseconds, one.Account.Value));
        if (one.IsWorked) Worked++;
    }

    internal void Change(AccountIndex account, Func<LiquidationCase, LiquidationCase> change) =>
        Put(change(Of(account) ?? throw new LawBrokenException("an event names an account that is being liquidated")));

    /// <summary>Notes a sale against the account's stage, and where the account is in one against the period and the market's depth.</summary>
    internal void Sold(AccountIndex account, AssetIndex market, double notional)
    {
        if (Of(account) is not { IsWorked: true } one)
        {
            _venue.Accounts.SetPhase(account, AccountPhase.Liquidated);

            return;
        }

        _venue.Accounts.SetPhase(account, one.Stage == LiquidationStage.Slicing ? AccountPhase.Liquidating : AccountPhase.Backstopped);
        Usage.Sell(market, notional);
        double before = Usage.HasBegun(one.SoldAt) ? one.Sold : 0;
        Put(one with { SoldAt = Usage.PeriodStart, Sold = before + notional });
    }

    /// <summary>Notes that a sale was paid for in another market, whose depth it took as well.</summary>
    internal void Bought(AccountIndex account, AssetIndex market, double notional)
    {
        if (Of(account) is { IsWorked: true }) Usage.Take(market, notional);
    }

    internal void Drop(AccountIndex account)
    {
        if (_cases[account] is not { } before) return;

        _cases[account] = null;
        if (before.DueAt is { } at) _due.Remove((at.UnixMicroseconds, account.Value));
        if (before.IsWorked) Worked--;
    }
}
