using Plimsoll.Engine.Json;
using Plimsoll.Markets.Oracles;
using Plimsoll.Markets.Prices;
using Plimsoll.Units;

namespace Plimsoll.Engine.Commands;

/// <summary>What one source says an asset is worth; also what cannot be a price, which is then named and not used.</summary>
/// <param name="Asset">Its name.</param>
/// <param name="Source">Who says so.</param>
/// <param name="Price">In the numeraire.</param>
/// <param name="Confidence">Half width of the source's uncertainty, as a part of the price; 0 where it states none.</param>
/// <param name="ObservedAt">When the source saw it.</param>
/// <param name="Depth">What can be traded there near the price, in the numeraire: what the source weighs.</param>
public sealed record SourcePrice(AssetId Asset, AccountId Source, decimal Price, double Confidence, Instant ObservedAt, double Depth = 1);

/// <summary>Tells the venue what several sources say of several assets; they are joined to one price each, and everybody who is touched is judged again.</summary>
/// <param name="Reports">In any order; of several of one source on one asset the latest counts.</param>
public sealed record ReportPrices(IReadOnlyList<SourcePrice> Reports) : Command
{
    /// <summary>The most reports in one command.</summary>
    public const int MaxReports = 16_384;

    /// <inheritdoc/>
    public override Decision Decide(VenueState venue, Instant now)
    {
        if (Reports.Count == 0) return Refusal.NothingToDo;
        if (Reports.Count > MaxReports) return Decision.Refuse(Refusal.LimitReached, $"{Reports.Count} reports in one command, allowed are {MaxReports}");
        foreach (SourcePrice report in Reports)
        {
            if (!venue.Catalog.TryFind(report.Asset, out AssetIndex asset)) return Decision.Refuse(Refusal.AssetUnknown, report.Asset.Value);
            if (venue.Oracles.TermsOf(asset) is null) return Decision.Refuse(Refusal.OracleTermsMissing, $"the parameters say nothing of how reports on {report.Asset} are joined");
            if (!InstantConverter.Reads(report.ObservedAt) || !Identifier.IsValid(report.Source.Value)) return Decision.Refuse(Refusal.QuoteInvalid, $"{report.Asset} needs a source and a time after 1970");
            if (!double.IsFinite(report.Confidence) || !double.IsFinite(report.Depth)) return Decision.Refuse(Refusal.QuoteInvalid, $"{report.Asset} of {report.Source}: expected finite numbers");
        }

        var joining = new ReportJoining(venue, now);
        foreach (SourcePrice report in Reports) joining.Add(report);
        if (joining.Happened() is not { } reported) return joining.Refusal();

        return MovePrices.Outgrown(venue, joining.Prices, []) is { } outgrown
            ? Decision.Refuse(Refusal.AmountTooLarge, $"the open positions in {outgrown} would be worth more than the books have room for")
            : Decision.Accept(reported, joining.Ignored.Count > 0 ? new ReportsIgnored([.. joining.Ignored]) : null);
    }
}

/// <summary>A report that was kept, but not used.</summary>
/// <param name="Source">Whose.</param>
/// <param name="Fault">Why not.</param>
public sealed record RejectedReport(AccountId Source, ReportFault Fault);

/// <summary>What the last reports on an asset make together.</summary>
/// <param name="Asset">Its name.</param>
/// <param name="Confidence">Half the width of what the sources together are sure of, as a part of the price.</param>
/// <param name="ObservedAt">When the oldest report that carries it was seen.</param>
/// <param name="Sources">How many reports carry it.</param>
/// <param name="Divergence">How far the farthest report that was used lies from it, as a part of it.</param>
/// <param name="Apart">Half the width of what contradicting sources said; 0 where they do not.</param>
/// <param name="Rejected">The reports that were not used, by source.</param>
/// <param name="Price">The price they make; none where they make none, so that the one before stands.</param>
public sealed record JoinedAssetPrice(
    AssetId Asset, double Confidence, Instant ObservedAt, int Sources, double Divergence, double Apart, IReadOnlyList<RejectedReport> Rejected, Price? Price = null);

/// <summary>Sources reported prices, and what they make together.</summary>
/// <param name="Reports">The last report of each source that said something new.</param>
/// <param name="Prices">What each of these assets is worth now.</param>
public sealed record PricesReported(IReadOnlyList<SourcePrice> Reports, IReadOnlyList<JoinedAssetPrice> Prices) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        foreach (JoinedAssetPrice joined in Prices) Advance(venue, venue.Asset(joined.Asset));
        foreach (SourcePrice report in Reports)
            venue.Oracles.Enter(venue.Asset(report.Asset)).Take(new PriceReport(report.Source, (double)report.Price, report.Confidence, report.ObservedAt, report.Depth));
        foreach (JoinedAssetPrice joined in Prices) Take(venue, joined);
        venue.Oracles.Changed();

        // The market's time moves with its prices: what ages is then valued again.
        if (Prices.All(joined => joined.Price is null)) return;

        venue.Market.MoveTo(venue.Now);
        venue.Limits.Watch.Reprice();
        venue.Breakers.See();
        if (venue.Crowd.Follow(venue)) venue.Judgement.Crowded();
    }

    private static void Advance(VenueState venue, AssetIndex asset)
    {
        OracleTerms terms = venue.Oracles.TermsOf(asset) ?? throw new LawBrokenException("an event joins reports on assets that have terms");
        venue.Oracles.Enter(asset).Advance(terms, venue.Oracles.Damping, venue.Now);
    }

    private static void Take(VenueState venue, JoinedAssetPrice joined)
    {
        AssetIndex asset = venue.Asset(joined.Asset);
        AssetFeed feed = venue.Oracles.Enter(asset);
        feed.Set(
            joined.Price is { } made
                ? new JoinedPrice(OracleStatus.Live, made.ToModel(), joined.Confidence, joined.ObservedAt, joined.Sources, joined.Divergence)
                : feed.Joined with { Sources = 0, Apart = joined.Apart },
            source => joined.Rejected.FirstOrDefault(rejected => rejected.Source == source)?.Fault ?? ReportFault.None);
        if (joined.Price is not { } price) return;

        venue.Market.Apply(new AssetQuote(asset, price, joined.ObservedAt, joined.Confidence, ReportJoining.Source));
        venue.Judgement.Touch(asset);
    }
}

/// <summary>A report that changed nothing.</summary>
/// <param name="Asset">On which asset.</param>
/// <param name="Source">Whose.</param>
/// <param name="ObservedAt">When it was seen.</param>
/// <param name="Fault">From the future, or said before: the same again, or older than what its source has said since.</param>
public sealed record IgnoredReport(AssetId Asset, AccountId Source, Instant ObservedAt, ReportFault Fault);

/// <summary>Some reports came from the future, or again, or after newer ones of their sources; they changed nothing.</summary>
public sealed record ReportsIgnored(IReadOnlyList<IgnoredReport> Reports) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
    }
}

/// <summary>How far a price may be relied on changed.</summary>
/// <param name="Asset">Whose price.</param>
/// <param name="From">What it was.</param>
/// <param name="To">What it is.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record OracleStatusChanged(AssetId Asset, OracleStatus From, OracleStatus To, string Reason) : Event
{
    /// <inheritdoc/>
    public override void Apply(VenueState venue)
    {
        venue.Oracles.Enter(venue.Asset(Asset)).Enter(To, venue.Now);
        venue.Oracles.Changed();
    }
}
