using Plimsoll.Engine.Commands;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests;

public sealed class LiquidationTests
{
    [Fact]
    public void A_falling_mark_walks_an_account_from_healthy_to_called_to_partly_liquidated()
    {
        TestVenue venue = VenueTests.WithLong("alice", "2000", 1m);
        venue.Phase("alice").ShouldBe(AccountPhase.Healthy);
        venue.Prices(btc: 6800m, eth: 200m).Events.ShouldContain(e => e is MarginCalled);
        venue.Phase("alice").ShouldBe(AccountPhase.Called);
        Outcome outcome = venue.Prices(btc: 6600m, eth: 200m);

        PositionLiquidated closed = outcome.Events.OfType<PositionLiquidated>().ShouldHaveSingleItem();
        closed.Change.Count.ShouldBeInRange(-999, -1);
        venue.LotsOf("alice", "BTC_USDC-PERPETUAL").ShouldBe(1000 + closed.Change.Count);
        venue.Verdict("alice").TargetHealth.ShouldBeGreaterThanOrEqualTo(0);
        venue.Verdict("alice").InitialHealth.ShouldBeLessThan(0, "no more than to the target");
        venue.Phase("alice").ShouldBe(AccountPhase.Liquidated);
    }

    [Fact]
    public void A_recovered_account_is_let_go()
    {
        TestVenue venue = VenueTests.WithLong("alice", "2000", 1m);
        venue.Prices(btc: 6800m, eth: 200m);
        venue.Prices(btc: 8000m, eth: 200m).Events.ShouldContain(e => e is MarginCallLifted);
        venue.Phase("alice").ShouldBe(AccountPhase.Healthy);
    }

    [Fact]
    public void What_a_bankrupt_account_owes_the_insurance_fund_pays()
    {
        TestVenue venue = VenueTests.WithLong("alice", "2000", 1m);
        venue.Accept(new Endow(Fund.InsuranceFund, new AssetId("USDC"), "10000", Fund.Hot));
        Outcome outcome = venue.Prices(btc: 5000m, eth: 200m);

        FundDrawn drawn = outcome.Events.OfType<FundDrawn>().ShouldHaveSingleItem();
        drawn.Worth.ShouldBeInRange(1000, 1200, "3000 lost of 2000, and the slippage");
        venue.Cash("alice", "USDC").ShouldBe("0");
        venue.LotsOf("alice", "BTC_USDC-PERPETUAL").ShouldBe(0);
        venue.Phase("alice").ShouldBe(AccountPhase.Bankrupt);
        venue.State.Tally.BadDebt.ShouldBe(0);
    }

    [Fact]
    public void A_fund_without_the_asset_pays_in_another_through_the_provider()
    {
        TestVenue venue = VenueTests.WithLong("alice", "2000", 1m);
        venue.Accept(new Endow(Fund.InsuranceFund, new AssetId("BTC"), "10", Fund.Hot));
        Outcome outcome = venue.Prices(btc: 5000m, eth: 200m);

        outcome.Events.OfType<FundDrawn>().ShouldHaveSingleItem().PaidIn.ShouldBe(new AssetId("BTC"));
        venue.Cash("alice", "USDC").ShouldBe("0");
    }

    [Fact]
    public void An_empty_fund_leaves_the_position_to_the_other_side_at_the_bankruptcy_price()
    {
        TestVenue venue = TestVenue.Open();
        foreach (string name in (string[])["alice", "bob", "carol"]) venue.Account(name);
        venue.Deposit("alice", "2000", "USDC");
        venue.Deposit("bob", "10000", "USDC");
        venue.Deposit("carol", "10000", "USDC");
        venue.Fill("alice", "bob", "BTC_USDC-PERPETUAL", 0.75m, 8000m);
        venue.Fill("alice", "carol", "BTC_USDC-PERPETUAL", 0.25m, 8000m);
        Outcome outcome = venue.Prices(btc: 5000m, eth: 200m);

        Deleveraged taken = outcome.Events.OfType<Deleveraged>().ShouldHaveSingleItem();
        taken.Price.Value.ShouldBeInRange(5999m, 6001m, "8000 less the 2000 that alice had");
        taken.Shares.Select(s => (s.Account.Value, s.Change.Count)).ShouldBe([("bob", 750), ("carol", 250)]);
        venue.LotsOf("alice", "BTC_USDC-PERPETUAL").ShouldBe(0);
        venue.Verdict("alice").Equity.ShouldBeInRange(-0.01, 0.01);
        venue.State.Tally.BadDebt.ShouldBeLessThan(0.01);
    }

    [Fact]
    public void A_borrower_under_water_has_collateral_sold_for_what_he_owes()
    {
        TestVenue venue = TestVenue.Open();
        venue.Account("alice");
        venue.Deposit("alice", "10", "ETH");
        venue.Accept(new Borrow(new AccountId("alice"), new AssetId("USDC"), "1000"));
        venue.Accept(new Withdraw(new AccountId("alice"), new AssetId("USDC"), "1000"));
        Outcome outcome = venue.Prices(btc: 8000m, eth: 112m);

        CollateralSold sold = outcome.Events.OfType<CollateralSold>().First();
        sold.Sold.ShouldBe(new AssetId("ETH"));
        sold.Bought.ShouldBe(new AssetId("USDC"));
        venue.Verdict("alice").MaintenanceHealth.ShouldBeGreaterThanOrEqualTo(0);
        venue.State.Tally.BadDebt.ShouldBe(0);
    }

    [Fact]
    public void Nobody_else_left_the_venue_bears_a_loss_and_says_so()
    {
        TestVenue venue = TestVenue.Open();
        venue.Account("alice");
        venue.Deposit("alice", "10", "ETH");
        venue.Accept(new Borrow(new AccountId("alice"), new AssetId("USDC"), "1000"));
        venue.Accept(new Withdraw(new AccountId("alice"), new AssetId("USDC"), "1000"));
        Outcome outcome = venue.Prices(btc: 8000m, eth: 60m);

        outcome.Events.OfType<LossBorne>().ShouldHaveSingleItem().Worth.ShouldBeInRange(399, 450);
        venue.State.Tally.BadDebt.ShouldBeGreaterThan(399);
        venue.Loan("alice", "USDC").ShouldBe("0");
    }

    [Fact]
    public void A_debt_hedged_by_a_position_is_paid_while_the_position_is_closed_and_not_left_bare()
    {
        TestVenue venue = TestVenue.Open();
        venue.Account("alice");
        venue.Deposit("alice", "1400", "USDC");
        venue.Accept(new Borrow(new AccountId("alice"), new AssetId("BTC"), "0.1"));
        venue.Accept(new Withdraw(new AccountId("alice"), new AssetId("BTC"), "0.1"));
        venue.Fill("alice", "liquidity", "BTC_USDC-PERPETUAL", 0.1m, 8000m);

        // Gains of the long and growth of the debt cancel out, but the floor of 1 % of notional outgrows the equity of 600.
        venue.Prices(btc: 63_000m, eth: 200m);
        venue.Verdict("alice").Equity.ShouldBeInRange(550, 600);
        venue.Verdict("alice").MaintenanceHealth.ShouldBeGreaterThanOrEqualTo(0);
        venue.State.Tally.BadDebt.ShouldBe(0);
    }

    [Fact]
    public void Orders_are_cancelled_before_anything_is_sold()
    {
        TestVenue venue = VenueTests.WithLong("alice", "2000", 1m);
        venue.Accept(new PlaceOrder(new AccountId("alice"), new CommandId("out"), new InstrumentId("BTC_USDC-PERPETUAL"), -1m, 9000m));
        Outcome outcome = venue.Prices(btc: 6600m, eth: 200m);
        List<Event> events = [.. outcome.Events];

        events.FindIndex(e => e is OrdersCancelled).ShouldBeLessThan(events.FindIndex(e => e is PositionLiquidated));
        events.ShouldContain(e => e is OrdersCancelled);
    }
}
