using Plimsoll.Engine.Commands;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests;

public sealed class PhaseTests
{
    [Fact]
    public void Passing_time_changes_nothing_where_nothing_is_due()
    {
        TestVenue venue = TestVenue.Open();
        Outcome outcome = venue.Accept(new PassTime());

        outcome.Events.ShouldBeEmpty();
        venue.State.NextDue.ShouldBeNull();
    }

    [Fact]
    public void An_account_is_warned_then_called_with_a_deadline_and_let_go_when_it_recovers()
    {
        TestVenue venue = PhaseVenue.Open(PhaseVenue.Slices);
        venue.Long("alice", "2000", 1m);
        venue.Prices(btc: 7000m, eth: 200m).Events.ShouldContain(e => e is AccountWarned);
        venue.Phase("alice").ShouldBe(AccountPhase.Warned);
        MarginCalled called = venue.Prices(btc: 6850m, eth: 200m).Events.OfType<MarginCalled>().ShouldHaveSingleItem();
        called.Deadline.ShouldBe(venue.State.Now + TimeSpan.FromSeconds(600));
        venue.State.NextDue.ShouldBe(called.Deadline);
        venue.Prices(btc: 8000m, eth: 200m).Events.ShouldContain(e => e is MarginCallLifted);
        venue.Phase("alice").ShouldBe(AccountPhase.Healthy);
        venue.State.NextDue.ShouldBeNull("its deadline is gone with the call");
    }

    [Fact]
    public void A_call_that_is_not_answered_is_reduced_to_the_initial_requirement_and_not_beyond()
    {
        TestVenue venue = PhaseVenue.Open(PhaseVenue.Slices);
        venue.Long("alice", "2000", 1m);
        venue.Prices(btc: 6850m, eth: 200m);
        Outcome passed = venue.PassToDue();

        passed.Events.OfType<LiquidationBegun>().ShouldHaveSingleItem().Cause.ShouldBe(LiquidationCause.CallUnmet);
        while (venue.Case("alice") is not null) venue.PassToDue();
        venue.Verdict("alice").InitialHealth.ShouldBeInRange(0, 10);
    }

    [Fact]
    public void A_breach_is_sold_in_slices_of_participation_times_depth_to_the_target_and_not_beyond()
    {
        TestVenue venue = PhaseVenue.Open(PhaseVenue.Slices);
        venue.Long("alice", "20000", 10m);
        Outcome outcome = venue.Prices(btc: 6600m, eth: 200m);

        outcome.Events.OfType<LiquidationBegun>().ShouldHaveSingleItem().Cost.ShouldBeGreaterThan(0);
        LiquidationSliced first = outcome.Events.OfType<LiquidationSliced>().ShouldHaveSingleItem();
        first.Notional.ShouldBeInRange(4990, 5000, "half of a depth of 10,000");
        first.RealisedCost.ShouldBe(first.ExpectedCost, 0.01);
        venue.Phase("alice").ShouldBe(AccountPhase.Liquidating);
        int periods = 1;
        double health = venue.Verdict("alice").MaintenanceHealth;
        while (venue.Case("alice") is not null)
        {
            Outcome next = venue.PassToDue();
            next.Events.OfType<LiquidationSliced>().ShouldHaveSingleItem().Notional.ShouldBeLessThanOrEqualTo(5000);
            venue.Verdict("alice").MaintenanceHealth.ShouldBeGreaterThanOrEqualTo(health);
            health = venue.Verdict("alice").MaintenanceHealth;
            periods++;
        }

        periods.ShouldBeGreaterThan(3);
        venue.Verdict("alice").TargetHealth.ShouldBeInRange(0, 6.6 * 0.5, "a lot is 6.6 in size");
        venue.Phase("alice").ShouldBe(AccountPhase.Liquidated);
        venue.State.NextDue.ShouldBeNull();
    }

    [Fact]
    public void Nothing_is_sold_twice_in_one_period_however_many_prices_come()
    {
        TestVenue venue = PhaseVenue.Open(PhaseVenue.Slices);
        venue.Clock = Instant.Utc(2020, 3, 12);
        venue.Long("alice", "20000", 10m);
        venue.Prices(btc: 6600m, eth: 200m);
        for (int i = 0; i < 5; i++) venue.Prices(btc: 6590m - i, eth: 200m).Events.ShouldNotContain(e => e is PositionLiquidated);
    }
}
