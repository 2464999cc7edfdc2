using Plimsoll.Engine.Commands;
using Plimsoll.Markets.Oracles;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests.Oracles;

/// <summary>What a price of each status is still good for, asked where it is used.</summary>
public sealed class OracleActionTests
{
    private static readonly AccountId Anna = new("anna");
    private static readonly InstrumentId Perpetual = new("BTC_USDC-PERPETUAL");
    private static readonly InstrumentId EthPerpetual = new("ETH_USDC-PERPETUAL");

    [Fact]
    public void A_degraded_price_opens_nothing_and_still_lets_a_position_be_reduced()
    {
        TestVenue venue = Traded(4m, 8000m);
        Degrade(venue);

        venue.Do(Fill("anna", "bob", 0.1m, 8000m)).Refusal.ShouldBe(Refusal.OraclePriceUnfit);
        venue.Do(new PlaceOrder(Anna, new CommandId("more"), Perpetual, 0.1m, 8000m)).Refusal.ShouldBe(Refusal.OraclePriceUnfit);
        venue.Accept(new PlaceOrder(Anna, new CommandId("less"), Perpetual, -0.1m, 8000m));
        venue.Accept(Fill("bob", "anna", 0.5m, 8000m));
    }

    [Fact]
    public void A_halted_price_lets_nobody_trade_but_deposits_and_repayments_go_on()
    {
        TestVenue venue = Traded(4m, 8000m);
        venue.Deposit("anna", "1", "ETH");
        venue.Accept(new Borrow(Anna, FedVenue.Usdc, "10"));
        Silence(venue, TimeSpan.FromHours(11));
        venue.StatusOf(FedVenue.Btc).ShouldBe(OracleStatus.Halted);

        venue.Do(Fill("bob", "anna", 0.5m, 8000m)).Refusal.ShouldBe(Refusal.OraclePriceUnfit);
        venue.Do(new PlaceOrder(Anna, new CommandId("less"), Perpetual, -0.1m, 8000m)).Refusal.ShouldBe(Refusal.OraclePriceUnfit);
        venue.Deposit("anna", "5", "BTC");
        venue.Accept(new Repay(Anna, FedVenue.Usdc, "10"));
    }

    [Fact]
    public void Funding_takes_money_from_nobody_on_a_price_that_would_not_liquidate_him()
    {
        TestVenue venue = Traded(1m, 20000m);
        Degrade(venue);
        venue.Accept(new PayFunding(Perpetual, 0.001m));
        Silence(venue, TimeSpan.FromMinutes(5));
        venue.StatusOf(FedVenue.Btc).ShouldBe(OracleStatus.Stale);

        venue.Do(new PayFunding(Perpetual, 0.001m)).Refusal.ShouldBe(Refusal.OraclePriceUnfit);
    }

    [Fact]
    public void One_dead_feed_does_not_freeze_an_account_that_stands_without_it()
    {
        TestVenue venue = Funded();
        venue.Deposit("anna", "10000", "USDC");
        venue.Deposit("anna", "1", "BTC");
        venue.Accept(new ReportFill(Anna, new AccountId("bob"), EthPerpetual, 10m, 200m));
        Silence(venue, TimeSpan.FromMinutes(5));
        venue.StatusOf(FedVenue.Btc).ShouldBe(OracleStatus.Stale);

        venue.Accept(new Withdraw(Anna, FedVenue.Usdc, "5000"));
        venue.Accept(new Withdraw(Anna, FedVenue.Btc, "0.4"));
        venue.Accept(new ReportFill(Anna, new AccountId("bob"), EthPerpetual, 1m, 200m));

        // What is left of the dollars carries the position alone; the coin carries nothing.
        venue.Do(new Withdraw(Anna, FedVenue.Usdc, "4999")).Refusal.ShouldBe(Refusal.OraclePriceUnfit);
        venue.Do(new Borrow(Anna, FedVenue.Btc, "0.0001")).Refusal.ShouldBe(Refusal.OraclePriceUnfit);
        venue.State.PreTrade.Withdrawable(venue.Index("anna"), venue.State.Asset(FedVenue.Usdc)).Units.ShouldBeInRange(1, 4_999_000_000);
    }

    [Fact]
    public void An_account_that_owes_nothing_takes_its_coins_out_whatever_the_feed()
    {
        TestVenue venue = Funded();
        venue.Deposit("anna", "1", "BTC");
        Silence(venue, TimeSpan.FromHours(11));

        venue.Accept(new Withdraw(Anna, FedVenue.Btc, "1"));
    }

    [Fact]
    public void A_position_on_a_stale_price_holds_back_its_notional_and_no_more()
    {
        TestVenue venue = Traded(1m, 20000m);
        Silence(venue, TimeSpan.FromMinutes(5));

        // 20,000 less the requirement of about a quarter of 8,000, less 8,000 that stand on the price.
        venue.Do(new Withdraw(Anna, FedVenue.Usdc, "12000")).Refusal.ShouldBe(Refusal.OraclePriceUnfit);
        venue.Accept(new Withdraw(Anna, FedVenue.Usdc, "8000"));
    }

    [Fact]
    public void Nobody_is_liquidated_by_a_price_the_matrix_forbids_and_everybody_is_as_soon_as_it_is_live_again()
    {
        TestVenue venue = Traded(4m, 8000m, rules: rules => rules with { Actions = new ActionMatrix(new Dictionary<OracleAction, OracleStatus> { [OracleAction.Reduce] = OracleStatus.Stale }) });
        venue.Clock += TimeSpan.FromMinutes(3);
        venue.Report(venue.Say("a", 1m, FedVenue.Usdc), venue.Say("b", 1m, FedVenue.Usdc));
        Outcome outcome = venue.Report(venue.Say("a", 6300m));

        (venue.StatusOf(FedVenue.Btc), venue.PriceOf(FedVenue.Btc)).ShouldBe((OracleStatus.Degraded, 6300));
        venue.Verdict("anna").IsLiquidatable.ShouldBeTrue();
        outcome.Events.ShouldNotContain(happened => happened is PositionLiquidated || happened is MarginCalled || happened is OrdersCancelled);
        venue.State.Oracles.Allows(venue.Index("anna"), OracleAction.Liquidate).ShouldBeFalse();

        venue.Report(venue.Say("b", 6300m)).Events.OfType<PositionLiquidated>().ShouldNotBeEmpty();
    }

    [Fact]
    public void A_coin_of_a_dead_feed_shields_nobody_and_is_not_sold_by_it()
    {
        TestVenue venue = Traded(4m, 8000m);
        venue.Deposit("anna", "0.001", "ETH");
        venue.Clock += TimeSpan.FromMinutes(3);
        venue.Report(venue.Say("a", 8000m), venue.Say("b", 8000m), venue.Say("a", 1m, FedVenue.Usdc), venue.Say("b", 1m, FedVenue.Usdc));
        venue.StatusOf(FedVenue.Eth).ShouldBe(OracleStatus.Stale);

        Outcome crash = venue.Report(venue.Say("a", 6300m), venue.Say("b", 6300m));

        crash.Events.OfType<PositionLiquidated>().ShouldNotBeEmpty();
        crash.Events.OfType<CollateralSold>().ShouldNotContain(sold => sold.Sold == FedVenue.Eth);
        venue.Cash("anna", "ETH").ShouldBe("0.001");
    }

    [Fact]
    public void A_price_that_runs_from_its_damped_self_opens_less_and_liquidates_nobody()
    {
        TestVenue plain = Traded(1m, 4000m);
        TestVenue damped = Traded(1m, 4000m, rules: rules => rules with { Damping = new DampingTerms(0.06m, 0.0003m) });
        foreach (TestVenue venue in new[] { plain, damped })
        {
            venue.Clock += TimeSpan.FromSeconds(30);
            venue.All(16000m, 200m);
        }

        damped.Feed(FedVenue.Btc).Width.ShouldBeInRange(0.48, 0.5);
        Verdict free = plain.Verdict("anna"), held = damped.Verdict("anna");
        (held.MaintenanceHealth, held.TargetHealth, held.Equity).ShouldBe((free.MaintenanceHealth, free.TargetHealth, free.Equity));
        held.InitialHealth.ShouldBe(free.InitialHealth - (damped.Feed(FedVenue.Btc).Width * 16000), 1);
        damped.Phase("anna").ShouldBe(AccountPhase.Healthy);
    }

    [Fact]
    public void Damping_never_changes_who_is_liquidated()
    {
        for (ulong seed = 1; seed <= 10; seed++)
        {
            var chance = new Storms.Chance(seed);
            TestVenue plain = Traded(4m, 8000m), damped = Traded(4m, 8000m, rules: rules => rules with { Damping = new DampingTerms(0.06m, 0.0003m) });
            decimal price = 8000m;
            for (int step = 0; step < 25; step++)
            {
                price *= 1m + ((chance.Below(81) - 40) / 1000m);
                plain.Clock += TimeSpan.FromSeconds(30);
                damped.Clock = plain.Clock;
                Outcome one = plain.All(price, 200m), other = damped.All(price, 200m);
                other.Events.OfType<PositionLiquidated>().ShouldBe(one.Events.OfType<PositionLiquidated>(), $"seed {seed} step {step}");
                other.Events.OfType<MarginCalled>().Select(e => e.Account).ShouldBe(one.Events.OfType<MarginCalled>().Select(e => e.Account), $"seed {seed} step {step}");
                if (plain.LotsOf("anna", Perpetual.Value) != damped.LotsOf("anna", Perpetual.Value)) throw new InvalidOperationException($"seed {seed} step {step}");
            }
        }
    }

    private static TestVenue Funded(Func<OracleTerms, OracleTerms>? btc = null, Func<OracleRules, OracleRules>? rules = null)
    {
        TestVenue venue = FedVenue.Open(rules, btc, p => p with { CollateralPolicy = Risk.Collateral.CollateralPolicy.None });
        venue.Account("bob");
        venue.Deposit("bob", "1000000000", "USDC");
        venue.Account("anna");

        return venue;
    }

    private static TestVenue Traded(decimal size, decimal cash, Func<OracleTerms, OracleTerms>? btc = null, Func<OracleRules, OracleRules>? rules = null)
    {
        TestVenue venue = Funded(btc, rules);
        venue.Deposit("anna", cash.ToString(System.Globalization.CultureInfo.InvariantCulture), "USDC");
        venue.Accept(Fill("anna", "bob", size, 8000m));

        return venue;
    }

    private static ReportFill Fill(string buyer, string seller, decimal size, decimal price) => new(new AccountId(buyer), new AccountId(seller), Perpetual, size, price);

    private static void Degrade(TestVenue venue)
    {
        venue.Clock += TimeSpan.FromMinutes(3);
        venue.Report(venue.Say("a", 8000m), venue.Say("a", 1m, FedVenue.Usdc), venue.Say("b", 1m, FedVenue.Usdc));
        venue.StatusOf(FedVenue.Btc).ShouldBe(OracleStatus.Degraded);
    }

    /// <summary>BTC falls silent while the others go on.</summary>
    private static void Silence(TestVenue venue, TimeSpan time)
    {
        venue.Wait(time);
        venue.Report(venue.Say("a", 200m, FedVenue.Eth), venue.Say("b", 200m, FedVenue.Eth), venue.Say("a", 1m, FedVenue.Usdc), venue.Say("b", 1m, FedVenue.Usdc));
    }
}
