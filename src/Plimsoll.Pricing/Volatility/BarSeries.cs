using Plimsoll.Numerics;
using Plimsoll.Units;

namespace Plimsoll.Pricing.Volatility;

/// <summary>
/// Bars of one price in order of time, cleaned: what is no bar is left out, a wick that no market made is cut, and both are
/// flagged. Gaps stay gaps; a return over one counts the time it took.
/// </summary>
public sealed class BarSeries
{
    // LINK once printed 0.0001 for one trade in the middle of an hour it opened and closed near 2.
    private const double WickRatio = 2;

    private BarSeries(List<PriceBar> bars, List<FlaggedBar> flagged, long width)
    {
        (Bars, Flagged, Width) = (bars, flagged, width);
        Logs = [.. bars.Select(bar => Exact.Log(bar.Close))];
    }

    /// <summary>The bars used.</summary>
    public IReadOnlyList<PriceBar> Bars { get; }

    /// <summary>The bars that were flagged, in order.</summary>
    public IReadOnlyList<FlaggedBar> Flagged { get; }

    /// <summary>Time one bar spans, in microseconds: the shortest step of the series; 0 with fewer than two bars.</summary>
    public long Width { get; }

    /// <summary>Logarithms of the closes.</summary>
    internal double[] Logs { get; }

    /// <summary>Years of 365 days that one bar spans.</summary>
    public double BarYears => Width / (double)Instant.MicrosecondsPerYear;

    /// <summary>When the last bar ends.</summary>
    public Instant End => Bars.Count == 0 ? default : new Instant(Bars[^1].At.UnixMicroseconds + Width);

    /// <summary>Cleans bars.</summary>
    /// <param name="bars">The bars, in order of time.</param>
    public static BarSeries Of(IEnumerable<PriceBar> bars)
    {
        ArgumentNullException.ThrowIfNull(bars);
        var (kept, flagged, place, width) = (new List<PriceBar>(), new List<FlaggedBar>(), -1, long.MaxValue);
        foreach (var bar in bars)
        {
            place++;
            if (FaultOf(bar, kept) is { } fault)
            {
                flagged.Add(new FlaggedBar(place, fault));
                continue;
            }

            var (bottom, top) = (Math.Min(bar.Open, bar.Close), Math.Max(bar.Open, bar.Close));
            var cut = bar with { Low = bar.Low * WickRatio < bottom ? bottom : bar.Low, High = bar.High > top * WickRatio ? top : bar.High };
            if (cut != bar) flagged.Add(new FlaggedBar(place, BarFault.BadTick));
            if (kept.Count > 0) width = Math.Min(width, bar.At.UnixMicroseconds - kept[^1].At.UnixMicroseconds);
            kept.Add(cut);
        }

        return new BarSeries(kept, flagged, kept.Count < 2 ? 0 : width);
    }

    /// <summary>The first bar that begins at or after a moment.</summary>
    internal int FirstFrom(Instant moment)
    {
        var (low, high) = (0, Bars.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Bars[middle].At < moment) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private static BarFault? FaultOf(PriceBar bar, List<PriceBar> kept)
    {
        if (Array.Exists([bar.Open, bar.High, bar.Low, bar.Close], price => !(price > 0) || double.IsInfinity(price))) return BarFault.NotAPrice;
        if (bar.High < Math.Max(bar.Open, bar.Close) || bar.Low > Math.Min(bar.Open, bar.Close)) return BarFault.Contradiction;
        return kept.Count > 0 && bar.At <= kept[^1].At ? BarFault.OutOfOrder : null;
    }
}
