using System.Text.Json;
using Plimsoll.Engine;
using Plimsoll.Markets.Oracles;
using Plimsoll.Units;

namespace Plimsoll.Server.Api;

/// <summary>The board of oracles.</summary>
/// <param name="At">The venue's time, ISO 8601.</param>
/// <param name="NextDue">When a status changes next by silence alone; none where none does.</param>
/// <param name="Assets">Prices with terms that were ever reported, in the order of listing.</param>
/// <param name="Actions">What a price of each status is still good for.</param>
internal sealed record OraclesAnswer(string At, string? NextDue, IReadOnlyList<OracleLineFigures> Assets, IReadOnlyList<OracleActionFigures> Actions)
{
    /// <summary>Reads it. On the engine's thread.</summary>
    public static OraclesAnswer Of(VenueState venue)
    {
        ActionMatrix matrix = venue.Parameters?.Oracles.Actions ?? ActionMatrix.House;

        return new OraclesAnswer(
            venue.Now.ToString(),
            venue.Oracles.NextDue?.ToString(),
            [.. venue.Oracles.Feeds.Select(feed => Line(venue, feed))],
            [.. Enum.GetValues<OracleAction>().Select(action => new OracleActionFigures(Name(action), Name(matrix.WorstFor(action))))]);
    }

    private static OracleLineFigures Line(VenueState venue, AssetFeed feed)
    {
        OracleTerms? terms = venue.Oracles.TermsOf(feed.Asset);
        JoinedPrice joined = feed.Joined;
        bool known = joined.Price > 0;

        return new OracleLineFigures(
            venue.Catalog[feed.Asset].Id.Value, Name(feed.Status), venue.Oracles.ReasonOf(feed), feed.StatusSince.ToString(), known ? joined.Price : null,
            known ? joined.Confidence : null, known ? joined.Divergence : null, known ? Age(venue, joined.ObservedAt) : null, joined.Sources, feed.Damped, known ? feed.Width : null,
            terms is null ? null : terms.Heartbeat / 1e6, [.. feed.Reports.Select(kept => Source(venue, terms, kept, feed.Joined))]);
    }

    private static OracleSourceFigures Source(VenueState venue, OracleTerms? terms, SourceReport kept, in JoinedPrice joined)
    {
        ReportFault fault = kept.Fault == ReportFault.None && terms?.IsTooOld(kept.Report.ObservedAt, venue.Now) == true ? ReportFault.TooOld : kept.Fault;

        return new OracleSourceFigures(
            kept.Source.Value, kept.Report.Price, kept.Report.Confidence, kept.Report.Depth, Age(venue, kept.Report.ObservedAt), fault == ReportFault.None && joined.Sources > 0, Name(fault),
            fault != ReportFault.None || joined.Sources > 0 ? fault.InWords : joined.Apart > 0 ? "contradicts the others" : "is fit, with too few beside it", kept.Repeats);
    }

    private static double Age(VenueState venue, Instant seen) => (venue.Now - seen).TotalSeconds;

    private static string Name<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}

/// <summary>One price.</summary>
/// <param name="Asset">Whose.</param>
/// <param name="Status"><c>live</c>, <c>degraded</c>, <c>stale</c> or <c>halted</c>.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Since">Since when, ISO 8601.</param>
/// <param name="Price">The last price the sources made; none before the first.</param>
/// <param name="Confidence">Half the width of what they are sure of, as a part of it.</param>
/// <param name="Divergence">How far the farthest that was used lies from it, as a part of it.</param>
/// <param name="AgeSeconds">How old the oldest report that carries it is.</param>
/// <param name="Sources">How many carry it; 0 where it stands without any.</param>
/// <param name="Damped">The price that follows slowly; none without damping.</param>
/// <param name="Width">How far the two lie apart, as a part of the price: what is asked of the initial line.</param>
/// <param name="HeartbeatSeconds">How often a source reports at least.</param>
/// <param name="Reports">The last report of each source, by name.</param>
internal sealed record OracleLineFigures(
    string Asset, string Status, string Reason, string Since, double? Price, double? Confidence, double? Divergence, double? AgeSeconds, int Sources,
    double? Damped, double? Width, double? HeartbeatSeconds, IReadOnlyList<OracleSourceFigures> Reports);

/// <summary>The last report of one source.</summary>
/// <param name="Source">Whose.</param>
/// <param name="Price">What it said, also where it cannot be a price.</param>
/// <param name="Confidence">Half the width it is sure of, as a part of the price; 0 where it states none.</param>
/// <param name="Depth">What can be traded there.</param>
/// <param name="AgeSeconds">How old it is.</param>
/// <param name="Used">Whether it was used.</param>
/// <param name="Verdict">Why not, in a word; <c>none</c> where it was.</param>
/// <param name="Words">The same in words.</param>
/// <param name="Repeats">Whether it gave the same answer again, to the last digit.</param>
internal sealed record OracleSourceFigures(
    string Source, double Price, double Confidence, double Depth, double AgeSeconds, bool Used, string Verdict, string Words, bool Repeats);

/// <summary>What an action needs.</summary>
/// <param name="Action">What somebody wants to do.</param>
/// <param name="Worst">The worst status of a price that still allows it.</param>
internal sealed record OracleActionFigures(string Action, string Worst);
