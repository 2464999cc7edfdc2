using Plimsoll.Cli.Terminal;
using Spectre.Console;

namespace Plimsoll.Cli.Demo;

/// <summary>A story's report as a person reads it, from what was played to the load line.</summary>
internal static class DemoPage
{
    private const int FallenShown = 14;
    private const int LossesShown = 8;

    /// <summary>Writes the report; its last line is the verdict.</summary>
    public static void Write(Screen screen, DemoReport report, IReadOnlyList<StoryMoment> moments)
    {
        IAnsiConsole page = screen.Page;
        Head(page, report);
        page.Section("Coverage", CoverageTable(report.Coverage), "what is held against what customers may claim, in coins");
        page.Section("Insurance fund", FundTable(report.Fund), "USD at the prices of each moment");
        if (report.Layers.Count > 0) page.Section("Who paid for losses", LayerTable(report.Layers), "layers of insurance in the order they are drawn on, USD");
        page.Section("The story in time", Timeline.Of(report, moments));
        page.Section("From warning to last resort", StageTable(report.Stages), "USD");
        if (report.FallenByKind.Count > 0) page.Section("Who fell, and why", FallenTable(report), "accounts liquidated; sunk by what was sold most; USD");
        page.Section("Largest losses", LossTable(report), "equity at the opening and at the end, USD");
        page.Section("Conservation", ConservationTable(report), "every asset sums to zero over all holders: cash + loans + funds − held");
        page.WriteLine();
        Verdict(screen, report);
    }

    /// <summary>The colour of a load line.</summary>
    public static string Colour(string verdict) => verdict switch { "afloat" => "green", "awash" => "yellow", _ => "red" };

    /// <summary>Every asset's coverage, place by place.</summary>
    public static Table CoverageTable(IReadOnlyList<CoverageFacts> coverage)
    {
        string[] places = ["hot", "cold", "staked", "lent", "bank"];
        Table table = Tables.New(["asset", ">claimed", ">held", ">opening", ">now", ">dry after", .. places.Select(place => $">{place}")]);
        foreach (CoverageFacts asset in coverage)
        {
            table.AddRow(
            [
                Markup.Escape(asset.Asset),
                Coins(asset.Claims),
                Coins(asset.Holdings),
                Figures.Percent(asset.CoverageAtOpening),
                Figures.In(asset.Coverage < 1 ? "red" : "green", Figures.Percent(asset.Coverage)),
                asset.SurvivalHours is null ? Figures.In("grey", Figures.Hours(null)) : Figures.In("yellow", Figures.Hours(asset.SurvivalHours)),
                .. places.Select(place => asset.ByPlace[place] == "0" ? Figures.In("grey", Figures.None) : Coins(asset.ByPlace[place])),
            ]);
        }

        return table;
    }

    private static void Head(IAnsiConsole page, DemoReport report)
    {
        StoryFacts story = report.Story;
        page.WriteLine();
        page.MarkupLine($"[bold]{Markup.Escape(report.Venue)}[/]  {Figures.Count(story.Accounts)} accounts, seed {story.Seed}, {Figures.Count(story.Commands)} commands, {Figures.Count(story.Refused)} refused");
        page.MarkupLine($"{Markup.Escape(story.Label)}{(story.Synthetic && !story.Label.Contains("synthetic", StringComparison.Ordinal) ? " (synthetic)" : "")}");
        page.MarkupLine(Figures.In("grey", string.Join(", ", story.Prices.Where(price => price.First != price.Last || price.Lowest != price.First).Select(price =>
            $"{price.Asset} {Figures.Brief(price.First)} ▸ {Figures.Brief(price.Lowest)} ▸ {Figures.Brief(price.Last)}"))));
        foreach (string note in story.Notes) page.MarkupLine(Figures.In("grey", note));
    }

    private static Table FundTable(FundFacts fund)
    {
        Table table = Tables.New("asset", ">coins before", ">coins after", ">USD before", ">USD after", ">change");
        foreach (FundAssetFacts asset in fund.ByAsset)
            table.AddRow(Markup.Escape(asset.Asset), Coins(asset.Before), Coins(asset.After), Figures.Usd(asset.BeforeWorth), Figures.Usd(asset.AfterWorth), Change(asset.BeforeWorth, asset.AfterWorth));
        table.AddRow("[bold]all[/]", "", "", $"[bold]{Figures.Usd(fund.Before)}[/]", $"[bold]{Figures.Usd(fund.After)}[/]", Change(fund.Before, fund.After));

        return table;
    }

    private static Table LayerTable(IReadOnlyList<LayerFacts> layers)
    {
        Table table = Tables.New("layer", ">before", ">after", ">gave");
        foreach (LayerFacts layer in layers)
            table.AddRow(layer.Layer, Held(layer, layer.Before), Held(layer, layer.After), layer.Gave > 0 ? Figures.In("red", Figures.Usd(layer.Gave)) : Figures.In("grey", Figures.None));

        return table;
    }

    // What an insurer has promised lies with him, not here.
    private static string Held(LayerFacts layer, double worth) => layer.Layer == "cover" ? Figures.In("grey", Figures.None) : Figures.Usd(worth);

    private static Table StageTable(IReadOnlyList<StageFacts> stages)
    {
        Table table = Tables.New("step", ">times", ">notional or sum paid");
        foreach (StageFacts stage in stages)
            table.AddRow(stage.Stage, stage.Times > 0 ? Figures.Count(stage.Times) : Figures.In("grey", Figures.None), stage.Size > 0 ? Figures.Short(stage.Size) : "");

        return table;
    }

    private static Table FallenTable(DemoReport report)
    {
        Table table = Tables.New("kind", "sunk by", "collateral", ">accounts", ">closed", ">lost", ">paid by others");
        foreach (FallenKind kind in report.FallenByKind.Take(FallenShown))
        {
            table.AddRow(
                Markup.Escape(kind.Kind),
                Markup.Escape(kind.SunkBy),
                Markup.Escape(kind.Collateral ?? Figures.None),
                Figures.Count(kind.Accounts),
                Figures.Short(kind.Notional),
                Figures.Short(kind.Loss),
                kind.Shortfall > 0 ? Figures.In("red", Figures.Short(kind.Shortfall)) : Figures.In("grey", Figures.None));
        }

        FallenKind[] rest = [.. report.FallenByKind.Skip(FallenShown)];
        if (rest.Length > 0)
        {
            table.AddRow(
                Figures.In("grey", $"{rest.Length} more"),
                "",
                "",
                Figures.Count(rest.Sum(kind => kind.Accounts)),
                Figures.Short(rest.Sum(kind => kind.Notional)),
                Figures.Short(rest.Sum(kind => kind.Loss)),
                Figures.Short(rest.Sum(kind => kind.Shortfall)));
        }

        return table;
    }

    private static Table LossTable(DemoReport report)
    {
        Table table = Tables.New("account", ">before", ">after", ">lost", "");
        foreach (LossFacts loss in report.LargestLosses.Take(LossesShown))
            table.AddRow(Markup.Escape(loss.Account), Figures.Usd(loss.EquityBefore), Figures.Usd(loss.EquityAfter), Figures.Usd(loss.Loss), loss.Liquidated ? Figures.In("yellow", "liquidated") : "");

        return table;
    }

    private static Table ConservationTable(DemoReport report)
    {
        Table table = Tables.New("asset", ">cash", ">loans", ">insurance", ">own funds", ">other funds", ">held", ">sum");
        foreach (ConservationFacts asset in report.Conservation)
        {
            table.AddRow(
                Markup.Escape(asset.Asset), Coins(asset.Customers), Coins(asset.Loans), Coins(asset.Insurance), Coins(asset.OwnFunds), Coins(asset.OtherFunds), Coins(asset.Held),
                asset.Sum == "0" ? Figures.In("green", "0 ✓") : Figures.In("red", asset.Sum));
        }

        return table;
    }

    private static void Verdict(Screen screen, DemoReport report)
    {
        TallyFacts tally = report.Tally;
        LoadLineFacts line = report.LoadLine;
        string text = $"{line.Text} {Figures.Count(tally.MarginCalls)} called, {Figures.Count(tally.AccountsLiquidated)} liquidated, {Figures.Count(tally.Deleveraged)} deleveraged;"
            + $" fund {Figures.Short(report.Fund.Before)} ▸ {Figures.Short(report.Fund.After)} USD, bad debt {Figures.Short(tally.BadDebt)} USD; state {report.StateHash}";
        screen.Verdict(Colour(line.Verdict), text);
    }

    private static string Change(double before, double after) => before == 0
        ? Figures.None
        : Figures.In(after < before ? "red" : "green", Figures.Text(100 * ((after / before) - 1), "+0.0;-0.0") + " %");

    private static string Coins(string amount) => Figures.Coins(double.Parse(amount, System.Globalization.CultureInfo.InvariantCulture));
}
