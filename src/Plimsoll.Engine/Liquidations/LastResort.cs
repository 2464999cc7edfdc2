using System.Collections.Immutable;
using Plimsoll.Engine.Commands;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Liquidations;

/// <summary>
/// An account nobody bid for, or that there is no auction for.
/// <list type="number">
/// <item>The backstop takes what it can carry.</item>
/// <item>While the account is worth something it goes on in slices that do not lower its health.</item>
/// <item>Once it is not, its estate is wound up within the period's caps: closed in the market, taken over by the other side
/// where no fund can bear the loss, and what it owes then is settled by the layers.</item>
/// </list>
/// </summary>
internal static class LastResort
{
    public static void Work(LiquidationRun run, AccountIndex account)
    {
        Verdict verdict = run.Judged(account);
        if (verdict.Health(run.Book.Of(account)!.Goal) >= 0)
        {
            run.End(account, LiquidationEnding.Restored);

            return;
        }

        if (Backstopping.Take(run, account))
        {
            verdict = run.Judged(account);
            if (run.Venue.Positions.Rows(account).Count == 0 && verdict.Equity >= 0 && verdict.TargetHealth >= 0)
            {
                run.End(account, LiquidationEnding.WoundUp);

                return;
            }
        }

        if (verdict.MaintenanceHealth >= 0)
        {
            run.End(account, LiquidationEnding.Eased);

            return;
        }

        if (verdict.Equity >= 0) Slice(run, account);
        else WindUp(run, account);
    }

    private static void Slice(LiquidationRun run, AccountIndex account)
    {
        LiquidationDraft draft = run.Draft(account, MarginLine.Target);
        if (!run.Rooms.HasAny(account, draft)) return;
        if (SlicePlanner.Next(draft, run.Rooms.For(account), run.Model, (double)run.Terms.Dust) is not { } slice || !Slicing.ProviderTakes(run, slice.Plan)) return;

        Slicing.Carry(run, account, slice.Plan, slice.Notional, slice.Cost);
        Verdict after = run.VerdictOn(account);
        if (after.TargetHealth >= 0) run.End(account, LiquidationEnding.Restored);
    }

    private static void WindUp(LiquidationRun run, AccountIndex account)
    {
        LiquidationPlan plan = LiquidationPlanner.Plan(
            account.Value,
            run.LotsOf(account),
            run.Venue.Judgement.Money,
            run.Venue.Judgement.Responses!,
            run.Model,
            run.Layers.LeftFor(account),
            run.Venue.Judgement.Terms,
            run.Venue.Judgement.OthersOf(account));
        if (plan.Outcome is LiquidationOutcome.NotNeeded or LiquidationOutcome.Halted) return;

        double selling = Sold(run, plan);
        double taken = plan.Takeovers.Sum(takeover => Liquidation.Notional(run.Venue, takeover.Instrument, takeover.Change));
        bool traded = plan.Closes.All(close => run.Rooms.MayTrade(close.Instrument)) && plan.Conversions.All(sale => run.Rooms.MayTrade(sale.Sold) && run.Rooms.MayTrade(sale.Bought))
            && plan.Takeovers.All(takeover => run.Rooms.MayTrade(takeover.Instrument));
        double fits = Math.Min(1, Math.Min(PartOf(run.Rooms.NotionalFor(account), selling), PartOf(run.Rooms.Deleveraging, taken)));
        bool whole = traded && fits >= 1;
        LiquidationPlan part = whole ? plan : PartOf(run, plan, fits);
        if (!whole && part.Closes.IsEmpty && part.Conversions.IsEmpty && part.Takeovers.IsEmpty) (part, fits) = LotOf(run, account, plan, selling);
        if (!Slicing.ProviderTakes(run, part) || (part.Closes.IsEmpty && part.Conversions.IsEmpty && part.Takeovers.IsEmpty && !whole)) return;

        double expected = (plan.Before.Equity - plan.After.Equity) * (whole ? 1 : fits);
        run.CancelOrders(account);
        Slicing.Carry(run, account, part, Sold(run, part), expected);
        foreach (PlannedTakeover takeover in part.Takeovers) run.Takeovers.Take(account, takeover);
        bool settles = whole && plan.Outcome == LiquidationOutcome.Full;
        if (part.Takeovers.IsEmpty && !settles) return;

        run.Layers.Settle(account);
        run.Disturb();
        if (settles && run.Venue.Positions.Rows(account).Count == 0) run.End(account, LiquidationEnding.WoundUp);
    }

    /// <summary>A part of every close, sale and takeover, in whole lots and units, of what is traded now; nothing is settled before the last.</summary>
    private static LiquidationPlan PartOf(LiquidationRun run, LiquidationPlan plan, double part)
    {
        ImmutableArray<PlannedClose> closes =
        [
            .. plan.Closes
                .Where(close => run.Rooms.MayTrade(close.Instrument))
                .Select(close => close with { Change = Part(close.Change, part), Penalty = close.Penalty.Times((decimal)part, Rounding.AgainstTheAccount) })
                .Where(close => !close.Change.IsZero),
        ];
        ImmutableArray<PlannedTakeover> takeovers = [.. plan.Takeovers.Where(taken => run.Rooms.MayTrade(taken.Instrument)).Select(taken => taken with { Change = Part(taken.Change, part) }).Where(taken => !taken.Change.IsZero)];

        ImmutableArray<PlannedConversion> sales =
        [
            .. plan.Conversions
                .Where(sale => run.Rooms.MayTrade(sale.Sold) && run.Rooms.MayTrade(sale.Bought))
                .Select(sale => sale with { Sell = sale.Sell.Times((decimal)part, Rounding.AgainstTheAccount), Buy = sale.Buy.Times((decimal)part, Rounding.AgainstTheAccount) })
                .Where(sale => sale.Sell.Sign > 0 && sale.Buy.Sign > 0),
        ];

        return plan with { Closes = closes, Conversions = sales, Takeovers = takeovers };
    }

    /// <summary>One lot of the first close whose lot is larger than all of a cap: else an estate of such lots would never be wound up.</summary>
    private static (LiquidationPlan Lot, double Part) LotOf(LiquidationRun run, AccountIndex account, LiquidationPlan plan, double selling)
    {
        bool hasRoom = run.Rooms.NotionalFor(account) > 0;
        foreach (PlannedClose close in plan.Closes)
        {
            var lot = new Lots(close.Change.Sign);
            double notional = Liquidation.Notional(run.Venue, close.Instrument, lot);
            if (!hasRoom || !run.Rooms.MayTrade(close.Instrument) || !run.Rooms.LetsLot(notional)) continue;

            PlannedClose one = close with { Change = lot, Penalty = close.Penalty.Times(1m / close.Change.Size.Count, Rounding.AgainstTheAccount) };

            return (plan with { Closes = [one], Conversions = [], Takeovers = [] }, notional / selling);
        }

        return (plan with { Closes = [], Conversions = [], Takeovers = [] }, 0);
    }

    private static double Sold(LiquidationRun run, LiquidationPlan plan) =>
        plan.Closes.Sum(close => Liquidation.Notional(run.Venue, close.Instrument, close.Change))
        + plan.Conversions.Sum(sale => run.Venue.Catalog[sale.Sold].Scale.ToModel(sale.Sell) * run.Venue.Market.PriceOf(sale.Sold));

    private static Lots Part(Lots change, double part) => new(change.Sign * Math.Min(change.Size.Count, (long)Math.Floor(part * change.Size.Count)));

    private static double PartOf(double room, double wanted) => wanted > 0 ? Math.Max(0, room) / wanted : double.PositiveInfinity;
}
