using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Stories;

/// <summary>What one hour of a story did.</summary>
public sealed class StoryHour(Instant hour)
{
    /// <summary>When it began.</summary>
    public Instant Hour => hour;

    /// <summary>Accounts called for margin.</summary>
    public int Calls { get; internal set; }

    /// <summary>Liquidation fills and collateral sales.</summary>
    public int Liquidations { get; internal set; }

    /// <summary>Notional closed, in the numeraire.</summary>
    public double Notional { get; internal set; }

    /// <summary>Auctions opened.</summary>
    public int Auctions { get; internal set; }

    /// <summary>Takeovers by the other side.</summary>
    public int Deleveragings { get; internal set; }

    /// <summary>What the insurance fund paid, in the numeraire.</summary>
    public double FundDrawn { get; internal set; }
}

/// <summary>An account that fell, and why.</summary>
public sealed class FallenAccount(AccountId account, Instant at, double equityBefore)
{
    private readonly SortedDictionary<string, double> _byWhat = new(StringComparer.Ordinal);

    /// <summary>Whose.</summary>
    public AccountId Account => account;

    /// <summary>When it was first liquidated.</summary>
    public Instant At => at;

    /// <summary>Its equity when the crash began, in the numeraire.</summary>
    public double EquityBefore => equityBefore;

    /// <summary>Notional closed or sold, in the numeraire.</summary>
    public double Notional { get; private set; }

    /// <summary>What others paid for it, in the numeraire: the layers of insurance, the venue itself, other accounts.</summary>
    public double Shortfall { get; internal set; }

    /// <summary>Whether the other side had to take its position over.</summary>
    public bool Deleveraged { get; internal set; }

    /// <summary>What sank it: the contract, or the collateral, of which most was sold.</summary>
    public string SunkBy => _byWhat.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal).FirstOrDefault().Key ?? "";

    internal void Closed(string what, double notional)
    {
        Notional += notional;
        _byWhat[what] = _byWhat.GetValueOrDefault(what) + notional;
    }
}

/// <summary>Watches a story as it is lived and keeps what its report needs.</summary>
public sealed class StoryRecord
{
    private readonly SortedDictionary<Instant, StoryHour> _hours = [];
    private readonly SortedDictionary<AccountId, FallenAccount> _fallen = [];
    private double[] _before = [];

    /// <summary>Commands that were refused after the venue was built.</summary>
    public int Refused { get; private set; }

    /// <summary>Commands seen.</summary>
    public long Commands { get; private set; }

    /// <summary>The hours in which something happened, in order.</summary>
    public IReadOnlyCollection<StoryHour> Hours => _hours.Values;

    /// <summary>How often each step from warning to last resort was taken.</summary>
    public StageTally Stages { get; } = new();

    /// <summary>Accounts that fell, those that cost others most first, then the largest.</summary>
    public IEnumerable<FallenAccount> Fallen => _fallen.Values
        .OrderByDescending(fallen => fallen.Shortfall)
        .ThenByDescending(fallen => fallen.Notional)
        .ThenBy(fallen => fallen.Account);

    /// <summary>Takes down what everyone has before the prices move.</summary>
    public void Begin(VenueState venue)
    {
        ReadOnlySpan<Verdict> verdicts = venue.Judgement.Verdicts;
        _before = new double[verdicts.Length];
        for (int i = 0; i < verdicts.Length; i++) _before[i] = verdicts[i].Equity;
    }

    /// <summary>Takes down what a command did.</summary>
    public void Observe(VenueState venue, Outcome outcome)
    {
        Commands++;
        if (!outcome.Accepted) Refused++;
        foreach (Event happened in outcome.Events) Observe(venue, outcome.At, happened);
    }

    private void Observe(VenueState venue, Instant at, Event happened)
    {
        Stages.Observe(happened);
        switch (happened)
        {
            case MarginCalled:
                HourOf(at).Calls++;
                break;
            case PositionLiquidated closed:
                Close(venue, at, closed.Account, closed.Instrument.Value, closed.Notional);
                break;
            case CollateralSold sold:
                Close(venue, at, sold.Account, $"{sold.Sold} pledged", sold.Notional);
                break;
            case FundDrawn drawn:
                HourOf(at).FundDrawn += drawn.Worth;
                FallenOf(venue, at, drawn.Account).Shortfall += drawn.Worth;
                break;
            case CoverClaimed claimed:
                FallenOf(venue, at, claimed.Account).Shortfall += claimed.Worth;
                break;
            case LossSocialised shared:
                FallenOf(venue, at, shared.Account).Shortfall += shared.Worth;
                break;
            case LossBorne borne:
                FallenOf(venue, at, borne.Account).Shortfall += borne.Worth;
                break;
            case Deleveraged taken:
                HourOf(at).Deleveragings++;
                FallenAccount fallen = FallenOf(venue, at, taken.Account);
                fallen.Closed(taken.Instrument.Value, taken.Notional);
                fallen.Deleveraged = true;
                break;
            case TakeoversPassedOn passed when passed.Provider != Agents.Makers.Liquidity:
                HourOf(at).Deleveragings++;
                break;
            case AuctionOpened:
                HourOf(at).Auctions++;
                break;
            case BidTaken bid:
                FallenOf(venue, at, bid.Account).Closed(WhatOf(bid.Positions), bid.Notional);
                break;
            case BackstopTook took:
                FallenOf(venue, at, took.Account).Closed(WhatOf(took.Positions), took.Notional);
                break;
            default:
                break;
        }
    }

    /// <summary>What an estate that changed hands is called after: its first contract.</summary>
    private static string WhatOf(IReadOnlyList<EstatePosition> positions) => positions.Count > 0 ? positions[0].Instrument.Value : "pledged coins";

    private void Close(VenueState venue, Instant at, AccountId account, string what, double notional)
    {
        StoryHour hour = HourOf(at);
        hour.Liquidations++;
        hour.Notional += notional;
        FallenOf(venue, at, account).Closed(what, notional);
    }

    private FallenAccount FallenOf(VenueState venue, Instant at, AccountId account)
    {
        if (_fallen.TryGetValue(account, out FallenAccount? known)) return known;

        int index = venue.Account(account).Value;
        var fallen = new FallenAccount(account, at, index < _before.Length ? _before[index] : 0);
        _fallen.Add(account, fallen);

        return fallen;
    }

    private StoryHour HourOf(Instant at)
    {
        var hour = new Instant(at.UnixMicroseconds - (at.UnixMicroseconds % Instant.MicrosecondsPerHour));
        if (!_hours.TryGetValue(hour, out StoryHour? found)) _hours.Add(hour, found = new StoryHour(hour));

        return found;
    }
}
