using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine;

/// <summary>How far the liquidation of an account has come. Journaled: numbers are never reused.</summary>
public enum LiquidationStage : byte
{
    /// <summary>It was called and has time to answer.</summary>
    Called = 0,

    /// <summary>It is sold slice by slice.</summary>
    Slicing = 1,

    /// <summary>What is left is auctioned.</summary>
    Auctioned = 2,

    /// <summary>The auction is over, or there is none: the backstop, and after it the last resort.</summary>
    LastResort = 3,
}

/// <summary>Why an account is liquidated. Journaled: numbers are never reused.</summary>
public enum LiquidationCause : byte
{
    /// <summary>It fell under its maintenance requirement.</summary>
    MaintenanceBreached = 0,

    /// <summary>The deadline of its call passed and the initial requirement was not met.</summary>
    CallUnmet = 1,

    /// <summary>Two persons ordered it.</summary>
    Ordered = 2,
}

/// <summary>Which of the two auctions it is.</summary>
public enum AuctionForm : byte
{
    /// <summary>The account is worth something: bidders pay its mark less the discount.</summary>
    Solvent = 0,

    /// <summary>It is worth less than nothing: bidders are paid by the fund, more from step to step.</summary>
    Insolvent = 1,
}

/// <summary>An auction under way.</summary>
/// <param name="Form">Which of the two.</param>
/// <param name="OpenedAt">When it began.</param>
/// <param name="EndsAt">When it ends, sold or not.</param>
/// <param name="InsolventSince">When the account came to be worth less than nothing; none while it is worth something.</param>
/// <param name="Reserved">What bidders have paid so far, in the auction's asset: it stays the account's and is not sold again.</param>
/// <param name="IsTaken">Whether a bidder took all of an account that was worth less than nothing.</param>
/// <param name="ReservedIn">The asset of what is reserved: bids are paid in it to the end, whatever the rulebook says by then. None before the first.</param>
public sealed record AuctionStand(
    AuctionForm Form, Instant OpenedAt, Instant EndsAt, Instant? InsolventSince, Amount Reserved, bool IsTaken = false, AssetIndex? ReservedIn = null);

/// <summary>An account between its call and the last resort. Costs are in the numeraire.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Stage">How far it has come.</param>
/// <param name="Cause">Why it is liquidated; while it is only called, why it would be.</param>
/// <param name="Goal">Which line is to be restored: the target, or the initial line where a call was not met.</param>
/// <param name="Since">When this stage began.</param>
/// <param name="DueAt">The deadline of the call, or the end of the auction; none in the other stages, which go on in every period.</param>
public sealed record LiquidationCase(AccountIndex Account, LiquidationStage Stage, LiquidationCause Cause, MarginLine Goal, Instant Since, Instant? DueAt = null)
{
    /// <summary>What the plan was expected to cost the account when its liquidation began.</summary>
    public double PlannedCost { get; init; }

    /// <summary>What the slices so far were expected to cost, each when it was planned.</summary>
    public double ExpectedCost { get; init; }

    /// <summary>What they did cost: equity before less equity after, at the prices of the moment.</summary>
    public double RealisedCost { get; init; }

    /// <summary>Slices so far.</summary>
    public int Slices { get; init; }

    /// <summary>The beginning of the period it was last sold in; the epoch before the first.</summary>
    public Instant SoldAt { get; init; }

    /// <summary>Notional sold for it in that period.</summary>
    public double Sold { get; init; }

    /// <summary>Its auction, while there is one.</summary>
    public AuctionStand? Auction { get; init; }

    /// <summary>Whether it goes on by itself in every period.</summary>
    public bool IsWorked => Stage is LiquidationStage.Slicing or LiquidationStage.LastResort;
}
