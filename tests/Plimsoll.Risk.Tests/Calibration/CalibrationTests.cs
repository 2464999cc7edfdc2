using Plimsoll.Pricing.Volatility;
using Plimsoll.Risk.Collateral.Calibration;
using Plimsoll.Units;

namespace Plimsoll.Risk.Tests.Calibration;

public class CalibrationTests
{
    private static readonly CalibrationSettings Quick = new() { Resamples = 20 };

    [Fact]
    public void A_days_loss_runs_from_midnight_to_midnight()
    {
        PriceBar[] bars =
        [
            Bar(1, 22, 100, 100), Bar(1, 23, 100, 90),
            Bar(2, 0, 90, 80, low: 60), Bar(2, 23, 80, 72),
            Bar(3, 0, 72, 72), Bar(3, 23, 72, 144),
        ];
        var losses = DailyLosses.Of(BarSeries.Of(bars));

        losses.Days.Length.ShouldBe(2);
        losses.Days[0].At.ShouldBe(Instant.Utc(2021, 3, 2));
        losses.Days[0].Price.ShouldBe(90);
        losses.Days[0].Loss.ShouldBe(0.2, 1e-12);
        losses.Days[0].WorstLoss.ShouldBe(1 - (60 / 90.0), 1e-12);
        losses.Days[0].Variance.ShouldBe(Square(Math.Log(80 / 90.0)) + Square(Math.Log(72 / 80.0)), 1e-12);
        losses.Days[0].Volume.ShouldBe(20);
        losses.Days[1].Loss.ShouldBe(-1, 1e-12);
        losses.LastPrice.ShouldBe(144, 1e-9);
    }

    [Fact]
    public void A_day_that_begins_or_ends_in_an_outage_is_not_whole_and_its_return_is_still_counted()
    {
        List<PriceBar> bars = Series.Invented(1, 6);
        bars.RemoveAll(bar => bar.At >= Instant.Utc(2020, 1, 3, 20) && bar.At < Instant.Utc(2020, 1, 4, 5));
        var losses = DailyLosses.Of(BarSeries.Of(bars));

        losses.Days.Select(day => day.IsWhole).ShouldBe([true, false, false, true, true]);
        losses.Days.Sum(day => day.LogReturn).ShouldBe(Math.Log(losses.LastPrice / losses.Days[0].Price), 1e-12);
    }

    [Fact]
    public void A_wick_that_no_market_made_worsens_no_day()
    {
        List<PriceBar> bars = Series.Invented(2, 4);
        var clean = DailyLosses.Of(BarSeries.Of(bars));
        bars[50] = bars[50] with { Low = 0.0001 };
        var dirty = DailyLosses.Of(BarSeries.Of(bars));

        dirty.BadTicks.ShouldBe(1);
        dirty.Days.Select(day => day.Loss).ShouldBe(clean.Days.Select(day => day.Loss));
        dirty.Days.Max(day => day.WorstLoss).ShouldBeLessThan(0.5);
    }

    [Fact]
    public void Invented_storms_and_calms_are_covered_as_often_as_is_said()
    {
        (int exceptions, int trials) = (0, 0);
        for (ulong seed = 1; seed <= 6; seed++)
        {
            HaircutBacktest backtest = Series.Calibrated(Series.Invented(seed, 1200), Quick).At(0.95)!;
            (exceptions, trials) = (exceptions + backtest.Test.Exceptions, trials + backtest.Test.Trials);
        }

        (exceptions / (double)trials).ShouldBe(0.05, 0.012);
    }

    [Fact]
    public void Nothing_that_comes_later_moves_a_haircut()
    {
        List<PriceBar> bars = Series.Invented(9, 700);
        HaircutBacktest whole = Series.Calibrated(bars, Quick).At(0.99)!;
        HaircutBacktest crashed = Series.Calibrated(bars.Select((bar, i) => i < 650 * 24 ? bar : bar with { Open = bar.Open / 3, High = bar.High / 3, Low = bar.Low / 3, Close = bar.Close / 3 }), Quick).At(0.99)!;
        Instant crash = Instant.Utc(2020, 1, 1) + TimeSpan.FromDays(650);

        crashed.Days.TakeWhile(day => day.At < crash).ShouldBe(whole.Days.TakeWhile(day => day.At < crash));
        crashed.Days.Single(day => day.At == crash).Haircut.ShouldBe(whole.Days.Single(day => day.At == crash).Haircut);
        crashed.Days.Single(day => day.At == crash).IsException.ShouldBeTrue();
        crashed.Days.Single(day => day.At == crash + TimeSpan.FromDays(1)).Haircut.ShouldBeGreaterThan(3 * whole.Days.Single(day => day.At == crash + TimeSpan.FromDays(1)).Haircut);
    }

    [Fact]
    public void What_a_coin_is_counted_in_changes_no_haircut()
    {
        List<PriceBar> bars = Series.Invented(4, 600);
        HaircutBacktest one = Series.Calibrated(bars, Quick).At(0.95)!;
        HaircutBacktest other = Series.Calibrated(bars.Select(bar => bar with { Open = bar.Open * 1024, High = bar.High * 1024, Low = bar.Low * 1024, Close = bar.Close * 1024 }), Quick).At(0.95)!;

        other.Test.Exceptions.ShouldBe(one.Test.Exceptions);
        other.MeanHaircut.ShouldBe(one.MeanHaircut, 1e-9);
    }

    [Fact]
    public void A_safer_level_asks_for_more_and_lets_less_through()
    {
        HaircutCalibration calibration = Series.Calibrated(Series.Invented(5, 1200), Quick);
        HaircutBacktest[] ladder = [.. new[] { 0.8, 0.9, 0.95, 0.975, 0.99 }.Select(level => calibration.At(level)!)];

        for (int i = 1; i < ladder.Length; i++)
        {
            ladder[i].MeanHaircut.ShouldBeGreaterThan(ladder[i - 1].MeanHaircut);
            ladder[i].Efficiency.ShouldBeLessThan(ladder[i - 1].Efficiency);
            ladder[i].Test.Exceptions.ShouldBeLessThanOrEqualTo(ladder[i - 1].Test.Exceptions);
            ladder[i].ShortfallOfLoan.ShouldBeLessThanOrEqualTo(ladder[i - 1].ShortfallOfLoan);
            ladder[i].Next.MultiplierLow.ShouldBeLessThanOrEqualTo(ladder[i].Next.Multiplier);
            ladder[i].Next.MultiplierHigh.ShouldBeGreaterThanOrEqualTo(ladder[i].Next.Multiplier);
            ladder[i].Next.ShortfallMultiplier.ShouldBeGreaterThan(ladder[i].Next.Multiplier);
        }

        calibration.At(0.9999).ShouldBeNull();
    }

    [Fact]
    public void Years_add_up_to_the_whole()
    {
        HaircutBacktest backtest = Series.Calibrated(Series.Invented(6, 1300), Quick).At(0.9)!;

        backtest.Years.Sum(year => year.Test.Trials).ShouldBe(backtest.Test.Trials);
        backtest.Years.Sum(year => year.Test.Exceptions).ShouldBe(backtest.Test.Exceptions);
        backtest.Years.Sum(year => year.FlatExceptions).ShouldBe(backtest.FlatTest.Exceptions);
    }

    [Fact]
    public void What_cannot_be_calibrated_on_says_why()
    {
        Should.Throw<InputException>(() => Series.Calibrated(Series.Invented(1, 100))).Message.ShouldContain("531 or more");
        Should.Throw<InputException>(() => Series.Calibrated(Series.Invented(1, 1))).Message.ShouldContain("whole days");
        Should.Throw<InputException>(() => Series.Calibrated(Series.Invented(1, 600).Select(bar => new PriceBar(bar.At, 1, 1, 1, 1)))).Message.ShouldContain("without any move");
        Should.Throw<InputException>(() => new CalibrationSettings { Decay = double.NaN }).Message.ShouldContain("decay");
    }

    private static PriceBar Bar(int day, int hour, double open, double close, double? low = null) =>
        new(Instant.Utc(2021, 3, day, hour), open, Math.Max(open, close), low ?? Math.Min(open, close), close, 10);

    private static double Square(double value) => value * value;
}
