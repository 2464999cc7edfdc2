using Plimsoll.Risk.Hedging;
using Spectre.Console;

namespace Plimsoll.Cli.Terminal;

/// <summary>A hedge as tables: bands, trades, ladder.</summary>
internal static class HedgeTables
{
    /// <summary>Shows a report.</summary>
    public static void Show(Screen screen, HedgeReport report, string whose)
    {
        foreach (UnderlyingReport hedge in report.Hedges) Show(screen, hedge, whose);
        if (report.Hedges.Count == 0)
        {
            screen.Verdict("green", "Nothing to hedge: the book moves with no price but cash.");
            return;
        }

        int open = report.Hedges.Count(hedge => !hedge.Complete);
        int trades = report.Hedges.Sum(hedge => hedge.Trades.Count);
        screen.Verdict(
            open == 0 ? "green" : "yellow",
            $"{trades} trade{(trades == 1 ? "" : "s")} for {Figures.Usd(report.Cost.Total)} USD; {(open == 0 ? "every band holds" : $"{open} of {report.Hedges.Count} underlyings stay outside a band")}.");
    }

    private static void Show(Screen screen, UnderlyingReport hedge, string whose)
    {
        Table bands = Tables.New("Greek", ">least", ">most", ">before", ">after", "");
        foreach (BandReport band in hedge.Bands)
        {
            bands.AddRow(
                band.Greek,
                band.Lower is { } lower ? Money(lower) : Figures.None,
                band.Upper is { } upper ? Money(upper) : Figures.None,
                Figures.In(band.BreachBefore > 0 ? "yellow" : "default", Money(band.Before)),
                Figures.In(band.BreachAfter > 0 ? "red" : "green", Money(band.After)),
                Figures.In("grey", band.Obstacle is { } obstacle ? Why(obstacle) : band.Source == "no-trade" ? "no-trade band" : ""));
        }

        foreach ((string name, double before, double after) in Unbanded(hedge)) bands.AddRow(name, Figures.None, Figures.None, Money(before), Money(after), "");
        screen.Page.Section($"{hedge.Underlying} of {whose} at {Figures.Price(hedge.Price)}", bands, "USD; gamma per 1 %, vega per vol point");
        ShowTrades(screen, hedge);
        ShowLadder(screen, hedge);
    }

    private static IEnumerable<(string Name, double Before, double After)> Unbanded(UnderlyingReport hedge)
    {
        bool Has(string greek) => hedge.Bands.Any(band => band.Greek == greek);
        if (!Has("delta")) yield return ("delta", hedge.Before.Delta, hedge.After.Delta);
        if (!Has("gamma")) yield return ("gamma", hedge.Before.Gamma, hedge.After.Gamma);
        if (!Has("vega")) yield return ("vega", hedge.Before.Vega, hedge.After.Vega);
    }

    private static void ShowTrades(Screen screen, UnderlyingReport hedge)
    {
        Table trades = Tables.New("trade", "", ">size", ">delta", ">gamma", ">vega", ">spread", ">fees", ">impact", ">cost");
        foreach (TradeReport trade in hedge.Trades)
        {
            trades.AddRow(
                Markup.Escape(trade.Instrument), trade.Side, trade.Size, Money(trade.Delta), Money(trade.Gamma), Money(trade.Vega),
                Cents(trade.Cost.Spread), Cents(trade.Cost.Fees), Cents(trade.Cost.Impact), Cents(trade.Cost.Total));
        }

        if (hedge.Trades.Count > 0) screen.Page.Section($"{hedge.Underlying}: trades", trades, "USD; size in the instrument's own unit");
        else screen.Page.MarkupLine(Figures.In("grey", $" {hedge.Underlying}: nothing to trade"));
        foreach (SkippedReport skipped in hedge.Skipped) screen.Page.MarkupLine(Figures.In("grey", $" {skipped.Instrument} was not used: {skipped.Why}"));
    }

    private static void ShowLadder(Screen screen, UnderlyingReport hedge)
    {
        if (hedge.Trades.Count == 0) return;
        Table ladder = Tables.New(["vol", "", .. hedge.Ladder.SpotMoves.Select(move => ">" + Signed(move * 100) + " %")]);
        for (int v = 0; v < hedge.Ladder.VolatilityShifts.Count; v++)
        {
            string shift = Signed(hedge.Ladder.VolatilityShifts[v] * 100) + " pt";
            ladder.AddRow([shift, "before", .. hedge.Ladder.Before[v].Select(Figures.Short)]);
            ladder.AddRow(["", "after", .. hedge.Ladder.After[v].Select(gain => Figures.In(gain < 0 ? "red" : "default", Figures.Short(gain)))]);
        }

        screen.Page.Section($"{hedge.Underlying}: gains over price and volatility", ladder, "USD, every contract valued anew");
    }

    private static string Why(string obstacle) => obstacle switch
    {
        "nothing-moves-it" => "nothing that may be traded moves it",
        "depth-spent" => "all depth is used",
        "other-band" => "more would push another Greek out",
        "lot-too-coarse" => "the lots are too coarse",
        _ => "the search ended at its limit",
    };

    private static string Money(double value) => Figures.Usd(value);

    private static string Cents(double value) => Figures.Text(value, "#,##0.00");

    private static string Signed(double value) => Figures.Text(value, "+0.##;-0.##;0");
}
