using Plimsoll.Numerics;
using Plimsoll.Pricing.Pools;
using static Plimsoll.Pricing.Tests.Pools.PoolSample;

namespace Plimsoll.Pricing.Tests.Pools;

public sealed class Laws_of_pool_positions
{
    [Fact]
    public void Worth_is_inventory_at_the_price() => ForMany((p, price, _) =>
        Near(p.Value(price), (p.Base(price) * price) + p.Quote(price), 1e-13 * ((p.Base(price) * price) + p.Quote(price) + (p.Liquidity * Exact.Sqrt(price)))));

    [Fact]
    public void Worth_is_the_integral_of_the_inventory_along_the_path() => ForMany(
        (p, price, chance) =>
        {
            double from = price * Exact.Exp(chance.NextNormal() * 0.5);

            return Near(p.Value(price) - p.Value(from), Quadrature(p, from, price), 1e-10 * p.Liquidity * (Exact.Sqrt(price) + Exact.Sqrt(from)));
        },
        draws: 300);

    [Fact]
    public void Delta_is_the_inventory_and_the_slope_of_the_worth() => ForMany((p, price, _) =>
    {
        double step = price * 1e-6;
        double slope = (p.Value(price + step) - p.Value(price - step)) / (2 * step);

        return p.Delta(price) == p.Base(price) && Near(p.Delta(price), slope, 1e-6 * p.Liquidity / Exact.Sqrt(price));
    });

    [Fact]
    public void Gamma_is_the_slope_of_delta_never_above_0_and_speed_is_its_own() => ForMany((p, price, _) =>
    {
        double step = price * 1e-6;
        bool smooth = p.Range.SideOf(price - step) == p.Range.SideOf(price + step);
        double slope = (p.Delta(price + step) - p.Delta(price - step)) / (2 * step);

        double bend = (p.Range.GammaAt(price + step) - p.Range.GammaAt(price - step)) / (2 * step);
        double unit = 1 / (price * Exact.Sqrt(price));

        return p.Gamma(price) <= 0 && (!smooth || (Near(p.Gamma(price), slope, 1e-6 * p.Liquidity * unit) && Near(p.Range.SpeedAt(price), bend, 1e-6 * unit / price)));
    });

    [Fact]
    public void A_range_over_all_prices_is_constant_product() => ForMany((p, price, _) =>
    {
        var all = new PoolPosition(p.Liquidity, PoolRange.Between(0, double.PositiveInfinity));
        double root = Exact.Sqrt(price);

        return all == new PoolPosition(p.Liquidity, default)
            && Near(all.Base(price) * all.Quote(price), p.Liquidity * p.Liquidity, 1e-14 * p.Liquidity * p.Liquidity)
            && Near(all.Value(price), 2 * p.Liquidity * root, 1e-15 * p.Liquidity * root)
            && Near(all.Gamma(price), -p.Liquidity / (2 * price * root), 1e-15 * p.Liquidity / (price * root));
    });

    [Fact]
    public void Ranges_that_meet_add_up_to_the_range_over_both() => ForMany((p, price, chance) =>
    {
        double lower = p.Range.Lower, upper = p.Range.Upper;
        double middle = lower == 0 || double.IsPositiveInfinity(upper) ? Math.Max(lower, 1e-9) + chance.NextDouble() : lower + ((upper - lower) * chance.NextDouble());
        if (!(middle > lower && middle < upper)) return true;
        var low = new PoolPosition(p.Liquidity, PoolRange.Between(lower, middle));
        var high = new PoolPosition(p.Liquidity, PoolRange.Between(middle, upper));
        double scale = 1e-12 * p.Liquidity * (Exact.Sqrt(price) + Exact.Sqrt(middle));

        return Near(low.Value(price) + high.Value(price), p.Value(price), scale)
            && Near(low.Delta(price) + high.Delta(price), p.Delta(price), 1e-12 * p.Liquidity * ((1 / Exact.Sqrt(price)) + (1 / Exact.Sqrt(middle))));
    });

    [Fact]
    public void Impermanent_loss_is_worth_less_holding_never_above_0_and_0_at_the_entry() => ForMany((p, price, chance) =>
    {
        double entry = price * Exact.Exp(chance.NextNormal());
        double held = (p.Base(entry) * price) + p.Quote(entry);
        double loss = p.ImpermanentLoss(entry, price);
        double fraction = p.ImpermanentLossFraction(entry, price);

        return loss <= 0
            && p.ImpermanentLoss(price, price) == 0
            && Near(loss, p.Value(price) - held, 1e-12 * (held + (p.Liquidity * (Exact.Sqrt(price) + Exact.Sqrt(entry)))))
            && fraction is <= 0 and >= -1
            && Near(fraction * held, loss, 1e-12 * held);
    });

    [Fact]
    public void Constant_product_loses_what_the_textbook_says()
    {
        var pool = new PoolPosition(3, PoolRange.Whole);
        foreach (double ratio in (double[])[0.01, 0.25, 0.5, 0.999, 1, 1.25, 2, 4, 100])
            pool.ImpermanentLossFraction(1_500, 1_500 * ratio).ShouldBe((2 * Math.Sqrt(ratio) / (1 + ratio)) - 1, 1e-14);

        // A doubling costs 5.72 %, a fourfold price a fifth.
        pool.ImpermanentLossFraction(1, 4).ShouldBe(-0.2, 1e-15);
    }

    [Fact]
    public void Loss_versus_rebalancing_is_half_the_gamma_at_the_variance() => ForMany((p, price, chance) =>
    {
        double vol = chance.NextDouble() * 2;
        double loss = LossVersusRebalancing.PerYear(p, price, vol);
        double inside = p.Range.SideOf(price) == 0 ? vol * vol * p.Liquidity * Exact.Sqrt(price) / 4 : 0;

        return loss >= 0
            && Near(loss, -0.5 * p.Gamma(price) * vol * vol * price * price, 0)
            && Near(loss, inside, 1e-14 * inside)
            && Near(LossVersusRebalancing.FractionPerYear(new PoolPosition(p.Liquidity, default), price, vol), vol * vol / 8, 1e-15 * vol * vol);
    });

    [Fact]
    public void Five_per_cent_a_day_cost_a_constant_product_pool_three_basis_points_a_day()
    {
        // Milionis, Moallemi, Roughgarden, Zhang 2022: σ = 5 % a day is 3.125 bp a day.
        double annual = 0.05 * Math.Sqrt(365);

        (LossVersusRebalancing.FractionPerYear(new PoolPosition(1, default), 2_000, annual) / 365).ShouldBe(3.125e-4, 1e-18);
    }

    [Fact]
    public void A_fee_leaves_arbitrageurs_a_part_that_shrinks_with_it_and_grows_with_the_block()
    {
        LossVersusRebalancing.TradedPart(0.6, 0, 12).ShouldBe(1);
        double thin = LossVersusRebalancing.TradedPart(0.6, 0.0005, 12);
        double thick = LossVersusRebalancing.TradedPart(0.6, 0.003, 12);

        thick.ShouldBeLessThan(thin);
        LossVersusRebalancing.TradedPart(0.6, 0.003, 2).ShouldBeLessThan(thick);
        // 1 ÷ (1 + √(2λ)·γ/σ) with σ = 5 % a day, γ = 30 bp and a block every 12 s.
        LossVersusRebalancing.TradedPart(0.05 * Math.Sqrt(365), 0.003, 12).ShouldBe(1 / (1 + (Math.Sqrt(2 * 7_200) * 0.003 / 0.05)), 1e-15);
    }

    [Fact]
    public void Coins_make_the_liquidity_that_the_scarcer_of_them_allows() => ForMany((p, price, _) =>
    {
        var again = PoolPosition.Funded(p.Range, price, p.Base(price), p.Quote(price));
        var worth = PoolPosition.Worth(p.Range, price, p.Value(price));

        return Near(again.Liquidity, p.Liquidity, 1e-13 * p.Liquidity) && Near(worth.Liquidity, p.Liquidity, 1e-13 * p.Liquidity);
    });

    [Fact]
    public void Nothing_jumps_at_the_ends_of_a_range() => ForMany((p, _, _) =>
    {
        foreach (double end in (double[])[p.Range.Lower, p.Range.Upper])
        {
            if (end == 0 || double.IsPositiveInfinity(end)) continue;
            double below = Math.BitDecrement(end), above = Math.BitIncrement(end);
            if (!Near(p.Value(below), p.Value(above), 1e-13 * p.Liquidity * Exact.Sqrt(end))) return false;
            if (!Near(p.Delta(below), p.Delta(above), 1e-13 * p.Liquidity / Exact.Sqrt(end))) return false;
        }

        return true;
    });

    [Fact]
    public void Fees_are_earned_inside_the_range_only_and_in_proportion()
    {
        var range = PoolRange.Between(1_500, 2_500);
        var flow = new PoolFlow(VolumePerYear: 1e9, FeeRate: 0.003, ActiveLiquidity: 50_000);

        flow.FeesPerYear(new PoolPosition(500, range), 2_000).ShouldBe(30_000, 1e-9);
        flow.FeesPerYear(new PoolPosition(500, range), 2_600).ShouldBe(0);
        flow.NetPerYear(new PoolPosition(500, range), 2_000, 0.6).ShouldBe(30_000 - (0.36 * 500 * Math.Sqrt(2_000) / 4), 1e-9);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_price_without_meaning_answers_NaN(double price)
    {
        var position = new PoolPosition(10, PoolRange.Between(1, 2));
        foreach (double number in new[] { position.Base(price), position.Quote(price), position.Value(price), position.Delta(price), position.Gamma(price), position.ImpermanentLoss(1.5, price), position.ImpermanentLoss(price, 1.5) })
            number.ShouldBe(double.NaN);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(1, 1)]
    [InlineData(-1, 1)]
    [InlineData(double.NaN, 1)]
    [InlineData(1, double.NaN)]
    [InlineData(1, 1.0000000000000002)]
    public void A_range_without_width_is_none(double lower, double upper) =>
        Should.Throw<ArgumentOutOfRangeException>(() => PoolRange.Between(lower, upper));

    [Fact]
    public void Ticks_are_hundredths_of_a_per_cent()
    {
        PoolRange range = PoolRange.BetweenTicks(-100, 200);

        range.Lower.ShouldBe(Math.Pow(1.0001, -100), 1e-15);
        range.Upper.ShouldBe(Math.Pow(1.0001, 200), 1e-15);
        PoolRange.BetweenTicks(-PoolRange.MaxTick, PoolRange.MaxTick).Upper.ShouldBe(Math.Pow(1.0001, PoolRange.MaxTick), 1e26);
        Should.Throw<ArgumentOutOfRangeException>(() => PoolRange.BetweenTicks(5, 5));
        Should.Throw<ArgumentOutOfRangeException>(() => PoolRange.BetweenTicks(0, PoolRange.MaxTick + 1));
    }

    /// <summary>∫ inventory d price, by ten Gauss–Legendre points on sixteen pieces each side of the range's ends.</summary>
    private static double Quadrature(PoolPosition p, double from, double to)
    {
        double[] cuts = [.. new[] { from, to, p.Range.Lower, p.Range.Upper }.Where(x => x >= Math.Min(from, to) && x <= Math.Max(from, to)).Order()];
        double sum = 0;
        for (int c = 1; c < cuts.Length; c++)
        {
            for (int i = 0; i < 16; i++)
            {
                double width = (cuts[c] - cuts[c - 1]) / 16;
                sum += Gauss(p, cuts[c - 1] + (i * width), width);
            }
        }

        return from <= to ? sum : -sum;
    }

    private static double Gauss(PoolPosition p, double left, double width)
    {
        (double X, double W)[] points = [(0.1488743389816312, 0.2955242247147529), (0.4333953941292472, 0.2692667193099963), (0.6794095682990244, 0.2190863625159821), (0.8650633666889845, 0.1494513491505806), (0.9739065285171717, 0.0666713443086881)];
        double middle = left + (width / 2);

        return points.Sum(q => q.W * (p.Base(middle + (q.X * width / 2)) + p.Base(middle - (q.X * width / 2)))) * width / 2;
    }
}
