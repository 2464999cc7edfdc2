using Plimsoll.Units;

namespace Plimsoll.Simulation.Paths;

/// <summary>
/// A story told in prices: moments in order, and at each what every asset is worth. The same path gives the same
/// ticks however often and wherever it is walked.
/// </summary>
/// <remarks>
/// Laws, checked while walking: time moves forward from tick to tick; every tick has one price for every asset; every
/// price lies within what the venue accepts (<see cref="Price"/>).
/// </remarks>
public sealed class PricePath
{
    private readonly Func<IEnumerable<PriceTick>> walk;

    /// <summary>A path over ticks that can be walked again and again.</summary>
    /// <param name="label">What a person reads above the chart: what happened and where the numbers are from.</param>
    /// <param name="synthetic">Whether any of it was invented or bent; false only for prices as they were.</param>
    /// <param name="assets">The assets, each once; the order of prices in every tick.</param>
    /// <param name="start">The moment of the first tick.</param>
    /// <param name="end">The moment of the last tick.</param>
    /// <param name="walk">Starts a new walk from the first tick.</param>
    /// <param name="notes">What a reader must know of the data: gaps held, suspicious bars, where it begins and why.</param>
    public PricePath(
        string label,
        bool synthetic,
        IReadOnlyList<AssetId> assets,
        Instant start,
        Instant end,
        Func<IEnumerable<PriceTick>> walk,
        IReadOnlyList<string>? notes = null)
    {
        Law.Holds(assets.Count > 0 && assets.Distinct().Count() == assets.Count, "a path has assets, each once");
        Law.Holds(start <= end, "a path ends no sooner than it starts");
        Label = label;
        Synthetic = synthetic;
        Assets = assets;
        Start = start;
        End = end;
        Notes = notes ?? [];
        this.walk = walk;
    }

    /// <summary>What a person reads above the chart.</summary>
    public string Label { get; }

    /// <summary>Whether any of it was invented or bent.</summary>
    public bool Synthetic { get; }

    /// <summary>The assets, each once; the order of prices in every tick.</summary>
    public IReadOnlyList<AssetId> Assets { get; }

    /// <summary>The moment of the first tick.</summary>
    public Instant Start { get; }

    /// <summary>The moment of the last tick.</summary>
    public Instant End { get; }

    /// <summary>What a reader must know of the data, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>All ticks in order, read as they are asked for.</summary>
    public IEnumerable<PriceTick> Ticks()
    {
        Instant? last = null;
        foreach (PriceTick tick in walk())
        {
            Law.Holds(last is not { } before || tick.At > before, "a path's time moves forward");
            Law.Holds(tick.Prices.Count == Assets.Count, "a tick has one price for every asset");
            foreach (decimal price in tick.Prices) Law.Holds(price is >= Price.Min and <= Price.Max, "a path's price is one the venue accepts");
            last = tick.At;

            yield return tick;
        }
    }

    /// <summary>The ticks that lie after a moment: where a venue that stopped then takes the story up again.</summary>
    public IEnumerable<PriceTick> TicksAfter(Instant moment) => Ticks().SkipWhile(tick => tick.At <= moment);

    /// <summary>How much of the path's time has passed at a moment, 0 to 1.</summary>
    public double ProgressAt(Instant moment)
    {
        long length = End.UnixMicroseconds - Start.UnixMicroseconds;
        if (moment >= End || length == 0) return moment >= End ? 1 : 0;

        return Math.Max(0, (moment.UnixMicroseconds - Start.UnixMicroseconds) / (double)length);
    }

    /// <summary>The place of an asset's price in every tick, or −1 where the path does not price it.</summary>
    public int PlaceOf(AssetId asset)
    {
        for (int i = 0; i < Assets.Count; i++)
        {
            if (Assets[i] == asset) return i;
        }

        return -1;
    }
}
