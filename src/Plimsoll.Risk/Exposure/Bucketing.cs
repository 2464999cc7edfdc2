using Plimsoll.Markets.Instruments;
using Plimsoll.Units;

namespace Plimsoll.Risk.Exposure;

/// <summary>
/// A partition of everything that can be held: each row of a <see cref="GreekMatrix"/> is in exactly one bucket, so the
/// buckets of any partition add up to the whole.
/// </summary>
public sealed class Bucketing
{
    private readonly int[] bucketOf;

    /// <summary>A partition.</summary>
    /// <param name="bucketOf">The bucket of each row: instruments, then assets.</param>
    /// <param name="count">How many buckets there are.</param>
    /// <exception cref="ArgumentOutOfRangeException">A row in no bucket.</exception>
    public Bucketing(int[] bucketOf, int count)
    {
        foreach (int bucket in bucketOf)
            if (bucket < 0 || bucket >= count) throw new ArgumentOutOfRangeException(nameof(bucketOf), bucket, $"Expected a bucket of {count}.");

        (this.bucketOf, Count) = (bucketOf, count);
    }

    /// <summary>How many buckets there are.</summary>
    public int Count { get; }

    /// <summary>The bucket of each row.</summary>
    public ReadOnlySpan<int> BucketOf => bucketOf;

    /// <summary>Everything together.</summary>
    public static Bucketing Whole(GreekMatrix matrix) => new(new int[matrix.Responses.Rows], 1);

    /// <summary>By underlying; a coin is its own. The bucket is the asset's ordinal.</summary>
    public static Bucketing ByUnderlying(GreekMatrix matrix) =>
        Make(matrix, matrix.AssetCount, (i, _) => matrix.Model.Contract(i).Underlying, asset => asset);

    /// <summary>By time to expiry; coins have no end. The bucket is the <see cref="ExpiryBucket"/>.</summary>
    public static Bucketing ByExpiry(GreekMatrix matrix) =>
        Make(matrix, ExpiryBuckets.Count, (_, instrument) => (int)ExpiryBuckets.Of(instrument.Expiry, matrix.At), _ => (int)ExpiryBucket.Endless);

    /// <summary>By strike against forward; what has no strike is together. The bucket is the <see cref="StrikeBucket"/>.</summary>
    public static Bucketing ByStrike(GreekMatrix matrix) =>
        Make(matrix, StrikeBuckets.Count, (i, _) => (int)StrikeBuckets.Of(matrix.Model.Contract(i).Strike, matrix.Forwards[i]), _ => (int)StrikeBucket.None);

    /// <summary>By underlying and expiry, and by strike within them: bucket = (underlying × expiries + expiry) × strikes + strike.</summary>
    public static Bucketing ByCell(GreekMatrix matrix) => ByUnderlying(matrix).Within(ByExpiry(matrix)).Within(ByStrike(matrix));

    /// <summary>Each bucket of this partition cut by another: bucket = this × the other's count + the other's.</summary>
    public Bucketing Within(Bucketing finer)
    {
        if (finer.bucketOf.Length != bucketOf.Length) throw new ArgumentException("The two partition different rows.", nameof(finer));
        int[] cut = new int[bucketOf.Length];
        for (int i = 0; i < cut.Length; i++) cut[i] = (bucketOf[i] * finer.Count) + finer.bucketOf[i];

        return new Bucketing(cut, Count * finer.Count);
    }

    private static Bucketing Make(GreekMatrix matrix, int count, Func<int, Instrument, int> instrument, Func<int, int> asset)
    {
        int[] buckets = new int[matrix.Responses.Rows];
        for (int i = 0; i < matrix.InstrumentCount; i++) buckets[i] = instrument(i, matrix.Model.Catalog[new InstrumentIndex(i)]);
        for (int a = 0; a < matrix.AssetCount; a++) buckets[matrix.InstrumentCount + a] = asset(a);

        return new Bucketing(buckets, count);
    }
}
