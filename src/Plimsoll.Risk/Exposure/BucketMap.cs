using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;
using Plimsoll.Units;

namespace Plimsoll.Risk.Exposure;

/// <summary>
/// Risk buckets resolved against what is listed. A contract is in its own bucket of a kind; where it has none, in that of
/// its underlying for oracles, and of the asset it settles in for every other kind. What the venue holds is in the bucket
/// of its place, else of its asset.
/// </summary>
public sealed class BucketMap
{
    private readonly Catalog catalog;
    private readonly Dictionary<(BucketKind, AssetIndex), int> assets = [];
    private readonly Dictionary<(BucketKind, InstrumentIndex), int> instruments = [];
    private readonly Dictionary<(BucketKind, Fund), int> places = [];

    /// <summary>Resolves buckets, in the order given.</summary>
    /// <exception cref="InputException">A member is not listed, or is in two buckets of a kind.</exception>
    public BucketMap(Catalog catalog, IReadOnlyList<RiskBucket> buckets)
    {
        (this.catalog, Buckets) = (catalog, buckets);
        for (int b = 0; b < buckets.Count; b++)
        {
            RiskBucket bucket = buckets[b];
            foreach (AssetId id in bucket.Assets) Put(assets, (bucket.Kind, catalog.TryFind(id, out AssetIndex asset) ? asset : throw Unlisted(bucket, id.Value)), b, id.Value);
            foreach (InstrumentId id in bucket.Instruments) Put(instruments, (bucket.Kind, catalog.TryFind(id, out InstrumentIndex index) ? index : throw Unlisted(bucket, id.Value)), b, id.Value);
            foreach (Fund place in bucket.Places) Put(places, (bucket.Kind, place), b, place.ToString());
        }
    }

    /// <summary>The buckets; what says "bucket" below is a place in this list, and −1 is none.</summary>
    public IReadOnlyList<RiskBucket> Buckets { get; }

    /// <summary>The bucket of a coin.</summary>
    public int Of(BucketKind kind, AssetIndex asset) => assets.GetValueOrDefault((kind, asset), -1);

    /// <summary>The bucket of a contract.</summary>
    public int Of(BucketKind kind, InstrumentIndex index)
    {
        if (instruments.TryGetValue((kind, index), out int own)) return own;

        Instrument instrument = catalog[index];

        return Of(kind, kind == BucketKind.Oracle ? instrument.Underlying : instrument.Settlement);
    }

    /// <summary>The bucket of what the venue holds of an asset at a place.</summary>
    public int Of(BucketKind kind, Fund place, AssetIndex asset) => places.TryGetValue((kind, place), out int own) ? own : Of(kind, asset);

    /// <summary>The partition of a kind: bucket + 1, and 0 for what is in none.</summary>
    public Bucketing By(BucketKind kind, GreekMatrix matrix)
    {
        int[] bucketOf = new int[matrix.InstrumentCount + matrix.AssetCount];
        for (int i = 0; i < matrix.InstrumentCount; i++) bucketOf[i] = Of(kind, new InstrumentIndex(i)) + 1;
        for (int a = 0; a < matrix.AssetCount; a++) bucketOf[matrix.InstrumentCount + a] = Of(kind, new AssetIndex(a)) + 1;

        return new Bucketing(bucketOf, Buckets.Count + 1);
    }

    /// <summary>What the venue holds in each bucket of a kind, in the numeraire: bucket + 1, and 0 for what is in none.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="held">What the venue holds of an asset at a place, in whole coins; what is overdrawn counts nothing.</param>
    /// <param name="prices">Price of each asset.</param>
    public double[] Held(BucketKind kind, Func<Fund, AssetIndex, double> held, ReadOnlySpan<double> prices)
    {
        double[] sums = new double[Buckets.Count + 1];
        foreach (Fund place in Funds.Places)
        {
            for (int a = 0; a < prices.Length; a++)
            {
                var asset = new AssetIndex(a);
                sums[Of(kind, place, asset) + 1] += Math.Max(0, held(place, asset)) * prices[a];
            }
        }

        return sums;
    }

    private static void Put<T>(Dictionary<T, int> members, T member, int bucket, string name) where T : notnull
    {
        if (!members.TryAdd(member, bucket)) throw new InputException($"bucket {name}", "is in two buckets of one kind");
    }

    private static InputException Unlisted(RiskBucket bucket, string name) => new($"bucket {bucket.Id}", $"{name} is not listed");
}
