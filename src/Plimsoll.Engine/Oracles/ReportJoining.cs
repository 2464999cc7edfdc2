using Plimsoll.Engine.Commands;
using Plimsoll.Markets.Oracles;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Units;

namespace Plimsoll.Engine;

/// <summary>
/// What reports would make of the prices; changes nothing.
/// <list type="number">
/// <item>Of each source the latest report on an asset is kept; what comes from the future, comes again, or was seen before
/// what its source said since is ignored.</item>
/// <item>Assets are joined in the order in which they are redeemed for each other, so that an anchor stands on the price of
/// the same moment.</item>
/// </list>
/// </summary>
internal sealed class ReportJoining(VenueState venue, Instant now)
{
    /// <summary>The source of a price that reports made together.</summary>
    public const string Source = "oracles";

    private readonly SortedDictionary<int, SortedDictionary<string, SourcePrice>> _taken = [];
    private readonly SortedDictionary<int, SortedDictionary<string, SourceReport>> _kept = [];
    private readonly Dictionary<int, (double Price, OracleStatus Status)> _made = [];

    /// <summary>What was ignored, in the order it came.</summary>
    public List<IgnoredReport> Ignored { get; } = [];

    /// <summary>The asset that has no room for another source; none where every one has.</summary>
    public AssetId? Refused { get; private set; }

    /// <summary>The prices that were made, once <see cref="Happened"/> was asked.</summary>
    public List<(AssetIndex Asset, double Price)> Prices { get; } = [];

    public void Add(SourcePrice report)
    {
        AssetIndex asset = venue.Asset(report.Asset);
        ReportFault fault = report.ObservedAt > now ? ReportFault.FromTheFuture
            : LineOf(asset.Value).Terms.IsGone(report.ObservedAt, now) ? ReportFault.TooOld
            : ReportFault.None;
        if (fault != ReportFault.None)
        {
            Ignored.Add(new IgnoredReport(report.Asset, report.Source, report.ObservedAt, fault));
            return;
        }

        if (!_taken.TryGetValue(asset.Value, out SortedDictionary<string, SourcePrice>? bySource)) bySource = new SortedDictionary<string, SourcePrice>(StringComparer.Ordinal);
        SourcePrice? beside = bySource.GetValueOrDefault(report.Source.Value);
        if ((beside is not null && !IsNews(report, beside)) || (venue.Oracles.FeedOf(asset)?.Find(report.Source) is { } known && !IsNews(report, known.Report)))
        {
            Ignored.Add(new IgnoredReport(report.Asset, report.Source, report.ObservedAt, ReportFault.Repeated));
            return;
        }

        if (beside is not null) Ignored.Add(new IgnoredReport(beside.Asset, beside.Source, beside.ObservedAt, ReportFault.Repeated));
        bySource[report.Source.Value] = report;
        _taken[asset.Value] = bySource;
    }

    /// <summary>The event; none where every report was ignored, or an asset has no room.</summary>
    public PricesReported? Happened()
    {
        if (_taken.Count == 0) return null;

        foreach (int asset in _taken.Keys) _kept.Add(asset, Kept(asset));
        foreach ((int asset, SortedDictionary<string, SourceReport> kept) in _kept)
            if (kept.Count > AssetFeed.MaxSources) Refused ??= venue.Catalog[new AssetIndex(asset)].Id;
        if (Refused is not null) return null;

        JoinedAssetPrice[] prices = [.. _taken.Keys.OrderBy(asset => venue.Oracles.Rules.StepsTo(LineOf(asset)) ?? 0).ThenBy(asset => asset).Select(asset => Join(new AssetIndex(asset)))];

        return new PricesReported([.. _taken.Values.SelectMany(bySource => bySource.Values)], prices);
    }

    /// <summary>What is answered where nothing happens.</summary>
    public Decision Refusal()
    {
        if (Refused is { } full) return Decision.Refuse(Commands.Refusal.LimitReached, $"{full} has {AssetFeed.MaxSources} sources already");

        IgnoredReport first = Ignored[0];

        return first.Fault == ReportFault.FromTheFuture
            ? Decision.Refuse(Commands.Refusal.QuoteInvalid, $"{first.Asset} was observed in the future")
            : first.Fault == ReportFault.TooOld ? Decision.Refuse(Commands.Refusal.QuoteStale, $"{first.Asset} of {first.Source} seen at {first.ObservedAt} is too old to go by")
            : Decision.Refuse(Commands.Refusal.QuoteStale, $"{first.Asset} of {first.Source} seen at {first.ObservedAt} is known, or something newer of that source");
    }

    private static bool IsNews(SourcePrice report, SourcePrice known) =>
        report.ObservedAt > known.ObservedAt || (report.ObservedAt == known.ObservedAt && report != known);

    private static bool IsNews(SourcePrice report, in PriceReport known) =>
        report.ObservedAt > known.ObservedAt
        || (report.ObservedAt == known.ObservedAt && !((double)report.Price == known.Price && report.Confidence == known.Confidence && report.Depth == known.Depth));

    private OracleLine LineOf(int asset) => venue.Oracles.LineOf(new AssetIndex(asset))!;

    private JoinedAssetPrice Join(AssetIndex asset)
    {
        AssetId name = venue.Catalog[asset].Id;
        AssetFeed? feed = venue.Oracles.FeedOf(asset);
        OracleTerms terms = venue.Oracles.AnchoredTerms(LineOf(asset.Value), PriceOf);
        PriceReport[] reports = [.. _kept[asset.Value].Values.Select(kept => kept.Asked)];
        var faults = new ReportFault[reports.Length];
        JoinedPrice last = (feed?.Joined ?? default) with { Status = feed?.Status ?? OracleStatus.Halted };
        JoinedPrice joined = OracleAggregate.Join(reports, terms, now, last, faults);
        bool made = joined.Sources > 0;
        Price? price = made ? ModelPrice.From(joined.Price) : null;
        RejectedReport[] rejected = [.. reports.Select((report, i) => (report.Source, Fault: faults[i])).Where(verdict => verdict.Fault != ReportFault.None).Select(verdict => new RejectedReport(verdict.Source, verdict.Fault))];
        _made[asset.Value] = (price?.ToModel() ?? last.Price, joined.Status);
        if (price is { } worth) Prices.Add((asset, worth.ToModel()));

        return new JoinedAssetPrice(name, made ? joined.Confidence : 0, made ? joined.ObservedAt : now, joined.Sources, made ? joined.Divergence : 0, joined.Apart, rejected, price);
    }

    /// <summary>The last reports on an asset, these among them, by source.</summary>
    private SortedDictionary<string, SourceReport> Kept(int asset)
    {
        OracleTerms terms = LineOf(asset).Terms;
        var kept = new SortedDictionary<string, SourceReport>(StringComparer.Ordinal);
        AssetFeed? feed = venue.Oracles.FeedOf(new AssetIndex(asset));
        foreach (SourceReport known in feed?.Reports ?? [])
            if (!terms.IsGone(known.Report.ObservedAt, now)) kept[known.Source.Value] = now > feed!.TakenAt ? known.SettledBy(feed.Joined.Price) : known;
        foreach (SourcePrice said in _taken[asset].Values)
        {
            var report = new PriceReport(said.Source, (double)said.Price, said.Confidence, said.ObservedAt, said.Depth);
            kept[said.Source.Value] = kept.TryGetValue(said.Source.Value, out SourceReport known) ? known.Then(report) : new SourceReport(report, ReportFault.None, default, default, default);
        }

        return kept;
    }

    private (double Price, OracleStatus Status) PriceOf(AssetIndex asset) =>
        _made.TryGetValue(asset.Value, out (double, OracleStatus) made) ? made : (venue.Market.PriceOf(asset), venue.Oracles.StatusOf(asset));
}
