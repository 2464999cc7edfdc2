using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;

namespace Plimsoll.Risk.Tests;

public class LiquidationPlanExamples
{
    [Fact]
    public void A_healthy_account_is_left_alone()
    {
        var venue = new TestVenue();
        int alice = venue.Open();
        venue.Deposit(alice, venue.Usdc, 50_000);
        venue.Trade(alice, venue.BtcPerp, 1, 60_000);

        LiquidationPlan plan = venue.PlanFor(alice);

        plan.Outcome.ShouldBe(LiquidationOutcome.NotNeeded);
        plan.Closes.ShouldBeEmpty();
    }

    [Fact]
    public void The_fewest_lots_that_restore_the_target_are_closed()
    {
        // Maintenance 5 %, target 6 % of notional; equity 1,200 carries 20,000 at the target: 0.793 BTC at 25,200.
        var venue = new TestVenue(p => TestVenue.Flat(p, 0.05m) with { Target = new(0m, 0.06m), Initial = new(0m, 0.06m) });
        venue.Price(venue.Btc, 30_000m);
        int alice = venue.Open();
        venue.Deposit(alice, venue.Usdc, 6_000);
        venue.Trade(alice, venue.BtcPerp, 1, 30_000);
        venue.Price(venue.Btc, 25_200m);

        LiquidationPlan plan = venue.PlanFor(alice);

        plan.Before.MaintenanceHealth.ShouldBe(1_200 - 1_260);
        plan.Outcome.ShouldBe(LiquidationOutcome.Partial);
        plan.Closes.ShouldHaveSingleItem().ShouldBe(new PlannedClose(venue.BtcPerp, new Lots(-207), 25_200m, Amount.Zero));
        plan.After.Equity.ShouldBe(1_200, 1e-9);
    }

    [Fact]
    public void Slippage_and_penalty_are_those_of_the_rulebook()
    {
        var venue = new TestVenue();
        int alice = venue.Open();
        venue.Deposit(alice, venue.Usdc, 5_900);
        venue.Trade(alice, venue.BtcPerp, 1, 60_000);

        LiquidationPlan plan = venue.PlanFor(alice);

        PlannedClose close = plan.Closes.ShouldHaveSingleItem();
        decimal notional = -close.Change.Count * 0.001m * 60_000m;
        decimal slip = 0.0005m + (0.0002m * notional / 1_000_000m);
        close.Price.ShouldBe(60_000m * (1 - slip), 1e-8m);
        new AssetScale(6).ToDecimal(close.Penalty).ShouldBe(0.005m * notional, 0.000001m);
    }

    [Fact]
    public void A_hedge_is_scaled_and_not_torn_apart()
    {
        var venue = new TestVenue();
        int carol = venue.Open();
        venue.Deposit(carol, venue.Usdc, 2_300);
        venue.Trade(carol, venue.BtcPerp, 2, 60_000);
        venue.Trade(carol, venue.BtcFuture, -2, 60_000);

        LiquidationPlan plan = venue.PlanFor(carol);

        // Only the floor binds, 1 % of 240,000; closing one leg alone would lay 25 % of the other bare.
        plan.Outcome.ShouldBe(LiquidationOutcome.Partial);
        plan.Closes.Length.ShouldBe(2);
        Math.Abs(plan.Closes[0].Change.Count + plan.Closes[1].Change.Count).ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public void A_close_that_does_not_help_is_not_made()
    {
        var venue = new TestVenue();
        int dave = venue.Open();
        venue.Deposit(dave, venue.Usdc, 20_000);
        venue.Trade(dave, venue.BtcPerp, 5, 60_000);
        venue.Trade(dave, venue.BtcPut, 3, 4_000);

        LiquidationPlan plan = venue.PlanFor(dave);

        plan.Outcome.ShouldBe(LiquidationOutcome.Partial);
        plan.Closes.ShouldHaveSingleItem().Instrument.ShouldBe(venue.BtcPerp);
    }

    [Fact]
    public void A_loan_is_covered_by_the_least_collateral_that_restores_the_target()
    {
        var venue = new TestVenue();
        int erin = venue.Open();
        venue.Deposit(erin, venue.Btc, 1);
        venue.Deposit(erin, venue.Usdc, -52_000);

        LiquidationPlan plan = venue.PlanFor(erin);

        PlannedConversion sale = plan.Conversions.ShouldHaveSingleItem();
        sale.Sold.ShouldBe(venue.Btc);
        sale.Bought.ShouldBe(venue.Usdc);
        plan.After.TargetHealth.ShouldBeInRange(-0.01, 1);
        plan.After.Equity.ShouldBeLessThan(8_000);
        plan.Deficit.ShouldBe(0);
    }

    [Fact]
    public void What_is_missing_is_the_funds_as_far_as_it_reaches()
    {
        (TestVenue venue, int frank) = Bankrupt();

        LiquidationPlan plan = venue.PlanFor(frank, fund: 20_000);

        plan.Outcome.ShouldBe(LiquidationOutcome.Full);
        plan.Takeovers.ShouldBeEmpty();
        plan.Closes.ShouldHaveSingleItem().Penalty.ShouldBe(Amount.Zero);
        plan.Deficit.ShouldBeInRange(10_000, 10_100);
        plan.FundDraw.ShouldBe(plan.Deficit);
    }

    [Fact]
    public void Beyond_the_fund_the_other_side_takes_over_just_enough_at_the_bankruptcy_price()
    {
        (TestVenue venue, int frank) = Bankrupt();

        LiquidationPlan plan = venue.PlanFor(frank, fund: 4_000);

        // Equity −10,000 on 2 BTC at 45,000: nothing is left of the account at 50,000.
        PlannedTakeover taken = plan.Takeovers.ShouldHaveSingleItem();
        taken.Price.ShouldBe(50_000m);
        plan.Deficit.ShouldBeLessThanOrEqualTo(4_000);
        plan.Deficit.ShouldBeGreaterThan(3_990);
        (taken.Change.Count + plan.Closes.ShouldHaveSingleItem().Change.Count).ShouldBe(-2_000);
    }

    [Fact]
    public void Without_a_fund_all_of_it_is_taken_over_and_nothing_is_missing()
    {
        (TestVenue venue, int frank) = Bankrupt();

        LiquidationPlan plan = venue.PlanFor(frank, fund: 0);

        plan.Closes.ShouldBeEmpty();
        plan.Takeovers.ShouldHaveSingleItem().Change.ShouldBe(new Lots(-2_000));
        plan.Deficit.ShouldBe(0, 1e-6);
    }

    [Theory]
    [InlineData(60_000)]
    [InlineData(-60_000)]
    public void An_inverse_position_is_bankrupt_where_its_coins_are_gone(double dollars)
    {
        var venue = new TestVenue();
        int gina = venue.Open();
        venue.Deposit(gina, venue.Btc, 0.1);
        venue.Trade(gina, venue.BtcInverse, dollars, 60_000);
        venue.Price(venue.Btc, dollars > 0 ? 50_000m : 75_000m);

        LiquidationPlan plan = venue.PlanFor(gina, fund: 0);

        // W + Q/E − Q/p = 0.
        double expected = dollars / (0.1 + (dollars / 60_000));
        ((double)plan.Takeovers.ShouldHaveSingleItem().Price).ShouldBe(expected, expected * 1e-12);
    }

    [Fact]
    public void Where_every_sale_makes_it_worse_the_account_is_halted()
    {
        var venue = new TestVenue(p => TestVenue.Flat(p, 0.01m) with
        {
            Liquidation = new(0m, [.. p.Liquidation.Slippage.Select(s => new SlippageTerms(s.Class, 0.05m, 0m, 0.05m))]),
        });
        int hugo = venue.Open();
        venue.Deposit(hugo, venue.Usdc, 500);
        venue.Trade(hugo, venue.BtcPerp, 1, 60_000);

        LiquidationPlan plan = venue.PlanFor(hugo);

        plan.Outcome.ShouldBe(LiquidationOutcome.Halted);
        plan.Closes.ShouldBeEmpty();
    }

    private static (TestVenue Venue, int Account) Bankrupt()
    {
        var venue = new TestVenue();
        int frank = venue.Open();
        venue.Deposit(frank, venue.Usdc, 20_000);
        venue.Trade(frank, venue.BtcPerp, 2, 60_000);
        venue.Price(venue.Btc, 45_000m);

        return (venue, frank);
    }
}
