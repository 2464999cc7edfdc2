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

    [Theory]
    [InlineData(5, null, 10_000)]
    [InlineData(null, 5, 10_000)]
    [InlineData(5, 5, 10_000)]
    [InlineData(null, null, 10)]
    public void A_cap_or_a_depth_smaller_than_a_lot_sells_a_lot_a_period_and_keeps_nobody_waiting_for_ever(int? account, int? venueCap, int depth)
    {
        TestVenue venue = PhaseVenue.Open(PhaseVenue.Slices with
        {
            Caps = new PhaseCaps(account, venueCap),
            Slices = new SliceTerms(0.5m, [new DepthTerms(new AssetScope(new AssetId("BTC"), null), depth, 0.01m)]),
        });
        venue.Long("alice", "20", 0.01m);
        venue.Prices(btc: 6600m, eth: 200m).Events.OfType<LiquidationSliced>().ShouldHaveSingleItem().Notional.ShouldBe(6.6, 1e-6, "one lot");
        venue.Prices(btc: 6600m, eth: 200m).Events.OfType<LiquidationSliced>().ShouldBeEmpty("one lot a period");

        for (int period = 0; venue.Case("alice") is not null; period++)
        {
            period.ShouldBeLessThan(10);
            foreach (LiquidationSliced slice in venue.PassToDue().Events.OfType<LiquidationSliced>()) slice.Notional.ShouldBe(6.6, 1e-6);
        }

        venue.Verdict("alice").TargetHealth.ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public void An_estate_of_lots_larger_than_the_cap_is_wound_up_lot_by_lot()
    {
        TestVenue venue = PhaseVenue.Open(PhaseVenue.Slices with { Caps = new PhaseCaps(4m, 4m) });
        venue.Accept(new Endow(Ledger.Accounts.Fund.InsuranceFund, new AssetId("USDC"), "1000", Ledger.Accounts.Fund.Hot));
        venue.Long("alice", "20", 0.01m);
        venue.Prices(btc: 5000m, eth: 200m);
        for (int period = 0; venue.LotsOf("alice", PhaseVenue.Perpetual) > 0; period++)
        {
            long before = venue.LotsOf("alice", PhaseVenue.Perpetual);
            period.ShouldBeLessThan(12);
            venue.PassToDue();
            venue.LotsOf("alice", PhaseVenue.Perpetual).ShouldBe(before - 1, "one lot a period");
        }

        venue.PassToDue();
        venue.Case("alice").ShouldBeNull("what it owes is settled when nothing of it is left");
        venue.State.Accounts.PhaseOf(venue.Index("alice")).ShouldBe(AccountPhase.Bankrupt);
    }

    [Fact]
    public void Collateral_swapped_for_a_debt_takes_no_more_than_the_room_of_either_market()
    {
        TestVenue venue = PhaseVenue.Open(PhaseVenue.Slices with
        {
            Slices = new SliceTerms(0.5m, [new DepthTerms(new AssetScope(new AssetId("BTC"), null), 10_000m, 0.01m), new DepthTerms(new AssetScope(new AssetId("ETH"), null), 1000m, 0.01m)]),
        });
        venue.Account("alice");
        venue.Deposit("alice", "1", "BTC");
        venue.Accept(new Borrow(new AccountId("alice"), new AssetId("ETH"), "25"));
        venue.Accept(new Withdraw(new AccountId("alice"), new AssetId("ETH"), "25"));
        Outcome sunk = venue.Prices(btc: 8000m, eth: 312m);

        CollateralSold swap = sunk.Events.OfType<CollateralSold>().ShouldHaveSingleItem();
        (swap.Sold.Value, swap.Bought.Value).ShouldBe(("BTC", "ETH"));
        swap.Notional.ShouldBeInRange(450, 500, "half of a depth of 1,000, though BTC has ten times as much");
        venue.State.Liquidations.Usage.Taken(venue.State.Asset(new AssetId("ETH"))).ShouldBe(swap.Notional, 1e-9);
        venue.State.Liquidations.Usage.Sold.ShouldBe(swap.Notional, 1e-9, "one sale, counted once against the caps");
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
