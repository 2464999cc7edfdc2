using System.CommandLine;
using System.Globalization;
using Plimsoll.Cli.Books;
using Plimsoll.Cli.Terminal;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Efficiency;
using Plimsoll.Risk.Margin;
using Plimsoll.Risk.WhatIf;
using Plimsoll.Units;
using Spectre.Console;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll post</c>: the cheapest collateral to post, and where.</summary>
internal static class PostVerb
{
    private const double UsualCost = 0.05;
    private const string Sample = "post samples/books/book.json --market samples/books/market.json";

    /// <summary>The verb.</summary>
    public static Command Build(Screen screen)
    {
        Argument<string> book = new("BOOK") { Description = "The book file (docs/formats/book.md); its accounts are taken as one owner's." };
        Option<string> market = new("--market") { Description = "The market file (docs/formats/market.md).", HelpName = "FILE", Required = true };
        Option<string?> parameters = new("--parameters") { Description = "Risk parameters; the house's own without it.", HelpName = "FILE" };
        Option<string[]> account = new("--account") { Description = "Only these accounts.", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };
        Option<decimal?> need = Asked.Amount("--need", "USD", "The health wanted in every account at the line; 0 without it.");
        Option<string?> line = new("--line") { Description = "initial, target or maintenance; initial without it.", HelpName = "LINE" };
        Option<string?> costs = new("--costs") { Description = "What locking each asset costs per year, and what there is of it (docs/formats/post.md).", HelpName = "FILE" };
        Option<bool> release = new("--release") { Description = "Also take dear collateral out where cheaper takes its place." };
        Option<bool> json = Asked.Json();
        var verb = new Verb(
            "post",
            "The cheapest collateral to post, the best split over an owner's accounts, and what can be taken out; exit code 1 where there is not enough.",
            $"{Sample} --need 5000 --costs samples/books/costs.json",
            $"{Sample} --account vol-seller --release --costs samples/books/costs.json")
        {
            book, market, parameters, account, need, line, costs, release, json,
        };
        verb.SetAction(parsed =>
        {
            JudgedBook judged = JudgedBook.Read(parsed.GetValue(book)!, parsed.GetValue(market)!, parsed.GetValue(parameters));
            int[] chosen = parsed.GetValue(account) is { Length: > 0 } names ? [.. names.Distinct().Select(judged.Named)] : [.. Enumerable.Range(0, judged.Accounts.Count)];
            var problem = new PostingProblem
            {
                Accounts = [.. chosen.Select(a => new PostingAccount(judged.Accounts[a], judged.Book(a)))],
                Offers = Offers(judged, parsed.GetValue(costs)),
                Line = LineOf(parsed.GetValue(line)),
                Need = (double)(parsed.GetValue(need) ?? 0m),
                MayRelease = parsed.GetValue(release),
            };
            WhatIfDesk desk = judged.Desk();
            PostingPlan plan = PostingPlanner.Solve(problem, desk, judged.Market.Catalog);
            PostingReport report = PostingReport.Of(problem, plan, desk, judged.Market.Catalog);
            if (parsed.GetValue(json)) screen.Json(report);
            else Show(screen, problem, report);

            return plan.IsReached ? ExitCode.Good : ExitCode.BadNews;
        });

        return verb;
    }

    private static MarginLine LineOf(string? name) => name switch
    {
        null or "initial" => MarginLine.Initial,
        "target" => MarginLine.Target,
        "maintenance" => MarginLine.Maintenance,
        _ => throw new InputException("--line", $"found '{name}', expected initial, target or maintenance"),
    };

    /// <summary>Without a file everything that counts is offered without limit at one rate.</summary>
    private static PostingOffer[] Offers(JudgedBook judged, string? path)
    {
        Catalog catalog = judged.Market.Catalog;
        if (path is null)
        {
            return [.. Enumerable.Range(0, catalog.Assets.Count).Select(a => new AssetIndex(a))
                .Where(asset => judged.Market.Market.PriceOf(asset) > 0)
                .Take(PostingProblem.MaxOffers)
                .Select(asset => new PostingOffer(asset, null, UsualCost))];
        }

        CostFile file = StrictJson.Read<CostFile>(path);

        return [.. file.Assets.Select((line, i) =>
        {
            string place = $"{path} assets[{i}]";
            if (!Identifier.IsValid(line.Asset) || !catalog.TryFind(new AssetId(line.Asset), out AssetIndex asset)) throw new InputException($"{place}.asset", $"the market file lists no {line.Asset}");
            if (line.CostPerYear is < 0m or > 100m) throw new InputException($"{place}.costPerYear", $"found {line.CostPerYear}, expected 0 to 100");
            Amount available = default;
            if (line.Available is { } text && (!catalog[asset].Scale.TryParse(text, out available) || available.Sign < 0)) throw new InputException($"{place}.available", $"found '{text}', expected an amount with at most {catalog[asset].Scale.Decimals} decimals");

            return new PostingOffer(asset, line.Available is null ? null : available, (double)line.CostPerYear);
        })];
    }

    private static void Show(Screen screen, PostingProblem problem, PostingReport report)
    {
        Table moves = Tables.New("account", "do", ">amount", "asset", ">worth");
        foreach (PostingMoveReport move in report.Moves) moves.AddRow(Markup.Escape(move.Account), move.Into ? "put in" : "take out", move.Amount, Markup.Escape(move.Asset), Figures.Usd(move.Value));
        if (report.Moves.Count == 0) moves.AddRow("–", "nothing", "", "", "");
        screen.Page.Section("What to post where", moves, "USD");

        Table posted = Tables.New("asset", ">from the owner", ">worth", ">cost a year");
        foreach (PostedReport coins in report.Posted) posted.AddRow(Markup.Escape(coins.Asset), coins.Amount, Figures.Usd(coins.Value), Figures.Usd(coins.CostPerYear));
        if (report.Posted.Count > 0) screen.Page.Section("What it takes", posted, "USD; what is released is negative");

        Table accounts = Tables.New("account", ">health", ">then", ">short", "may be taken out, each on its own");
        accounts.Columns[4].NoWrap = false;
        foreach (PostingAccountReport account in report.Accounts)
        {
            accounts.AddRow(
                Markup.Escape(account.Account), Figures.Usd(account.Before), Figures.In(account.Short > 0 ? "red" : "green", Figures.Usd(account.After)),
                account.Short > 0 ? Figures.Usd(account.Short) : "", Markup.Escape(string.Join(", ", account.Free.Select(f => $"{Short(f.Free)} {f.Asset}"))));
        }

        screen.Page.Section("Where it leaves the accounts", accounts, $"USD, {problem.Line.ToString().ToLowerInvariant()} health as the judge says, wanted {Figures.Usd(problem.Need)}");
        screen.Verdict(
            report.IsReached ? "green" : "red",
            report.IsReached ? $"Reached; it costs {Figures.Usd(report.CostPerYear)} a year." : "There is not enough to post.");
    }

    private static string Short(string amount) => decimal.TryParse(amount, CultureInfo.InvariantCulture, out decimal value) ? value.ToString("#,##0.####", CultureInfo.InvariantCulture) : amount;

    /// <summary>What locking assets costs.</summary>
    private sealed record CostFile(IReadOnlyList<CostLine> Assets);

    /// <summary>One asset: its cost as a part of its value per year, and what there is of it.</summary>
    private sealed record CostLine(string Asset, decimal CostPerYear, string? Available = null);
}
