using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Prices;
using Plimsoll.Risk.Margin;
using Plimsoll.Server.Hosting;
using Plimsoll.Treasury.Backing;
using Plimsoll.Treasury.Matching;
using Plimsoll.Units;

namespace Plimsoll.Server.Projections;

/// <summary>Puts readings and reports into the words of the API.</summary>
internal static class ViewBuilder
{
    public const string Numeraire = "USD";

    public static VenueFigures Figures(
        VenueReading reading, TreasuryReports reports, ServerOptions options, DemoFigures? demo, Instant now, Amount[] endowed, long refused, string? halted) => new(
        options.Name,
        reading.Now.ToString(),
        reading.Sequence,
        reading.Hash.ToString(),
        demo,
        Numeraire,
        Headline(reports.Coverage.Line),
        reading.Accounts.Count,
        reading.OpenInterest,
        Equity(reading.Accounts),
        Fund(reading, endowed),
        reading.BadDebt,
        reading.Counters with { Refused = refused },
        [.. reading.Assets.Select((asset, a) => Feed(asset, reading.Quotes[a], now, options.Feeds))],
        [.. reports.Coverage.Coverage.Select(Coverage)],
        reports.Shortfall is { } shortfall ? new ShortfallFigures(shortfall.Value, shortfall.Windows, (double)shortfall.Confidence, shortfall.Reason) : null,
        reports.Attested?.Figures,
        halted);

    public static HistoryPoint Point(VenueReading reading, TreasuryReports reports, double liquidated)
    {
        var prices = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var haircuts = new SortedDictionary<string, double>(StringComparer.Ordinal);
        for (int a = 0; a < reading.Assets.Count; a++)
        {
            bool shown = reading.Assets[a].Class is AssetClass.Major or AssetClass.Alt;
            if (shown && reading.Quotes[a] is { } quote) prices[reading.Assets[a].Id.Value] = quote.Price.ToString();
            if (reading.Haircuts[a] is { } haircut) haircuts[reading.Assets[a].Id.Value] = haircut;
        }

        return new HistoryPoint(
            reading.Now.ToString(), prices, FundWorth(reading, reading.Fund), reports.Coverage.Line.Worst?.Coverage, liquidated, haircuts);
    }

    private static HeadlineFigures Headline(LoadLine line) => new(
        line.Worst?.Asset.Id.Value ?? Numeraire,
        line.Worst?.Coverage ?? 1,
        line.DryFirst?.SurvivalHours,
        line.Verdict switch
        {
            LoadLineVerdict.Afloat => "afloat",
            LoadLineVerdict.Awash => "awash",
            _ => "sunk",
        },
        line.Text);

    private static double Equity(AccountColumns accounts)
    {
        double sum = 0;
        foreach (ref readonly Verdict verdict in accounts.Verdicts.AsSpan()) sum += verdict.Equity;

        return sum;
    }

    private static FundFigures Fund(VenueReading reading, Amount[] endowed)
    {
        double largest = 0;
        for (int i = 0; i < reading.Accounts.Count; i++)
        {
            if (reading.Accounts.Names[i] == AccountColumns.Provider) continue;

            ref readonly Verdict verdict = ref reading.Accounts.Verdicts[i];
            largest = Math.Max(largest, verdict.ScenarioLoss - Math.Max(0, verdict.Equity));
        }

        AssetAmount[] byAsset = [.. reading.Assets
            .Select((asset, a) => (asset, amount: reading.Fund[a]))
            .Where(held => !held.amount.IsZero)
            .Select(held => new AssetAmount(held.asset.Id.Value, held.asset.Scale.Format(held.amount)))];

        return new FundFigures(FundWorth(reading, reading.Fund), FundWorth(reading, endowed), largest, byAsset);
    }

    private static double FundWorth(VenueReading reading, Amount[] amounts)
    {
        double worth = 0;
        for (int a = 0; a < Math.Min(reading.Assets.Count, amounts.Length); a++)
            worth += reading.Assets[a].Scale.ToModel(amounts[a]) * (reading.Quotes[a]?.Price.ToModel() ?? 0);

        return worth;
    }

    private static FeedFigures Feed(Asset asset, AssetQuote? quote, Instant now, FeedLimits limits)
    {
        if (quote is null) return new FeedFigures(asset.Id.Value, null, "none", 0, null, "stale");

        double age = Math.Max(0, (now - quote.ObservedAt).TotalSeconds);
        string state = age >= limits.StaleSeconds ? "stale"
            : age >= limits.DegradedSeconds || quote.Confidence >= limits.WideConfidence ? "degraded"
            : "live";

        return new FeedFigures(asset.Id.Value, quote.Price.ToString(), quote.Source, age, quote.Confidence, state);
    }

    private static CoverageFigures Coverage(AssetCoverage asset) => new(
        asset.Asset.Id.Value,
        asset.Asset.Scale.Format(asset.Claims),
        asset.Asset.Scale.Format(asset.Deficit),
        asset.Asset.Scale.Format(asset.Holdings),
        asset.Coverage ?? 0,
        [.. asset.Hourly.Select(rung => new RungFigures(rung.Hours, asset.Asset.Scale.Format(rung.Available), rung.Coverage ?? 0))],
        asset.SurvivalHours,
        [.. asset.ByPlace.Where(place => !place.Amount.IsZero).Select(place => new PlaceAmount(FundName.Of(place.Place), asset.Asset.Scale.Format(place.Amount)))]);
}
