using Plimsoll.Markets.Bars;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Paths;

/// <summary>Walks several kline files side by side, point by point, in the order of time.</summary>
internal sealed class BarCursors : IDisposable
{
    private readonly IEnumerator<Bar>[] bars;
    private readonly long[] quarters;
    private readonly int[] points;
    private readonly long[] next;
    private readonly decimal[] prices;

    /// <summary>Cursors before the first point of each file's range.</summary>
    public BarCursors(KlineFile[] files, Instant start, Instant end)
    {
        bars = [.. files.Select(file => file.Read(start, end).GetEnumerator())];
        quarters = [.. files.Select(file => file.Width.Ticks / TimeSpan.TicksPerMicrosecond / Bar.Points)];
        points = new int[files.Length];
        next = new long[files.Length];
        prices = new decimal[files.Length];
        for (int i = 0; i < files.Length; i++) NextBar(i);
    }

    /// <summary>Whether every file has given a price by now.</summary>
    public bool AllHavePrices => Array.TrueForAll(prices, price => price > 0);

    /// <summary>The prices now; a copy.</summary>
    public decimal[] Prices() => [.. prices];

    /// <summary>Moves to the next moment at which any file has a point; none at the end.</summary>
    public Instant? Next()
    {
        long at = next.Min();
        if (at == long.MaxValue) return null;

        for (int i = 0; i < bars.Length; i++)
        {
            if (next[i] == at) Take(i);
        }

        return new Instant(at);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IEnumerator<Bar> bar in bars) bar.Dispose();
    }

    private void Take(int i)
    {
        prices[i] = bars[i].Current.PriceAt(points[i]);
        if (++points[i] == Bar.Points) NextBar(i);
        else next[i] += quarters[i];
    }

    private void NextBar(int i)
    {
        points[i] = 0;
        next[i] = bars[i].MoveNext() ? bars[i].Current.At.UnixMicroseconds : long.MaxValue;
    }
}
