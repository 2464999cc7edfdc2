using System.CommandLine;
using Plimsoll.Cli.Books;
using Plimsoll.Cli.Terminal;
using Plimsoll.Risk.WhatIf;
using Plimsoll.Units;
using Spectre.Console;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll whatif</c>: what would become of an account of a book file.</summary>
internal static class WhatIfVerb
{
    private const string Sample = "whatif samples/books/book.json --market samples/books/market.json";

    /// <summary>The verb.</summary>
    public static Command Build(Screen screen)
    {
        Argument<string> book = new("BOOK") { Description = "The book file (docs/formats/book.md)." };
        Option<string> market = new("--market") { Description = "The market file (docs/formats/market.md).", HelpName = "FILE", Required = true };
        Option<string?> parameters = new("--parameters") { Description = "Risk parameters; the house's own without it.", HelpName = "FILE" };
        Option<string?> account = new("--account") { Description = "Which account; needed where the book has several.", HelpName = "NAME" };
        Option<(string Name, string Value)[]> add = Asked.Pairs("--add", "INSTRUMENT=SIZE[@PRICE]", "Trade a size, - sells; at the mark, or at a price.");
        Option<(string Name, string Value)[]> resize = Asked.Pairs("--resize", "INSTRUMENT=SIZE[@PRICE]", "Trade a position to a size.");
        Option<string[]> remove = new("--remove") { Description = "Close a position at the mark.", HelpName = "INSTRUMENT", AllowMultipleArgumentsPerToken = true };
        Option<(string Name, string Value)[]> deposit = Asked.Pairs("--deposit", "ASSET=AMOUNT", "Pay coins in.");
        Option<(string Name, string Value)[]> withdraw = Asked.Pairs("--withdraw", "ASSET=AMOUNT", "Take coins out.");
        Option<(string Name, string Value)[]> move = Asked.Pairs("--move", "ASSET=AMOUNT@ACCOUNT", "Move coins to another account of the book.");
        Option<(string Name, string Value)[]> price = Asked.Pairs("--price", "ASSET=MOVE", "Move a price, such as BTC=-20% or ETH=150; claims and forwards move along.");
        Option<(string Name, string Value)[]> vol = Asked.Pairs("--vol", "UNDERLYING=MOVE", "Move volatility, +10 in points or +10% of itself; all=… for the rest.");
        Option<string?> days = new("--days") { Description = "Let days go by.", HelpName = "N" };
        Option<bool> json = Asked.Json();
        var verb = new Verb(
            "whatif",
            "What would become of an account: first it trades and moves collateral at today's market, then the market moves; exit code 1 where it would be under water.",
            $"{Sample} --account vol-seller --price BTC=-20% --vol BTC=+15 --days 1",
            $"{Sample} --account miner --add BTC-PERPETUAL=-20000 --withdraw BTC=2",
            $"{Sample} --account vol-seller --remove BTC-27MAR20-8000-C --move USDC=5000@long-on-cash")
        {
            book, market, parameters, account, add, resize, remove, deposit, withdraw, move, price, vol, days, json,
        };
        verb.SetAction(parsed =>
        {
            JudgedBook judged = JudgedBook.Read(parsed.GetValue(book)!, parsed.GetValue(market)!, parsed.GetValue(parameters));
            int asked = judged.Named(parsed.GetValue(account));
            var plan = new WhatIfPlan(judged.Market.Catalog, judged.Market.Market);
            foreach ((string name, string value) in parsed.GetValue(deposit) ?? []) plan.Deposit(name, value);
            foreach ((string name, string value) in parsed.GetValue(withdraw) ?? []) plan.Withdraw(name, value);
            foreach ((string name, string value) in parsed.GetValue(move) ?? []) Move(plan, name, Cut(value));
            foreach ((string name, string value) in parsed.GetValue(add) ?? []) plan.Trade(name, Cut(value).Before, Cut(value).After);
            foreach ((string name, string value) in parsed.GetValue(resize) ?? []) plan.Resize(name, Cut(value).Before, Cut(value).After);
            foreach (string name in parsed.GetValue(remove) ?? []) plan.Resize(name, "0");
            foreach ((string name, string value) in parsed.GetValue(price) ?? []) plan.Price(name, value);
            foreach ((string name, string value) in parsed.GetValue(vol) ?? []) plan.Volatility(name == "all" ? WhatIfPlan.EveryUnderlying : name, value);
            if (parsed.GetValue(days) is { } text) plan.Days(text);

            WhatIfReport[] reports = [.. Answers(judged, asked, plan)];
            if (parsed.GetValue(json)) screen.Json(new { at = judged.Market.Now.ToString(), account = reports[0], others = reports.Skip(1) });
            else Show(screen, judged, reports);

            return Array.Exists(reports, r => r.After.Health.Maintenance < 0) ? ExitCode.BadNews : ExitCode.Good;
        });

        return verb;
    }

    private static IEnumerable<WhatIfReport> Answers(JudgedBook judged, int asked, WhatIfPlan plan)
    {
        WhatIfDesk desk = judged.Desk();
        string name = judged.Accounts[asked];
        yield return WhatIfReport.Of(name, judged.Book(asked), plan.Changes, plan, thresholds: true, desk, judged.Market.Catalog);
        foreach (AccountId to in plan.Given.Select(g => g.To).Distinct())
        {
            int other = judged.Accounts.ToList().IndexOf(to.Value);
            if (other < 0 || other == asked) throw new InputException("--move", $"expected another account of the book than {name}, found {to}");
            (BookChange, string)[] given = [.. plan.Given.Where(g => g.To == to).Select(g => ((BookChange)g.Change, $"moved from {name}"))];
            yield return WhatIfReport.Of(to.Value, judged.Book(other), given, plan, thresholds: true, desk, judged.Market.Catalog);
        }
    }

    private static (string Before, string? After) Cut(string value) =>
        value.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at ? (value[..at], value[(at + 1)..]) : (value, null);

    private static void Move(WhatIfPlan plan, string asset, (string Amount, string? To) value) =>
        plan.Move(asset, value.Amount, value.To ?? throw new InputException($"--move {asset}", $"found '{value.Amount}', expected AMOUNT@ACCOUNT"));

    private static void Show(Screen screen, JudgedBook judged, WhatIfReport[] reports)
    {
        foreach (WhatIfReport report in reports) Show(screen, judged, report);

        WhatIfReport first = reports[0];
        double before = first.Before.Health.Maintenance, after = first.After.Health.Maintenance;
        string ends = after < 0 ? "would be under water" : first.After.Health.Initial < 0 ? "would stand, and could open nothing" : "would stand";
        WhatIfReport? sunk = reports.Skip(1).FirstOrDefault(r => r.After.Health.Maintenance < 0);
        screen.Verdict(
            after < 0 || sunk is not null ? "red" : first.After.Health.Initial < 0 ? "yellow" : "green",
            $"{first.Account} {ends}: maintenance health {Figures.Usd(before)} now, {Figures.Usd(after)} then{(sunk is null ? "" : $"; {sunk.Account} would be under water")}.");
    }

    private static void Show(Screen screen, JudgedBook judged, WhatIfReport report)
    {
        Table lines = Tables.New("line", ">counted", ">then", ">required", ">then", ">health", ">then", ">change");
        foreach (LineReport line in report.Lines)
        {
            lines.AddRow(
                line.Line,
                Figures.Usd(line.Counted.Before), Figures.Usd(line.Counted.After),
                Figures.Usd(line.Requirement.Before), Figures.Usd(line.Requirement.After),
                Figures.Usd(line.Health.Before), Figures.In(line.Health.After < 0 ? "red" : "green", Figures.Usd(line.Health.After)),
                Figures.Usd(line.Health.After - line.Health.Before));
        }

        screen.Page.Section($"What if: {report.Account}", lines, $"USD, at {judged.Market.Now}; worst {report.Before.Binding ?? "none"}, then {report.After.Binding ?? "none"}");
        if (report.Steps.Count > 0) ShowSteps(screen, report);
        ShowHoldings(screen, report);
        if (report.LiquidationPrices is { } prices) screen.Page.Section("Prices that take it below a line", ThresholdTables.Of(("now", prices.Before), ("then", prices.After)), "USD");
    }

    private static void ShowSteps(Screen screen, WhatIfReport report)
    {
        Table steps = Tables.New("step", ">equity", ">counted", ">initial", ">maintenance");
        steps.AddRow("as it is", Figures.Usd(report.Before.Equity), Figures.Usd(report.Before.Counted), Figures.Usd(report.Before.Health.Initial), Figures.Usd(report.Before.Health.Maintenance));
        foreach (StepReport step in report.Steps)
            steps.AddRow(Markup.Escape(step.Step), Figures.Usd(step.Equity), Figures.Usd(step.Counted), Figures.Usd(step.Health.Initial), Figures.Usd(step.Health.Maintenance));
        screen.Page.Section("Step by step", steps, "USD; health at two lines");
    }

    private static void ShowHoldings(Screen screen, WhatIfReport report)
    {
        Table collateral = Tables.New("asset", ">net", ">then", ">counts", ">then", ">worst case", ">then");
        foreach (string asset in report.Before.Collateral.Concat(report.After.Collateral).Select(c => c.Asset).Distinct())
        {
            AssetStanding? before = report.Before.Collateral.FirstOrDefault(c => c.Asset == asset), after = report.After.Collateral.FirstOrDefault(c => c.Asset == asset);
            collateral.AddRow(Markup.Escape(asset), Coins(before?.Net), Coins(after?.Net), Usd(before?.Counted), Usd(after?.Counted), Usd(before?.Change), Usd(after?.Change));
        }

        screen.Page.Section("Collateral", collateral, "coins with positions' profit; the rest in USD");
        Table positions = Tables.New("position", ">size", ">then", ">notional", ">then", ">worst case", ">then");
        foreach (string instrument in report.Before.Positions.Concat(report.After.Positions).Select(p => p.Instrument).Distinct())
        {
            PositionStanding? before = report.Before.Positions.FirstOrDefault(p => p.Instrument == instrument), after = report.After.Positions.FirstOrDefault(p => p.Instrument == instrument);
            positions.AddRow(Markup.Escape(instrument), Coins(before?.Size), Coins(after?.Size), Usd(before?.Notional), Usd(after?.Notional), Usd(before?.Change), Usd(after?.Change));
        }

        if (positions.Rows.Count > 0) screen.Page.Section("Positions", positions, "USD");
    }

    private static string Coins(double? value) => value is { } number ? Figures.Text(number, "#,##0.####") : Figures.None;

    private static string Usd(double? value) => value is { } number ? Figures.Usd(number) : Figures.None;
}
