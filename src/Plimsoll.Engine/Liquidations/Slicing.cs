using Plimsoll.Engine.Commands;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Liquidations;

/// <summary>
/// The slices of one account: drafted anew in each period at the prices then, cut to what there is room for, and filled
/// against the liquidity provider. Where selling would make it worse, the account leaves for the auction.
/// </summary>
internal static class Slicing
{
    /// <summary>Begins the liquidation of an account that is not being liquidated.</summary>
    public static void Begin(LiquidationRun run, AccountIndex account, LiquidationCause cause, MarginLine goal, LiquidationDraft draft)
    {
        run.Happen(new LiquidationBegun(run.NameOf(account), cause, goal, draft.Notional, draft.Cost));
        run.CancelOrders(account);
    }

    /// <summary>Sells the slice that may be sold now.</summary>
    /// <returns>Why the account must go to auction; none where it need not.</returns>
    public static AuctionCause? Work(LiquidationRun run, AccountIndex account, LiquidationDraft draft)
    {
        if (draft.Outcome == DraftOutcome.Met)
        {
            run.End(account, LiquidationEnding.Restored);

            return null;
        }

        if (CauseOf(run, draft) is { } cause) return cause;
        if (!run.Rooms.HasAny(account, draft)) return null;
        if (SlicePlanner.Next(draft, run.Rooms.For(account), run.Model, (double)run.Terms.Dust) is not { } slice || !ProviderTakes(run, slice.Plan)) return null;

        Carry(run, account, slice.Plan, slice.Notional, slice.Cost);
        if (run.VerdictOn(account).Health(run.Book.Of(account)!.Goal) >= 0) run.End(account, LiquidationEnding.Restored);

        return null;
    }

    /// <summary>A provider who can hold no more cannot take it; the account waits.</summary>
    public static bool ProviderTakes(LiquidationRun run, LiquidationPlan plan) =>
        run.Venue.Accounts.TryFind(Consequences.Provider, out AccountIndex provider)
        && !plan.Closes.Any(close => run.Venue.PositionLimitReached(provider, close.Instrument, -close.Change));

    /// <summary>Fills a plan's closes and conversions, and writes down what they cost.</summary>
    public static void Carry(LiquidationRun run, AccountIndex account, LiquidationPlan plan, double notional, double expected)
    {
        double before = run.VerdictOn(account).Equity;
        foreach (PlannedClose close in plan.Closes) Liquidation.Close(run.Venue, account, close, run.Happen);
        foreach (PlannedConversion sale in plan.Conversions) Liquidation.Sell(run.Venue, run.NameOf(account), sale, run.Happen);
        double after = run.Judged(account).Equity;
        run.Happen(new LiquidationSliced(run.NameOf(account), run.Book.Of(account)!.Slices + 1, notional, expected, before - after));
    }

    private static AuctionCause? CauseOf(LiquidationRun run, LiquidationDraft draft) => draft.Outcome switch
    {
        _ when run.Terms.Halt && draft.Spiral.IsBeyond => AuctionCause.Spiral,
        DraftOutcome.Lowers => AuctionCause.SellingLowersHealth,
        DraftOutcome.WindsUp => AuctionCause.NothingRestores,
        _ => null,
    };
}
