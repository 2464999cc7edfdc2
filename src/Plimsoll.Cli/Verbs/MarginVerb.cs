using System.CommandLine;
using Plimsoll.Cli.Books;
using Plimsoll.Cli.Terminal;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;
using Spectre.Console;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll margin</c>: a book file judged against a market file.</summary>
internal static class MarginVerb
{
    private const string SampleBook = "samples/books/book.json";
    private const string SampleMarket = "samples/books/market.json";

    /// <summary>The verb.</summary>
    public static Command Build(Screen screen)
    {
        Argument<string> book = new("BOOK") { Description = "The book file: accounts with balances, loans and positions (docs/formats/book.md)." };
        Option<string> market = new("--market") { Description = "The market file: what is listed and what it is worth (docs/formats/market.md).", HelpName = "FILE", Required = true };
        Option<string?> parameters = new("--parameters") { Description = "Risk parameters; the house's own without it.", HelpName = "FILE" };
        Option<string?> account = new("--account") { Description = "Only this account.", HelpName = "NAME" };
        Option<bool> explain = new("--explain") { Description = "Show collateral, scenarios and what each position adds." };
        Option<string?> rulebook = new("--rulebook") { Description = $"Ask other venues' rules, side by side: all, or some of {string.Join(", ", RulebookTable.Names)}.", HelpName = "NAMES" };
        Option<bool> json = Asked.Json();
        var verb = new Verb(
            "margin",
            "Judge a book against a market; exit code 1 where an account is under water.",
            $"margin {SampleBook} --market {SampleMarket}",
            $"margin {SampleBook} --market {SampleMarket} --account vol-seller --explain",
            $"margin {SampleBook} --market {SampleMarket} --account long-on-cash --rulebook house,derive-pmrm,binance,dydx")
        {
            book, market, parameters, account, explain, rulebook, json,
        };
        verb.SetAction(parsed =>
        {
            JudgedBook judged = JudgedBook.Read(parsed.GetValue(book)!, parsed.GetValue(market)!, parsed.GetValue(parameters));
            int[] chosen = Chosen(judged, parsed.GetValue(account));
            if (parsed.GetValue(rulebook) is { } names) return RulebookTable.Show(screen, judged, chosen, names, parsed.GetValue(explain), parsed.GetValue(json));
            if (parsed.GetValue(json)) screen.Json(chosen.Select(a => Answer(judged, a)));
            else Show(screen, judged, chosen, parsed.GetValue(explain));

            return Array.Exists(chosen, a => judged.Verdict(a).IsLiquidatable) ? ExitCode.BadNews : ExitCode.Good;
        });

        return verb;
    }

    private static int[] Chosen(JudgedBook judged, string? name)
    {
        if (name is null) return [.. Enumerable.Range(0, judged.Accounts.Count)];

        int at = judged.Accounts.ToList().IndexOf(name);

        return at >= 0 ? [at] : throw new InputException("--account", $"the book has no account {name}");
    }

    private static void Show(Screen screen, JudgedBook judged, int[] chosen, bool explain)
    {
        Table table = Tables.New("account", ">equity", ">counted", ">initial", ">maint.", ">health", ">ratio", "liquidates at");
        foreach (int a in chosen)
        {
            Verdict verdict = judged.Verdict(a);
            table.AddRow(
                Markup.Escape(judged.Accounts[a]),
                Figures.Usd(verdict.Equity),
                Figures.Usd(verdict.Counted),
                Figures.Usd(verdict.InitialRequirement),
                Figures.Usd(verdict.MaintenanceRequirement),
                Figures.In(verdict.IsLiquidatable ? "red" : verdict.InitialHealth < 0 ? "yellow" : "green", Figures.Usd(verdict.MaintenanceHealth)),
                double.IsFinite(verdict.MarginRatio) ? Figures.Percent(verdict.MarginRatio) : Figures.None,
                Markup.Escape(string.Join("; ", judged.LiquidationPrices(a).Select(Prices).Where(text => text.Length > 0))));
        }

        screen.Page.Section("Margin", table, $"USD, at {judged.Market.Now}; health is counted less maintenance, ratio maintenance over counted");
        int under = chosen.Count(a => judged.Verdict(a).IsLiquidatable);
        screen.Verdict(under == 0 ? "green" : "red", $"{chosen.Length} judged, {(under == 0 ? "none" : $"{under}")} under water.");
        if (!explain) return;

        foreach (int a in chosen) ShowWhy(screen, judged, a);
    }

    private static string Prices((AssetId Underlying, double Price, LiquidationPrices Found) found) => found.Found.State switch
    {
        LiquidationPriceState.Already => $"{found.Underlying} already",
        LiquidationPriceState.None => "",
        _ => $"{found.Underlying} {string.Join(" or ", new[] { found.Found.Below, found.Found.Above }.Where(p => p is not null).Select(p => Figures.Price(p!.Value)))}",
    };

    private static void ShowWhy(Screen screen, JudgedBook judged, int account)
    {
        Explanation why = judged.Explain(account);
        Table collateral = Tables.New("asset", ">net", ">value", ">haircut", ">counted", ">in the worst scenario");
        foreach (CollateralLine line in why.Collateral)
            collateral.AddRow(judged.Market.Catalog[line.Asset].Id.Value, Figures.Text(line.Net, "#,##0.########"), Figures.Usd(line.Value), Figures.Percent(line.Haircut), Figures.Usd(line.Counted), Figures.Usd(line.Change));
        screen.Page.Section($"{judged.Accounts[account]}: collateral", collateral, "USD");

        Table positions = Tables.New("position", ">size", ">notional", ">in the worst scenario");
        foreach (PositionLine line in why.Positions)
            positions.AddRow(judged.Market.Catalog[line.Instrument].Id.Value, Figures.Text(line.Quantity, "#,##0.########"), Figures.Usd(line.Notional), Figures.Usd(line.Change));
        screen.Page.Section($"{judged.Accounts[account]}: positions", positions, "USD");

        Table scenarios = Tables.New("scenario", ">gain or loss", "");
        for (int k = 0; k < why.Scenarios.Length; k++)
        {
            bool binds = k == why.Explained;
            scenarios.AddRow(
                Figures.In(binds ? "red" : "default", why.Scenarios[k].Id),
                Figures.Usd(why.Scenarios[k].Change),
                binds ? Figures.In("red", "◀ binds") : "");
        }

        screen.Page.Section($"{judged.Accounts[account]}: scenarios", scenarios, "USD");
        RequirementTable.Show(screen, judged, account, why);
    }

    private static object Answer(JudgedBook judged, int account)
    {
        Explanation why = judged.Explain(account);
        Verdict verdict = why.Verdict;

        return new
        {
            account = judged.Accounts[account],
            at = judged.Market.Now.ToString(),
            equity = verdict.Equity,
            counted = verdict.Counted,
            notional = verdict.Notional,
            requirement = new { initial = verdict.InitialRequirement, target = verdict.TargetRequirement, maintenance = verdict.MaintenanceRequirement },
            health = new { initial = verdict.InitialHealth, target = verdict.TargetHealth, maintenance = verdict.MaintenanceHealth },
            marginRatio = double.IsFinite(verdict.MarginRatio) ? verdict.MarginRatio : (double?)null,
            binding = verdict.BindingScenario >= 0 ? why.Scenarios[verdict.BindingScenario].Id : null,
            worst = RequirementTable.Worst(why),
            required = RequirementTable.Lines(judged, why),
            offsets = RequirementTable.Offsets(judged, why),
            scenarios = why.Scenarios.Select(s => new { id = s.Id, change = s.Change }),
            collateral = why.Collateral.Select(c => new { asset = judged.Market.Catalog[c.Asset].Id.Value, net = c.Net, value = c.Value, haircut = c.Haircut, counted = c.Counted, change = c.Change }),
            positions = why.Positions.Select(p => new { instrument = judged.Market.Catalog[p.Instrument].Id.Value, size = p.Quantity, notional = p.Notional, change = p.Change }),
            liquidationPrices = judged.LiquidationPrices(account).Select(p => new { underlying = p.Underlying.Value, state = p.Found.State, below = p.Found.Below, above = p.Found.Above }),
        };
    }
}
