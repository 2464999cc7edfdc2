namespace Plimsoll.Numerics;

/// <summary>
/// Chance with a name: the same seed and stream give the same numbers on every machine, and streams do not disturb one
/// another, so work may be shared out to any number of threads by giving each piece a stream of its own.
/// </summary>
/// <remarks>
/// Draw n of a stream is half of the <see cref="Philox"/> block with counter (⌊n/2⌋, stream) and the seed as key. Every
/// draw takes exactly one place, but for <see cref="NextInt"/>, which very rarely rejects one. Not safe for use by two
/// threads at once: split instead. Not for secrets.
/// </remarks>
/// <param name="seed">The story's seed.</param>
/// <param name="stream">Which of the seed's streams.</param>
public sealed class SeededStream(ulong seed, ulong stream = 0)
{
    private const ulong SplitKey = 0x5350_4C49_5453_5452; // "SPLITSTR": keeps the names of streams apart from their draws

    private ulong _blockAt = ulong.MaxValue;
    private (ulong Low, ulong High) _block;

    /// <summary>The story's seed.</summary>
    public ulong Seed { get; } = seed;

    /// <summary>Which of the seed's streams this is.</summary>
    public ulong Stream { get; } = stream;

    /// <summary>How many places have been drawn; may be set, to return to a place or to skip ahead.</summary>
    public ulong Position { get; set; }

    /// <summary>64 random bits.</summary>
    public ulong NextUInt64()
    {
        var position = Position;
        Position = unchecked(position + 1);
        if (position >> 1 != _blockAt)
        {
            _blockAt = position >> 1;
            _block = Philox.Block(_blockAt, Stream, Seed);
        }

        return (position & 1) == 0 ? _block.Low : _block.High;
    }

    /// <summary>A number from 0 (included) to 1 (excluded) on the grid of 2⁻⁵³.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / 9007199254740992.0);

    /// <summary>A standard normal number, by the inverse of the distribution; never beyond ±8.3.</summary>
    public double NextNormal() => Exact.NormalQuantile(((NextUInt64() >> 12) + 0.5) * (1.0 / 4503599627370496.0));

    /// <summary>A whole number from 0 to <paramref name="bound"/> − 1, each equally likely (Lemire 2019).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bound is less than 1.</exception>
    public int NextInt(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        var wide = (ulong)bound;
        var surplus = unchecked(0UL - wide) % wide;
        while (true)
        {
            var high = Math.BigMul(NextUInt64(), wide, out var low);
            if (low >= surplus) return (int)high;
        }
    }

    /// <summary>Another stream of the same seed, named by this stream and <paramref name="name"/>; draws nothing from this one.</summary>
    public SeededStream Split(ulong name) => new(Seed, Philox.Block(name, Stream, Seed ^ SplitKey).Low);
}
