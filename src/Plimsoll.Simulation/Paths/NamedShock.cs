using Plimsoll.Numerics;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Paths;

/// <summary>
/// A shock with a name: a shape of log returns over time, with seeded noise on top. Always synthetic, and labelled so.
/// </summary>
/// <remarks>
/// <c>flash-crash</c>: an hour of calm, ten minutes of falling by <see cref="Depth"/>, a rebound of two thirds within the
/// hour, then calm. <c>grind</c>: the same depth spread evenly over three days. <c>depeg</c>: coins stay, and the pegged
/// assets fall to 1 − depth within six hours, stay a day and come back over a day.
/// At tick t an asset is worth <c>start × e^(beta × shape(t) + noise(t))</c>, where shape is ln(1 − depth) times the part of
/// the fall that has happened, and noise is mean-reverting: each tick keeps nine tenths of it and adds a normal draw.
/// </remarks>
public sealed class NamedShock
{
    /// <summary>The names a shock may have.</summary>
    public static readonly IReadOnlyList<string> Names = ["flash-crash", "grind", "depeg"];

    private const double NoiseKept = 0.9;
    private readonly ShockShape shape;

    private NamedShock(string name, ShockShape shape, double depth, double noisePerTick)
    {
        Name = name;
        this.shape = shape;
        Depth = depth;
        NoisePerTick = noisePerTick;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The part of the price that a beta of 1 loses at the bottom, above 0 and below 1.</summary>
    public double Depth { get; }

    /// <summary>Standard deviation of the noise added at each tick, as a log return; 0 to 0.1.</summary>
    public double NoisePerTick { get; }

    /// <summary>A shock by its name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="depth">Above 0 and below 1; none means the shock's own: 0.45, 0.55 and 0.12.</param>
    /// <param name="noisePerTick">0 to 0.1.</param>
    /// <exception cref="InputException">No shock has the name, or the depth or the noise lies outside its range.</exception>
    public static NamedShock Parse(string name, double? depth = null, double noisePerTick = 0.001)
    {
        (ShockShape shape, double own) = name switch
        {
            "flash-crash" => (ShockShape.FlashCrash, 0.45),
            "grind" => (ShockShape.Grind, 0.55),
            "depeg" => (ShockShape.Depeg, 0.12),
            _ => throw new InputException("shock", $"found '{name}', expected one of {string.Join(", ", Names)}"),
        };
        double deep = depth ?? own;
        if (!(deep > 0 && deep < 1)) throw new InputException("shock depth", $"found {deep}, expected above 0 and below 1");

        if (!(noisePerTick >= 0 && noisePerTick <= 0.1)) throw new InputException("shock noise", $"found {noisePerTick}, expected 0 to 0.1");

        return new NamedShock(name, shape, deep, noisePerTick);
    }

    /// <summary>The path of a shock.</summary>
    /// <param name="assets">The assets and how each takes part.</param>
    /// <param name="start">The moment of the first tick.</param>
    /// <param name="seed">The whole of its chance: one seed, one path.</param>
    public PricePath Path(IReadOnlyList<ShockedAsset> assets, Instant start, ulong seed)
    {
        Instant end = start + (shape.Step * shape.Ticks);

        return new PricePath(
            $"{Name}, depth {Depth * 100:0.#} % (synthetic, seed {seed})",
            synthetic: true,
            [.. assets.Select(asset => asset.Asset)],
            start,
            end,
            () => Walk(assets, start, seed),
            ["Invented: a shape of returns with seeded noise, not prices that were."]);
    }

    private IEnumerable<PriceTick> Walk(IReadOnlyList<ShockedAsset> assets, Instant start, ulong seed)
    {
        SeededStream[] streams = [.. assets.Select((_, i) => new SeededStream(seed, (ulong)i))];
        double[] noise = new double[assets.Count];
        double bottom = Exact.Log(1 - Depth);
        for (int tick = 0; tick <= shape.Ticks; tick++)
        {
            decimal[] prices = new decimal[assets.Count];
            double part = shape.PartAt(tick);
            for (int i = 0; i < prices.Length; i++)
            {
                ShockedAsset asset = assets[i];
                double share = asset.Pegged == shape.MovesPegged ? asset.Beta * part * bottom : 0;
                noise[i] = tick == 0 ? 0 : (NoiseKept * noise[i]) + (asset.Noise * NoisePerTick * streams[i].NextNormal());
                prices[i] = ModelPrice.Moved(asset.Start, share + noise[i]);
            }

            yield return new PriceTick(start + (shape.Step * tick), prices);
        }
    }
}

/// <summary>How an asset takes part in a shock.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Start">Its price at the first tick.</param>
/// <param name="Beta">Share of the shock's log return it takes, where the shock moves its kind.</param>
/// <param name="Pegged">Whether it promises a fixed price: a depeg moves these and no others.</param>
/// <param name="Noise">Times the shock's noise; 0 for an asset that stands still.</param>
public sealed record ShockedAsset(AssetId Asset, decimal Start, double Beta = 1, bool Pegged = false, double Noise = 1);
