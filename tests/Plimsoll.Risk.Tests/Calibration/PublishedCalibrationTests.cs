using Plimsoll.Pricing.Volatility;
using Plimsoll.Risk.Collateral.Calibration;
using Plimsoll.Units;

namespace Plimsoll.Risk.Tests.Calibration;

/// <summary>Haircuts calibrated on real hourly prices hold as often as they say, out of sample.</summary>
[Trait("Category", "Published")]
public class PublishedCalibrationTests
{
    private static readonly CalibrationSettings Quick = new() { Resamples = 20 };

    public static TheoryData<string> Coins => ["btc", "eth", "sol", "link", "doge"];

    [Theory]
    [MemberData(nameof(Coins))]
    public void A_haircut_of_99_per_cent_covers_the_next_days_loss_as_often_as_it_says(string coin)
    {
        HaircutBacktest backtest = Calibration(coin).At(0.99)!;

        backtest.Test.Trials.ShouldBeGreaterThan(1300);
        backtest.Test.Kupiec.Probability.ShouldBeGreaterThan(0.05);
        backtest.Test.CoverageInterval.Low.ShouldBeLessThan(0.99);
        backtest.Test.CoverageInterval.High.ShouldBeGreaterThan(0.99);
    }

    [Theory]
    [MemberData(nameof(Coins))]
    public void Haircuts_of_95_and_97_and_a_half_per_cent_do_so_too(string coin)
    {
        HaircutCalibration calibration = Calibration(coin);

        calibration.At(0.975)!.Test.Kupiec.Probability.ShouldBeGreaterThan(0.05);
        calibration.At(0.95)!.Test.Kupiec.Probability.ShouldBeGreaterThan(0.05);
    }

    [Theory]
    [MemberData(nameof(Coins))]
    public void It_lends_more_on_the_mean_day_than_a_flat_haircut_that_knew_the_losses(string coin)
    {
        HaircutBacktest backtest = Calibration(coin).At(0.99)!;

        backtest.FlatTest.Exceptions.ShouldBe(backtest.Test.Exceptions);
        backtest.MeanHaircut.ShouldBeLessThan(backtest.FlatHaircut);
    }

    /// <summary>One setting moved at a time, both ways: the answer must not hang on the choice.</summary>
    [Theory]
    [MemberData(nameof(Coins))]
    public void It_holds_for_other_settings_than_the_usual_ones(string coin)
    {
        var losses = DailyLosses.Of(Series.Published(coin));
        foreach (CalibrationSettings other in new[] { Quick with { Decay = 0.9 }, Quick with { Decay = 0.97 }, Quick with { LongRunPart = 0 }, Quick with { LongRunPart = 0.5 }, Quick with { Window = 730 }, Quick with { Window = 36_500 } })
            new HaircutCalibration(losses, other).At(0.99)!.Test.Kupiec.Probability.ShouldBeGreaterThan(0.05, other.ToString());
    }

    [Fact]
    public void A_days_haircut_is_the_same_whatever_came_after_it()
    {
        BarSeries all = Series.Published("btc");
        HaircutBacktest whole = new HaircutCalibration(DailyLosses.Of(all), Quick).At(0.99)!;
        HaircutBacktest until = new HaircutCalibration(DailyLosses.Of(BarSeries.Of(all.Bars.TakeWhile(bar => bar.At < Instant.Utc(2021, 5, 19)))), Quick).At(0.99)!;

        until.Days.ShouldBe(whole.Days.Take(until.Days.Length));
        whole.Days[until.Days.Length].Haircut.ShouldBe(until.Next.Over(1));
        whole.Days[until.Days.Length].At.ShouldBe(Instant.Utc(2021, 5, 19));
    }

    [Fact]
    public void The_wick_of_march_2020_is_cut_and_no_other()
    {
        var losses = DailyLosses.Of(Series.Published("link"));

        losses.BadTicks.ShouldBe(1);
        losses.Days.Single(day => day.At == Instant.Utc(2020, 3, 12)).WorstLoss.ShouldBeInRange(0.4, 0.7);
        foreach (string coin in new[] { "btc", "eth", "sol", "doge" }) DailyLosses.Of(Series.Published(coin)).BadTicks.ShouldBe(0, coin);
    }

    [Fact]
    public void Days_of_outages_are_left_out_and_the_worst_day_is_march_2020()
    {
        var losses = DailyLosses.Of(Series.Published("btc"));

        losses.Days.Count(day => !day.IsWhole).ShouldBe(2);
        losses.Days.Max(day => day.Loss).ShouldBeInRange(0.35, 0.45);
    }

    private static HaircutCalibration Calibration(string coin) => new(DailyLosses.Of(Series.Published(coin)), Quick);
}
