using System.CommandLine;
using Plimsoll.Cli.Oracles;
using Plimsoll.Cli.Terminal;
using Plimsoll.Markets.Oracles;
using Plimsoll.Units;
using Spectre.Console;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll oracle</c>: what several sources make of a price, why each was left out, and what may be done on it.</summary>
internal static class OracleVerb
{
    private static readonly OracleAction[] Actions = Enum.GetValues<OracleAction>();

    /// <summary>The verb.</summary>
    public static Command Build(Screen screen)
    {
        Argument<string> file = new("FILE") { Description = "Reports of several sources and how they are joined (docs/formats/oracles.md)." };
        Option<double?> twap = Asked.Number("--twap", "MULTIPLE", 0.001, 1000, "Show what it costs to push each pool's average price to this multiple of what it is.");
        Option<bool> json = Asked.Json();
        var verb = new Verb(
            "oracle",
            "Join what several sources say of a price: the price, how sure, its status, why each source was left out, what may be done on it; exit code 1 where one is stale or halted.",
            "oracle samples/oracles/reports.json",
            "oracle samples/oracles/reports.json --twap 1.2",
            "oracle samples/oracles/reports.json --json")
        {
            file, twap, json,
        };
        verb.SetAction(parsed =>
        {
            string path = parsed.GetValue(file)!;
            OracleFile asked = OracleFile.Read(path);
            IReadOnlyList<JoinedAsset> joined = JoinedFile.Of(asked, path);
            IReadOnlyList<AveragePush> pushes = parsed.GetValue(twap) is { } target ? AveragePush.Of(asked, path, joined, target) : [];
            ActionMatrix matrix = asked.Rules(path).Actions;
            if (parsed.GetValue(json)) screen.Json(Answer(asked.At(path), joined, matrix, pushes));
            else Show(screen, asked.At(path), joined, matrix, pushes);

            return joined.Any(asset => asset.Price.Status >= OracleStatus.Stale) ? ExitCode.BadNews : ExitCode.Good;
        });

        return verb;
    }

    private static void Show(Screen screen, Instant now, IReadOnlyList<JoinedAsset> joined, ActionMatrix matrix, IReadOnlyList<AveragePush> pushes)
    {
        Table prices = Tables.New("asset", "status", ">price", ">sure to", ">farthest", ">age", ">sources");
        foreach (JoinedAsset asset in joined)
        {
            OraclePrice price = asset.Price;
            prices.AddRow(
                Markup.Escape(asset.Asset), Figures.In(Colour(price.Status), Word(price.Status)), price.Price > 0 ? Figures.Price(price.Price) : Figures.None,
                Part(price.Sources > 0, price.Confidence), Part(price.Sources > 0, price.Divergence), price.Price > 0 ? Age(now, price.ObservedAt) : Figures.None,
                $"{price.Sources} of {price.Reports.Length}");
        }

        screen.Page.Section("Prices", prices, $"at {now}; sure to and farthest as a part of the price");
        Table sources = Tables.New("asset", "source", "what became of it");
        foreach (JoinedAsset asset in joined)
            foreach (ReportVerdict verdict in asset.Price.Reports)
                sources.AddRow(Markup.Escape(asset.Asset), Markup.Escape(verdict.Source.Value), Figures.In(IsUsed(asset, verdict) ? "green" : "yellow", Why(asset, verdict)));
        screen.Page.Section("Sources", sources);
        Table allowed = Tables.New(["asset", .. Actions.Select(action => action.ToString().ToLowerInvariant())]);
        foreach (JoinedAsset asset in joined)
            allowed.AddRow([Markup.Escape(asset.Asset), .. Actions.Select(action => matrix.Allows(action, asset.Price.Status) ? Figures.In("green", "yes") : Figures.In("red", "no"))]);
        screen.Page.Section("What may be done on it", allowed);
        if (pushes.Count > 0) AveragePush.Show(screen, pushes);
        screen.Verdict(Colour(joined.Max(asset => asset.Price.Status)), Verdict(joined));
    }

    private static bool IsUsed(JoinedAsset asset, ReportVerdict verdict) => verdict.Fault == ReportFault.None && asset.Price.Sources > 0;

    // What is fit may still make no price.
    private static string Why(JoinedAsset asset, ReportVerdict verdict) =>
        verdict.Fault != ReportFault.None || asset.Price.Sources > 0 ? verdict.Fault.InWords
        : asset.Price.Apart > 0 ? "contradicts the others"
        : "is fit, with too few beside it";

    private static string Verdict(IReadOnlyList<JoinedAsset> joined)
    {
        int live = joined.Count(asset => asset.Price.Status == OracleStatus.Live);
        IEnumerable<string> apart = joined.Where(asset => asset.Price.Apart > 0).Select(asset => $" The sources of {asset.Asset} contradict each other: together they are sure to {Part(true, asset.Price.Apart)}.");

        return $"{live} of {joined.Count} prices are live.{string.Concat(apart)}";
    }

    private static object Answer(Instant now, IReadOnlyList<JoinedAsset> joined, ActionMatrix matrix, IReadOnlyList<AveragePush> pushes) => new
    {
        now = now.ToString(),
        assets = joined.Select(asset => new
        {
            asset = asset.Asset,
            status = asset.Price.Status,
            price = asset.Price.Price > 0 ? asset.Price.Price : (double?)null,
            confidence = asset.Price.Sources > 0 ? asset.Price.Confidence : (double?)null,
            divergence = asset.Price.Sources > 0 ? asset.Price.Divergence : (double?)null,
            apart = asset.Price.Apart > 0 ? asset.Price.Apart : (double?)null,
            ageSeconds = asset.Price.Price > 0 ? (now - asset.Price.ObservedAt).TotalSeconds : (double?)null,
            sources = asset.Price.Sources,
            reports = asset.Price.Reports.Select(verdict => new { source = verdict.Source.Value, used = IsUsed(asset, verdict), fault = verdict.Fault, why = Why(asset, verdict) }),
            allows = Actions.Where(action => matrix.Allows(action, asset.Price.Status)),
        }),
        averages = pushes.Count > 0 ? pushes : null,
    };

    private static string Part(bool there, double part) => there ? Figures.Text(100 * part, "0.00#") + " %" : Figures.None;

    private static string Age(Instant now, Instant seen) => Figures.Text((now - seen).TotalSeconds, "#,##0.#") + " s";

    private static string Word(OracleStatus status) => status.ToString().ToLowerInvariant();

    private static string Colour(OracleStatus status) => status switch { OracleStatus.Live => "green", OracleStatus.Degraded => "yellow", _ => "red" };
}
