using Plimsoll.Numerics;
using Plimsoll.Pricing.Volatility;
using Plimsoll.Units;

namespace Plimsoll.Pricing.Tests.Volatility;

public sealed class Realised_volatility
{
    private static readonly Instant Start = Instant.Utc(2024, 1, 1);

    public static TheoryData<VolatilityEstimator, double> Estimators => new()
    {
        { VolatilityEstimator.CloseToClose, 0.02 },
        // Ranges of a path of 60 steps fall short of those of a continuous one, by 9 % as theory has it.
        { VolatilityEstimator.Parkinson, 0.11 },
        { VolatilityEstimator.GarmanKlass, 0.14 },
        { VolatilityEstimator.RealisedKernel, 0.05 },
        { VolatilityEstimator.Ewma, 0.08 },
    };

    [Theory]
    [MemberData(nameof(Estimators))]
    public void Every_estimator_finds_the_volatility_a_path_was_made_with(VolatilityEstimator estimator, double tolerance)
    {
        var series = BarSeries.Of(Path(7, hours: 24 * 120, volatility: 0.8));
        var found = RealisedVolatility.Last(series, estimator, 120);
        (found.Volatility / 0.8).ShouldBe(1, tolerance);
        found.Observations.ShouldBeGreaterThan(2_800);
    }

    [Fact]
    public void Two_bars_by_hand()
    {
        PriceBar[] bars =
        [
            new(Start, 100, 104, 98, 102),
            new(Start + TimeSpan.FromDays(1), 102, 103, 95, 96),
            new(Start + TimeSpan.FromDays(2), 96, 101, 96, 100),
        ];
        var series = BarSeries.Of(bars);
        double L(double x) => Exact.Log(x);
        var squares = (L(96 / 102.0) * L(96 / 102.0)) + (L(100 / 96.0) * L(100 / 96.0));
        RealisedVolatility.Last(series, VolatilityEstimator.CloseToClose, 3).Volatility.ShouldBe(Math.Sqrt(squares / (2 / 365.0)), 1e-12);

        var ranges = bars.Sum(bar => L(bar.High / bar.Low) * L(bar.High / bar.Low));
        RealisedVolatility.Last(series, VolatilityEstimator.Parkinson, 3).Volatility.ShouldBe(Math.Sqrt(ranges / (4 * L(2)) / (3 / 365.0)), 1e-12);

        var bodies = bars.Sum(bar => L(bar.Close / bar.Open) * L(bar.Close / bar.Open));
        RealisedVolatility.Last(series, VolatilityEstimator.GarmanKlass, 3).Volatility
            .ShouldBe(Math.Sqrt(((ranges / 2) - (((2 * L(2)) - 1) * bodies)) / (3 / 365.0)), 1e-12);

        var weighed = ((0.94 * L(96 / 102.0) * L(96 / 102.0)) + (L(100 / 96.0) * L(100 / 96.0))) / (1.94 / 365);
        RealisedVolatility.Last(series, VolatilityEstimator.Ewma, 3).Volatility.ShouldBe(Math.Sqrt(weighed), 1e-12);
        RealisedVolatility.Last(series, VolatilityEstimator.RealisedKernel, 3).HasValue.ShouldBeFalse();
    }

    [Fact]
    public void A_gap_does_not_bend_returns_or_ranges()
    {
        var whole = Path(11, hours: 24 * 60, volatility: 0.6).ToList();
        var torn = BarSeries.Of(whole.Where((_, i) => i is < 500 or > 620));
        RealisedVolatility.Last(torn, VolatilityEstimator.CloseToClose, 60).Volatility.ShouldBe(0.6, 0.02);
        RealisedVolatility.Last(torn, VolatilityEstimator.Parkinson, 60).Volatility.ShouldBe(0.546, 0.03);
    }

    [Fact]
    public void Noise_that_doubles_close_to_close_hardly_moves_the_kernel()
    {
        var chance = new SeededStream(3);
        var clean = Path(5, hours: 24 * 40, volatility: 0.5, minutes: 5).ToList();
        var step = 0.5 * Math.Sqrt(5 / (365.0 * 24 * 60));
        var noisy = BarSeries.Of(clean.Select(bar =>
        {
            var close = bar.Close * Exact.Exp(1.2 * step * chance.NextNormal());
            return new PriceBar(bar.At, bar.Open, Math.Max(bar.High, close), Math.Min(bar.Low, close), close);
        }));
        RealisedVolatility.Last(noisy, VolatilityEstimator.CloseToClose, 40).Volatility.ShouldBeGreaterThan(0.9);
        RealisedVolatility.Last(noisy, VolatilityEstimator.RealisedKernel, 40).Volatility.ShouldBe(0.5, 0.06);
    }

    [Fact]
    public void Scaling_a_price_changes_nothing()
    {
        var bars = Path(13, hours: 24 * 20, volatility: 0.7).ToList();
        var scaled = BarSeries.Of(bars.Select(bar => new PriceBar(bar.At, 4 * bar.Open, 4 * bar.High, 4 * bar.Low, 4 * bar.Close)));
        foreach (var estimator in Enum.GetValues<VolatilityEstimator>())
            RealisedVolatility.Last(scaled, estimator, 20).Volatility.ShouldBe(RealisedVolatility.Last(BarSeries.Of(bars), estimator, 20).Volatility, 1e-9);
    }

    [Fact]
    public void What_is_no_bar_is_flagged_and_a_wick_no_market_made_is_cut()
    {
        var series = BarSeries.Of(
        [
            new(Start, 2.0, 2.1, 1.9, 2.05),
            new(Start + TimeSpan.FromHours(1), 2.05, 2.1, 0.0001, 2.0),
            new(Start + TimeSpan.FromHours(1), 2, 2, 2, 2),
            new(Start + TimeSpan.FromHours(2), 2.0, 1.9, 1.8, 1.85),
            new(Start + TimeSpan.FromHours(3), double.NaN, 2, 2, 2),
            new(Start + TimeSpan.FromHours(4), 2.0, 2.2, 1.9, 2.1),
        ]);
        series.Flagged.ShouldBe([new(1, BarFault.BadTick), new(2, BarFault.OutOfOrder), new(3, BarFault.Contradiction), new(4, BarFault.NotAPrice)]);
        series.Bars.Count.ShouldBe(3);
        series.Bars[1].Low.ShouldBe(2.0);
        RealisedVolatility.Last(BarSeries.Of([]), VolatilityEstimator.Ewma, 30).HasValue.ShouldBeFalse();
    }

    [Fact]
    public void Parzens_weights_fall_smoothly_from_one_to_nothing()
    {
        RealisedKernel.Parzen(0).ShouldBe(1);
        RealisedKernel.Parzen(0.5).ShouldBe(0.25, 1e-15);
        RealisedKernel.Parzen(0.75).ShouldBe(0.03125, 1e-15);
        RealisedKernel.Parzen(1).ShouldBe(0);
    }

    internal static IEnumerable<PriceBar> Path(ulong seed, int hours, double volatility, int minutes = 60)
    {
        const int Steps = 60;
        var chance = new SeededStream(seed);
        var price = 60_000.0;
        var step = volatility * Math.Sqrt(minutes / (365.0 * 24 * 60 * Steps));
        for (var i = 0; i < hours * 60 / minutes; i++)
        {
            var (open, high, low) = (price, price, price);
            for (var s = 0; s < Steps; s++)
            {
                price *= Exact.Exp(step * chance.NextNormal());
                (high, low) = (Math.Max(high, price), Math.Min(low, price));
            }

            yield return new PriceBar(Start + TimeSpan.FromMinutes((double)i * minutes), open, high, low, price);
        }
    }
}
