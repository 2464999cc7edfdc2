using Plimsoll.Engine.Commands;

namespace Plimsoll.Simulation.Stories;

/// <summary>A step on the way from warning to last resort: how often it was taken in a story, and for how much.</summary>
/// <param name="Name">Its name, as the report says it.</param>
public sealed record StageStep(string Name)
{
    /// <summary>How often.</summary>
    public int Times { get; internal set; }

    /// <summary>Notional, or what was paid, in the numeraire; 0 where the step has no size.</summary>
    public double Size { get; internal set; }
}

/// <summary>Counts a story's steps from warning to last resort, in the order in which an account goes through them.</summary>
public sealed class StageTally
{
    private readonly StageStep _warned = new("warned");
    private readonly StageStep _called = new("called for margin");
    private readonly StageStep _unmet = new("deadline passed unmet");
    private readonly StageStep _begun = new("liquidation begun");
    private readonly StageStep _sliced = new("slices sold");
    private readonly StageStep _auctioned = new("auctions opened");
    private readonly StageStep _bids = new("bids taken");
    private readonly StageStep _backstopped = new("taken by the backstop");
    private readonly StageStep _insured = new("drawn from insurance");
    private readonly StageStep _deleveraged = new("deleveraged");
    private readonly StageStep _borne = new("borne by the venue");
    private readonly StageStep _shared = new("shared by accounts");
    private readonly StageStep _paused = new("trading paused");
    private readonly StageStep _halted = new("venue halted");

    /// <summary>The steps, in order; the last two are the breakers'.</summary>
    public IReadOnlyList<StageStep> Steps => [_warned, _called, _unmet, _begun, _sliced, _auctioned, _bids, _backstopped, _insured, _deleveraged, _borne, _shared, _paused, _halted];

    internal void Observe(Event happened)
    {
        switch (happened)
        {
            case AccountWarned:
                Count(_warned);
                break;
            case MarginCalled:
                Count(_called);
                break;
            case LiquidationBegun begun:
                Count(_begun, begun.Notional);
                if (begun.Cause == Engine.LiquidationCause.CallUnmet) Count(_unmet, begun.Notional);
                break;
            case LiquidationSliced slice:
                Count(_sliced, slice.Notional);
                break;
            case AuctionOpened:
                Count(_auctioned);
                break;
            case BidTaken bid:
                Count(_bids, bid.Notional);
                break;
            case BackstopTook took:
                Count(_backstopped, took.Notional);
                break;
            case FundDrawn drawn:
                Count(_insured, drawn.Worth);
                break;
            case CoverClaimed claimed:
                Count(_insured, claimed.Worth);
                break;
            case Deleveraged taken:
                Count(_deleveraged, taken.Notional);
                break;
            case TakeoversPassedOn passed when passed.Provider != Agents.Makers.Liquidity:
                Count(_deleveraged, passed.Notional);
                break;
            case LossBorne borne:
                Count(_borne, borne.Worth);
                break;
            case LossSocialised shared:
                Count(_shared, shared.Worth);
                break;
            case BreakerTripped:
                Count(_paused);
                break;
            case VenueHalted:
                Count(_halted);
                break;
            default:
                break;
        }
    }

    private static void Count(StageStep step, double size = 0)
    {
        step.Times++;
        step.Size += size;
    }
}
