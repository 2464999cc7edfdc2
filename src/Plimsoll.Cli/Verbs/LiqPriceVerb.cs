using System.CommandLine;
using Plimsoll.Cli.Books;
using Plimsoll.Cli.Terminal;
using Plimsoll.Risk.WhatIf;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll liqprice</c>: every price that takes an account below a line.</summary>
internal static class LiqPriceVerb
{
    /// <summary>The verb.</summary>
    public static Command Build(Screen screen)
    {
        Argument<string> book = new("BOOK") { Description = "The book file (docs/formats/book.md)." };
        Option<string> market = new("--market") { Description = "The market file (docs/formats/market.md).", HelpName = "FILE", Required = true };
        Option<string?> parameters = new("--parameters") { Description = "Risk parameters; the house's own without it.", HelpName = "FILE" };
        Option<string?> account = new("--account") { Description = "Only this account.", HelpName = "NAME" };
        Option<bool> json = Asked.Json();
        var verb = new Verb(
            "liqprice",
            "Every price of each underlying that takes an account below initial, target and maintenance: none, one, or several; exit code 1 where an account is below maintenance already.",
            "liqprice samples/books/book.json --market samples/books/market.json",
            "liqprice samples/books/book.json --market samples/books/market.json --account vol-seller")
        {
            book, market, parameters, account, json,
        };
        verb.SetAction(parsed =>
        {
            JudgedBook judged = JudgedBook.Read(parsed.GetValue(book)!, parsed.GetValue(market)!, parsed.GetValue(parameters));
            int[] chosen = parsed.GetValue(account) is { } name ? [judged.Named(name)] : [.. Enumerable.Range(0, judged.Accounts.Count)];
            WhatIfDesk desk = judged.Desk();
            (string Account, UnderlyingThresholds[] Found)[] answers = [.. chosen.Select(a =>
                (judged.Accounts[a], (UnderlyingThresholds[])[.. desk.Thresholds(judged.Book(a)).Select(found => UnderlyingThresholds.Of(found, judged.Market.Catalog))]))];
            if (parsed.GetValue(json)) screen.Json(answers.Select(a => new { account = a.Account, at = judged.Market.Now.ToString(), underlyings = a.Found }));
            else Show(screen, judged, answers);

            return Array.Exists(chosen, a => judged.Verdict(a).IsLiquidatable) ? ExitCode.BadNews : ExitCode.Good;
        });

        return verb;
    }

    private static void Show(Screen screen, JudgedBook judged, (string Account, UnderlyingThresholds[] Found)[] answers)
    {
        foreach ((string account, UnderlyingThresholds[] found) in answers)
            screen.Page.Section(account, ThresholdTables.Of(("today", found)), $"prices in USD, at {judged.Market.Now}; everything else held still");

        int several = answers.Count(a => a.Found.Any(f => f.Lines[2].State == "several"));
        int already = answers.Count(a => a.Found.Any(f => f.Lines[2].State == "already"));
        screen.Verdict(already == 0 ? "green" : "red", $"{answers.Length} solved, {already} below maintenance already, {several} with more than one liquidation price.");
    }
}
