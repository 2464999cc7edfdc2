using System.Globalization;
using Plimsoll.Engine.Commands;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;
using Plimsoll.Pricing.Pools;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests;

public sealed class PoolTests
{
    private const string Name = "BTC_USDC-POOL-6000-10000";

    /// <summary>At 8,000: 2√8000 − 8000/√10000 − √6000.</summary>
    private static readonly double Unit = (2 * Math.Sqrt(8_000)) - 80 - Math.Sqrt(6_000);

    [Fact]
    public void A_pool_is_listed_with_the_range_that_its_name_says()
    {
        TestVenue venue = TestVenue.Open();
        Instrument pool = venue.State.Catalog[venue.State.Instrument(new InstrumentId(Name))];

        pool.Kind.ShouldBe(InstrumentKind.Pool);
        (pool.Lower, pool.Upper).ShouldBe((6_000m, 10_000m));
    }

    [Theory]
    [InlineData("BTC_USDC-POOL-6000-6000d001", Payoff.Linear, "USDC", Refusal.TermsInvalid)]
    [InlineData("BTC_USDC-POOL-7000-6000", Payoff.Linear, "USDC", Refusal.TermsInvalid)]
    [InlineData("BTC_USDC-POOL-7000", Payoff.Linear, "USDC", Refusal.TermsInvalid)]
    [InlineData("BTC-POOL-6000-7000", Payoff.Linear, "USDC", Refusal.TermsInvalid)]
    [InlineData("BTC_USDC-POOL", Payoff.Inverse, "BTC", Refusal.TermsInvalid)]
    [InlineData("BTC_USDC-POOL", Payoff.Linear, "BTC", Refusal.TermsInvalid)]
    [InlineData("USDC_USDC-POOL", Payoff.Linear, "USDC", Refusal.TermsInvalid)]
    [InlineData("DOGE_USDC-POOL", Payoff.Linear, "USDC", Refusal.AssetUnknown)]
    [InlineData(Name, Payoff.Linear, "USDC", Refusal.InstrumentExists)]
    public void A_pool_that_makes_no_sense_is_not_listed(string name, Payoff payoff, string settlement, Refusal refusal) =>
        TestVenue.Open().Refuse(new ListInstrument(new InstrumentId(name), payoff, new AssetId(settlement), 0.1m, 0.01m), refusal);

    [Fact]
    public void Liquidity_is_paid_for_in_full_and_worth_what_it_holds()
    {
        TestVenue venue = WithHolder(100m);

        venue.Cash("alice", "USDC").ShouldBe("7858");
        venue.Verdict("alice").Equity.ShouldBe(7_858 + (100 * Unit), 1e-6);
        venue.Prices(12_000m, 200m);
        venue.Verdict("alice").Equity.ShouldBe(7_858 + (100 * (100 - Math.Sqrt(6_000))), 1e-6);
    }

    [Fact]
    public void What_the_holder_may_lose_is_margined_and_so_is_what_its_writer_may()
    {
        TestVenue venue = WithHolder(100m);

        // The worst the grid asks of who holds coins and cash is a fall; of who owes them a rise.
        double fall = venue.Verdict("alice").ScenarioLoss, rise = venue.Verdict("bob").ScenarioLoss;
        PoolPosition pool = new(100, PoolRange.Between(6_000, 10_000));

        fall.ShouldBeGreaterThan(0);
        fall.ShouldBeLessThan(pool.Value(8_000));
        rise.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Liquidity_nobody_could_answer_for_is_not_sold()
    {
        TestVenue venue = TestVenue.Open();
        venue.Account("poor");
        venue.Deposit("poor", "10", "USDC");
        venue.Rich("bob");

        venue.Refuse(new ReportFill(new AccountId("bob"), new AccountId("poor"), new InstrumentId(Name), 1_000m, 21.42m), Refusal.InitialMarginBreached);
        venue.Refuse(new ReportFill(new AccountId("poor"), new AccountId("bob"), new InstrumentId(Name), 1_000m, 21.42m), Refusal.InitialMarginBreached);
    }

    [Fact]
    public void Fees_go_from_the_writer_to_the_holder_in_both_assets_to_the_smallest_unit()
    {
        TestVenue venue = WithHolder(33.3m);
        string alice = venue.Cash("alice", "USDC"), bob = venue.Cash("bob", "USDC");
        venue.Accept(new PayPoolFees(new InstrumentId(Name), 0.0000001m, 0.0123456789m));

        // 33.3 × 0.0123456789 = 0.41111110737 and 33.3 × 10⁻⁷ = 0.00000333: rounded against each side.
        (decimal.Parse(venue.Cash("alice", "USDC")) - decimal.Parse(alice)).ShouldBe(0.411111m);
        (decimal.Parse(bob) - decimal.Parse(venue.Cash("bob", "USDC"))).ShouldBe(0.411112m);
        venue.Cash("alice", "BTC").ShouldBe("0.00000333");
        venue.Cash("bob", "BTC").ShouldBe("99999.99999667");
        venue.Balance(Fund.Rounding, "USDC").ShouldBe("0.000001");
    }

    [Theory]
    [InlineData(Name, "-0.000001", "0", Refusal.RateOutOfRange)]
    [InlineData(Name, "0", "-0.000001", Refusal.RateOutOfRange)]
    [InlineData(Name, "0", "2.2", Refusal.RateOutOfRange)]
    [InlineData(Name, "0.0003", "0", Refusal.RateOutOfRange)]
    [InlineData(Name, "0", "0", Refusal.NothingToDo)]
    [InlineData("BTC_USDC-PERPETUAL", "0", "0.01", Refusal.InstrumentUnsuitable)]
    [InlineData("BTC_USDC-POOL", "0", "0.01", Refusal.InstrumentUnknown)]
    public void Fees_that_no_pool_earns_are_refused(string name, string baseGrowth, string quoteGrowth, Refusal refusal) =>
        WithHolder(10m).Refuse(new PayPoolFees(new InstrumentId(name), decimal.Parse(baseGrowth, CultureInfo.InvariantCulture), decimal.Parse(quoteGrowth, CultureInfo.InvariantCulture)), refusal);

    [Fact]
    public void Fees_of_a_pool_nobody_holds_are_nobodys()
    {
        TestVenue venue = TestVenue.Open();

        venue.Refuse(new PayPoolFees(new InstrumentId(Name), 0, 0.01m), Refusal.NothingToDo);
    }

    [Fact]
    public void A_pool_does_not_expire_and_pays_no_funding()
    {
        TestVenue venue = WithHolder(10m);

        venue.Refuse(new SettleExpiry(new InstrumentId(Name), 8_000m), Refusal.InstrumentUnsuitable);
        venue.Refuse(new PayFunding(new InstrumentId(Name), 0.001m), Refusal.InstrumentUnsuitable);
    }

    [Fact]
    public void A_borrower_against_liquidity_is_liquidated_by_the_same_plan_as_anybody()
    {
        TestVenue venue = TestVenue.Open();
        venue.Rich("bob");
        venue.Account("carol");
        venue.Deposit("carol", "1000", "USDC");
        venue.Fill("carol", "bob", "BTC_USDC-PERPETUAL", 0.25m, 8_000m);
        venue.Fill("carol", "bob", Name, 40m, 21.42m);
        venue.Prices(7_000m, 200m);
        venue.Prices(5_300m, 200m);

        venue.Phase("carol").ShouldNotBe(AccountPhase.Healthy);
        venue.State.Tally.Liquidations.ShouldBeGreaterThan(0);
        venue.LotsOf("carol", Name).ShouldBeInRange(0, 400);
        venue.LotsOf("carol", "BTC_USDC-PERPETUAL").ShouldBeLessThan(250);
        venue.State.Positions.OpenInterest(venue.State.Instrument(new InstrumentId(Name))).Count.ShouldBe(400);
    }

    [Fact]
    public void A_writer_who_can_not_pay_is_closed_out_of_the_liquidity_he_owes()
    {
        TestVenue venue = TestVenue.Open();
        venue.Rich("bob");
        venue.Account("dave");
        venue.Deposit("dave", "400", "USDC");
        venue.Fill("bob", "dave", Name, 30m, 21.42m);
        for (decimal price = 8_500m; price <= 30_000m && venue.LotsOf("dave", Name) < 0; price += 500m)
        {
            venue.Prices(price, 200m);
            if (price < 15_000m) continue;

            // Above its range the liquidity is worth √10000 − √6000 a unit, whatever the price.
            venue.Verdict("dave").Equity.ShouldBe(400 + (30 * (21.42 - (100 - Math.Sqrt(6_000)))), 1e-6);
        }

        venue.Verdict("dave").Equity.ShouldBeGreaterThan(0);
    }

    private static TestVenue WithHolder(decimal liquidity)
    {
        TestVenue venue = TestVenue.Open();
        venue.Rich("bob");
        venue.Account("alice");
        venue.Deposit("alice", "10000", "USDC");
        venue.Fill("alice", "bob", Name, liquidity, 21.42m);

        return venue;
    }
}
