using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;

namespace Plimsoll.Risk.Tests;

public class LiquidationPlanLaws
{
    private const double Cent = 0.01;

    [Fact]
    public void A_liquidation_never_lowers_maintenance_health_unless_equity_is_gone() => ForPlans((_, _, plan, seed) =>
    {
        if (plan.After.Equity >= 0)
            plan.After.MaintenanceHealth.ShouldBeGreaterThanOrEqualTo(plan.Before.MaintenanceHealth, $"seed {seed}");
    });

    [Fact]
    public void A_partial_liquidation_restores_the_target_and_one_lot_less_of_anything_would_not() => ForPlans((venue, account, plan, seed) =>
    {
        if (plan.Outcome != LiquidationOutcome.Partial) return;
        plan.After.TargetHealth.ShouldBeGreaterThanOrEqualTo(0, $"seed {seed}");
        OpenLots[] lots = venue.LotsOf(account);
        foreach (PlannedClose close in plan.Closes)
        {
            var trial = new LiquidationTrial(lots, account, venue.Money, venue.Responses, venue.Model);
            long[] less = [.. lots.Select(l => plan.Closes.Where(c => c.Instrument == l.Instrument).Sum(c => c.Change.Size.Count))];
            less[Array.FindIndex(lots, l => l.Instrument == close.Instrument)]--;
            Verdict after = trial.Close(less, []);
            (after.TargetHealth >= 0 && after.MaintenanceHealth >= plan.Before.MaintenanceHealth).ShouldBeFalse($"seed {seed} {close}");
        }
    });

    [Fact]
    public void Carried_out_on_the_books_a_plan_gives_the_verdict_it_promised() => ForPlans((venue, account, plan, seed) =>
    {
        venue.Execute(account, plan);
        Verdict after = venue.Judged(account);

        after.Equity.ShouldBe(plan.After.Equity, Cent, $"seed {seed}");
        after.MaintenanceHealth.ShouldBe(plan.After.MaintenanceHealth, Cent, $"seed {seed}");
        if (plan.Outcome == LiquidationOutcome.Full) venue.LotsOf(account).ShouldBeEmpty($"seed {seed}");
    });

    [Fact]
    public void No_close_grows_or_flips_a_position() => ForPlans((venue, account, plan, seed) =>
    {
        foreach (OpenLots open in venue.LotsOf(account))
        {
            long change = plan.Closes.Where(c => c.Instrument == open.Instrument).Sum(c => c.Change.Count)
                + plan.Takeovers.Where(c => c.Instrument == open.Instrument).Sum(c => c.Change.Count);
            (change * open.Lots.Sign).ShouldBeInRange(-open.Lots.Size.Count, 0, $"seed {seed}");
        }
    });

    [Fact]
    public void The_penalty_never_takes_what_is_not_there() => ForPlans((venue, _, plan, seed) =>
    {
        double penalty = plan.Closes.Sum(c =>
        {
            AssetIndex settlement = venue.Catalog[c.Instrument].Settlement;

            return venue.Catalog[settlement].Scale.ToModel(c.Penalty) * venue.Market.PriceOf(settlement);
        });
        penalty.ShouldBeGreaterThanOrEqualTo(0, $"seed {seed}");
        if (penalty > 0) plan.After.Equity.ShouldBeGreaterThanOrEqualTo(0, $"seed {seed}");
    });

    [Fact]
    public void The_deficit_is_borne_by_the_fund_or_brought_within_it_by_takeovers()
    {
        int takenOver = 0;
        ForPlans(fund: 500, check: (_, _, plan, seed) =>
        {
            plan.FundDraw.ShouldBe(Math.Min(plan.Deficit, 500), $"seed {seed}");
            takenOver += plan.Takeovers.Length;
        });

        takenOver.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void No_fill_is_better_than_the_mark() => ForPlans((venue, _, plan, seed) =>
    {
        foreach (PlannedClose close in plan.Closes)
        {
            double value = venue.Responses.UnitValues[close.Instrument.Value];
            double mark = venue.Model.Contract(close.Instrument.Value).IsInverseForward ? -1 / value : value;
            if (close.Change.Sign > 0) ((double)close.Price).ShouldBeGreaterThanOrEqualTo(mark * (1 - 1e-12), $"seed {seed}");
            else ((double)close.Price).ShouldBeLessThanOrEqualTo((mark * (1 + 1e-12)) + 1e-12, $"seed {seed}");
        }
    });

    /// <summary>Under the house's own rulebook, and under one in which every optional section speaks.</summary>
    private static void ForPlans(Action<TestVenue, int, LiquidationPlan, ulong> check, double fund = 1e12)
    {
        ForPlans(check, fund, () => new TestVenue());
        ForPlans(check, fund, () =>
        {
            var venue = new TestVenue(EveryTerm.On);
            venue.Crowd();

            return venue;
        });
    }

    private static void ForPlans(Action<TestVenue, int, LiquidationPlan, ulong> check, double fund, Func<TestVenue> make)
    {
        int liquidated = 0;
        for (ulong seed = 0; seed < 150; seed++)
        {
            TestVenue venue = make();
            var chance = new Chance(seed);
            int account = chance.Account(venue, leverage: 12);
            if (chance.Happens(0.5)) venue.Price(venue.Btc, (decimal)chance.Between(40_000, 90_000));
            LiquidationPlan plan = venue.PlanFor(account, fund);
            (plan.Outcome == LiquidationOutcome.NotNeeded).ShouldBe(!venue.Judged(account).IsLiquidatable, $"seed {seed}");
            if (plan.Outcome == LiquidationOutcome.NotNeeded) continue;
            liquidated++;
            check(venue, account, plan, seed);
        }

        liquidated.ShouldBeGreaterThan(40);
    }
}
