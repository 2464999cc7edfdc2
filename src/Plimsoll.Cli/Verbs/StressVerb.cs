using System.CommandLine;
using System.Globalization;
using Plimsoll.Cli.Demo;
using Plimsoll.Cli.Terminal;
using Plimsoll.Engine;
using Plimsoll.Engine.Hosting;
using Plimsoll.Simulation.Shocks;
using Plimsoll.Simulation.Standing;
using Plimsoll.Simulation.Stories;
using Plimsoll.Storage.Sqlite;
using Plimsoll.Treasury.Matching;
using Plimsoll.Units;
using Spectre.Console;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll stress</c>: one shock through margin, liquidation, fund and coverage, on a copy.</summary>
internal static class StressVerb
{
    /// <summary>The verb.</summary>
    public static Command Build(Screen screen)
    {
        Option<string?> journal = new("--journal") { Description = "A venue's file; without it the sample venue, just built.", HelpName = "FILE" };
        Option<int?> accounts = Asked.Count("--accounts", 50, 1_000_000, "Accounts of the sample venue.");
        Option<double?> spot = Asked.Percent("--spot", -0.99, 10, "Move of every coin that promises no fixed worth.");
        Option<double?> volatility = Asked.Percent("--vol", -0.99, 10, "Move of every implied volatility.");
        Option<(string Name, string Value)[]> depegs = Asked.Pairs("--depeg", "ASSET=PRICE", "An asset that takes a price of its own, in USD; may be repeated.");
        Option<double?> withdrawals = Asked.Percent("--withdrawals", 0, 1, "Part of his free cash that every customer asks for.");
        Option<bool> json = Asked.Json();
        var verb = new Verb(
            "stress",
            "One shock through margin calls, liquidation, the fund and coverage, in one answer; the venue is not touched. Exit code 1 where it ends sunk.",
            "stress --accounts 2000 --spot -30% --vol +50%",
            "stress --accounts 2000 --depeg USDT=0.9 --withdrawals 20%")
        {
            journal, accounts, spot, volatility, depegs, withdrawals, json,
        };
        verb.SetAction(parsed => Task.Run(() =>
        {
            var shock = new Shock(
                parsed.GetValue(spot) ?? 0,
                parsed.GetValue(volatility) ?? 0,
                Depegs(parsed.GetValue(depegs) ?? []),
                (decimal)(parsed.GetValue(withdrawals) ?? 0));
            if (shock is { Spot: 0, Volatility: 0, Withdrawals: 0, Depegs.Count: 0 }) throw new InputException("stress", "expected a shock: --spot, --vol, --depeg or --withdrawals");

            StressReport report = Watch.Over(screen, "stressing the venue", _ => Run(parsed.GetValue(journal), parsed.GetValue(accounts), shock));
            if (parsed.GetValue(json)) screen.Json(Answer(report));
            else Show(screen, report);

            return report.After.Line.Verdict == LoadLineVerdict.Sunk ? ExitCode.BadNews : ExitCode.Good;
        }));

        return verb;
    }

    private static StressReport Run(string? journal, int? accounts, Shock shock)
    {
        if (journal is not null)
        {
            using SqliteJournalStore store = SqliteJournalStore.Open(journal, readOnly: true);

            return StressTest.Run(Recovery.Recover(store), shock, AvailabilityRules.Default, StressedRun.Ftx2022);
        }

        VenueStory story = VenueStory.Open(Samples.Venue(Samples.Harbour), new StoryOptions { Accounts = accounts });
        var kernel = new VenueKernel();
        foreach (Envelope envelope in story.Commands().TakeWhile(envelope => envelope.At <= story.Path.Start)) kernel.Execute(envelope, out _);

        return StressTest.Run(kernel, shock, VenueAvailability.For(story.File), StressedRun.Ftx2022);
    }

    private static SortedDictionary<AssetId, decimal> Depegs((string Name, string Value)[] pairs)
    {
        var depegs = new SortedDictionary<AssetId, decimal>();
        foreach ((string name, string value) in pairs)
        {
            if (!decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal price) || price <= 0) throw new InputException($"--depeg {name}", $"found '{value}', expected a price above 0");
            if (!depegs.TryAdd(new AssetId(name), price)) throw new InputException($"--depeg {name}", "is named twice");
        }

        return depegs;
    }

    private static void Show(Screen screen, StressReport report)
    {
        Table prices = Tables.New("asset", ">before", ">after");
        foreach ((AssetId asset, double before, double after) in report.Prices) prices.AddRow(asset.Value, Figures.Price(before), Figures.In(after < before ? "red" : "default", Figures.Price(after)));
        screen.Page.Section("The shock", prices, "USD");

        Table what = Tables.New("what followed", ">figure", "unit");
        what.AddRow("accounts called for margin", Figures.Count(report.Calls), "");
        what.AddRow("accounts liquidated", Figures.Count(report.Record.Fallen.Count()), "");
        what.AddRow("notional closed", Figures.Short(report.Liquidated), "USD");
        what.AddRow("counterparties deleveraged", Figures.Count(report.Deleveragings), "");
        what.AddRow("insurance fund paid", Figures.Short(report.FundDrawn), "USD");
        what.AddRow("insurance fund, before and after", $"{Figures.Short(report.Before.FundWorth)} → {Figures.Short(report.After.FundWorth)}", "USD");
        what.AddRow("bad debt", Figures.Short(report.BadDebt), "USD");
        what.AddRow("withdrawals paid", Figures.Short(report.PaidOut), "USD");
        what.AddRow("withdrawals turned away: wallet empty", Figures.Short(report.TurnedAway), "USD");
        screen.Page.Section("Margin, liquidation, fund", what);

        Table coverage = Tables.New("asset", ">claims", ">holdings", ">coverage before", ">after", ">within a day", ">survives");
        foreach (AssetCoverage asset in report.After.Coverage)
        {
            AssetCoverage? before = report.Before.Coverage.FirstOrDefault(b => b.Asset.Id == asset.Asset.Id);
            coverage.AddRow(
                asset.Asset.Id.Value,
                Figures.Coins(asset.Asset.Scale.ToModel(asset.Claims)),
                Figures.Coins(asset.Asset.Scale.ToModel(asset.Holdings)),
                Figures.Percent(before?.Coverage),
                Figures.In(asset.IsCovered ? "green" : "red", Figures.Percent(asset.Coverage)),
                Figures.Percent(asset.Hourly.FirstOrDefault(rung => rung.Hours == 24).Coverage),
                Figures.Hours(asset.SurvivalHours));
        }

        screen.Page.Section("Coverage", coverage, "in kind");
        screen.Page.WriteLine();
        screen.Verdict(Colour(report.After.Line.Verdict), report.After.Line.Text);
    }

    private static string Colour(LoadLineVerdict verdict) => verdict switch
    {
        LoadLineVerdict.Afloat => "green",
        LoadLineVerdict.Awash => "yellow",
        _ => "red",
    };

    private static object Answer(StressReport report) => new
    {
        prices = report.Prices.Select(p => new { asset = p.Asset.Value, before = p.Before, after = p.After }),
        marginCalls = report.Calls,
        liquidatedAccounts = report.Record.Fallen.Count(),
        liquidatedNotional = report.Liquidated,
        deleveragings = report.Deleveragings,
        fund = new { before = report.Before.FundWorth, after = report.After.FundWorth, paid = report.FundDrawn },
        badDebt = report.BadDebt,
        withdrawals = new { paid = report.PaidOut, turnedAway = report.TurnedAway },
        before = Standing(report.Before),
        after = Standing(report.After),
    };

    private static object Standing(VenueStanding standing) => new
    {
        verdict = standing.Line.Verdict,
        text = standing.Line.Text,
        coverage = standing.Coverage.Select(c => new
        {
            asset = c.Asset.Id.Value,
            claims = c.Asset.Scale.Format(c.Claims),
            holdings = c.Asset.Scale.Format(c.Holdings),
            coverage = c.Coverage,
            survivalHours = c.SurvivalHours,
        }),
    };
}
