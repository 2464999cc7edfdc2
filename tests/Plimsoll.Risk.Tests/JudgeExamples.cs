using Plimsoll.Risk.Margin;

namespace Plimsoll.Risk.Tests;

/// <summary>Accounts small enough to judge by hand.</summary>
public class JudgeExamples
{
    [Fact]
    public void One_long_perpetual_on_6000_USDC_needs_two_fifths_of_a_quarter_of_its_size()
    {
        var venue = new TestVenue();
        venue.Price(venue.Btc, 30_000m);
        int alice = venue.Open();
        venue.Deposit(alice, venue.Usdc, 6_000);
        venue.Trade(alice, venue.BtcPerp, 1, 30_000);

        Verdict verdict = venue.Judged(alice);

        // −25 % of 30,000 is 7,500, as is half of the tail's −50 %; the first in the grid binds.
        verdict.Equity.ShouldBe(6_000);
        verdict.ScenarioLoss.ShouldBe(7_500);
        venue.Model.Parameters.Grids[0].Scenarios[verdict.BindingScenario].Id.ShouldBe("down-25-vol-up");
        verdict.Notional.ShouldBe(30_000);
        verdict.MaintenanceHealth.ShouldBe(6_000 - 3_000);
        verdict.TargetHealth.ShouldBe(6_000 - 3_750);
        verdict.InitialHealth.ShouldBe(6_000 - 4_500);
        verdict.MarginRatio.ShouldBe(0.5);
    }

    [Fact]
    public void A_long_inverse_perpetual_on_its_own_coin_loses_twice_when_the_coin_falls()
    {
        var venue = new TestVenue();
        venue.Price(venue.Btc, 50_000m);
        int bob = venue.Open();
        venue.Deposit(bob, venue.Btc, 1);
        venue.Trade(bob, venue.BtcInverse, 50_000, 50_000);

        Verdict verdict = venue.Judged(bob);

        // −25 %: 1/37,500 − 1/50,000 a dollar on 50,000 dollars is a third of a coin at 37,500: 12,500; the coin counted at 0.95 loses 11,875.
        verdict.Equity.ShouldBe(50_000);
        verdict.Counted.ShouldBe(47_500, 1e-9);
        verdict.ScenarioLoss.ShouldBe(12_500 + 11_875, 1e-9);
        verdict.MaintenanceHealth.ShouldBe(47_500 - (0.4 * 24_375), 1e-9);
    }

    [Fact]
    public void Hedged_legs_cancel_and_leave_the_floor()
    {
        var venue = new TestVenue();
        int carol = venue.Open();
        venue.Deposit(carol, venue.Usdc, 10_000);
        venue.Trade(carol, venue.BtcPerp, 2, 60_000);
        venue.Trade(carol, venue.BtcFuture, -2, 60_000);

        Verdict verdict = venue.Judged(carol);

        verdict.ScenarioLoss.ShouldBe(0);
        verdict.BindingScenario.ShouldBe(Verdict.NoScenario);
        verdict.Notional.ShouldBe(240_000);
        verdict.MaintenanceHealth.ShouldBe(10_000 - 2_400);
    }

    [Fact]
    public void Haircut_tiers_bite_only_on_the_value_above_them()
    {
        var venue = new TestVenue();
        int whale = venue.Open();
        venue.Deposit(whale, venue.Btc, 1_000);

        // 60 million: 10 at 0.95, 40 at 0.90, 10 at 0.80.
        venue.Judged(whale).Counted.ShouldBe(9_500_000 + 36_000_000 + 8_000_000, 1e-6);
    }

    [Fact]
    public void A_debt_counts_whole()
    {
        var venue = new TestVenue();
        int dave = venue.Open();
        venue.Deposit(dave, venue.Btc, -0.1);
        venue.Deposit(dave, venue.Usdc, 10_000);

        Verdict verdict = venue.Judged(dave);

        verdict.Counted.ShouldBe(4_000);
        verdict.ScenarioLoss.ShouldBe(1_500);
    }

    [Fact]
    public void A_long_option_cannot_require_more_than_it_is_worth()
    {
        var venue = new TestVenue();
        venue.Mark(venue.BtcCall, 20_000m, 0.5);
        venue.Price(venue.Btc, 20_000m);
        int erin = venue.Open();
        venue.Positions.Set(erin, venue.BtcCall.Value, 10);

        Verdict verdict = venue.Judged(erin);

        verdict.Equity.ShouldBeInRange(0, 1);
        verdict.InitialHealth.ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public void An_explanation_sums_to_the_verdict_to_the_last_bit()
    {
        for (ulong seed = 0; seed < 200; seed++)
        {
            var venue = new TestVenue();
            int account = new Chance(seed).Account(venue);
            Verdict verdict = venue.Judged(account);

            Explanation why = Judge.Explain(account, venue.Positions, venue.Money, venue.Responses, venue.Model);

            double change = 0;
            foreach (PositionLine line in why.Positions) change += line.Change;
            foreach (CollateralLine line in why.Collateral) change += line.Change;
            double counted = 0;
            foreach (CollateralLine line in why.Collateral) counted += line.Counted;
            change.ShouldBe(why.Scenarios[why.Explained].Change, $"seed {seed}");
            counted.ShouldBe(verdict.Counted, $"seed {seed}");
            why.Verdict.ShouldBe(verdict, $"seed {seed}");
            (-Math.Min(change, 0)).ShouldBe(verdict.ScenarioLoss, $"seed {seed}");
        }
    }
}
