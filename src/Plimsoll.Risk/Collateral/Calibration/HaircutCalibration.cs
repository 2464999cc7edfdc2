using System.Collections.Immutable;
using Plimsoll.Numerics;

namespace Plimsoll.Risk.Collateral.Calibration;

/// <summary>
/// Haircuts for the next day's loss, by filtered historical simulation (Barone-Adesi, Giannopoulos and Vosper 1999; Hull and
/// White 1998), strictly forward: what a day is given was known before it began.
/// <list type="number">
/// <item>Each day's realised variance is that of its bars. Twenty-four hours measure a day about as well as twenty-four days'
/// squares would, so the filter answers within the day a storm begins.</item>
/// <item>The forecast is their exponential mean. While it is calmer than the window's own mean a stated part of it is that
/// mean (<see cref="CalibrationSettings.LongRunPart"/>); in a storm it stands alone.</item>
/// <item>A residual is a day's fall in logarithms over the volatility forecast for it. The multiplier is the residuals'
/// quantile of type 6 at the level: the one that the next residual exceeds with just the target probability, if residuals
/// are exchangeable, whatever their distribution. It is taken of the very volatility it will multiply, floor included, so
/// that prudence in one does not go on top of prudence in the other.</item>
/// <item>Haircut = 1 − exp(−multiplier · volatility · √days).</item>
/// </list>
/// </summary>
public sealed class HaircutCalibration
{
    private const int SeedDays = 30;

    private readonly CalibrationSettings _settings;
    private readonly double[] _volatility;

    /// <summary>Filters a series.</summary>
    /// <param name="losses">The days.</param>
    /// <param name="settings">How; the usual ones without it.</param>
    /// <exception cref="Units.InputException">There are too few days, or the price never moves.</exception>
    public HaircutCalibration(DailyLosses losses, CalibrationSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(losses);
        Losses = losses;
        _settings = settings ?? new CalibrationSettings();
        int least = SeedDays + _settings.Warmup + 1;
        if (losses.Days.Length < least) throw new Units.InputException("prices", $"found {losses.Days.Length} days, expected {least} or more: {SeedDays} for the first volatility, {_settings.Warmup} residuals and one to test");

        _volatility = Forecasts(losses.Days, _settings);
        if (!Array.TrueForAll(_volatility, one => one > 0)) throw new Units.InputException("prices", "found a month without any move, expected prices of a market");
        Residuals = [.. ResidualDays(losses.Days).Select(Residual)];
    }

    /// <summary>The days.</summary>
    public DailyLosses Losses { get; }

    /// <summary>The volatility forecast for the day after the last, a part of the price.</summary>
    public double NextVolatility => _volatility[^1];

    /// <summary>The highest forecast of the last year: what a schedule that stays as it is must stand.</summary>
    public double StressedVolatility => _volatility.TakeLast(365).Max();

    /// <summary>The volatility of a day over the window: the root of its mean variance.</summary>
    public double LongRunVolatility => Math.Sqrt(Losses.Days.TakeLast(_settings.Window).Average(day => day.Variance));

    /// <summary>All residuals, in order of time: a fall over the volatility that was forecast for its day.</summary>
    public ImmutableArray<double> Residuals { get; }

    /// <summary>The backtest at a level, and what it asks for the next day.</summary>
    /// <param name="level">The probability that a haircut holds, 0.5 to 0.9999.</param>
    /// <returns>None where the warm-up is too short for the level's quantile.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The level lies outside its range.</exception>
    public HaircutBacktest? At(double level)
    {
        if (level is not (>= 0.5 and <= 0.9999)) throw new ArgumentOutOfRangeException(nameof(level), level, "Expected 0.5 to 0.9999.");

        var window = new SortedWindow(_settings.Window);
        var tested = ImmutableArray.CreateBuilder<HaircutDay>();
        foreach (int d in ResidualDays(Losses.Days))
        {
            if (window.Count >= _settings.Warmup)
            {
                double multiplier = Quantiles.Type6(window.Ascending, level);
                if (double.IsNaN(multiplier)) return null;
                LossDay day = Losses.Days[d];
                tested.Add(new HaircutDay(day.At, _volatility[d], multiplier, Haircut(multiplier, _volatility[d], 1), day.Loss, day.WorstLoss));
            }

            window.Add(Residual(d));
        }

        return tested.Count == 0 ? null : new HaircutBacktest(level, tested.ToImmutable(), Next(window, level));
    }

    /// <summary>The haircut against a price's fall over some days.</summary>
    /// <param name="multiplier">Of the volatility.</param>
    /// <param name="dailyVolatility">A part of the price.</param>
    /// <param name="days">Not under 0.</param>
    public static double Haircut(double multiplier, double dailyVolatility, double days) => Math.Max(0, HorizonHaircut.Of(multiplier, dailyVolatility, days));

    private NextHaircut Next(SortedWindow window, double level)
    {
        double multiplier = Quantiles.Type6(window.Ascending, level);
        double[] recent = [.. Residuals.TakeLast(_settings.Window)];
        var bootstrap = new StationaryBootstrap(new SeededStream(_settings.Seed), _settings.MeanBlock);
        double[] drawn = new double[recent.Length];
        (double low, double high) = bootstrap.Interval(recent.Length, _settings.Resamples, 0.95, places =>
        {
            ReadOnlySpan<int> at = places.Span;
            for (int i = 0; i < at.Length; i++) drawn[i] = recent[at[i]];
            Array.Sort(drawn);

            return Quantiles.Type6(drawn, level);
        });

        return new NextHaircut(NextVolatility, multiplier, low, high, Quantiles.UpperTailMean(window.Ascending, 1 - level));
    }

    private static IEnumerable<int> ResidualDays(ImmutableArray<LossDay> days) =>
        Enumerable.Range(SeedDays, days.Length - SeedDays).Where(d => days[d].IsWhole);

    private double Residual(int day) => -Losses.Days[day].LogReturn / _volatility[day];

    /// <summary>The volatility of each day, known before it, and of the one after the last; those of the first month stand for it as a whole.</summary>
    private static double[] Forecasts(ImmutableArray<LossDay> days, CalibrationSettings settings)
    {
        double[] volatility = new double[days.Length + 1];
        double mean = days.Take(SeedDays).Average(day => day.Variance);
        double sum = 0;
        for (int d = 0; d < days.Length; d++)
        {
            if (d < SeedDays) volatility[d] = Math.Sqrt(mean);
            else mean = (settings.Decay * mean) + ((1 - settings.Decay) * days[d].Variance);
            sum += days[d].Variance;
            if (d >= settings.Window) sum -= days[d - settings.Window].Variance;

            // The running sum may keep a last digit of what has left it.
            double longRun = Math.Max(0, sum) / Math.Min(d + 1, settings.Window);
            double floored = ((1 - settings.LongRunPart) * mean) + (settings.LongRunPart * longRun);
            volatility[d + 1] = Math.Sqrt(Math.Max(mean, floored));
        }

        return volatility;
    }
}
