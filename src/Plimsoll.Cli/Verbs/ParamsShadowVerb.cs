using System.CommandLine;
using System.Text.Json;
using Plimsoll.Cli.Books;
using Plimsoll.Cli.Terminal;
using Plimsoll.Engine;
using Plimsoll.Risk.Margin;
using Plimsoll.Risk.Shadow;
using Plimsoll.Risk.WhatIf;
using Plimsoll.Units;
using Spectre.Console;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll params shadow</c>: who would be called or liquidated by a set of parameters, before anybody commits to it.</summary>
internal static class ParamsShadowVerb
{
    private const int Shown = 20;

    /// <summary>The verb.</summary>
    public static Command Build(Screen screen)
    {
        var set = new Argument<string>("SET") { Description = "The set that would take force, as JSON." };
        Option<string?> venue = new("--venue") { Description = "A venue's file.", HelpName = "FILE" };
        Option<string?> book = new("--book") { Description = "Or a book file,", HelpName = "FILE" };
        Option<string?> market = new("--market") { Description = "with its market file.", HelpName = "FILE" };
        Option<string?> parameters = new("--parameters") { Description = "The set a book is judged by now; the house's own without it.", HelpName = "FILE" };
        Option<(string Name, string Value)[]> price = Asked.Pairs("--price", "ASSET=MOVE", "Move a price first, such as BTC=-20%; under both sets.");
        Option<(string Name, string Value)[]> vol = Asked.Pairs("--vol", "UNDERLYING=MOVE", "Move volatility first, +10 in points; all=… for the rest.");
        Option<int?> most = Asked.Count("--most", 0, 1_000_000, $"Accounts to list, the most harmed first (default {Shown}; --json all).");
        Option<bool> json = Asked.Json();
        var verb = new Verb(
            "shadow",
            "Who would be called, liquidated, restricted or let go by a set of parameters; nothing is changed. Exit code 1 where it liquidates anybody.",
            "params shadow samples/parameters/stricter.json --book samples/books/book.json --market samples/books/market.json --parameters samples/harbour/parameters.json",
            "params shadow samples/parameters/stricter.json --book samples/books/book.json --market samples/books/market.json --parameters samples/harbour/parameters.json --price BTC=-10%")
        {
            set, venue, book, market, parameters, price, vol, most, json,
        };
        verb.SetAction(parsed => Task.Run(() =>
        {
            RiskParameters proposed = ParameterFiles.Read(parsed.GetRequiredValue(set));
            Shadowed asked = Asks(parsed.GetValue(venue), parsed.GetValue(book), parsed.GetValue(market), parsed.GetValue(parameters));
            var plan = new WhatIfPlan(asked.Book.Catalog, asked.Book.Market);
            foreach ((string name, string value) in parsed.GetValue(price) ?? []) plan.Price(name, value);
            foreach ((string name, string value) in parsed.GetValue(vol) ?? []) plan.Volatility(name == "all" ? WhatIfPlan.EveryUnderlying : name, value);

            bool asJson = parsed.GetValue(json);
            ShadowReport report = asked.Book.Run(asked.InForce, proposed, plan.Shift, parsed.GetValue(most) ?? (asJson ? int.MaxValue : Shown));
            if (asJson) screen.Json(Answer(asked, plan, report));
            else Show(screen, asked, plan, proposed, report);

            return report.Liquidated > 0 ? ExitCode.BadNews : ExitCode.Good;
        }));

        return verb;
    }

    private static Shadowed Asks(string? venue, string? book, string? market, string? parameters)
    {
        if (venue is not null && (book ?? market ?? parameters) is not null) throw new InputException("--venue", "expected either a venue, or a book with its market");
        if (venue is not null)
        {
            VenueState state = ExposedBook.Venue(venue);
            RiskParameters inForce = state.Parameters ?? throw new InputException(venue, "no risk parameters have been set yet");

            return new Shadowed(ParameterShadow.BookOf(state), inForce, [.. Enumerable.Range(0, state.Accounts.Count).Select(a => state.Accounts[new AccountIndex(a)].Value)]);
        }

        if (book is null || market is null) throw new InputException("params shadow", "expected --venue, or --book and --market");
        ExposedBook exposed = JudgedBook.Read(book, market, parameters).Exposed();

        return new Shadowed(
            new ShadowBook(exposed.State.Catalog, exposed.State.Market, exposed.Positions, exposed.Money), exposed.State.Parameters!, exposed.Names);
    }

    private static object Answer(Shadowed asked, WhatIfPlan plan, ShadowReport report) => new
    {
        at = asked.Book.Market.At.ToString(),
        shock = plan.Shift is null ? null : plan.MarketSentence,
        accounts = report.Accounts,
        liquidated = report.Liquidated,
        called = report.Called,
        restricted = report.Restricted,
        released = report.Released,
        underWater = report.UnderWater,
        before = report.Before,
        after = report.After,
        lines = report.Lines.Select(line => new
        {
            account = asked.Names[line.Account],
            effect = line.Effect,
            maintenanceHealth = new { before = line.Before.MaintenanceHealth, after = line.After.MaintenanceHealth },
            maintenance = new { before = line.Before.MaintenanceRequirement, after = line.After.MaintenanceRequirement },
            initial = new { before = line.Before.InitialRequirement, after = line.After.InitialRequirement },
            counted = new { before = line.Before.Counted, after = line.After.Counted },
        }),
    };

    private static void Show(Screen screen, Shadowed asked, WhatIfPlan plan, RiskParameters proposed, ShadowReport report)
    {
        ParamsDiffVerb.Show(screen, ParameterDifference.Between(asked.InForce, proposed));
        Table totals = Tables.New("everybody", ">now", ">then", ">change");
        Add(totals, "collateral that counts", report.Before.Counted, report.After.Counted);
        Add(totals, "initial requirement", report.Before.Initial, report.After.Initial);
        Add(totals, "maintenance requirement", report.Before.Maintenance, report.After.Maintenance);
        screen.Page.Section("Shadow run", totals, $"USD, {Figures.Count(report.Accounts)} accounts at {asked.Book.Market.At}{(plan.Shift is null ? "" : $", {plan.MarketSentence}")}");
        if (report.Lines.Length > 0)
        {
            Table lines = Tables.New("account", "would be", ">maintenance health", ">then", ">required", ">then");
            foreach (ShadowLine line in report.Lines)
            {
                lines.AddRow(
                    Markup.Escape(asked.Names[line.Account]),
                    Figures.In(Colour(line.Effect), JsonNamingPolicy.KebabCaseLower.ConvertName(line.Effect.ToString())),
                    Figures.Usd(line.Before.MaintenanceHealth),
                    Figures.In(line.After.MaintenanceHealth < 0 ? "red" : "default", Figures.Usd(line.After.MaintenanceHealth)),
                    Figures.Usd(line.Before.MaintenanceRequirement),
                    Figures.Usd(line.After.MaintenanceRequirement));
            }

            screen.Page.Section("Accounts", lines, "the most harmed first; USD");
        }

        screen.Page.WriteLine();
        screen.Verdict(
            report.Liquidated > 0 ? "red" : report.IsHarmless ? "green" : "yellow",
            $"{Figures.Count(report.Liquidated)} would be liquidated, {Figures.Count(report.Called)} called, {Figures.Count(report.Restricted)} restricted, {Figures.Count(report.Released)} let go{(report.UnderWater > 0 ? $"; {Figures.Count(report.UnderWater)} are under water already" : "")}.");
    }

    private static void Add(Table table, string name, double before, double after) =>
        table.AddRow(name, Figures.Usd(before), Figures.Usd(after), Figures.Usd(after - before));

    private static string Colour(ShadowEffect effect) => effect switch
    {
        ShadowEffect.Liquidated => "red",
        ShadowEffect.Called or ShadowEffect.Restricted => "yellow",
        _ => "green",
    };

    private sealed record Shadowed(ShadowBook Book, RiskParameters InForce, IReadOnlyList<string> Names);
}
