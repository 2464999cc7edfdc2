using Plimsoll.Cli.Books;
using Plimsoll.Cli.Terminal;
using Plimsoll.Risk.Margin;
using Plimsoll.Risk.Margin.Rulebooks;
using Plimsoll.Units;
using Spectre.Console;

namespace Plimsoll.Cli.Verbs;

/// <summary>
/// One book under several venues' rules, side by side. What a rulebook asks is equity less its health: haircuts and
/// requirements together, which is the only figure all of them have.
/// </summary>
internal static class RulebookTable
{
    private const string House = "house";
    private const string Every = "all";

    /// <summary>What may be asked for.</summary>
    public static IEnumerable<string> Names => RulebookShelf.All.Select(r => r.Name).Prepend(House);

    /// <summary>Shows the accounts under the rulebooks named; bad news where one of them would liquidate.</summary>
    /// <exception cref="InputException">A name is not known.</exception>
    public static int Show(Screen screen, JudgedBook book, int[] accounts, string names, bool explain, bool json)
    {
        string[] asked = names == Every ? [.. Names] : names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (asked.Length == 0) throw new InputException("--rulebook", "expected at least one name");
        if (Array.Find(asked, name => !Names.Contains(name, StringComparer.Ordinal)) is { } unknown)
            throw new InputException("--rulebook", $"'{unknown}' is none of {Every}, {string.Join(", ", Names)}");

        (string Account, Row[] Rows)[] judged = [.. accounts.Select(a => (book.Accounts[a], asked.Distinct(StringComparer.Ordinal).Select(name => Judge(book, a, name)).ToArray()))];
        if (json) screen.Json(judged.Select(j => new { account = j.Account, rulebooks = j.Rows }));
        else foreach ((string account, Row[] rows) in judged) Print(screen, book, account, rows, explain);

        return Array.Exists(judged, j => Array.Exists(j.Rows, r => r.MaintenanceHealth < 0)) ? ExitCode.BadNews : ExitCode.Good;
    }

    private static Row Judge(JudgedBook book, int account, string name)
    {
        Portfolio portfolio = book.Portfolio(account);
        if (name == House)
        {
            Verdict verdict = book.Verdict(account);
            IEnumerable<Threshold> prices = book.LiquidationPrices(account).Select(p => new Threshold(p.Underlying.Value, p.Found));

            return new Row(name, null, verdict.Equity, verdict.InitialHealth, verdict.MaintenanceHealth, portfolio.Notional, [.. prices], "what a book file cannot tell: depth, open orders", "the risk parameters of this run", [], []);
        }

        IRulebook rules = RulebookShelf.Find(name)!;
        RulebookAnswer answer = rules.Judge(portfolio);
        if (answer.NotApplicable is { } reason) return new Row(name, reason, portfolio.Equity, null, null, portfolio.Notional, [], rules.Blind, rules.Parameters, [], []);

        IEnumerable<Threshold> found = book.Movable(account).Select(a => new Threshold(portfolio.Assets[a].Asset.Value, RulebookLiquidation.Solve(rules, portfolio, a)));

        return new Row(name, null, portfolio.Equity, answer.InitialHealth, answer.MaintenanceHealth, portfolio.Notional, [.. found], rules.Blind, rules.Parameters, [.. answer.Uncounted], answer.Lines);
    }

    private static void Print(Screen screen, JudgedBook book, string account, Row[] rows, bool explain)
    {
        Table figures = Tables.New("rulebook", ">initial", ">maint.", ">health", ">leverage", "liquidates at");
        Table limits = Tables.New("rulebook", "stands on", "ignores");
        foreach (TableColumn sentence in limits.Columns.Skip(1)) sentence.NoWrap = false;
        foreach (Row row in rows)
        {
            if (row.NotApplicable is not null)
            {
                limits.AddRow(row.Rulebook, Figures.In("grey", "not applicable"), Markup.Escape(row.NotApplicable));
                continue;
            }

            figures.AddRow(
                row.Rulebook,
                Figures.Usd(row.InitialRequirement!.Value),
                Figures.Usd(row.MaintenanceRequirement!.Value),
                Figures.In(row.MaintenanceHealth < 0 ? "red" : row.InitialHealth < 0 ? "yellow" : "green", Figures.Usd(row.MaintenanceHealth!.Value)),
                row.MostLeverage is { } most ? Figures.Text(most, "0.0") + "×" : Figures.None,
                Markup.Escape(row.MaintenanceHealth < 0 ? "already" : string.Join("; ", row.LiquidationPrices.Select(p => p.ToText()).Where(text => text.Length > 0))));
            limits.AddRow(row.Rulebook, Markup.Escape(row.Parameters), Markup.Escape(string.Join("; ", row.Uncounted.Append(row.Blind))));
        }

        screen.Page.Section($"{account}: under several rulebooks", figures, $"USD, at {book.Market.Now}; initial and maint. are equity less health, leverage the most that initial leaves");
        screen.Page.Section($"{account}: what stands behind it", limits);
        if (!explain) return;

        foreach (Row row in rows.Where(r => r.Lines.Count > 0))
        {
            Table lines = Tables.New(row.Rulebook, ">initial", ">maint.");
            foreach (RulebookLine line in row.Lines.Where(l => l.Initial != 0 || l.Maintenance != 0))
                lines.AddRow(Markup.Escape(line.What), Figures.Usd(line.Initial), Figures.Usd(line.Maintenance));
            screen.Page.Section($"{account}: {row.Rulebook}", lines, "USD; the lines sum to health");
        }
    }

    /// <summary>Where an asset's price would liquidate the account.</summary>
    private sealed record Threshold(string Underlying, LiquidationPrices Found)
    {
        public string ToText() => Found.State switch
        {
            LiquidationPriceState.Price => $"{Underlying} {string.Join(" or ", new[] { Found.Below, Found.Above }.Where(p => p is not null).Select(p => Figures.Price(p!.Value)))}",
            _ => "",
        };
    }

    /// <summary>One account under one rulebook, in USD.</summary>
    private sealed record Row(
        string Rulebook,
        string? NotApplicable,
        double Equity,
        double? InitialHealth,
        double? MaintenanceHealth,
        double Notional,
        IReadOnlyList<Threshold> LiquidationPrices,
        string Blind,
        string Parameters,
        IReadOnlyList<string> Uncounted,
        IReadOnlyList<RulebookLine> Lines)
    {
        public double? InitialRequirement => Equity - InitialHealth;

        public double? MaintenanceRequirement => Equity - MaintenanceHealth;

        public double? MostLeverage => InitialRequirement > 0 && Notional > 0 ? Notional / InitialRequirement : null;
    }
}
