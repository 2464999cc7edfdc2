using System.Numerics;
using Plimsoll.Markets.Instruments;
using Plimsoll.Published;
using Plimsoll.Risk.Margin;
using Plimsoll.Risk.Margin.Rulebooks;
using Plimsoll.Risk.Margin.Rulebooks.Aave;
using Plimsoll.Risk.Margin.Rulebooks.Binance;
using Plimsoll.Risk.Margin.Rulebooks.Deribit;
using Plimsoll.Risk.Margin.Rulebooks.Derive;
using Plimsoll.Risk.Margin.Rulebooks.Dydx;
using Plimsoll.Risk.Margin.Rulebooks.Hyperliquid;
using Plimsoll.Risk.Margin.Rulebooks.Mango;
using Plimsoll.Risk.Margin.Rulebooks.Okx;

namespace Plimsoll.Risk.Tests.Rulebooks;

/// <summary>The pieces rulebooks are made of.</summary>
public sealed class RulebookBlocks
{
    [Fact]
    public void A_fraction_takes_and_gives_back_every_decimal()
    {
        var chance = new Chance(1);
        decimal[] edges = [0m, 0.1m, -0.1m, decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m, 79228162514.264337593543950335m, -4294967295m, 2147483648.5m];
        foreach (decimal edge in edges) ((Fraction)edge).ToDecimal().ShouldBe(edge);
        for (int i = 0; i < 5_000; i++)
        {
            var any = unchecked(new decimal((int)chance.Next(), (int)chance.Next(), (int)chance.Next(), chance.Happens(0.5), (byte)chance.Below(29)));
            ((Fraction)any).ToDecimal().ShouldBe(any);
        }
    }

    [Fact]
    public void A_fraction_reckons_as_decimals_do_where_they_are_exact()
    {
        var chance = new Chance(2);
        for (int i = 0; i < 2_000; i++)
        {
            decimal a = ((decimal)(long)(chance.Next() >> 24) / 1_000m) - 500_000m;
            decimal b = ((decimal)(long)(chance.Next() >> 24) / 10_000m) + 1m;
            ((Fraction)a + b).ToDecimal().ShouldBe(a + b);
            ((Fraction)a - b).ToDecimal().ShouldBe(a - b);
            ((Fraction)a * b).ToDecimal().ShouldBe(a * b);
            ((Fraction)a * b / b).ToDecimal().ShouldBe(a);
            ((Fraction)a).Floor.ShouldBe((BigInteger)decimal.Floor(a));
            ((Fraction)a < b).ShouldBe(a < b);
        }
    }

    [Fact]
    public void A_whole_root_is_the_largest_whose_square_fits()
    {
        var chance = new Chance(3);
        for (int i = 0; i < 2_000; i++)
        {
            BigInteger square = (BigInteger)chance.Next() >> chance.Below(64);
            if (i % 3 == 0) square *= chance.Next();
            BigInteger root = WholeNumbers.Root(square);
            (root * root <= square && (root + 1) * (root + 1) > square).ShouldBeTrue($"{square}");
        }
    }

    [Theory]
    [InlineData(7, 2, 3, 4)]
    [InlineData(-7, 2, -4, -3)]
    [InlineData(7, -2, -4, -3)]
    [InlineData(-7, -2, 3, 4)]
    [InlineData(6, 3, 2, 2)]
    public void A_quotient_says_which_way_it_rounds(int above, int below, int floor, int ceiling)
    {
        WholeNumbers.FloorDivide(above, below).ShouldBe(floor);
        WholeNumbers.CeilingDivide(above, below).ShouldBe(ceiling);
    }

    [Fact]
    public void The_brackets_of_the_worked_example_take_off_what_it_says()
    {
        BinanceRulebook.BtcMaintenance.Deductions[3].ShouldBe(16_300m);
        BinanceRulebook.EthMaintenance.Deductions[5].ShouldBe(135_365m);
    }

    [Fact]
    public void A_slice_by_slice_sum_is_the_last_rate_less_its_deduction()
    {
        RateTiers tiers = BinanceRulebook.EthMaintenance;
        var chance = new Chance(4);
        for (int i = 0; i < 1_000; i++)
        {
            decimal value = (decimal)chance.Between(0, 50_000_000);
            int place = tiers.Place(value);
            tiers.Amount(value).ShouldBe((value * tiers.Tiers[place].Rate) - tiers.Deductions[place], 0.000001m);
        }
    }

    [Fact]
    public void Tiers_that_do_not_ascend_are_refused()
    {
        Should.Throw<InputException>(() => new RateTiers([]));
        Should.Throw<InputException>(() => new RateTiers([new RateTier(10, 0.1m), new RateTier(10, 0.2m)]));
        Should.Throw<InputException>(() => new RateTiers([new RateTier(null, 0.1m), new RateTier(10, 0.2m)]));
        Should.Throw<InputException>(() => RateTiers.FromFloors([(5, 0.1m)]));
    }

    [Fact]
    public void A_price_solved_across_tiers_meets_maintenance_there()
    {
        RateTiers tiers = BinanceRulebook.BtcMaintenance;
        var chance = new Chance(5);
        int found = 0;
        for (int i = 0; i < 2_000; i++)
        {
            decimal size = (decimal)chance.Between(-400, 400);
            decimal mark = 32_000m;
            decimal equity = (decimal)chance.Between(0.02, 1.5) * Math.Abs(size) * mark;
            LiquidationPrices prices = LinearLiquidation.Prices(equity, size, mark, tiers, otherMaintenance: 1_000m);
            foreach (double? price in new[] { prices.Below, prices.Above })
            {
                if (price is not { } at) continue;

                found++;
                decimal then = equity + (size * ((decimal)at - mark));
                then.ShouldBe(1_000m + tiers.Amount(Math.Abs(size) * (decimal)at), Math.Abs(size) * 0.0001m, $"case {i}");
            }
        }

        found.ShouldBeGreaterThan(1_000);
    }

    [Fact]
    public void A_long_without_debt_has_no_liquidation_price() =>
        LinearLiquidation.Prices(50_000m, 1m, 32_000m, BinanceRulebook.BtcMaintenance, 0m).State.ShouldBe(LiquidationPriceState.None);

    [Fact]
    public void Half_way_through_the_settlement_window_half_the_forward_is_known()
    {
        SettlementAverage half = SettlementAverage.Of(60_000, SettlementAverage.Window / 2);

        (half.Fixed, half.Floating).ShouldBe((30_000, 30_000));
        half.Moved(0.9).ShouldBe(57_000, 1e-9);
        SettlementAverage.Of(60_000, 1_801).Fixed.ShouldBe(0);
        SettlementAverage.Of(60_000, -5).Floating.ShouldBe(0);
    }

    [Fact]
    public void A_stable_price_takes_more_than_a_day_to_believe_a_tenfold()
    {
        var price = new StablePrice(1, 0, StablePriceTerms.Released);
        for (long at = 60; at <= 25 * 3_600; at += 60)
        {
            price.Observe(10, at);
            price.ForAsset(10).ShouldBeLessThan(10);
        }

        price.Value.ShouldBeInRange(7, 8);
        price.ForLiability(1).ShouldBe(price.Value);
    }

    [Fact]
    public void A_second_look_within_ten_seconds_moves_no_stable_price()
    {
        var price = new StablePrice(1, 0, StablePriceTerms.Released);
        price.Observe(10, 9);

        price.Value.ShouldBe(1);
    }

    [Fact]
    public void Terms_under_which_every_repayment_hurts_are_refused() =>
        Should.Throw<InputException>(() => new TargetHealth(1.05m, 1.10m, 0.97m).DebtToRepay(1_000m, 0.9m, 1m));

    [Theory]
    [InlineData(0.96, 50_000, 30_000)]
    [InlineData(0.95, 50_000, 40_000)]
    [InlineData(0.96, 1_999, 40_000)]
    public void Deep_under_water_or_small_is_repaid_whole(double health, double collateral, double most) =>
        CloseFactor.Released.MostDebt((decimal)health, (decimal)collateral, 40_000m, 60_000m).ShouldBe((decimal)most);

    [Fact]
    public void A_short_put_asks_for_at_least_its_maintenance()
    {
        OptionMargin margin = new ShortOption(OptionSide.Put, 10_000m, 0m, 1.5m).Margin;

        margin.Maintenance.ShouldBe(1.5m + 0.1125m);
        margin.Initial.ShouldBe(1.65m);
        new ShortOption(OptionSide.Call, 10_000m, 2_000m, 0.01m).Margin.ShouldBe(new OptionMargin(0.11m, 0.085m));
    }

    [Fact]
    public void A_position_nobody_holds_has_no_price()
    {
        var account = new Subaccount(100m, [new SubaccountPosition("BTC", 1m, 50_000m, 0.03m)]);

        Should.Throw<InputException>(() => account.BankruptcyQuote("ETH", 1m)).Message.ShouldContain("ETH");
        Should.Throw<InputException>(() => new Subaccount(100m, [new SubaccountPosition("BTC", 1m, 50_000m, 0m)]).FillablePrice("BTC", new FillablePriceTerms(1_000_000, 1)));
    }

    [Fact]
    public void Large_positions_are_asked_by_slices()
    {
        FutureRule btc = HyperliquidRulebook.Tiered("BTC", 150_000_000, 40, 20);

        btc.Maintenance.Amount(200_000_000m).ShouldBe((150_000_000m * 0.0125m) + (50_000_000m * 0.025m));
        OkxRulebook.UsdtDiscounts.Amount(11_000_000m).ShouldBe(10_300_000m);
    }

    [Fact]
    [Trait("Category", "Published")]
    public void The_grid_the_book_is_judged_on_is_the_published_one()
    {
        var file = ModelFile.Open("golden/margin.json");
        Assert.SkipUnless(file.Exists, SharedFolder.HowToFind(file.Name));
        var grid = PortfolioRulebook.Published.Rules.Parameters.Grid;
        var published = file.Shared.GetProperty("grids").EnumerateObject().First().Value.EnumerateArray().ToArray();

        grid.Length.ShouldBe(published.Length);
        double[] Sorted(IEnumerable<double> figures) => [.. figures.Select(f => Math.Round(f, 9)).Order()];
        Sorted(grid.Select(s => s.Spot)).ShouldBe(Sorted(published.Select(p => p[0].GetDouble())));
        Sorted(grid.Select(s => s.Dampening)).ShouldBe(Sorted(published.Select(p => p[2].GetDouble())));
        grid.Count(s => s.Surface == SurfaceMove.Up).ShouldBe(published.Count(p => p[1].GetString() == "Up"));
    }
}
