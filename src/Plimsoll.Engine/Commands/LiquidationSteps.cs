using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Commands;

/// <summary>The liquidation of an account began: from here it is sold slice by slice, at most a slice in each period.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Cause">Why.</param>
/// <param name="Goal">The line that is to be restored, and not passed.</param>
/// <param name="Notional">What the plan closes in all, in the numeraire, at the prices now.</param>
/// <param name="Cost">What that is expected to cost the account, in the numeraire: slippage and penalty.</param>
public sealed record LiquidationBegun(AccountId Account, LiquidationCause Cause, MarginLine Goal, double Notional, double Cost) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        AccountIndex account = venue.Account(Account);
        venue.Liquidations.Put(new LiquidationCase(account, LiquidationStage.Slicing, Cause, Goal, venue.Now) { PlannedCost = Cost });
        venue.Accounts.SetPhase(account, AccountPhase.Liquidating);
    }
}

/// <summary>A slice of an account was sold: the fills stand before it.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Slice">Which of its slices, from 1 on.</param>
/// <param name="Notional">What was sold, in the numeraire.</param>
/// <param name="ExpectedCost">What it was expected to cost the account when it was planned.</param>
/// <param name="RealisedCost">What it did cost: equity before less equity after.</param>
public sealed record LiquidationSliced(AccountId Account, int Slice, double Notional, double ExpectedCost, double RealisedCost) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue) => venue.Liquidations.Change(venue.Account(Account), one => one with
    {
        Slices = Slice,
        ExpectedCost = one.ExpectedCost + ExpectedCost,
        RealisedCost = one.RealisedCost + RealisedCost,
    });
}

/// <summary>How a liquidation ended. Journaled: numbers are never reused.</summary>
public enum LiquidationEnding : byte
{
    /// <summary>The line it was to restore is restored.</summary>
    Restored = 0,

    /// <summary>Nothing of the account is left to sell.</summary>
    WoundUp = 1,

    /// <summary>The rulebook has no phases any more, or the account is now one that takes what others lose.</summary>
    Dropped = 2,

    /// <summary>Its maintenance requirement is met again, and there was nothing that could be sold to restore more.</summary>
    Eased = 3,
}

/// <summary>The liquidation of an account is over.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Ending">How.</param>
/// <param name="Slices">How many slices it took.</param>
/// <param name="PlannedCost">What was expected when it began.</param>
/// <param name="ExpectedCost">What its slices were expected to cost, each as it was planned.</param>
/// <param name="RealisedCost">What they did cost.</param>
public sealed record LiquidationEnded(AccountId Account, LiquidationEnding Ending, int Slices, double PlannedCost, double ExpectedCost, double RealisedCost) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        AccountIndex account = venue.Account(Account);
        venue.Liquidations.Drop(account);
        if (venue.Accounts.PhaseOf(account) != AccountPhase.Bankrupt) venue.Accounts.SetPhase(account, AccountPhase.Liquidated);
    }
}

/// <summary>Everybody under liquidation had his turn in a period; who is still under liquidation waits for the next.</summary>
/// <param name="Period">The beginning of the period.</param>
/// <param name="Waiting">How many are still under liquidation.</param>
/// <param name="Sold">What was sold for all accounts in the period so far, in the numeraire.</param>
public sealed record PeriodWorked(Instant Period, int Waiting, double Sold) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue) => venue.Liquidations.SweptAt = Period;
}

/// <summary>Neither slices nor bidders could restore an account: the backstop takes what it can, and the last resort the rest.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Cause">Why it is liquidated.</param>
public sealed record LastResortReached(AccountId Account, LiquidationCause Cause) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        AccountIndex account = venue.Account(Account);
        LiquidationCase before = venue.Liquidations.Of(account) ?? new LiquidationCase(account, LiquidationStage.LastResort, Cause, MarginLine.Target, venue.Now);
        venue.Liquidations.Put(before with { Stage = LiquidationStage.LastResort, Goal = MarginLine.Target, Since = venue.Now, DueAt = null, Auction = null });
        venue.Accounts.SetPhase(account, AccountPhase.Backstopped);
    }
}
