using Plimsoll.Risk.Margin;

namespace Plimsoll.Risk.Tests;

public class LiquidationPriceTests
{
    /// <summary>
    /// Binance, "Liquidation price calculation for USDⓈ-M futures": 3,683.979 ETH long at 1,456.84 on a wallet of
    /// 1,535,443.01, maintenance rate 10 % less a maintenance amount of 135,365, is liquidated at 1,114.78. The amount is
    /// a constant credit, here part of the wallet.
    /// </summary>
    [Fact]
    public void Binances_worked_example_comes_out_under_a_flat_rate()
    {
        var venue = new TestVenue(p => TestVenue.Flat(p, 0.10m));
        venue.Price(venue.Eth, 1_456.84m);
        int trader = venue.Open();
        venue.Deposit(trader, venue.Usdc, 1_535_443.01 + 135_365.0);
        venue.Trade(trader, venue.EthPerp, 3_683.979, 1_456.84);

        LiquidationPrices found = venue.LiquidationOf(trader, venue.Eth);

        found.State.ShouldBe(LiquidationPriceState.Price);
        found.Below!.Value.ShouldBe(1_114.78, 0.01);
        found.Above.ShouldBeNull();
    }

    /// <summary>TorchTrade issue 344: equity 5, one unit at 100, rate 0.4 %, other positions require 4: 99.4, not 95.4.</summary>
    [Fact]
    public void What_other_positions_require_brings_liquidation_nearer()
    {
        var venue = new TestVenue(p => TestVenue.Flat(p, 0.004m));
        venue.Price(venue.Eth, 100m);
        int trader = venue.Open();
        venue.Deposit(trader, venue.Usdc, 5);
        venue.Trade(trader, venue.EthPerp, 1, 100);
        venue.Trade(trader, venue.DogePerp, 5_000, 0.2);

        venue.LiquidationOf(trader, venue.Eth).Below!.Value.ShouldBe(99.4, 0.01);
    }

    [Theory]
    [InlineData(20_000)]
    [InlineData(-90_000)]
    public void An_inverse_perpetual_follows_the_closed_form_of_inverse_rulebooks(double dollars)
    {
        const decimal Rate = 0.02m;
        var venue = new TestVenue(p => TestVenue.Flat(p, Rate));
        int trader = venue.Open();
        venue.Deposit(trader, venue.Btc, 1);
        venue.Trade(trader, venue.BtcInverse, dollars, 60_000);

        LiquidationPrices found = venue.LiquidationOf(trader, venue.Btc);

        // W + Q/E − Q/p = r·|Q|/p, solved for p; a short of more than its coin is liquidated above.
        double expected = (dollars + ((double)Rate * Math.Abs(dollars))) / (1 + (dollars / 60_000));
        double actual = (dollars > 0 ? found.Below : found.Above)!.Value;
        actual.ShouldBe(expected, expected * 1e-9);
    }

    [Fact]
    public void A_fully_covered_short_of_one_coin_is_never_liquidated_by_its_price()
    {
        var venue = new TestVenue(p => TestVenue.Flat(p, 0m));
        int holder = venue.Open();
        venue.Deposit(holder, venue.Btc, 1);
        venue.Trade(holder, venue.BtcInverse, -60_000, 60_000);

        venue.LiquidationOf(holder, venue.Btc).State.ShouldBe(LiquidationPriceState.None);
    }

    [Fact]
    public void A_price_nothing_hangs_on_liquidates_nobody()
    {
        var venue = new TestVenue();
        int trader = venue.Open();
        venue.Deposit(trader, venue.Usdc, 10_000);
        venue.Trade(trader, venue.BtcPerp, 1, 60_000);

        venue.LiquidationOf(trader, venue.Doge).State.ShouldBe(LiquidationPriceState.None);
    }

    [Fact]
    public void An_account_under_water_has_no_price_left_to_fear()
    {
        var venue = new TestVenue();
        int trader = venue.Open();
        venue.Deposit(trader, venue.Usdc, 1_000);
        venue.Trade(trader, venue.BtcPerp, 1, 60_000);

        venue.LiquidationOf(trader, venue.Btc).ShouldBe(new LiquidationPrices(LiquidationPriceState.Already, null, null));
    }

    [Fact]
    public void A_short_straddle_has_one_price_on_either_side()
    {
        var venue = new TestVenue();
        int writer = venue.Open();
        venue.Deposit(writer, venue.Usdc, 25_000);
        venue.Trade(writer, venue.BtcCall, -1, 9_000);
        venue.Trade(writer, venue.BtcPut, -1, 5_000);

        LiquidationPrices found = venue.LiquidationOf(writer, venue.Btc);

        found.Below!.Value.ShouldBeLessThan(60_000);
        found.Above!.Value.ShouldBeGreaterThan(60_000);
    }

    [Fact]
    public void A_claim_moves_with_what_it_is_a_claim_on()
    {
        var venue = new TestVenue();
        int staker = venue.Open();
        venue.Deposit(staker, venue.Steth, 10);
        venue.Deposit(staker, venue.Usdc, -15_000);

        venue.LiquidationOf(staker, venue.Eth).Below!.Value.ShouldBeInRange(1_500, 2_500);
    }

    [Fact]
    public void At_the_price_found_health_is_nothing_and_just_beyond_it_is_negative()
    {
        int prices = 0;
        for (ulong seed = 0; seed < 40; seed++)
        {
            var venue = new TestVenue();
            var chance = new Chance(seed);
            int account = chance.Account(venue);
            foreach (AssetIndex asset in new[] { venue.Btc, venue.Doge })
            {
                LiquidationPrices found = venue.LiquidationOf(account, asset);
                if (found.State == LiquidationPriceState.Already) venue.Judged(account).IsLiquidatable.ShouldBeTrue($"seed {seed}");
                foreach ((double? price, double beyond) in new[] { (found.Below, 1 - 1e-9), (found.Above, 1 + 1e-9) })
                {
                    if (price is not { } at) continue;
                    double ratio = at / venue.Market.PriceOf(asset);
                    HealthAt(venue, account, asset, ratio).ShouldBeGreaterThanOrEqualTo(-1e-6, $"seed {seed}");
                    HealthAt(venue, account, asset, ratio * beyond).ShouldBeLessThan(0, $"seed {seed}");
                    prices++;
                }
            }
        }

        prices.ShouldBeGreaterThan(20);
    }

    private static double HealthAt(TestVenue venue, int account, AssetIndex asset, double ratio)
    {
        venue.Responses.RebuildShifted(venue.Market, asset, ratio);

        return venue.Judged(account).MaintenanceHealth;
    }
}
