using Plimsoll.Numerics;
using Plimsoll.Units;

namespace Plimsoll.Pricing.Volatility;

/// <summary>How volatility that has happened is measured.</summary>
public enum VolatilityEstimator
{
    /// <summary>Squared returns from close to close, their mean taken as 0.</summary>
    CloseToClose = 0,

    /// <summary>High against low: (ln H/L)²/(4 ln 2) (Parkinson 1980).</summary>
    Parkinson = 1,

    /// <summary>Range and body: ½(ln H/L)² − (2 ln 2 − 1)(ln C/O)² (Garman and Klass 1980).</summary>
    GarmanKlass = 2,

    /// <summary>The realised kernel, robust to the noise of trading (Barndorff-Nielsen, Hansen, Lunde and Shephard 2009).</summary>
    RealisedKernel = 3,

    /// <summary>Squared returns, each day's weight 0.94 of the next one's (RiskMetrics 1996).</summary>
    Ewma = 4,
}

/// <summary>A measured volatility.</summary>
/// <param name="Volatility">Annual volatility in calendar years of 365 days; NaN where there was too little to measure.</param>
/// <param name="Observations">Returns or bars it rests on.</param>
/// <param name="Years">Time they span.</param>
public readonly record struct RealisedEstimate(double Volatility, int Observations, double Years)
{
    /// <summary>Whether there was enough to measure.</summary>
    public bool HasValue => !double.IsNaN(Volatility);
}

/// <summary>
/// Volatility that has happened. Every estimator divides a sum of variances by the time they took, so that gaps, and bars
/// missing at either end, do not bend it: returns over a gap count with its time, ranges know only their own bars.
/// </summary>
public static class RealisedVolatility
{
    /// <summary>A day's weight against the next one's in <see cref="VolatilityEstimator.Ewma"/>.</summary>
    public const double DailyDecay = 0.94;

    private const double LogTwo = 0.69314718055994531;
    private const int FewestObservations = 2;

    /// <summary>Measures the volatility of a stretch of time.</summary>
    /// <param name="series">The bars.</param>
    /// <param name="estimator">How.</param>
    /// <param name="from">The first bar begins at or after this.</param>
    /// <param name="until">The last bar ends at or before this.</param>
    public static RealisedEstimate Of(BarSeries series, VolatilityEstimator estimator, Instant from, Instant until)
    {
        ArgumentNullException.ThrowIfNull(series);
        var first = series.FirstFrom(from);
        var end = series.FirstFrom(new Instant(until.UnixMicroseconds - series.Width + 1));
        if (end - first < FewestObservations) return new RealisedEstimate(double.NaN, 0, 0);
        return estimator switch
        {
            VolatilityEstimator.CloseToClose => Returns(series, first, end, decay: 1),
            VolatilityEstimator.Parkinson => Ranges(series, first, end, bar => Square(Exact.Log(bar.High / bar.Low)) / (4 * LogTwo)),
            VolatilityEstimator.GarmanKlass => Ranges(series, first, end, GarmanKlass),
            VolatilityEstimator.RealisedKernel => RealisedKernel.Of(series, first, end),
            VolatilityEstimator.Ewma => Returns(series, first, end, DailyDecay),
            _ => throw new ArgumentOutOfRangeException(nameof(estimator), estimator, "There is no such estimator."),
        };
    }

    /// <summary>Measures the last days of a series.</summary>
    /// <param name="series">The bars.</param>
    /// <param name="estimator">How.</param>
    /// <param name="days">How many days, above 0.</param>
    public static RealisedEstimate Last(BarSeries series, VolatilityEstimator estimator, double days)
    {
        ArgumentNullException.ThrowIfNull(series);
        return Of(series, estimator, series.End + TimeSpan.FromDays(-days), series.End);
    }

    private static double GarmanKlass(PriceBar bar) =>
        (Square(Exact.Log(bar.High / bar.Low)) / 2) - (((2 * LogTwo) - 1) * Square(Exact.Log(bar.Close / bar.Open)));

    private static RealisedEstimate Ranges(BarSeries series, int first, int end, Func<PriceBar, double> variance)
    {
        var sum = 0.0;
        for (var i = first; i < end; i++) sum += variance(series.Bars[i]);
        var years = (end - first) * series.BarYears;
        return new RealisedEstimate(Math.Sqrt(Math.Max(0, sum) / years), end - first, years);
    }

    /// <summary>Σ w·r² / Σ w·t with w falling by the decay for each day of age: no seed is needed, and 1 weighs all alike.</summary>
    private static RealisedEstimate Returns(BarSeries series, int first, int end, double decay)
    {
        var (squares, time, weight) = (0.0, 0.0, 1.0);
        for (var i = end - 1; i > first; i--)
        {
            var years = series.Bars[i - 1].At.YearsUntil(series.Bars[i].At);
            squares += weight * Square(series.Logs[i] - series.Logs[i - 1]);
            time += weight * years;
            if (decay < 1) weight *= Exact.Pow(decay, years * 365);
        }

        return new RealisedEstimate(Math.Sqrt(squares / time), end - 1 - first, series.Bars[first].At.YearsUntil(series.Bars[end - 1].At));
    }

    private static double Square(double x) => x * x;
}
