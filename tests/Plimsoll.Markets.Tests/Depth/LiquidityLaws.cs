using Plimsoll.Markets.Depth;
using Plimsoll.Numerics;
using Plimsoll.Units;

namespace Plimsoll.Markets.Tests;

/// <summary>What holds of every measured market, under many seeds.</summary>
public class LiquidityLaws
{
    private static readonly MarketDay Day = new(0.04, 500_000, 300_000);

    [Fact]
    public void Selling_more_costs_more_a_coin_and_the_next_coin_no_less_than_the_last() => Holds(40, stream =>
    {
        LiquidityProfile profile = LiquidityMeter.Measure(Moments(stream, 12), stream.NextInt(2) == 0 ? Day : null);
        (double cost, double average, double slope, double size) = (0, 0, 0, 0);
        for (double coins = 0.01; coins < 1e5; coins *= 1.5)
        {
            UnwindCost next = profile.Cost(-coins);
            next.Unfilled.ShouldBe(0);
            double steep = (next.Cost - cost) / (coins - size);
            steep.ShouldBeGreaterThanOrEqualTo((slope * (1 - 1e-9)) - 1e-9, $"{coins}");
            next.AverageAt(profile.Mid).ShouldBeGreaterThanOrEqualTo((average * (1 - 1e-9)) - 1e-12, $"{coins}");
            next.AverageAt(profile.Mid).ShouldBeGreaterThanOrEqualTo(profile.HalfSpread * (1 - 1e-9));
            next.Cost.ShouldBeLessThanOrEqualTo(coins * profile.Mid * (1 + 1e-12));
            (cost, average, slope, size) = (next.Cost, next.AverageAt(profile.Mid), steep, coins);
        }
    });

    [Fact]
    public void Depth_grows_with_distance_and_a_thin_moment_shows_no_more_than_the_median_one() => Holds(40, stream =>
    {
        LiquidityProfile profile = LiquidityMeter.Measure(Moments(stream, 30));
        foreach (DepthCurve curve in new[] { profile.Bids!, profile.Asks! })
        {
            for (int i = 0; i < curve.Points.Length; i++)
            {
                curve.Points[i].Low.ShouldBeLessThanOrEqualTo(curve.Points[i].Median);
                if (i == 0) continue;
                curve.Points[i].Median.ShouldBeGreaterThanOrEqualTo(curve.Points[i - 1].Median);
                curve.Points[i].Low.ShouldBeGreaterThanOrEqualTo(curve.Points[i - 1].Low);
                curve.Points[i].Reached.ShouldBeLessThanOrEqualTo(curve.Points[i - 1].Reached);
            }
        }
    });

    [Fact]
    public void What_coins_are_counted_in_changes_no_part_of_a_price() => Holds(20, stream =>
    {
        List<DepthMoment> moments = Moments(stream, 40);
        LiquidityProfile coins = LiquidityMeter.Measure(moments, Day);
        LiquidityProfile lots = LiquidityMeter.Measure([.. moments.Select(moment => Scaled(moment, 1, 256))], new MarketDay(Day.Volatility, Day.Volume * 256, Day.ThinVolume * 256));

        lots.Law!.Scale.ShouldBe(coins.Law!.Scale, 1e-9);
        lots.Cost(-256 * 77).AverageAt(lots.Mid).ShouldBe(coins.Cost(-77).AverageAt(coins.Mid), 1e-12);
        lots.Time(-256 * 77, 0.1).Days!.Value.ShouldBe(coins.Time(-77, 0.1).Days!.Value, 1e-12);
    });

    [Fact]
    public void What_prices_are_counted_in_changes_no_part_of_them() => Holds(20, stream =>
    {
        List<DepthMoment> moments = Moments(stream, 40);
        LiquidityProfile dollars = LiquidityMeter.Measure(moments, Day);
        LiquidityProfile cents = LiquidityMeter.Measure([.. moments.Select(moment => Scaled(moment, 128, 1))], Day);

        cents.Spread.Median.ShouldBe(dollars.Spread.Median, 1e-15);
        cents.Impact!.Value.PerRootCoin.ShouldBe(dollars.Impact!.Value.PerRootCoin, 1e-15);
        cents.Cost(-9).AverageAt(cents.Mid).ShouldBe(dollars.Cost(-9).AverageAt(dollars.Mid), 1e-12);
    });

    [Fact]
    public void At_another_price_the_same_value_costs_the_same_part() => Holds(20, stream =>
    {
        LiquidityProfile measured = LiquidityMeter.Measure(Moments(stream, 20));
        LiquidityProfile dearer = measured.AtPrice(measured.Mid * 2.25);

        dearer.Cost(-400 / 2.25).AverageAt(dearer.Mid).ShouldBe(measured.Cost(-400).AverageAt(measured.Mid), 1e-12);
    });

    [Fact]
    public void Twice_the_book_everywhere_is_twice_the_depth_and_never_dearer() => Holds(20, stream =>
    {
        List<DepthMoment> moments = Moments(stream, 20);
        LiquidityProfile thin = LiquidityMeter.Measure(moments);
        LiquidityProfile thick = LiquidityMeter.Measure([.. moments.Select(moment => Scaled(moment, 1, 2))]);

        thick.Bids!.Within.ShouldBe(2 * thin.Bids!.Within, 1e-9 * thin.Bids.Within + 1e-9);
        thick.Impact!.Value.PerRootCoin.ShouldBe(thin.Impact!.Value.PerRootCoin / Math.Sqrt(2), 1e-12);
        foreach (double coins in new[] { 1, 20, 300.0 }) thick.Cost(-coins).Cost.ShouldBeLessThanOrEqualTo(thin.Cost(-coins).Cost * (1 + 1e-12));
    });

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.2)]
    [InlineData(0.5)]
    public void The_rate_at_which_a_made_book_refills_is_found(double perSecond)
    {
        var stream = new SeededStream(17);
        var moments = new List<DepthMoment>();
        double depth = 100;
        for (int second = 0; second < 3000; second++)
        {
            depth += perSecond * (100 - depth);
            if (stream.NextInt(40) == 0) depth *= 0.2;
            moments.Add(new DepthMoment(Instant.Utc(2024, 1, 1) + TimeSpan.FromSeconds(second), new DepthBook([new(99.99, depth), new(99.98, depth)], [new(100.01, 50), new(100.02, 50)])));
        }

        Resilience bids = LiquidityMeter.Measure(moments).Resilience.Bids!.Value;
        // Of a gap, 1 − p is left a second later, and a fortieth of all seconds takes four fifths of what there is.
        double half = Math.Log(2) / -Math.Log((1 - perSecond) * (1 - (0.8 / 40)));

        bids.HalfLifeSeconds.ShouldBe(Math.Max(1, half), 0.2 * half);
        bids.Low.ShouldBeLessThanOrEqualTo(bids.HalfLifeSeconds);
        LiquidityMeter.Measure(moments).Resilience.Asks.ShouldBeNull();
    }

    [Fact]
    public void A_book_of_the_laws_own_shape_gives_back_its_scale()
    {
        // The price after Q coins stands c·√Q away, so the sizes between equal steps grow like 1, 3, 5, 7 …
        DepthLevel[] bids = [.. Enumerable.Range(0, 30).Select(i => new DepthLevel(1000 - (0.01 * (i + 1)), ((2 * i) + 1) * 0.5))];
        DepthLevel[] asks = [.. Enumerable.Range(0, 30).Select(i => new DepthLevel(1000 + (0.01 * (i + 1)), ((2 * i) + 1) * 0.5))];
        LiquidityProfile profile = LiquidityMeter.Measure([new DepthMoment(Instant.Utc(2024, 1, 1), new DepthBook(bids, asks))], new MarketDay(0.02, 1_000_000, 1_000_000));

        double perRootCoin = 1e-5 / Math.Sqrt(0.5);
        profile.Impact!.Value.PerRootCoin.ShouldBe(perRootCoin, 1e-9);
        profile.Impact.Value.Exponent!.Value.ShouldBe(0.5, 1e-6);
        ImpactFit.Scale(perRootCoin, 0.02, 1_000_000).ShouldBe(perRootCoin * 1000 / 0.02, 1e-12);
    }

    [Fact]
    public void Lines_of_one_time_may_stand_in_any_order()
    {
        string folder = Directory.CreateTempSubdirectory("plimsoll-depth-").FullName;
        try
        {
            var stream = new SeededStream(8);
            string[] rows = [.. Enumerable.Range(0, 30).Select(i => $"{1_700_000_000_000 + (i / 5 * 1000)},{(i % 5) + 1},{100 - (i % 5)},{1 + (i % 7)},{101 + (i % 5)},{2 + (i % 3)}")];
            string[] shuffled = [.. Enumerable.Range(0, 6).SelectMany(m => rows.Skip(5 * m).Take(5).OrderBy(_ => stream.NextUInt64()))];
            string header = "ts_ms,level,bid_price,bid_qty,ask_price,ask_qty\n";
            File.WriteAllText(Path.Combine(folder, "a.csv"), header + string.Join('\n', rows));
            File.WriteAllText(Path.Combine(folder, "b.csv"), header + string.Join('\n', shuffled) + "\n");

            LiquidityProfile ordered = LiquidityMeter.Measure([.. DepthReader.Read(Path.Combine(folder, "a.csv"))]);
            LiquidityProfile other = LiquidityMeter.Measure([.. DepthReader.Read(Path.Combine(folder, "b.csv"))]);

            other.Bids!.Points.ShouldBe(ordered.Bids!.Points);
            other.Impact.ShouldBe(ordered.Impact);
            other.Mid.ShouldBe(ordered.Mid);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void What_cannot_be_measured_is_refused_or_left_out()
    {
        DepthMoment moment = Moments(new SeededStream(1), 1)[0];

        Should.Throw<ArgumentException>(() => LiquidityMeter.Measure([]));
        Should.Throw<ArgumentException>(() => LiquidityMeter.Measure([moment, moment]));
        Should.Throw<InputException>(() => LiquidityMeter.Measure([moment], new MarketDay(0.1, 5, 6))).Message.ShouldContain("thinVolume");
        Should.Throw<InputException>(() => VolumeFallback.Of(5, new MarketDay(double.NaN, 5, 5))).Message.ShouldContain("volatility");
        Should.Throw<ArgumentOutOfRangeException>(() => VolumeFallback.Of(0, Day));
        Should.Throw<ArgumentOutOfRangeException>(() => VolumeFallback.Of(5, Day).Time(1, 0));
        LiquidityProfile one = LiquidityMeter.Measure([moment]);
        one.SeenVolatility.ShouldBeNull();
        one.Resilience.ShouldBe(default);
        one.Time(-1, 0.1).Days.ShouldBeNull();
        one.Cost(0).Cost.ShouldBe(0);
        one.Cost(5).Cost.ShouldBeGreaterThan(0);
    }

    private static void Holds(ulong seeds, Action<SeededStream> law)
    {
        for (ulong seed = 1; seed <= seeds; seed++)
        {
            try
            {
                law(new SeededStream(seed));
            }
            catch (Exception fault)
            {
                throw new ShouldAssertException($"seed {seed}: {fault.Message}", fault);
            }
        }
    }

    private static List<DepthMoment> Moments(SeededStream stream, int count)
    {
        var moments = new List<DepthMoment>();
        double mid = 50 + (100 * stream.NextDouble());
        for (int second = 0; second < count; second++)
        {
            mid *= 1 + (0.0001 * stream.NextNormal());
            moments.Add(new DepthMoment(Instant.Utc(2024, 1, 1) + TimeSpan.FromSeconds(second), new DepthBook(Side(stream, mid, -1), Side(stream, mid, 1))));
        }

        return moments;
    }

    private static DepthLevel[] Side(SeededStream stream, double mid, int sign)
    {
        var levels = new DepthLevel[2 + stream.NextInt(15)];
        double distance = 0;
        for (int i = 0; i < levels.Length; i++)
        {
            distance += 1e-5 + (3e-4 * stream.NextDouble());
            levels[i] = new DepthLevel(mid * (1 + (sign * distance)), 0.1 + (10 * stream.NextDouble()));
        }

        return levels;
    }

    private static DepthMoment Scaled(DepthMoment moment, double price, double size)
    {
        DepthLevel[] Side(int sign) => Array.ConvertAll(moment.Book.Against(sign).ToArray(), level => new DepthLevel(level.Price * price, level.Size * size));

        return moment with { Book = new DepthBook(Side(-1), Side(1)) };
    }
}
