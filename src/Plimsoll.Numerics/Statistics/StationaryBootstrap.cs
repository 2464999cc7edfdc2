namespace Plimsoll.Numerics;

/// <summary>
/// Resamples of a series that keep what neighbours know of one another: blocks that begin anywhere, run on for a geometric
/// length and wrap around the end (Politis and Romano, "The stationary bootstrap", 1994).
/// </summary>
/// <param name="stream">The chance.</param>
/// <param name="meanBlock">The mean length of a block, 1 or more; 1 is the bootstrap of independent draws.</param>
public sealed class StationaryBootstrap(SeededStream stream, double meanBlock)
{
    private readonly double _newBlock = meanBlock >= 1 ? 1 / meanBlock : throw new ArgumentOutOfRangeException(nameof(meanBlock), meanBlock, "A block has a mean length of 1 or more.");

    /// <summary>Fills places of one resample of a series as long as <paramref name="places"/>.</summary>
    public void Draw(Span<int> places)
    {
        for (var i = 0; i < places.Length; i++)
        {
            var begins = i == 0 || stream.NextDouble() < _newBlock;
            places[i] = begins ? stream.NextInt(places.Length) : (places[i - 1] + 1) % places.Length;
        }
    }

    /// <summary>
    /// The interval of a statistic that holds so much of its resamples, as the percentiles (type 7) of many of them; resamples
    /// on which it is NaN are left out, and so is an interval with fewer than half of them.
    /// </summary>
    /// <param name="length">Length of the series, 1 or more.</param>
    /// <param name="resamples">How many, 2 or more.</param>
    /// <param name="confidence">Above 0 and under 1.</param>
    /// <param name="statistic">Of the places of a resample.</param>
    /// <returns>Both ends, or NaN twice.</returns>
    public (double Low, double High) Interval(int length, int resamples, double confidence, Func<ReadOnlyMemory<int>, double> statistic)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 2);
        var places = new int[length];
        var drawn = new List<double>(resamples);
        for (var i = 0; i < resamples; i++)
        {
            Draw(places);
            if (statistic(places) is var value && !double.IsNaN(value)) drawn.Add(value);
        }

        if (drawn.Count * 2 < resamples) return (double.NaN, double.NaN);
        drawn.Sort();
        var ascending = drawn.ToArray();
        return (Quantiles.Type7(ascending, (1 - confidence) / 2), Quantiles.Type7(ascending, (1 + confidence) / 2));
    }
}
