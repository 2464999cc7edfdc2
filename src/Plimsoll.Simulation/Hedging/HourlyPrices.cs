using Plimsoll.Markets.Bars;
using Plimsoll.Numerics;
using Plimsoll.Simulation.Paths;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Hedging;

/// <summary>The opening prices of a file's bars over a stretch of time. Bars that are missing are missing: nothing is filled in.</summary>
internal sealed class HourlyPrices
{
    /// <summary>The part of a window's bars that must be there before a volatility is read from it.</summary>
    private const double LeastPart = 0.75;
    private readonly string path;
    private readonly Instant[] times;
    private readonly double[] prices;
    private readonly TimeSpan width;

    private HourlyPrices(string path, TimeSpan width, Instant[] times, double[] prices)
    {
        (this.path, this.width) = (path, width);
        (this.times, this.prices) = (times, prices);
    }

    public int Count => times.Length;

    /// <summary>The time one bar spans.</summary>
    public TimeSpan Width => width;

    public Instant At(int bar) => times[bar];

    public double Price(int bar) => prices[bar];

    /// <summary>Reads what lies between two moments, both included.</summary>
    public static HourlyPrices Read(KlineFile file, Instant from, Instant to)
    {
        if (file.Width > TimeSpan.FromHours(1)) throw new InputException(file.Path, $"found bars of {file.Width.TotalHours:0.##} hours, expected an hour or less");
        Bar[] bars = [.. file.Read(from, new Instant(to.UnixMicroseconds + 1))];

        return new HourlyPrices(file.Path, file.Width, [.. bars.Select(bar => bar.At)], [.. bars.Select(bar => (double)bar.Open)]);
    }

    /// <summary>The first bar that begins at or after a moment; <see cref="Count"/> where there is none.</summary>
    public int FirstAt(Instant moment)
    {
        int found = Array.BinarySearch(times, moment);

        return found >= 0 ? found : ~found;
    }

    /// <summary>Bars missing between two bars.</summary>
    public int MissingBetween(int first, int last) =>
        (int)Math.Round((times[last].UnixMicroseconds - times[first].UnixMicroseconds) / width.TotalMicroseconds) - (last - first);

    /// <summary>
    /// Annual volatility realised over the window that ends at a bar: squared log returns over the time they span, so that a
    /// return across a gap counts for as long as the gap was.
    /// </summary>
    public double TrailingVolatility(int last, TimeSpan window)
    {
        var start = new Instant(times[last].UnixMicroseconds - (window.Ticks / TimeSpan.TicksPerMicrosecond));
        int first = FirstAt(start);
        int expected = (int)(window.Ticks / width.Ticks);
        if (last - first < LeastPart * expected) throw new InputException(path, $"found {last - first} bars in the {window.TotalDays:0.#} days before {times[last]}, expected at least {LeastPart * expected:0}");

        double sum = 0;
        for (int bar = first + 1; bar <= last; bar++)
        {
            double step = Exact.Log(prices[bar] / prices[bar - 1]);
            sum += step * step;
        }

        return Math.Sqrt(sum / times[first].YearsUntil(times[last]));
    }
}
