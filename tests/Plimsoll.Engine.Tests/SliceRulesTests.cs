using Plimsoll.Engine.Commands;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests;

/// <summary>How much is sold at once, for whom first, and what holds it back.</summary>
public sealed class SliceRulesTests
{
    private static readonly Instant Whole = Instant.Utc(2020, 3, 12);

    [Fact]
    public void What_one_account_took_of_a_market_is_not_there_for_the_next()
    {
        TestVenue venue = Two(PhaseVenue.Slices);
        Outcome outcome = venue.Prices(btc: 6600m, eth: 200m);
        outcome.Events.OfType<LiquidationSliced>().Sum(slice => slice.Notional).ShouldBeInRange(4990, 5000);
        venue.State.Liquidations.Usage.Taken(venue.State.Asset(new AssetId("BTC"))).ShouldBe(outcome.Events.OfType<LiquidationSliced>().Sum(slice => slice.Notional), 1e-6);
    }

    [Fact]
    public void Half_of_what_was_taken_comes_back_in_every_time_of_recovery()
    {
        TestVenue venue = Two(PhaseVenue.Slices with { Slices = PhaseVenue.Slices.Slices! with { RecoverySeconds = 30 } });
        double first = venue.Prices(btc: 6600m, eth: 200m).Events.OfType<LiquidationSliced>().Sum(slice => slice.Notional);
        double second = venue.Pass(30).Events.OfType<LiquidationSliced>().Sum(slice => slice.Notional);
        second.ShouldBeInRange(5000 - (first / 2) - 10, 5000 - (first / 2));
    }

    [Fact]
    public void Nobody_has_two_slices_in_one_period_however_fast_the_market_recovers()
    {
        TestVenue venue = PhaseVenue.Open(PhaseVenue.Slices with { Slices = PhaseVenue.Slices.Slices! with { RecoverySeconds = 1 } });
        venue.Long("alice", "20000", 10m);
        venue.Clock = Whole;
        venue.Prices(btc: 6600m, eth: 200m).Events.OfType<LiquidationSliced>().ShouldHaveSingleItem();
        for (int i = 0; i < 20; i++) venue.Prices(btc: 6599m - i, eth: 200m).Events.ShouldNotContain(e => e is LiquidationSliced);
        venue.PassToDue().Events.OfType<LiquidationSliced>().ShouldHaveSingleItem();
    }

    [Fact]
    public void The_venue_s_cap_is_for_all_together_and_the_deepest_is_served_first()
    {
        TestVenue venue = Two(Capped(new PhaseCaps(Venue: 4000m)));
        Outcome outcome = venue.Prices(btc: 6600m, eth: 200m);
        outcome.Events.OfType<LiquidationSliced>().ShouldHaveSingleItem().Account.Value.ShouldBe("carol", "she had less to begin with");
        venue.State.Liquidations.Usage.Sold.ShouldBeInRange(3990, 4000);
        venue.Pass(1).Events.ShouldNotContain(e => e is PositionLiquidated, "nothing of the period is left");
    }

    [Fact]
    public void An_account_s_cap_is_for_a_whole_period()
    {
        TestVenue venue = Two(Capped(new PhaseCaps(Account: 3000m)));
        Outcome outcome = venue.Prices(btc: 6600m, eth: 200m);
        foreach (LiquidationSliced slice in outcome.Events.OfType<LiquidationSliced>()) slice.Notional.ShouldBeInRange(2990, 3000);
        venue.Case("alice")!.Sold.ShouldBeInRange(2990, 3000);
        venue.Prices(btc: 6590m, eth: 200m).Events.ShouldNotContain(e => e is PositionLiquidated);
        venue.PassToDue().Events.OfType<LiquidationSliced>().Count(slice => slice.Account.Value == "alice").ShouldBe(1);
        venue.Case("alice")!.Sold.ShouldBeInRange(2990, 3000, "what was sold in the period before is not counted again");
    }

    [Fact]
    public void Of_many_as_deep_the_older_is_served_first()
    {
        TestVenue venue = PhaseVenue.Open(Capped(PhaseCaps.None));
        string[] names = [.. Enumerable.Range(10, 50).Select(i => $"a{i}")];
        foreach (string name in names) venue.Long(name, "2000", 1m);
        Outcome outcome = venue.Prices(btc: 6600m, eth: 200m);
        outcome.Events.OfType<LiquidationBegun>().Select(begun => begun.Account.Value).ShouldBe(names);
    }

    [Fact]
    public void Dust_is_closed_with_the_rest_only_where_the_cap_of_the_period_lets_it()
    {
        bool lacking = false, left = false;
        for (int i = 0; i < 40; i++)
        {
            // An account that needs a little more closed than the cap; and one whose whole position is a little more than the cap.
            TestVenue venue = PhaseVenue.Open(Capped(new PhaseCaps(Account: 4000m)) with { Dust = 100m });
            venue.Long("alice", "20000", 10m);
            venue.Long("carol", $"{856 + i}", 0.61m);
            Outcome outcome = venue.Prices(btc: 6630m - (0.5m * i), eth: 200m);
            foreach (LiquidationSliced slice in outcome.Events.OfType<LiquidationSliced>()) slice.Notional.ShouldBeLessThanOrEqualTo(4000, $"{i}");
            lacking |= outcome.Events.OfType<LiquidationBegun>().Any(begun => begun.Notional is > 4000 and < 4100);
            left |= venue.LotsOf("carol", PhaseVenue.Perpetual) is > 0 and < 16;
        }

        lacking.ShouldBeTrue("somebody lacked less than dust");
        left.ShouldBeTrue("somebody was left with less than dust");
    }

    [Fact]
    public void What_the_breakers_let_be_liquidated_bounds_every_slice()
    {
        TestVenue venue = TestVenue.Open(rules => rules with { Phases = PhaseVenue.Slices, Breakers = new BreakerTerms { Throttles = new ThrottleTerms(3600, 2000m, null) } });
        venue.Long("alice", "20000", 10m);
        venue.Clock = Whole;
        venue.Prices(btc: 6600m, eth: 200m).Events.OfType<LiquidationSliced>().Sum(slice => slice.Notional).ShouldBeInRange(1990, 2000);
        venue.Pass(60).Events.ShouldNotContain(e => e is PositionLiquidated);
    }

    [Fact]
    public void Without_the_halt_rule_an_account_beyond_the_bound_is_sold_all_the_same()
    {
        TestVenue venue = PhaseVenue.Open(PhaseVenue.Slices with { Auction = PhaseVenue.Auction });
        venue.Long("alice", "20000", 10m);
        Outcome outcome = venue.Prices(btc: 6250m, eth: 200m);
        outcome.Events.ShouldContain(e => e is LiquidationSliced);
        outcome.Events.ShouldNotContain(e => e is AuctionOpened);
    }

    [Fact]
    public void A_warning_is_lifted_a_twentieth_below_its_line_and_not_before()
    {
        TestVenue venue = PhaseVenue.Open(PhaseVenue.Slices);
        venue.Long("alice", "2000", 1m);
        venue.Prices(btc: 7000m, eth: 200m).Events.ShouldContain(e => e is AccountWarned);
        venue.Prices(btc: 7040m, eth: 200m).Events.ShouldNotContain(e => e is WarningLifted);
        venue.Verdict("alice").MarginRatio.ShouldBeInRange(0.665, 0.7);
        venue.Prices(btc: 7100m, eth: 200m).Events.ShouldContain(e => e is WarningLifted);
    }

    [Fact]
    public void Nobody_who_may_open_is_called()
    {
        TestVenue venue = TestVenue.Open(rules => rules with { Phases = PhaseVenue.Slices, Initial = rules.Maintenance, Target = rules.Maintenance });
        venue.Long("alice", "2000", 1m);
        venue.Prices(btc: 6850m, eth: 200m).Events.ShouldNotContain(e => e is MarginCalled);
        venue.Verdict("alice").InitialHealth.ShouldBeGreaterThanOrEqualTo(0);
        venue.Verdict("alice").IsNear(0.8).ShouldBeTrue();
    }

    [Fact]
    public void The_deadline_s_own_moment_is_too_late()
    {
        TestVenue venue = PhaseVenue.Open(PhaseVenue.Slices);
        venue.Long("alice", "2000", 1m);
        Instant deadline = venue.Prices(btc: 6850m, eth: 200m).Events.OfType<MarginCalled>().Single().Deadline!.Value;
        venue.DoAt(new Instant(deadline.UnixMicroseconds - 1), new PassTime()).Events.ShouldBeEmpty();
        venue.DoAt(deadline, new PassTime()).Events.OfType<LiquidationBegun>().ShouldHaveSingleItem();
    }

    [Fact]
    public void An_estate_worth_less_than_nothing_is_closed_within_the_caps_and_settled_once_at_its_end()
    {
        TestVenue venue = PhaseVenue.Open(Capped(new PhaseCaps(Account: 20_000m)));
        venue.Accept(new Endow(Fund.InsuranceFund, new AssetId("USDC"), "100000", Fund.Hot));
        venue.Long("alice", "20000", 10m);
        venue.Clock = Whole;
        Outcome outcome = venue.Prices(btc: 5900m, eth: 200m);
        var drawn = new List<FundDrawn>(outcome.Events.OfType<FundDrawn>());
        for (int period = 0; period < 2; period++)
        {
            outcome.Events.OfType<PositionLiquidated>().Sum(e => e.Notional).ShouldBeInRange(18_900, 20_000);
            drawn.ShouldBeEmpty("nothing is settled while something is left to sell");
            outcome = venue.PassToDue();
            drawn.AddRange(outcome.Events.OfType<FundDrawn>());
        }

        drawn.ShouldHaveSingleItem();
        outcome.Events.OfType<LiquidationEnded>().ShouldHaveSingleItem().Ending.ShouldBe(LiquidationEnding.WoundUp);
        venue.Cash("alice", "USDC").ShouldBe("0");
        venue.Case("alice").ShouldBeNull();
        venue.State.NextDue.ShouldBeNull();
    }

    [Fact]
    public void A_cap_that_is_exactly_what_is_left_lets_all_of_it_go()
    {
        TestVenue venue = PhaseVenue.Open(Capped(new PhaseCaps(Account: 59_000m)));
        venue.Accept(new Endow(Fund.InsuranceFund, new AssetId("USDC"), "100000", Fund.Hot));
        venue.Long("alice", "20000", 10m);
        venue.Prices(btc: 5900m, eth: 200m).Events.OfType<LiquidationEnded>().ShouldHaveSingleItem().Ending.ShouldBe(LiquidationEnding.WoundUp);
    }

    [Fact]
    public void What_no_fund_bears_is_taken_over_within_what_may_be_deleveraged_and_settled_at_the_end()
    {
        TestVenue venue = TestVenue.Open(rules => rules with { Phases = Capped(PhaseCaps.None), Breakers = new BreakerTerms { Throttles = new ThrottleTerms(60, null, 25_000m) } });
        venue.Long("alice", "20000", 10m);
        venue.Clock = Whole;
        Outcome outcome = venue.Prices(btc: 5900m, eth: 200m);
        double taken = 0;
        for (int period = 0; period < 4 && venue.Case("alice") is not null; period++)
        {
            double now = outcome.Events.OfType<Deleveraged>().Sum(e => e.Notional);
            now.ShouldBeLessThanOrEqualTo(25_000);
            taken += now;
            outcome = venue.DoAt(venue.Clock + TimeSpan.FromSeconds(61), new PassTime());
        }

        taken += outcome.Events.OfType<Deleveraged>().Sum(e => e.Notional);
        taken.ShouldBe(59_000, 20);
        venue.LotsOf("alice", PhaseVenue.Perpetual).ShouldBe(0);
        venue.Verdict("alice").Equity.ShouldBe(0, 0.1);
        venue.Case("alice").ShouldBeNull();
    }

    private static PhaseTerms Capped(PhaseCaps caps) => new() { PeriodSeconds = 30, Caps = caps };

    /// <summary>Two accounts that sink with one price, the younger the deeper.</summary>
    private static TestVenue Two(PhaseTerms phases)
    {
        TestVenue venue = PhaseVenue.Open(phases);
        venue.Long("alice", "20000", 10m);
        venue.Long("carol", "19900", 10m);
        venue.Clock = Whole;

        return venue;
    }
}
