using System.Collections.Immutable;
using Plimsoll.Numerics;
using Plimsoll.Pricing.Volatility;
using Plimsoll.Units;

namespace Plimsoll.Risk.Collateral.Calibration;

/// <summary>
/// The days of a price series as a holder of the coin lived through them.
/// <list type="number">
/// <item>The next day's loss is 1 − P(d + 1)/P(d), P(d) the close of the last bar that ended at or before 00:00 UTC of day d.</item>
/// <item>Bars are cleaned by <see cref="BarSeries"/>: a wick to less than half, or more than twice, of the nearer end of its
/// bar's body is no market and is cut. Closes are never touched.</item>
/// <item>A day is whole where both its prices are no older than three hours; the others are kept for the volatility, which
/// counts the return over a gap, and left out of residuals and tests.</item>
/// </list>
/// </summary>
public sealed class DailyLosses
{
    private const long FreshMicroseconds = 3 * Instant.MicrosecondsPerHour;
    private const int MonthDays = 30;
    private const double ThinPart = 0.1;

    private DailyLosses(ImmutableArray<LossDay> days, int badTicks, double lastPrice) => (Days, BadTicks, LastPrice) = (days, badTicks, lastPrice);

    /// <summary>The days, in order, none left out.</summary>
    public ImmutableArray<LossDay> Days { get; }

    /// <summary>Bars whose wick was cut.</summary>
    public int BadTicks { get; }

    /// <summary>The price at the end of the last day.</summary>
    public double LastPrice { get; }

    /// <summary>The days of bars.</summary>
    /// <param name="bars">Bars of a day or shorter, cleaned.</param>
    /// <exception cref="InputException">Fewer than two days, or bars longer than a day.</exception>
    public static DailyLosses Of(BarSeries bars)
    {
        ArgumentNullException.ThrowIfNull(bars);
        if (bars.Width > Instant.MicrosecondsPerDay) throw new InputException("prices", "found bars longer than a day, expected a day or shorter");

        var days = ImmutableArray.CreateBuilder<LossDay>();
        int next = 0;
        long day = bars.Bars.Count == 0 ? 0 : DayFrom(bars.Bars[0].At.UnixMicroseconds + bars.Width);
        while (next < bars.Bars.Count && EndOf(bars, next) <= day) next++;
        for (; next > 0 && day + Instant.MicrosecondsPerDay <= bars.End.UnixMicroseconds; day += Instant.MicrosecondsPerDay)
            days.Add(Walk(bars, ref next, day));

        if (days.Count < 2) throw new InputException("prices", $"found {days.Count} whole days, expected two or more");

        return new DailyLosses(days.ToImmutable(), bars.Flagged.Count(flag => flag.Fault == BarFault.BadTick), days[^1].Price * Exact.Exp(days[^1].LogReturn));
    }

    /// <summary>The volatility of a day in the last thirty: the root of their mean variance.</summary>
    public double LastMonthVolatility => Math.Sqrt(Days.TakeLast(MonthDays).Average(day => day.Variance));

    /// <summary>A usual and a thin day's volume of the last thirty, with a volatility; none where the bars hold no volume.</summary>
    /// <param name="volatility">A day's, a part of the price.</param>
    public Markets.Depth.MarketDay? LastMonth(double volatility)
    {
        double[] volumes = [.. Days.TakeLast(MonthDays).Where(day => day.IsWhole && day.Volume > 0).Select(day => day.Volume).Order()];

        return volumes.Length == 0 ? null : new Markets.Depth.MarketDay(volatility, Quantiles.Type7(volumes, 0.5), Quantiles.Type7(volumes, ThinPart));
    }

    /// <summary>One day; <paramref name="next"/> is the first bar that ends after it begins, and afterwards after it ends.</summary>
    private static LossDay Walk(BarSeries bars, ref int next, long day)
    {
        long end = day + Instant.MicrosecondsPerDay;
        double price = bars.Bars[next - 1].Close;
        bool fresh = day - EndOf(bars, next - 1) <= FreshMicroseconds;
        (double lowest, double variance, double volume) = (price, 0, 0);
        for (; next < bars.Bars.Count && EndOf(bars, next) <= end; next++)
        {
            PriceBar bar = bars.Bars[next];
            double move = Exact.LogRatio(bar.Close, bars.Bars[next - 1].Close);
            variance += move * move;
            volume += bar.Volume;
            lowest = Math.Min(lowest, bar.Low);
        }

        bool whole = fresh && end - EndOf(bars, next - 1) <= FreshMicroseconds;

        return new LossDay(new Instant(day), price, Exact.LogRatio(bars.Bars[next - 1].Close, price), 1 - (lowest / price), variance, volume, whole);
    }

    private static long EndOf(BarSeries bars, int bar) => bars.Bars[bar].At.UnixMicroseconds + bars.Width;

    /// <summary>The first midnight at or after a moment.</summary>
    private static long DayFrom(long moment) => (moment + Instant.MicrosecondsPerDay - 1) / Instant.MicrosecondsPerDay * Instant.MicrosecondsPerDay;
}
