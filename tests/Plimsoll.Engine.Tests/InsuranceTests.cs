using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Insurance;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Risk.Lending;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests;

/// <summary>Who bears what a bankrupt account owes, layer by layer; and what feeds the layers.</summary>
public sealed class InsuranceTests
{
    private static readonly AssetId Usdc = new("USDC");
    private static readonly AccountId Insurer = new("insurer");

    [Fact]
    public void A_loss_is_borne_by_the_layers_in_order_each_within_what_it_has()
    {
        TestVenue venue = Insured(Usual, baseFund: "200", vault: "250", stake: "300");
        Outcome crash = Crash(venue);

        DeficitLine settled = Settled(crash);
        Drawn(crash, null).ShouldBe(200, 1e-6);
        Drawn(crash, Fund.FirstLoss).ShouldBe(250, 1e-6);
        Drawn(crash, Fund.MutualPool).ShouldBe(300, 1e-6);
        Claimed(crash).ShouldBe(Coins(settled.Deficit) - 750, 1e-6, "the rest is the insurer's");
        settled.Insured.ShouldBe(settled.Deficit);
        venue.Cash("alice", "USDC").ShouldBe("0");
        venue.State.Insurance.Pool.IsStaked.ShouldBeFalse("shares of a pool that paid all it had end");
    }

    [Fact]
    public void What_external_cover_bore_is_a_debt_of_the_insurer_until_he_pays_it_in()
    {
        TestVenue venue = Insured(Usual with { Layers = [new LayerTerms(InsuranceLayer.Cover)], Pool = null });
        double claimed = Claimed(Crash(venue));

        claimed.ShouldBeInRange(1000, 1300);
        venue.State.Insurance.Outstanding.ShouldBe(claimed, 1e-6);
        venue.State.Ledger.Balance(venue.Index("insurer"), Purse.Cash, venue.State.Asset(Usdc)).Sign.ShouldBe(-1);
        venue.Prices(btc: 4900m, eth: 200m).Events.ShouldNotContain(e => e is LossBorne || e is FundDrawn, "a claim is not liquidated");
        venue.Deposit("insurer", "5000", "USDC");
        venue.State.Insurance.Outstanding.ShouldBe(0);
    }

    [Fact]
    public void Nobody_covers_more_than_his_limit_and_what_he_owes_uses_it_up()
    {
        TestVenue venue = Insured(Usual with { Layers = [new LayerTerms(InsuranceLayer.Cover)], Pool = null, Cover = new CoverTerms(Insurer, 700m) });
        Outcome crash = Crash(venue);

        Claimed(crash).ShouldBeLessThanOrEqualTo(700);
        DeficitLine settled = Settled(crash);
        settled.Deleveraged.Sign.ShouldBe(1, "what lies beyond the cover is taken over by the other side");
        (settled.Deleveraged + settled.Insured + settled.OwnFunds + settled.Socialised).ShouldBe(settled.Deficit);
        venue.State.Insurance.Outstanding.ShouldBeLessThanOrEqualTo(700);
    }

    [Fact]
    public void An_insurer_with_a_position_of_his_own_covers_nothing()
    {
        TestVenue venue = Insured(Usual with { Layers = [new LayerTerms(InsuranceLayer.Cover)], Pool = null }, before: venue =>
        {
            venue.Deposit("insurer", "100000", "USDC");
            venue.Fill("insurer", "liquidity", "ETH_USDC-PERPETUAL", 1m, 200m);
        });
        Claimed(Crash(venue)).ShouldBe(0);
    }

    [Fact]
    public void Caps_hold_per_tick_per_account_and_per_period_and_a_new_period_begins_anew()
    {
        TestVenue venue = Insured(Usual with { Layers = [new LayerTerms(InsuranceLayer.Base, PerTick: 900m, PerPeriod: 1000m, PerAccount: 700m)], Pool = null, Cover = null }, baseFund: "100000", accounts: ["alice", "dave"]);
        Outcome crash = Crash(venue);

        double alice = crash.Events.OfType<FundDrawn>().Where(e => e.Account.Value == "alice").Sum(e => e.Worth);
        alice.ShouldBeInRange(600, 700);
        Drawn(crash, null).ShouldBeInRange(800, 900);
        venue.State.Insurance.InPeriod(InsuranceLayer.Base).ShouldBe(Drawn(crash, null), 1e-6);
        venue.Clock += TimeSpan.FromHours(25);
        venue.Prices(btc: 5000m, eth: 200m);
        venue.State.Insurance.InPeriod(InsuranceLayer.Base).ShouldBe(0);
    }

    [Fact]
    public void A_debt_nobody_takes_over_falls_on_own_funds_to_their_limit_and_then_on_whoever_has_positions()
    {
        TestVenue venue = Debtor(Usual with { Layers = [new LayerTerms(InsuranceLayer.Base)], Pool = null, Cover = null, OwnFunds = 100m, Socialise = Socialisation.Equity });
        Outcome crash = venue.Prices(btc: 8000m, eth: 60m);

        LossBorne own = crash.Events.OfType<LossBorne>().ShouldHaveSingleItem();
        own.Worth.ShouldBe(100, 1e-6);
        LossSocialised shared = crash.Events.OfType<LossSocialised>().ShouldHaveSingleItem();
        shared.Shares.Select(s => s.Account.Value).ShouldBe(["liquidity", "bob", "carol"], ignoreOrder: true);
        shared.Shares.Select(s => s.Account.Value).ShouldNotContain("idle", "a user with no position never socialises losses");
        shared.Shares.Aggregate(Amount.Zero, (sum, s) => sum + s.Amount).ShouldBe(shared.Amount);
        venue.Loan("alice", "USDC").ShouldBe("0");
        venue.State.Insurance.Totals.Socialised.ShouldBe(shared.Worth);
    }

    [Fact]
    public void Only_winners_share_a_loss_that_is_shared_by_profit()
    {
        TestVenue venue = Debtor(Usual with { Layers = [new LayerTerms(InsuranceLayer.Base)], Pool = null, Cover = null, OwnFunds = 0m, Socialise = Socialisation.Profit });
        Outcome crash = venue.Prices(btc: 7600m, eth: 60m);

        crash.Events.OfType<LossSocialised>().ShouldHaveSingleItem().Shares.Select(s => s.Account.Value).ShouldBe(["carol"], "bob is long and loses, carol is short");
        venue.Verdict("carol").Equity.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void What_nobody_can_be_made_to_share_is_the_venues_after_all()
    {
        TestVenue venue = Debtor(Usual with { Layers = [new LayerTerms(InsuranceLayer.Base)], Pool = null, Cover = null, OwnFunds = 1m, Socialise = Socialisation.Profit });
        Outcome crash = venue.Prices(btc: 8000m, eth: 60m);

        crash.Events.OfType<LossSocialised>().ShouldBeEmpty("nobody has won anything");
        crash.Events.OfType<LossBorne>().Sum(e => e.Worth).ShouldBeInRange(399, 450);
        venue.State.Tally.BadDebt.ShouldBeGreaterThan(399);
    }

    [Fact]
    public void A_stake_earns_what_the_pool_earns_loses_what_it_pays_and_comes_back_after_its_cooldown()
    {
        TestVenue venue = Insured(Usual with { Layers = [new LayerTerms(InsuranceLayer.Pool, Fees: 0.5m, PerTick: 100m)], Cover = null }, stake: "1000");
        venue.Accept(new StakeCover(new AccountId("erin"), Usdc, "3000"));
        venue.Accept(new ReportFill(new AccountId("bob"), new AccountId("liquidity"), new InstrumentId("BTC_USDC-PERPETUAL"), 0.1m, 8000m, null, null, "80"));
        Balance(venue).ShouldBe(4040, 1e-6, "half of the fee is the pool's");
        Crash(venue);
        Balance(venue).ShouldBeInRange(3940, 3942, "100 at most in one tick");

        venue.Refuse(new Unstake(new AccountId("erin"), Usdc), Refusal.StakeSmaller);
        venue.Accept(new RequestUnstake(new AccountId("erin"), Usdc, "500"));
        venue.Refuse(new Unstake(new AccountId("erin"), Usdc), Refusal.UnstakeNotDue);
        venue.Clock += TimeSpan.FromHours(24);
        venue.Accept(new Unstake(new AccountId("erin"), Usdc)).Events.OfType<CoverUnstaked>().ShouldHaveSingleItem();
        venue.Cash("erin", "USDC").ShouldStartWith("7500");
        venue.Refuse(new RequestUnstake(new AccountId("erin"), Usdc, "999999"), Refusal.StakeSmaller);
    }

    [Fact]
    public void Nobody_takes_his_stake_out_of_a_venue_that_was_halted_for_want_of_it()
    {
        TestVenue venue = Insured(
            Usual with { Layers = [new LayerTerms(InsuranceLayer.Base), new LayerTerms(InsuranceLayer.Pool)], Cover = null },
            baseFund: "1000",
            stake: "1000",
            more: rules => rules with { Breakers = new BreakerTerms { Venue = new VenueBreakerTerms(null, 0.6m, null, 60, 600) } });
        venue.Accept(new RequestUnstake(new AccountId("frank"), Usdc, "100"));
        venue.Clock += TimeSpan.FromHours(24);
        venue.Prices(btc: 8000m, eth: 200m);
        venue.Accept(new MoveCapital(Usdc, "900", Fund.InsuranceFund, Fund.OwnFunds)).Events.OfType<VenueHalted>().ShouldHaveSingleItem();

        venue.Refuse(new Unstake(new AccountId("frank"), Usdc), Refusal.VenueHalted);
        venue.Accept(new Endow(Fund.InsuranceFund, Usdc, "900", Fund.Hot)).Events.OfType<VenueResumed>().ShouldBeEmpty("it stands still for its pause");
        venue.Refuse(new Unstake(new AccountId("frank"), Usdc), Refusal.VenueHalted);
        venue.Clock += TimeSpan.FromMinutes(1);
        venue.Accept(new PassTime()).Events.OfType<VenueResumed>().ShouldHaveSingleItem();
        venue.Accept(new Unstake(new AccountId("frank"), Usdc));
    }

    [Fact]
    public void An_ask_lapses_so_that_nobody_keeps_a_foot_in_the_door_and_leaves_when_a_loss_comes()
    {
        TestVenue venue = Insured(Usual with { Layers = [new LayerTerms(InsuranceLayer.Pool)], Cover = null }, stake: "1000");
        venue.Accept(new StakeCover(new AccountId("erin"), Usdc, "3000"));
        venue.Accept(new RequestUnstake(new AccountId("erin"), Usdc, "500"));
        Instant due = venue.State.Insurance.Pool.Of(venue.Index("erin"), venue.State.Asset(Usdc)).DueAt;

        venue.DoAt(due + PoolShares.AskStands + TimeSpan.FromSeconds(1), new Unstake(new AccountId("erin"), Usdc)).Refusal.ShouldBe(Refusal.UnstakeNotDue);
        venue.Accept(new RequestUnstake(new AccountId("erin"), Usdc, "500"));
        due = venue.State.Insurance.Pool.Of(venue.Index("erin"), venue.State.Asset(Usdc)).DueAt;
        venue.DoAt(due + PoolShares.AskStands, new Unstake(new AccountId("erin"), Usdc)).Accepted.ShouldBeTrue();
    }

    [Fact]
    public void Nothing_leaves_a_pool_whose_capital_would_fall_short_of_its_cover()
    {
        TestVenue venue = Insured(Usual with { Layers = [new LayerTerms(InsuranceLayer.Pool)], Cover = null, Pool = Usual.Pool! with { Cover = 4800m, CooldownHours = 0m } }, stake: "1500");
        venue.State.Insurance.CapitalRatio.ShouldBe(1.5, 1e-9);
        venue.Accept(new RequestUnstake(new AccountId("frank"), Usdc, "600"));
        venue.Refuse(new Unstake(new AccountId("frank"), Usdc), Refusal.PoolCapitalShort);
        venue.Accept(new RequestUnstake(new AccountId("frank"), Usdc, "400"));
        venue.Accept(new Unstake(new AccountId("frank"), Usdc));
    }

    [Fact]
    public void The_pool_pays_no_more_for_one_account_than_its_part_of_the_capital()
    {
        TestVenue venue = Insured(Usual with { Layers = [new LayerTerms(InsuranceLayer.Pool)], Cover = null, Pool = Usual.Pool! with { AccountPart = 0.25m } }, stake: "2000");
        Drawn(Crash(venue), Fund.MutualPool).ShouldBeInRange(450, 500);
    }

    [Fact]
    public void A_premium_falls_due_by_itself_and_is_paid_from_fees_and_then_own_funds()
    {
        TestVenue venue = Insured(
            Usual with { Layers = [new LayerTerms(InsuranceLayer.Pool)], Cover = null, Pool = Usual.Pool! with { Cover = 1000m, Gearing = 1m, ExpectedLoss = 0.2m, Load = 0.5m, PremiumHours = 24m } },
            stake: "4000", before: venue => venue.Accept(new Endow(Fund.Fees, Usdc, "0.5", Fund.Hot)));
        venue.Accept(new Endow(Fund.OwnFunds, Usdc, "1000", Fund.Hot));
        venue.State.NextDue.ShouldNotBeNull();
        venue.Clock = venue.State.NextDue!.Value;
        Outcome passed = venue.DoAt(venue.Clock, new PassTime());

        PremiumPart paid = passed.Events.OfType<PremiumPaid>().ShouldHaveSingleItem().Parts.ShouldHaveSingleItem();
        Coins(paid.FromFees).ShouldBe(0.5);
        Coins(paid.FromFees + paid.FromOwnFunds).ShouldBe(1000 * 0.3 / 365, 1e-4);
        Balance(venue).ShouldBe(4000 + (1000 * 0.3 / 365), 1e-4);
    }

    [Fact]
    public void Fees_and_penalties_fill_the_layer_that_stands_first_in_the_order_of_replenishment()
    {
        TestVenue venue = Insured(Usual with
        {
            Layers =
            [
                new LayerTerms(InsuranceLayer.Base, Fees: 0.1m, Penalties: 0.5m),
                new LayerTerms(InsuranceLayer.FirstLoss, Fees: 0.1m, Penalties: 0.5m, Target: 15m, Replenish: 1),
            ],
            Pool = null,
            Cover = null,
        });
        Trade(venue, "100");
        venue.Balance(Fund.FirstLoss, "USDC").ShouldBe("20", "below its target it gets what all layers are fed");
        Trade(venue, "100");
        venue.Balance(Fund.FirstLoss, "USDC").ShouldBe("30");
        venue.Balance(Fund.InsuranceFund, "USDC").ShouldBe("10");
        venue.Balance(Fund.Fees, "USDC").ShouldBe("160");
    }

    [Fact]
    public void Without_the_section_the_fund_pays_what_it_has_and_nothing_else_is_said()
    {
        TestVenue venue = VenueTests.WithLong("alice", "2000", 1m);
        venue.Accept(new Endow(Fund.InsuranceFund, Usdc, "10000", Fund.Hot));
        Outcome crash = venue.Prices(btc: 5000m, eth: 200m);

        crash.Events.ShouldNotContain(e => e is DeficitSettled || e is LayersFed);
        crash.Events.OfType<FundDrawn>().ShouldHaveSingleItem().From.ShouldBeNull();
        venue.Refuse(new StakeCover(new AccountId("alice"), Usdc, "1"), Refusal.CoverNotOffered);
    }

    [Fact]
    public void What_is_staked_drawn_and_owed_survives_a_snapshot_and_a_replay_and_is_decided_again_the_same()
    {
        TestVenue venue = Insured(Usual, baseFund: "300", vault: "400", stake: "5000");
        venue.Accept(new RequestUnstake(new AccountId("frank"), Usdc, "10"));
        Crash(venue);
        var replayed = new VenueKernel();
        var decided = new VenueKernel();
        foreach (Journal.JournalEntry entry in venue.Journal)
        {
            replayed.Replay(entry);
            decided.Verify(entry);
        }

        Hash256 hash = Snapshots.HashOf(venue.State);
        Snapshots.HashOf(replayed.State).ShouldBe(hash);
        Snapshots.HashOf(decided.State).ShouldBe(hash);
        VenueKernel restored = Snapshots.Restore(Snapshots.Take(venue.Kernel));
        Snapshots.HashOf(restored.State).ShouldBe(hash);
        restored.State.Insurance.Pool.Of(venue.Index("frank"), venue.State.Asset(Usdc)).Asked.ShouldBeGreaterThan(0);
        restored.State.Insurance.InPeriod(InsuranceLayer.FirstLoss).ShouldBe(400, 1e-6);
    }

    [Fact]
    public void What_the_other_side_gave_up_is_known_without_any_section_and_after_replay_and_snapshot()
    {
        TestVenue venue = VenueTests.WithLong("alice", "2000", 1m);
        Outcome crash = venue.Prices(btc: 5000m, eth: 200m);
        Deleveraged taken = crash.Events.OfType<Deleveraged>().ShouldHaveSingleItem();

        taken.GivenUp.ShouldNotBeNull().ShouldBeInRange(900, 1100, "three thousand lost on two thousand");
        venue.State.Insurance.Totals.Deleveraged.ShouldBe(taken.GivenUp!.Value);
        crash.Events.ShouldNotContain(e => e is DeficitSettled, "nothing else is said without the sections");
        var replayed = new VenueKernel();
        foreach (Journal.JournalEntry entry in venue.Journal) replayed.Replay(entry);
        replayed.State.Insurance.Totals.Deleveraged.ShouldBe(taken.GivenUp.Value);
        Snapshots.Restore(Snapshots.Take(venue.Kernel)).State.Insurance.Totals.Deleveraged.ShouldBe(taken.GivenUp.Value);
    }

    [Fact]
    public void What_was_given_up_for_a_part_of_a_position_is_known_before_the_estate_is_settled()
    {
        TestVenue venue = Insured(Usual with { Layers = [new LayerTerms(InsuranceLayer.Base)], Pool = null, Cover = null }, more: rules => rules with
        {
            Breakers = new BreakerTerms { Throttles = new ThrottleTerms(60, null, 500m) },
            Deleveraging = new DeleveragingTerms(DeleveragingPolicy.ProRata),
        });
        Outcome crash = Crash(venue);

        crash.Events.ShouldNotContain(e => e is DeficitSettled, "the throttle let a part of it through");
        double given = crash.Events.OfType<Deleveraged>().Sum(e => e.GivenUp ?? 0);
        given.ShouldBeGreaterThan(0);
        venue.State.Insurance.Totals.Deleveraged.ShouldBe(given);
    }

    [Fact]
    public void A_second_deficit_of_a_tick_judges_nobody_again_to_whom_nothing_happened()
    {
        TestVenue venue = Debtor(Usual with { Layers = [new LayerTerms(InsuranceLayer.Base)], Pool = null, Cover = null, OwnFunds = 0m, Socialise = Socialisation.Equity });
        for (int i = 0; i < 30; i++)
        {
            venue.Account($"holder{i}");
            venue.Deposit($"holder{i}", "1", "BTC");
            venue.Fill($"holder{i}", "liquidity", "BTC-PERPETUAL", 10m, 8000m);
        }

        foreach (string name in (string[])["ann", "ben", "cleo"])
        {
            venue.Account(name);
            venue.Deposit(name, "10", "ETH");
            venue.Accept(new Borrow(new AccountId(name), Usdc, "1000"));
            venue.Accept(new Withdraw(new AccountId(name), Usdc, "1000"));
        }

        long before = venue.State.Judgement.JudgedAlone;
        Outcome crash = venue.Prices(btc: 8000m, eth: 60m);

        crash.Events.OfType<LossSocialised>().Count().ShouldBe(4);
        (venue.State.Judgement.JudgedAlone - before).ShouldBeLessThan(30, "thirty holders have no dollars to be asked for, in four deficits");
    }

    private static InsuranceTerms Usual { get; } = new()
    {
        Layers = [new LayerTerms(InsuranceLayer.Base), new LayerTerms(InsuranceLayer.FirstLoss), new LayerTerms(InsuranceLayer.Pool), new LayerTerms(InsuranceLayer.Cover)],
        Pool = new PoolTerms([Usdc], 24m, 1_000_000m, 4.8m, 0m, 1m, 0m, 0m, null, 24m) { Floor = 0m, Cover = 4000m },
        Cover = new CoverTerms(Insurer, 100_000m),
    };

    /// <summary>Alice, and whoever else is named, long one coin on 2000 USDC against bob and carol; others stand by.</summary>
    private static TestVenue Insured(
        InsuranceTerms terms, string? baseFund = null, string? vault = null, string? stake = null, string[]? accounts = null, Action<TestVenue>? before = null, Func<RiskParameters, RiskParameters>? more = null)
    {
        TestVenue venue = TestVenue.Open(rules => (more ?? (r => r))(rules) with { Insurance = terms, Liquidation = rules.Liquidation with { PenaltyRate = 0m } });
        foreach (string name in (string[])["insurer", "frank", "erin", "bob", "carol"]) venue.Account(name);
        foreach (string name in (string[])["frank", "erin", "bob", "carol"]) venue.Deposit(name, "10000", "USDC");
        if (baseFund is not null) venue.Accept(new Endow(Fund.InsuranceFund, Usdc, baseFund, Fund.Hot));
        if (vault is not null) venue.Accept(new Endow(Fund.FirstLoss, Usdc, vault, Fund.Hot));
        if (stake is not null) venue.Accept(new StakeCover(new AccountId("frank"), Usdc, stake));
        foreach (string name in accounts ?? ["alice"])
        {
            venue.Account(name);
            venue.Deposit(name, "2000", "USDC");
            venue.Fill(name, "bob", "BTC_USDC-PERPETUAL", 0.5m, 8000m);
            venue.Fill(name, "carol", "BTC_USDC-PERPETUAL", 0.5m, 8000m);
        }

        before?.Invoke(venue);

        return venue;
    }

    /// <summary>Alice owes 1000 USDC against ether; bob is long and carol short a coin, and somebody has no position.</summary>
    private static TestVenue Debtor(InsuranceTerms terms)
    {
        TestVenue venue = TestVenue.Open(rules => rules with { Insurance = terms });
        foreach (string name in (string[])["alice", "bob", "carol", "idle"]) venue.Account(name);
        foreach (string name in (string[])["bob", "carol", "idle"]) venue.Deposit(name, "10000", "USDC");
        venue.Fill("bob", "carol", "BTC_USDC-PERPETUAL", 1m, 8000m);
        venue.Fill("bob", "liquidity", "BTC_USDC-PERPETUAL", 0.001m, 8000m);
        if (terms.Socialise == Socialisation.Profit) venue.Fill("liquidity", "bob", "BTC_USDC-PERPETUAL", 0.001m, 8000m);
        venue.Deposit("alice", "10", "ETH");
        venue.Accept(new Borrow(new AccountId("alice"), Usdc, "1000"));
        venue.Accept(new Withdraw(new AccountId("alice"), Usdc, "1000"));

        return venue;
    }

    private static void Trade(TestVenue venue, string fee) => venue.Accept(
        new ReportFill(new AccountId("bob"), new AccountId("liquidity"), new InstrumentId("BTC_USDC-PERPETUAL"), 0.1m, 8000m, null, null, fee));

    private static Outcome Crash(TestVenue venue) => venue.Prices(btc: 5000m, eth: 200m);

    private static DeficitLine Settled(Outcome outcome) => outcome.Events.OfType<DeficitSettled>().ShouldHaveSingleItem().Lines.ShouldHaveSingleItem();

    private static double Drawn(Outcome outcome, Fund? from) => outcome.Events.OfType<FundDrawn>().Where(e => e.From == from).Sum(e => e.Worth);

    private static double Claimed(Outcome outcome) => outcome.Events.OfType<CoverClaimed>().Sum(e => e.Worth);

    private static double Balance(TestVenue venue) => double.Parse(venue.Balance(Fund.MutualPool, "USDC"), System.Globalization.CultureInfo.InvariantCulture);

    private static double Coins(Amount amount) => new AssetScale(6).ToModel(amount);
}
