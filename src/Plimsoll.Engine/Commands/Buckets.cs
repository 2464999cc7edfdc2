using Plimsoll.Ledger.Accounts;
using Plimsoll.Risk.Exposure;
using Plimsoll.Units;

namespace Plimsoll.Engine.Commands;

/// <summary>
/// Says what is in a risk bucket and how it may fail, in place of what was said before. Of one kind, nothing may be in two.
/// </summary>
/// <param name="Bucket">Its name.</param>
/// <param name="Kind">What may fail.</param>
/// <param name="Assets">Assets in it, wherever they lie.</param>
/// <param name="Instruments">Contracts in it.</param>
/// <param name="Places">Places in it: all that the venue holds there.</param>
/// <param name="FailureIntensity">Failures a year, 0 to 100.</param>
/// <param name="LossGivenFailure">The part a failure takes, 0 to 1.</param>
/// <param name="OracleIntensity">Attempts at its prices a year, 0 to 100.</param>
/// <param name="OracleLoss">The part such an attempt takes, 0 to 1.</param>
/// <param name="ManipulationMove">How far a price must be pushed, above 0 to 1; with the next two, or none of them.</param>
/// <param name="OracleVolume">What the oracle's market trades in a day, in the numeraire.</param>
/// <param name="OracleVolatility">Its volatility of a day, 0.03 for 3 %.</param>
public sealed record SetBucket(
    BucketId Bucket,
    BucketKind Kind,
    IReadOnlyList<AssetId>? Assets = null,
    IReadOnlyList<InstrumentId>? Instruments = null,
    IReadOnlyList<Fund>? Places = null,
    double FailureIntensity = 0,
    double LossGivenFailure = 0,
    double OracleIntensity = 0,
    double OracleLoss = 0,
    double? ManipulationMove = null,
    double? OracleVolume = null,
    double? OracleVolatility = null) : Command
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now)
    {
        if (!Identifier.IsValid(Bucket.Value) || !Enum.IsDefined(Kind)) return Refusal.CommandMalformed;
        foreach (AssetId asset in Assets ?? [])
            if (!venue.Catalog.TryFind(asset, out _)) return Decision.Refuse(Refusal.AssetUnknown, asset.Value);
        foreach (InstrumentId instrument in Instruments ?? [])
            if (!venue.Catalog.TryFind(instrument, out _)) return Decision.Refuse(Refusal.InstrumentUnknown, instrument.Value);
        foreach (Fund place in Places ?? [])
            if (!place.IsPlace) return Decision.Refuse(Refusal.FundUnsuitable, place.ToString());

        bool full = ManipulationMove is not null && OracleVolume is not null && OracleVolatility is not null;
        bool none = ManipulationMove is null && OracleVolume is null && OracleVolatility is null;
        if (!full && !none) return Decision.Refuse(Refusal.TermsInvalid, "manipulationMove, oracleVolume and oracleVolatility belong together");

        RiskBucket bucket = Set().Bucket();
        if (!bucket.Failure.IsValid || !bucket.Oracle.IsValid) return Decision.Refuse(Refusal.RateOutOfRange, "an intensity lies in 0 to 100, a loss in 0 to 1");
        if (bucket.Manipulation is { IsValid: false }) return Decision.Refuse(Refusal.RateOutOfRange, "manipulationMove lies above 0 to 1, oracleVolume above 0, oracleVolatility above 0 to 10");
        if (venue.Limits.Buckets.Count >= LimitBook.MaxBuckets && !venue.Limits.Buckets.ContainsKey(Bucket)) return Refusal.LimitReached;

        try
        {
            _ = new BucketMap(venue.Catalog, [.. venue.Limits.Buckets.Values.Where(b => b.Id != Bucket), bucket]);
        }
        catch (InputException fault)
        {
            return Decision.Refuse(Refusal.TermsInvalid, fault.Message);
        }

        return Decision.Accept(Set());
    }

    private BucketSet Set() => new(
        Bucket, Kind, [.. Assets ?? []], [.. Instruments ?? []], [.. Places ?? []],
        FailureIntensity, LossGivenFailure, OracleIntensity, OracleLoss, ManipulationMove, OracleVolume, OracleVolatility);
}

/// <summary>A risk bucket is this from now on.</summary>
public sealed record BucketSet(
    BucketId Id,
    BucketKind Kind,
    IReadOnlyList<AssetId> Assets,
    IReadOnlyList<InstrumentId> Instruments,
    IReadOnlyList<Fund> Places,
    double FailureIntensity,
    double LossGivenFailure,
    double OracleIntensity,
    double OracleLoss,
    double? ManipulationMove = null,
    double? OracleVolume = null,
    double? OracleVolatility = null) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue) => venue.Limits.Set(Bucket());

    internal RiskBucket Bucket() => new(
        Id, Kind, Assets, Instruments, Places,
        new FailureTerms(FailureIntensity, LossGivenFailure),
        new FailureTerms(OracleIntensity, OracleLoss),
        ManipulationMove is { } move && OracleVolume is { } volume && OracleVolatility is { } volatility ? new ManipulationTerms(move, volume, volatility) : null);
}

/// <summary>Gives a risk bucket up; limits that name it must have been dropped before.</summary>
public sealed record DropBucket(BucketId Bucket) : Command
{
    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now)
    {
        if (!venue.Limits.Buckets.ContainsKey(Bucket)) return Refusal.BucketUnknown;
        if (venue.Limits.Terms.Values.FirstOrDefault(limit => limit.Bucket == Bucket) is { } limit) return Decision.Refuse(Refusal.TermsInvalid, $"limit {limit.Id} names it");

        return Decision.Accept(new BucketDropped(Bucket));
    }
}

/// <summary>A risk bucket is no more.</summary>
public sealed record BucketDropped(BucketId Bucket) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue) => venue.Limits.Drop(Bucket);
}
