using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;
using Plimsoll.Units;

namespace Plimsoll.Risk.Exposure;

/// <summary>
/// Works out what a group of accounts is exposed to, from what it holds and the greeks of a market, as the API and the
/// command line tell it.
/// </summary>
/// <param name="matrix">The greeks.</param>
/// <param name="buckets">The risk buckets.</param>
/// <param name="held">What the venue holds of an asset at a place, whole coins; none where it is not asked what it holds.</param>
/// <param name="depths">The markets that are known better than by the rulebook's slippage, by asset.</param>
public sealed class GroupExposure(
    GreekMatrix matrix, BucketMap buckets, Func<Fund, AssetIndex, double>? held, IReadOnlyDictionary<AssetIndex, MarketDepth>? depths = null)
{
    /// <summary>Half the spread of options that is assumed where nobody says otherwise, in vol points.</summary>
    public const double VegaHalfSpread = 1;

    private readonly Catalog _catalog = matrix.Model.Catalog;
    private readonly Bucketing _underlyings = Bucketing.ByUnderlying(matrix);
    private readonly Bucketing _cells = Bucketing.ByUnderlying(matrix).Within(Bucketing.ByExpiry(matrix));
    private readonly Bucketing _strikes = Bucketing.ByUnderlying(matrix).Within(Bucketing.ByStrike(matrix));

    /// <summary>The figures of a group.</summary>
    public GroupFigures Of(GroupSums sums)
    {
        Exposed whole = sums.Whole();
        UnderlyingFigures[] underlyings = [.. Filled(sums.By(_underlyings)).Select(at => Underlying(at.Bucket, at.Exposed))];
        double cost = 0;
        foreach (UnderlyingFigures underlying in underlyings) cost += underlying.Unwound.DeltaCost + underlying.Unwound.VegaCost;

        return new GroupFigures(
            sums.Accounts,
            ExposedFigures.Of(whole),
            underlyings,
            [.. Filled(sums.By(_cells)).Where(at => at.Exposed.Gross.Notional > 0).Select(at => Cell(at.Bucket, at.Exposed))],
            [.. Filled(sums.By(_strikes)).Where(at => at.Bucket % StrikeBuckets.Count > 0).Select(at => Strike(at.Bucket, at.Exposed))],
            [.. Enum.GetValues<BucketKind>().SelectMany(kind => Buckets(kind, sums))],
            new LiquidityFigures(whole.Net.Coins, cost, whole.Net.Coins - cost, VegaHalfSpread, depths is { Count: > 0 } ? "book" : "rulebook"));
    }

    private UnderlyingFigures Underlying(int asset, Exposed exposed)
    {
        double price = matrix.AssetPrices[asset];

        return new UnderlyingFigures(
            NameOf(asset), price, GreekFigures.Of(exposed.Net), GreekFigures.Of(exposed.Gross),
            GreekFigures.Of(exposed.Net.InCoin(price)), GreekFigures.Of(exposed.Gross.InCoin(price)), UnwoundFigures.Of(Unwind(asset, exposed, price)));
    }

    // Into the market that is given; else as a liquidation would, the rulebook's slippage on the whole size. What keeps still is not sold for anything.
    private Unwound Unwind(int asset, in Exposed exposed, double price)
    {
        if (depths is not null && depths.TryGetValue(new AssetIndex(asset), out MarketDepth? depth)) return Unwound.Of(exposed, price, depth);

        double delta = exposed.Net.Delta + exposed.Net.Coins;
        bool still = _catalog[new AssetIndex(asset)].Class is AssetClass.Stable or AssetClass.Fiat;
        double slippage = still || !(price > 0) ? 0 : matrix.Model.Slippage(asset, Math.Abs(delta));

        return new Unwound(price > 0 ? delta / price : 0, Math.Abs(delta) * slippage, exposed.Gross.Vega * VegaHalfSpread, 0, slippage);
    }

    private CellFigures Cell(int bucket, Exposed exposed) => new(
        NameOf(bucket / ExpiryBuckets.Count), ExposureNames.Expiries[bucket % ExpiryBuckets.Count], GreekFigures.Of(exposed.Net), GreekFigures.Of(exposed.Gross));

    private StrikeFigures Strike(int bucket, Exposed exposed) => new(
        NameOf(bucket / StrikeBuckets.Count), ExposureNames.Strikes[bucket % StrikeBuckets.Count], GreekFigures.Of(exposed.Net), GreekFigures.Of(exposed.Gross));

    private IEnumerable<BucketFigures> Buckets(BucketKind kind, GroupSums sums)
    {
        if (!buckets.Buckets.Any(bucket => bucket.Kind == kind)) yield break;

        Bucketing by = buckets.By(kind, matrix);
        Exposed[] exposed = sums.By(by);
        double[] stakes = sums.AtStake(by);
        double[] holdings = held is null ? new double[stakes.Length] : buckets.Held(kind, held, matrix.AssetPrices);
        for (int b = 0; b < buckets.Buckets.Count; b++)
        {
            RiskBucket bucket = buckets.Buckets[b];
            if (bucket.Kind != kind) continue;

            double cap = Math.Max(0, stakes[b + 1]) + holdings[b + 1];
            Greeks gross = exposed[b + 1].Gross;
            var premium = Premium.Of(bucket, cap, gross.Delta + gross.Coins);
            yield return new BucketFigures(
                bucket.Id.Value, kind.ToString().ToLowerInvariant(), holdings[b + 1], stakes[b + 1], cap, bucket.Failure.LossGivenFailure * cap,
                new PremiumFigures(premium.Failure, premium.Oracle, premium.Pays, premium.Total), GreekFigures.Of(exposed[b + 1].Net), GreekFigures.Of(gross));
        }
    }

    private static IEnumerable<(int Bucket, Exposed Exposed)> Filled(Exposed[] buckets) =>
        buckets.Select((exposed, bucket) => (bucket, exposed)).Where(at => !at.exposed.IsEmpty);

    private string NameOf(int asset) => _catalog[new AssetIndex(asset)].Id.Value;
}
