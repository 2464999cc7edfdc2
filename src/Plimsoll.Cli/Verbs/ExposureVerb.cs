using System.CommandLine;
using Plimsoll.Cli.Books;
using Plimsoll.Cli.Terminal;
using Plimsoll.Markets.Depth;
using Plimsoll.Risk.Exposure;
using Plimsoll.Units;
using Spectre.Console;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll exposure</c>: net and gross Greeks of a book or a venue.</summary>
internal static class ExposureVerb
{
    private const string SampleBook = "samples/books/book.json";
    private const string SampleMarket = "samples/books/market.json";

    /// <summary>The verb.</summary>
    public static Command Build(Screen screen)
    {
        Argument<string?> book = new("BOOK") { Description = "The book file (docs/formats/book.md).", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> market = new("--market") { Description = "The market file (docs/formats/market.md).", HelpName = "FILE" };
        Option<string?> venue = new("--venue") { Description = "A venue's file, instead of a book and a market.", HelpName = "FILE" };
        Option<string?> account = new("--account") { Description = "Only this account, with its sub-accounts; all together without it.", HelpName = "NAME" };
        Option<(string Name, string Value)[]> depth = Asked.Pairs("--depth", "ASSET=FILE", "Visible depth its delta is unwound into, CSV ts_ms,level,bid_price,bid_qty,ask_price,ask_qty; by the rulebook's slippage without it.");
        Option<bool> json = Asked.Json();
        var verb = new Verb(
            "exposure",
            "Net and gross Greeks by underlying, expiry and strike, risk buckets with premia and caps, and what is left once all is unwound.",
            $"exposure {SampleBook} --market {SampleMarket}",
            $"exposure {SampleBook} --market {SampleMarket} --account vol-seller --json",
            "exposure --venue crash.venue")
        {
            book, market, venue, account, depth, json,
        };
        verb.SetAction(parsed =>
        {
            ExposedBook exposed = Read(parsed.GetValue(book), parsed.GetValue(market), parsed.GetValue(venue));
            GroupFigures figures = exposed.Exposure(
                parsed.GetValue(account), [.. (parsed.GetValue(depth) ?? []).Select(pair => (pair.Name, DepthReader.Last(pair.Value)))]);
            string who = parsed.GetValue(account) ?? (exposed.IsVenue ? "all accounts but the liquidity provider" : "all accounts");
            if (parsed.GetValue(json)) screen.Json(new { at = exposed.State.Market.At.ToString(), of = who, exposure = figures });
            else Show(screen, figures, who);

            return ExitCode.Good;
        });

        return verb;
    }

    private static ExposedBook Read(string? book, string? market, string? venue)
    {
        if (venue is not null)
        {
            return book is null && market is null
                ? ExposedBook.Of(ExposedBook.Venue(venue))
                : throw new InputException("--venue", "stands instead of a book and a market, expected one or the other");
        }

        if (book is null) throw new InputException("BOOK", "is missing, expected a book file, or --venue with a venue's file");
        if (market is null) throw new InputException("--market", "is missing, expected a market file");

        return JudgedBook.Read(book, market, null).Exposed();
    }

    private static void Show(Screen screen, GroupFigures figures, string who)
    {
        Table whole = Columns("underlying");
        foreach (UnderlyingFigures line in figures.Underlyings.Where(line => line.Gross.Notional > 0))
        {
            Add(whole, line.Underlying, line.Net);
            Add(whole, "  gross", line.Gross);
        }

        Add(whole, "all, net", figures.Whole.Net);
        Add(whole, "all, gross", figures.Whole.Gross);
        screen.Page.Section($"Exposure of {who}", whole, "USD; delta as worth, gamma per 1 %, vega per point, theta and charm per day, rho per 1 %");

        Table cells = Columns("underlying, expiry");
        foreach (CellFigures cell in figures.Cells) Add(cells, $"{cell.Underlying} {cell.Expiry}", cell.Net);
        if (figures.Cells.Count > 0) screen.Page.Section("By expiry, net", cells, "USD");

        Table strikes = Columns("options, strike %");
        foreach (StrikeFigures line in figures.Strikes) Add(strikes, $"{line.Underlying} {line.Strike}", line.Net);
        if (figures.Strikes.Count > 0) screen.Page.Section("By strike against forward, net", strikes, "USD");

        ShowBuckets(screen, figures);
        ShowUnwound(screen, figures);
    }

    private static void ShowBuckets(Screen screen, GroupFigures figures)
    {
        if (figures.Buckets.Count == 0) return;

        Table buckets = Tables.New("risk bucket", "kind", ">held", ">positions", ">most it can lose", ">lost if it fails", ">failure / y", ">oracle / y");
        foreach (BucketFigures line in figures.Buckets)
            buckets.AddRow(Figures.In("default", line.Bucket), line.Kind, Figures.Short(line.Held), Figures.Short(line.Positions), Figures.Short(line.Cap), Figures.Short(line.LossIfFails), Figures.Short(line.Premium.Failure), Figures.Short(line.Premium.Oracle));
        screen.Page.Section("Risk buckets", buckets, "USD");
    }

    private static void ShowUnwound(Screen screen, GroupFigures figures)
    {
        Table unwound = Tables.New("unwinding", ">delta, coins", ">delta cost", ">vega cost", ">unfilled, coins", ">worst %");
        foreach (UnderlyingFigures line in figures.Underlyings)
            unwound.AddRow(Figures.In("default", line.Underlying), Figures.Coins(line.Unwound.Coins), Figures.Usd(line.Unwound.DeltaCost), Figures.Usd(line.Unwound.VegaCost), Figures.Coins(line.Unwound.Unfilled), Figures.Text(100 * line.Unwound.Worst, "0.000"));
        screen.Page.Section("Unwound", unwound, figures.Liquidity.Depth == "book" ? "USD; into the depth given" : "USD; at the rulebook's slippage");
        screen.Page.MarkupLine(Figures.In("grey", $"equity {Figures.Usd(figures.Liquidity.Equity)} less cost {Figures.Usd(figures.Liquidity.Cost)} leaves {Figures.Usd(figures.Liquidity.Adjusted)} USD; options at half a spread of {Figures.Text(figures.Liquidity.VegaHalfSpread, "0.##")} vol points"));
    }

    private static Table Columns(string first) => Tables.New(first, ">delta", ">gamma", ">vega", ">theta", ">rho", ">vanna", ">volga", ">charm", ">speed");

    private static void Add(Table table, string name, GreekFigures g) => table.AddRow(
        Figures.In("default", name), Figures.Short(g.Delta), Figures.Short(g.Gamma), Figures.Short(g.Vega), Figures.Short(g.Theta), Figures.Short(g.Rho),
        Figures.Short(g.Vanna), Figures.Short(g.Volga), Figures.Short(g.Charm), Figures.Short(g.Speed));
}
