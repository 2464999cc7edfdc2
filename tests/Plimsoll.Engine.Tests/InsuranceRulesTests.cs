using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Insurance;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Risk.Lending;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests;

/// <summary>What of each cap is used up by what was given before, which way fractions of a unit go, and the moments at which things begin and end.</summary>
public sealed class InsuranceRulesTests
{
    private static readonly AssetId Usdc = new("USDC");
    private static readonly InsuranceTerms OfBase = new() { Layers = [new LayerTerms(InsuranceLayer.Base)], PeriodHours = 1m };

    [Fact]
    public void What_a_layer_gave_in_the_period_uses_up_its_caps()
    {
        TestVenue venue = Funded(OfBase with { Layers = [new LayerTerms(InsuranceLayer.Base, PerPeriod: 1000m, PerAccount: 700m)] });
        LeftFor(venue, "alice").ShouldBe(700);
        venue.State.Insurance.Drawn((int)InsuranceLayer.Base, venue.Index("alice"), 250);
        LeftFor(venue, "alice").ShouldBe(450, 1e-9);
        LeftFor(venue, "bob").ShouldBe(700);
        venue.State.Insurance.Drawn((int)InsuranceLayer.Base, venue.Index("bob"), 400);
        LeftFor(venue, "alice").ShouldBe(350, 1e-9, "of the period there are 350");
        LeftFor(venue, "bob").ShouldBe(300, 1e-9);
    }

    [Fact]
    public void A_period_of_caps_ends_at_its_end()
    {
        TestVenue venue = Funded(OfBase with { Layers = [new LayerTerms(InsuranceLayer.Base, PerPeriod: 1000m)] });
        venue.State.Insurance.Drawn((int)InsuranceLayer.Base, venue.Index("alice"), 1000);
        Instant end = venue.State.Now + TimeSpan.FromHours(1);
        venue.DoAt(new Instant(end.UnixMicroseconds - 1), new PassTime());
        LeftFor(venue, "alice").ShouldBe(0);
        venue.DoAt(end, new PassTime());
        LeftFor(venue, "alice").ShouldBe(1000);
    }

    [Fact]
    public void The_pool_bears_for_an_account_its_part_of_the_capital_it_had_before_it_bore_any()
    {
        PoolTerms pool = new([Usdc], 24m, 500m, 4.8m, 0m, 0.25m, 0m, 0m, null, 24m);
        TestVenue venue = Funded(OfBase with { Layers = [new LayerTerms(InsuranceLayer.Pool)], Pool = pool });
        venue.Accept(new StakeCover(new AccountId("bob"), Usdc, "1000"));
        LeftFor(venue, "alice").ShouldBe(250, 1e-9);

        // 100 were borne for her: of the 1100 there were a quarter is 275, and 175 of that are left.
        venue.State.Insurance.Drawn((int)InsuranceLayer.Pool, venue.Index("alice"), 100);
        LeftFor(venue, "alice").ShouldBe(175, 1e-9);
        venue.State.Insurance.Drawn((int)InsuranceLayer.Pool, venue.Index("bob"), 300);
        LeftFor(venue, "alice").ShouldBe(100, 1e-9, "500 is covered in a period, and 400 are gone");
    }

    [Fact]
    public void What_the_insurer_owes_uses_up_his_limit_and_own_funds_their_own()
    {
        TestVenue venue = Funded(OfBase with { Layers = [new LayerTerms(InsuranceLayer.Cover)], Cover = new CoverTerms(new AccountId("insurer"), 800m) });
        venue.Account("insurer");
        LeftFor(venue, "alice").ShouldBe(800);
        venue.State.Transfer(Holder.Of(venue.Index("insurer"), Purse.Cash), Holder.Of(venue.Index("alice"), Purse.Cash), venue.State.Asset(Usdc), new Amount(300_000_000));
        LeftFor(venue, "alice").ShouldBe(500, 1e-9);
    }

    [Fact]
    public void Own_funds_bear_no_more_in_a_period_than_their_limit_however_many_fall()
    {
        TestVenue venue = Debtors(OfBase with { OwnFunds = 200m, Socialise = Socialisation.Equity });
        Outcome crash = venue.Prices(btc: 8000m, eth: 85m);
        crash.Events.OfType<LossBorne>().Sum(e => e.Worth).ShouldBe(200, 1e-3, "for both together");
        crash.Events.OfType<LossBorne>().Select(e => e.Account).Distinct().Count().ShouldBe(2);
        crash.Events.OfType<LossSocialised>().Sum(e => e.Worth).ShouldBeGreaterThan(20);
    }

    [Fact]
    public void All_layers_together_give_no_more_in_one_tick_than_the_rulebook_lets_them()
    {
        TestVenue venue = Funded(OfBase, rules => rules with { Liquidation = rules.Liquidation with { MaxFundDrawPerTick = 1500m, PenaltyRate = 0m } });
        foreach (string name in (string[])["alice", "carol"])
        {
            if (name != "alice") venue.Account(name);
            venue.Deposit(name, "2000", "USDC");
            venue.Fill(name, "bob", PhaseVenue.Perpetual, 1m, 8000m);
        }

        Outcome crash = venue.Prices(btc: 5000m, eth: 200m);
        crash.Events.OfType<FundDrawn>().Sum(e => e.Worth).ShouldBeInRange(1400, 1500);
        crash.Events.OfType<Deleveraged>().ShouldNotBeEmpty();
    }

    [Fact]
    public void A_cap_with_a_fraction_of_a_unit_is_not_passed_by_the_rest_of_the_unit()
    {
        TestVenue venue = Debtors(OfBase with { Layers = [new LayerTerms(InsuranceLayer.Base, PerTick: 33.333_333_7m)], OwnFunds = 0m });
        venue.Accept(new Endow(Fund.InsuranceFund, Usdc, "1000", Fund.Hot));
        FundDrawn drawn = venue.Prices(btc: 8000m, eth: 85m).Events.OfType<FundDrawn>().ShouldHaveSingleItem();
        drawn.Amount.Units.ShouldBe((Int128)33_333_333);
    }

    [Fact]
    public void Nobody_is_pushed_under_maintenance_by_sharing_a_loss()
    {
        TestVenue venue = Debtors(OfBase with { OwnFunds = 0m, Socialise = Socialisation.Equity });
        venue.Account("thin");
        venue.Deposit("thin", "1220", "USDC");
        venue.Fill("thin", "liquidity", PhaseVenue.Perpetual, 1m, 8000m);
        double room = venue.Verdict("thin").MaintenanceHealth;
        room.ShouldBeInRange(300, 500);
        Outcome crash = venue.Prices(btc: 7600m, eth: 50m);
        venue.Verdict("thin").MaintenanceHealth.ShouldBeGreaterThanOrEqualTo(0);
        LossShare[] hers = [.. crash.Events.OfType<LossSocialised>().SelectMany(e => e.Shares).Where(share => share.Account.Value == "thin")];
        hers.Sum(share => (double)share.Amount.Units / 1e6).ShouldBeLessThanOrEqualTo(Math.Max(0, 1220 - 400 - 760) + 1e-6);
        venue.LotsOf("thin", PhaseVenue.Perpetual).ShouldBe(1000, "and she is not liquidated for it");
    }

    [Fact]
    public void A_winner_gives_no_more_than_his_maintenance_leaves_him()
    {
        TestVenue venue = Debtors(OfBase with { OwnFunds = 0m, Socialise = Socialisation.Profit });
        venue.Account("thin");
        venue.Deposit("thin", "1220", "USDC");
        venue.Fill("liquidity", "thin", PhaseVenue.Perpetual, 1m, 8000m);
        Outcome crash = venue.Prices(btc: 7600m, eth: 12m);
        double given = crash.Events.OfType<LossSocialised>().SelectMany(e => e.Shares).Where(share => share.Account.Value == "thin").Sum(share => (double)share.Amount.Units / 1e6);
        given.ShouldBe(1220 + 400 - 760, 0.01, "all that lies above maintenance, and not her last coin");
        venue.Verdict("thin").MaintenanceHealth.ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public void A_stake_buys_whole_shares_rounded_down_and_an_ask_takes_shares_rounded_up()
    {
        TestVenue venue = Staked("1");
        PoolShares pool = venue.State.Insurance.Pool;
        AssetIndex asset = venue.State.Asset(Usdc);
        Int128 total = pool.Total(asset), balance = venue.State.Ledger.Balance(Fund.MutualPool, asset).Units;
        balance.ShouldBeGreaterThan(total);
        (Int128 amount, Int128 shares) = (1000, 1000 * total / balance);
        (1000 * total % balance).ShouldNotBe(0);
        pool.SharesFor(asset, new Amount(amount)).ShouldBe(shares);
        pool.SharesWorth(asset, new Amount(amount)).ShouldBe(shares + 1);
    }

    [Fact]
    public void Parts_of_a_fee_that_are_less_than_a_unit_stay_with_the_fees()
    {
        TestVenue venue = Funded(OfBase with { Layers = [new LayerTerms(InsuranceLayer.Base, Fees: 0.5m), new LayerTerms(InsuranceLayer.FirstLoss, Fees: 0.5m)] });
        venue.Deposit("alice", "10000", "USDC");
        Outcome traded = venue.Accept(new ReportFill(new AccountId("alice"), new AccountId("bob"), new InstrumentId(PhaseVenue.Perpetual), 0.1m, 8000m, null, null, "0.000001"));
        traded.Events.ShouldNotContain(e => e is LayersFed);
        venue.Balance(Fund.Fees, "USDC").ShouldBe("0.000001");
        venue.Accept(new ReportFill(new AccountId("alice"), new AccountId("bob"), new InstrumentId(PhaseVenue.Perpetual), 0.1m, 8000m, null, null, "0.000003"))
            .Events.OfType<LayersFed>().ShouldHaveSingleItem().Parts.ShouldAllBe(part => part.Amount == new Amount(1));
    }

    [Fact]
    public void A_layer_at_its_target_is_filled_up_no_more()
    {
        TestVenue venue = Funded(
            OfBase with { Layers = [new LayerTerms(InsuranceLayer.Base, Fees: 0.2m), new LayerTerms(InsuranceLayer.FirstLoss, Fees: 0.3m, Target: 50m, Replenish: 1)] });
        venue.Deposit("alice", "10000", "USDC");
        venue.Accept(new Endow(Fund.FirstLoss, Usdc, "49.999999", Fund.Hot));
        Fed(venue).ShouldBe([(Fund.FirstLoss, 5_000_000)], "all of both parts, as long as it lacks a unit");
        venue.Balance(Fund.FirstLoss, "USDC").ShouldBe("54.999999");

        TestVenue full = Funded(
            OfBase with { Layers = [new LayerTerms(InsuranceLayer.Base, Fees: 0.2m), new LayerTerms(InsuranceLayer.FirstLoss, Fees: 0.3m, Target: 50m, Replenish: 1)] });
        full.Deposit("alice", "10000", "USDC");
        full.Accept(new Endow(Fund.FirstLoss, Usdc, "50", Fund.Hot));
        Fed(full).ShouldBe([(Fund.InsuranceFund, 2_000_000), (Fund.FirstLoss, 3_000_000)]);

        static (Fund, long)[] Fed(TestVenue venue) =>
        [
            .. venue.Accept(new ReportFill(new AccountId("alice"), new AccountId("bob"), new InstrumentId(PhaseVenue.Perpetual), 0.1m, 8000m, null, null, "10"))
                .Events.OfType<LayersFed>().ShouldHaveSingleItem().Parts.Select(part => (part.To, (long)part.Amount.Units)),
        ];
    }

    [Fact]
    public void A_stake_is_paid_back_from_its_moment_on_and_down_to_the_capital_that_is_required()
    {
        PoolTerms pool = new([Usdc], 1m, 1m, 1m, 400m, 1m, 0m, 0m, null, 24m);
        TestVenue venue = Funded(OfBase with { Layers = [new LayerTerms(InsuranceLayer.Pool)], Pool = pool });
        venue.State.Insurance.CapitalRequired.ShouldBe(400);
        venue.Accept(new StakeCover(new AccountId("bob"), Usdc, "1000"));
        Instant due = venue.Accept(new RequestUnstake(new AccountId("bob"), Usdc, "600")).Events.OfType<UnstakeRequested>().Single().DueAt;
        venue.DoAt(new Instant(due.UnixMicroseconds - 1), new Unstake(new AccountId("bob"), Usdc)).Refusal.ShouldBe(Refusal.UnstakeNotDue);
        venue.DoAt(due, new Unstake(new AccountId("bob"), Usdc)).Refusal.ShouldBe(Refusal.None, "exactly what is required is left");
        venue.Accept(new RequestUnstake(new AccountId("bob"), Usdc, "0.000001"));
        venue.Clock += TimeSpan.FromHours(2);
        venue.Refuse(new Unstake(new AccountId("bob"), Usdc), Refusal.PoolCapitalShort);
    }

    private static double LeftFor(TestVenue venue, string account) => new FundLayers(venue.State, venue.State.Parameters!, _ => { }).LeftFor(venue.Index(account));

    private static TestVenue Funded(InsuranceTerms terms, Func<RiskParameters, RiskParameters>? more = null)
    {
        TestVenue venue = TestVenue.Open(rules => (more ?? (r => r))(rules) with { Insurance = terms });
        venue.Account("alice");
        venue.Rich("bob");
        if (terms.Layers.Any(layer => layer.Layer == InsuranceLayer.Base)) venue.Accept(new Endow(Fund.InsuranceFund, Usdc, "1000000", Fund.Hot));

        return venue;
    }

    /// <summary>A pool whose balance is more than its shares.</summary>
    private static TestVenue Staked(string stake)
    {
        PoolTerms pool = new([Usdc], 24m, 500m, 4.8m, 0m, 1m, 0m, 0m, null, 24m);
        TestVenue venue = Funded(OfBase with { Layers = [new LayerTerms(InsuranceLayer.Pool, Fees: 1m)], Pool = pool });
        venue.Deposit("alice", "10000", "USDC");
        venue.Accept(new StakeCover(new AccountId("bob"), Usdc, stake));
        venue.Accept(new ReportFill(new AccountId("alice"), new AccountId("bob"), new InstrumentId(PhaseVenue.Perpetual), 0.1m, 8000m, null, null, "0.300007"));

        return venue;
    }

    /// <summary>Two who owe 1000 USDC each against ether, and others who are long and short.</summary>
    private static TestVenue Debtors(InsuranceTerms terms)
    {
        TestVenue venue = TestVenue.Open(rules => rules with { Insurance = terms });
        venue.Rich("bob");
        venue.Account("carol");
        venue.Deposit("carol", "10000", "USDC");
        venue.Fill("bob", "carol", PhaseVenue.Perpetual, 1m, 8000m);
        foreach (string name in (string[])["alice", "dave"])
        {
            venue.Account(name);
            venue.Deposit(name, "10", "ETH");
            venue.Accept(new Borrow(new AccountId(name), Usdc, "1000"));
            venue.Accept(new Withdraw(new AccountId(name), Usdc, "1000"));
        }

        return venue;
    }
}
