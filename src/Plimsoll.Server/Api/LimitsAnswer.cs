using System.Text.Json;
using Plimsoll.Engine;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Risk.Exposure;
using Plimsoll.Risk.Limits;

namespace Plimsoll.Server.Api;

/// <summary>Limits and risk buckets as they were set, and what the limits measure now.</summary>
/// <param name="At">The venue's time, ISO 8601.</param>
/// <param name="Limits">By name.</param>
/// <param name="Buckets">By name.</param>
internal sealed record LimitsAnswer(string At, IReadOnlyList<LimitLine> Limits, IReadOnlyList<BucketLine> Buckets)
{
    /// <summary>Reads them. On the engine's thread.</summary>
    /// <param name="venue">The venue.</param>
    /// <param name="most">Of a limit that holds every account by itself, so many accounts that use it most.</param>
    public static LimitsAnswer Of(VenueState venue, int most)
    {
        ILookup<string, LimitReading> readings = venue.Limits.Readings(most).ToLookup(reading => reading.Terms.Id.Value);

        return new LimitsAnswer(
            venue.Now.ToString(),
            [.. venue.Limits.Terms.Values.Select(terms => Line(venue, terms, [.. readings[terms.Id.Value]]))],
            [.. venue.Limits.Buckets.Values.Select(Bucket)]);
    }

    /// <summary>The word for a level.</summary>
    public static string NameOf(LimitLevel level) => level.ToString().ToLowerInvariant();

    private static LimitLine Line(VenueState venue, LimitTerms terms, LimitReading[] readings)
    {
        double value = readings.Select(reading => reading.Value).DefaultIfEmpty(0).Max();

        return new LimitLine(
            terms.Id.Value, Name(terms.Scope), terms.Of, Name(terms.Measure), terms.Gross, terms.Underlying?.Value, terms.Bucket?.Value, terms.Soft, terms.Hard,
            value, terms.UtilisationOf(value), NameOf(terms.LevelOf(value)), venue.Limits.BreachesOf(terms.Id),
            terms.Scope == LimitScope.Each
                ? [.. readings.Select(r => new AccountReading(r.Account!.Value.Value, r.Value, r.Utilisation, NameOf(r.Level)))]
                : []);
    }

    private static BucketLine Bucket(RiskBucket bucket) => new(
        bucket.Id.Value, Name(bucket.Kind), [.. bucket.Assets.Select(a => a.Value)], [.. bucket.Instruments.Select(i => i.Value)], [.. bucket.Places.Select(Name)],
        bucket.Failure.Intensity, bucket.Failure.LossGivenFailure, bucket.Oracle.Intensity, bucket.Oracle.LossGivenFailure,
        bucket.Manipulation?.Move, bucket.Manipulation?.DailyVolume, bucket.Manipulation?.DailyVolatility);

    private static string Name<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}

/// <summary>A limit and what is measured against it, USD.</summary>
/// <param name="Limit">Its name.</param>
/// <param name="Scope"><c>venue</c>, <c>class</c>, <c>owner</c>, <c>account</c> or <c>each</c>.</param>
/// <param name="Of">The class, owner or account.</param>
/// <param name="Measure">A greek, <c>notional</c> or <c>held</c>.</param>
/// <param name="Gross">Whether sizes are added whatever the side.</param>
/// <param name="Underlying">Only contracts on it.</param>
/// <param name="Bucket">Only what is in it.</param>
/// <param name="Soft">The soft line.</param>
/// <param name="Hard">The hard line.</param>
/// <param name="Value">What is measured; of a limit on every account by itself, the largest.</param>
/// <param name="Utilisation">Value over the hard line, or over the soft one where there is no hard; none over a line of 0.</param>
/// <param name="Level"><c>within</c>, <c>soft</c> or <c>hard</c>.</param>
/// <param name="Breaches">How many breaches there are now.</param>
/// <param name="Accounts">Of a limit on every account by itself, those that use it most.</param>
internal sealed record LimitLine(
    string Limit, string Scope, string? Of, string Measure, bool Gross, string? Underlying, string? Bucket, double? Soft, double? Hard,
    double Value, double Utilisation, string Level, int Breaches, IReadOnlyList<AccountReading> Accounts);

/// <summary>What one account uses of a limit.</summary>
internal sealed record AccountReading(string Account, double Value, double Utilisation, string Level);

/// <summary>A risk bucket as it was set; see the command <c>set-bucket</c>.</summary>
internal sealed record BucketLine(
    string Bucket, string Kind, IReadOnlyList<string> Assets, IReadOnlyList<string> Instruments, IReadOnlyList<string> Places,
    double FailureIntensity, double LossGivenFailure, double OracleIntensity, double OracleLoss,
    double? ManipulationMove, double? OracleVolume, double? OracleVolatility);
