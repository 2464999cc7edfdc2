using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Tests.Oracles;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Oracles;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Liquidation.Deleveraging;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests;

/// <summary>The edges of what breakers, oracles, persons, sales and the other side decide.</summary>
public sealed class GuardEdgeTests
{
    private static readonly AssetId Usdc = new("USDC");

    [Fact]
    public void Exactly_what_is_left_of_a_period_may_be_liquidated()
    {
        TestVenue venue = TestVenue.Open(rules => rules with { Breakers = new BreakerTerms { Throttles = new ThrottleTerms(3600, 5000m, null) } });
        venue.State.Breakers.Throttle.LetsLiquidate(9000).ShouldBeTrue("what is larger than a period would wait for ever");
        venue.State.Breakers.Throttle.Liquidate(1000);
        venue.State.Breakers.Throttle.LetsLiquidate(4000).ShouldBeTrue();
        venue.State.Breakers.Throttle.LetsLiquidate(4000.01).ShouldBeFalse();
    }

    [Fact]
    public void A_fund_that_is_still_being_filled_halts_nothing()
    {
        TestVenue venue = TestVenue.Open(rules => rules with { Breakers = new BreakerTerms { Venue = new VenueBreakerTerms(null, null, 1000m, 60, 60) } });
        venue.Accept(new Endow(Fund.InsuranceFund, Usdc, "999", Fund.Hot));
        venue.Prices(btc: 8001m, eth: 200m).Events.ShouldNotContain(e => e is VenueHalted);
        venue.State.Breakers.Venue.IsHalted.ShouldBeFalse();
    }

    [Fact]
    public void A_hold_ends_at_its_bound_and_at_its_moment_and_not_after()
    {
        TestVenue venue = PhaseVenue.Open(PhaseVenue.Slices);
        venue.Long("alice", "20000", 10m);
        Instant until = venue.Clock + TimeSpan.FromMinutes(5);
        Hold(until, 5000);
        venue.Prices(btc: 6500.1m, eth: 200m).Events.ShouldNotContain(e => e is OverrideEnded);
        venue.Prices(btc: 6500m, eth: 200m).Events.OfType<OverrideEnded>().ShouldHaveSingleItem().Ending.ShouldBe(OverrideEnding.EquityGone, "5000 left, and 5000 was the bound");

        venue.Prices(btc: 6600m, eth: 200m);
        Hold(until, 0);
        venue.DoAt(new Instant(until.UnixMicroseconds - 1), new PassTime()).Events.ShouldNotContain(e => e is OverrideEnded);
        venue.DoAt(until, new PassTime()).Events.OfType<OverrideEnded>().ShouldHaveSingleItem().Ending.ShouldBe(OverrideEnding.Expired);

        void Hold(Instant end, double bound)
        {
            venue.Do(new ProposeOverride(new AccountId("alice"), OverrideKind.HoldLiquidation, "he pays in", end, bound), by: "anna").Refusal.ShouldBe(Refusal.None);
            venue.Do(new ConfirmOverride(venue.State.Overrides.LastNumber), by: "ben").Refusal.ShouldBe(Refusal.None);
        }
    }

    [Fact]
    public void Of_two_reports_of_one_source_in_one_command_the_later_counts_wherever_it_stands()
    {
        foreach (bool laterFirst in (bool[])[true, false])
        {
            TestVenue venue = FedVenue.Open();
            venue.Clock += TimeSpan.FromSeconds(10);
            SourcePrice later = venue.Say("a", 8010m), older = later with { Price = 7990m, ObservedAt = later.ObservedAt + TimeSpan.FromSeconds(-5) };
            venue.Report(laterFirst ? [later, older] : [older, later]).Refusal.ShouldBe(Refusal.None);
            venue.Feed(FedVenue.Btc).Find(new AccountId("a"))!.Value.Report.Price.ShouldBe(8010);
        }
    }

    [Fact]
    public void What_stands_on_an_unfit_price_counts_nothing_for_what_raises_risk()
    {
        TestVenue venue = FedVenue.Open();
        foreach ((string name, string usdc) in (ReadOnlySpan<(string, string)>)[("alice", "5000"), ("carol", "10")])
        {
            venue.Account(name);
            venue.Deposit(name, "1", "BTC");
            venue.Deposit(name, usdc, "USDC");
        }

        venue.State.Oracles.Allows(venue.Index("carol"), OracleAction.Open).ShouldBeTrue();
        venue.Wait(TimeSpan.FromMinutes(2));
        venue.StatusOf(FedVenue.Btc).ShouldBe(OracleStatus.Stale);
        venue.Report([.. new[] { "a", "b", "c" }.SelectMany(s => new[] { venue.Say(s, 200m, FedVenue.Eth), venue.Say(s, 1m, FedVenue.Usdc) })]);
        venue.Verdict("carol").InitialHealth.ShouldBeGreaterThan(0);
        venue.State.Oracles.Allows(venue.Index("carol"), OracleAction.Open).ShouldBeFalse("without her coin she has nothing");
        venue.State.Oracles.Allows(venue.Index("alice"), OracleAction.Open).ShouldBeTrue("5000 USDC stand without it");
    }

    [Fact]
    public void Collateral_that_does_not_reach_is_sold_whole_and_paid_less_the_slippage_of_the_thinner_market_rounded_down()
    {
        TestVenue venue = TestVenue.Open();
        venue.Accept(new ListAsset(new AssetId("THIN"), 6, AssetClass.Alt));
        venue.Accept(new SetParameters(RiskParameters.Default(venue.State.Catalog)));
        venue.Accept(new MovePrices([new AssetPrice(new AssetId("THIN"), 1m, venue.Clock, 0, new AccountId("test"))], []));
        venue.Deposit("liquidity", "1000000", "THIN");
        venue.Account("alice");
        venue.Deposit("alice", "10", "ETH");
        venue.Accept(new Borrow(new AccountId("alice"), new AssetId("THIN"), "900"));
        venue.Accept(new Withdraw(new AccountId("alice"), new AssetId("THIN"), "900"));
        CollateralSold sold = venue.Prices(btc: 8000m, eth: 60.123457m).Events.OfType<CollateralSold>().ShouldHaveSingleItem();

        // 0.2 % and 0.2 % more per million, of 601.23457.
        decimal paid = 601.23457m * (1m - (0.002m + (0.002m * 601.23457m / 1_000_000m))) * 1_000_000m;
        sold.SoldAmount.Units.ShouldBe((Int128)10_000_000_000_000_000_000m);
        sold.BoughtAmount.Units.ShouldBe((Int128)decimal.Floor(paid));
        decimal.Floor(paid).ShouldNotBe(decimal.Ceiling(paid));
    }

    [Fact]
    public void A_penalty_is_rounded_down_and_a_fund_that_is_just_enough_hands_nothing_over()
    {
        TestVenue venue = VenueTests.WithLong("alice", "2000", 1m);
        PositionLiquidated closed = venue.Prices(btc: 6598.37m, eth: 200m).Events.OfType<PositionLiquidated>().ShouldHaveSingleItem();
        decimal penalty = -closed.Change.Count * 0.001m * 6598.37m * 0.005m * 1_000_000m;
        (penalty % 1m).ShouldNotBe(0m);
        closed.Penalty.Units.ShouldBe((Int128)decimal.Floor(penalty));
    }

    [Fact]
    public void A_fund_that_is_exactly_enough_hands_nothing_over()
    {
        // A lost account stays as it is while the price of what it holds is paused.
        BreakerLine line = new(new InstrumentId(PhaseVenue.Perpetual), null, new BandTerms(0.1m, 0), null, 60, 0, 60);
        TestVenue venue = TestVenue.Open(rules => rules with { Breakers = new BreakerTerms { Lines = [line] } });
        venue.Long("alice", "2000", 1m);
        venue.Prices(btc: 5000m, eth: 200m);
        double deficit = Plan(double.PositiveInfinity).Deficit;
        deficit.ShouldBeInRange(1000, 1010);
        Plan(deficit).Takeovers.ShouldBeEmpty();
        Plan(deficit - 0.01).Takeovers.ShouldNotBeEmpty();

        LiquidationPlan Plan(double fund) => LiquidationPlanner.Plan(
            venue.Index("alice").Value, venue.State.Positions.Rows(venue.Index("alice")), venue.State.Judgement.Money, venue.State.Judgement.Responses!, venue.State.Judgement.Model!, fund);
    }

    [Fact]
    public void Without_a_measured_depth_the_last_unit_moves_the_price_twice_as_far_as_slippage_on_the_average()
    {
        TestVenue venue = TestVenue.Open();
        var depth = new MarketDepth(venue.State.Judgement.Model!);
        int btc = venue.State.Asset(new AssetId("BTC")).Value;
        depth.Impact(btc).ShouldBe(2 * 0.0002 / 1_000_000, 1e-18);
        depth.Notional(btc).ShouldBe((0.03 - 0.0005) / (0.0002 / 1_000_000), 1e-3);
    }

    [Fact]
    public void Where_there_are_no_phases_no_more_is_taken_over_in_a_period_than_the_breakers_let()
    {
        TestVenue venue = TestVenue.Open(rules => rules with { Breakers = new BreakerTerms { Throttles = new ThrottleTerms(60, null, 2000m) } });
        venue.Long("alice", "2000", 1m);
        Outcome crash = venue.Prices(btc: 5000m, eth: 200m);
        crash.Events.OfType<Deleveraged>().Sum(e => e.Notional).ShouldBeInRange(1900, 2000);
        crash.Events.ShouldNotContain(e => e is LossBorne, "nothing is settled while something is left");
    }

    [Fact]
    public void A_wave_of_many_bankruptcy_prices_leaves_the_provider_with_what_he_had()
    {
        TestVenue venue = TestVenue.Open();
        const int Pairs = 50;
        for (int i = 0; i < Pairs; i++)
        {
            venue.Account($"long{i}");
            venue.Deposit($"long{i}", $"{1700 + (12 * i)}", "USDC");
            venue.Rich($"short{i}");
            venue.Fill($"long{i}", $"short{i}", PhaseVenue.Perpetual, 1m + (0.001m * i), 8000m);
        }

        double before = venue.Verdict("liquidity").Equity;
        Outcome outcome = venue.Prices(btc: 5000m, eth: 200m);
        outcome.Events.ShouldContain(e => e is TakeoversPassedOn);
        venue.LotsOf("liquidity", PhaseVenue.Perpetual).ShouldBe(0);
        venue.Verdict("liquidity").Equity.ShouldBe(before + (100_000d * (5000 - 8000)), 0.05);
    }

    [Fact]
    public void What_is_given_up_beyond_the_need_counts_what_the_fund_could_still_give()
    {
        TestVenue venue = TestVenue.Open(rules => rules with { Deleveraging = new DeleveragingTerms(DeleveragingPolicy.ProRata), Liquidation = rules.Liquidation with { PenaltyRate = 0m } });
        venue.Accept(new Endow(Fund.InsuranceFund, Usdc, "500", Fund.Hot));
        foreach (string name in (string[])["alice", "bob"]) venue.Account(name);
        venue.Deposit("alice", "2000", "USDC");
        venue.Deposit("bob", "10000", "USDC");
        venue.Fill("alice", "bob", PhaseVenue.Perpetual, 1m, 8000m);
        AdlFigures figures = venue.Prices(btc: 5000m, eth: 200m).Events.OfType<Deleveraged>().ShouldHaveSingleItem().Figures.ShouldNotBeNull();
        (figures.GivenUp - figures.Overshoot).ShouldBeInRange(490, 520, "a debt of 1000 less the 500 the fund has");
    }

    [Fact]
    public void Of_an_inverse_contract_the_ratio_to_the_entry_is_turned_round()
    {
        TestVenue venue = TestVenue.Open(rules => rules with { Deleveraging = new DeleveragingTerms(DeleveragingPolicy.Hyperliquid) });
        foreach (string name in (string[])["alice", "bob"]) venue.Account(name);
        venue.Deposit("alice", "10", "BTC");
        venue.Deposit("bob", "10", "BTC");
        venue.Fill("alice", "bob", "BTC-PERPETUAL", 8000m, 8000m);
        venue.Prices(btc: 10_000m, eth: 200m);
        AdlCandidate holder = Engine.Deleveraging.DeleveragingQueues.Of(venue.State, venue.Index("alice")).ShouldHaveSingleItem().Holder;
        holder.MarkToEntry.ShouldBe(1.25, 1e-9, "it was bought at 8000 and stands at 10,000");
    }
}
