using Plimsoll.Markets.Instruments;
using Plimsoll.Pricing.Pools;
using Plimsoll.Pricing.Valuation;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;

namespace Plimsoll.Risk.Tests;

public class PoolInMarginTests
{
    private static readonly PoolRange Range = PoolRange.Between(40_000, 70_000);

    [Fact]
    public void A_pool_s_row_is_its_revaluation_and_bends_against_the_holder()
    {
        var venue = new TestVenue();
        ReadOnlySpan<double> row = venue.Responses.Instruments.Row(venue.BtcPool.Value);
        for (int k = 0; k < venue.Model.ScenarioCount; k++)
        {
            Pricing.Responses.Shock shock = venue.Model.Shocks(venue.Btc.Value)[k];
            double coin = 1 + venue.Model.Shocks(venue.Usdc.Value)[k].Spot;
            double expected = (Range.ValueAt(60_000 * (1 + shock.Spot) / coin) - Range.ValueAt(60_000)) * coin * shock.Dampening;
            row[k].ShouldBe(expected, 1e-9 * Range.ValueAt(60_000));

            // Never more than the inventory would have gained: the tangent lies above a curve that bends down.
            row[k].ShouldBeLessThanOrEqualTo((Range.DeltaAt(60_000) * 60_000 * (((1 + shock.Spot) / coin) - 1) * coin * shock.Dampening) + 1e-9);
        }
    }

    [Fact]
    public void A_pool_hedged_by_its_inventory_is_left_with_its_gamma()
    {
        var venue = new TestVenue();
        int bare = venue.Open(), hedged = venue.Open();
        foreach (int account in (int[])[bare, hedged])
        {
            venue.Deposit(account, venue.Usdc, 50_000);
            venue.Trade(account, venue.BtcPool, 1_000, Range.ValueAt(60_000));
        }

        venue.Trade(hedged, venue.BtcPerp, -1_000 * Range.DeltaAt(60_000), 60_000);
        UnitGreeks unit = UnitGreeks.Of(ContractTerms.Of(venue.Catalog[venue.BtcPool]), 60_000, 0, 0, 1, 60_000);

        Explanation of = Judge.Explain(hedged, venue.Positions, venue.Money, venue.Responses, venue.Model);
        Explanation without = Judge.Explain(bare, venue.Positions, venue.Money, venue.Responses, venue.Model);
        for (int k = 0; k < venue.Model.ScenarioCount; k++)
        {
            (double btc, double coin) = (venue.Model.Shocks(venue.Btc.Value)[k].Spot, venue.Model.Shocks(venue.Usdc.Value)[k].Spot);
            if (coin != 0) continue;
            of.Scenarios[k].Change.ShouldBeLessThanOrEqualTo(1e-6, of.Scenarios[k].Id);
            if (Math.Abs(btc) is > 0 and < 0.12) Math.Abs(of.Scenarios[k].Change).ShouldBeLessThan(Math.Abs(without.Scenarios[k].Change) / 2, of.Scenarios[k].Id);
        }

        unit.Delta.ShouldBe(Range.BaseAt(60_000));
        unit.Gamma.ShouldBe(Range.GammaAt(60_000));
        unit.Vega.ShouldBe(0);
        unit.Theta.ShouldBe(0);
    }

    [Fact]
    public void A_writer_of_liquidity_answers_for_a_rise_and_a_holder_for_a_fall()
    {
        var venue = new TestVenue();
        int holder = venue.Open(), writer = venue.Open();
        foreach ((int account, int side) in (ReadOnlySpan<(int, int)>)[(holder, 1), (writer, -1)])
        {
            venue.Deposit(account, venue.Usdc, 200_000);
            venue.Trade(account, venue.BtcPool, side * 1_000, Range.ValueAt(60_000));
        }

        venue.LiquidationOf(holder, venue.Btc).Above.ShouldBeNull();
        venue.LiquidationOf(writer, venue.Btc).Below.ShouldBeNull();
        venue.Judged(writer).ScenarioLoss.ShouldBeGreaterThan(0);
        venue.Judged(writer).Notional.ShouldBe(venue.Judged(holder).Notional, 1e-9);
    }

    [Fact]
    public void Splitting_a_range_in_two_changes_no_requirement()
    {
        var venue = new TestVenue();
        Instrument listed = venue.Catalog[venue.BtcPool];
        ContractTerms whole = ContractTerms.Of(listed);
        ContractTerms low = ContractTerms.Of(listed with { Upper = 55_000m }), high = ContractTerms.Of(listed with { Lower = 55_000m });
        foreach (double forward in (double[])[20_000, 40_000, 50_000, 55_000, 60_000, 70_000, 90_000])
            (UnitValue.Of(low, forward, 0, 0) + UnitValue.Of(high, forward, 0, 0)).ShouldBe(UnitValue.Of(whole, forward, 0, 0), 1e-9);
    }

    [Fact]
    public void Liquidity_without_a_price_is_worth_nothing_and_answers_nothing()
    {
        ContractTerms pool = ContractTerms.Of(new TestVenue().Catalog.Instruments[^1]);

        UnitValue.Of(pool, 0, 0, 0).ShouldBe(0);
        UnitValue.NotionalInQuote(pool, 0).ShouldBe(0);
        UnitGreeks.Of(pool, 0, 0, 0, 1, 1).ShouldBe(default);
    }

    [Fact]
    public void A_sunk_holder_is_sold_out_of_the_least_that_restores_the_target()
    {
        var venue = new TestVenue();
        int account = venue.Open();
        venue.Trade(account, venue.BtcPool, 1_000, Range.ValueAt(60_000));
        venue.Deposit(account, venue.Usdc, 4_000);
        LiquidationPlan plan = venue.PlanFor(account);

        plan.Outcome.ShouldBe(LiquidationOutcome.Partial);
        plan.Closes.Single().Instrument.ShouldBe(venue.BtcPool);
        plan.After.TargetHealth.ShouldBeGreaterThanOrEqualTo(0);
        ((double)plan.Closes.Single().Price).ShouldBeInRange(Range.ValueAt(60_000) * 0.9, Range.ValueAt(60_000));
        venue.Execute(account, plan);
        venue.Judged(account).TargetHealth.ShouldBeGreaterThanOrEqualTo(-1e-6);
    }
}
