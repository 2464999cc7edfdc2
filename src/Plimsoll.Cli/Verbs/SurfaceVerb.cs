using System.CommandLine;
using Plimsoll.Cli.Surfaces;
using Plimsoll.Cli.Terminal;
using Plimsoll.Markets.Chains;
using Plimsoll.Markets.Surfaces;
using Plimsoll.Pricing.Surfaces;
using Spectre.Console;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll surface</c>: the volatility surface of an option chain, and how far to trust it.</summary>
internal static class SurfaceVerb
{
    private const string SampleChain = "samples/chains/btc.csv";

    /// <summary>The verb.</summary>
    public static Command Build(Screen screen)
    {
        Argument<string> chain = new("CHAIN") { Description = "Quotes of options, CSV or JSON (docs/formats/chain.md)." };
        Option<string?> name = new("--surface") { Description = "Only this one, e.g. BTC or BTC_USDC; all of the chain without it.", HelpName = "NAME" };
        Option<PriceUnit?> unit = Asked.Value<PriceUnit?>("--prices", "UNIT", "coin or quote", "What prices are counted in, where neither a column nor the instrument's name says so.", Unit);
        Option<double?> weekend = Asked.Number("--weekend", "WEIGHT", 0.01, 2, "What an hour of Saturday or Sunday counts against a weekday's (default 0.7).");
        Option<bool> flagged = new("--flagged") { Description = "List every quote that was not used, with the reason." };
        Option<string?> file = new("--out") { Description = "Draw the smiles into this file (SVG).", HelpName = "FILE" };
        Option<bool> json = Asked.Json();
        var verb = new Verb(
            "surface",
            "Fit a volatility surface without arbitrage to an option chain; exit code 1 where no expiry has quotes enough.",
            $"surface {SampleChain}",
            $"surface {SampleChain} --flagged --out smiles.svg")
        {
            chain, name, unit, weekend, flagged, file, json,
        };
        verb.SetAction(parsed =>
        {
            string path = parsed.GetValue(chain)!;
            if (parsed.GetValue(file) is { } target) OutputFile.MustBeWritable("--out", target);
            OptionChain quotes = ChainFile.Read(path, parsed.GetValue(unit));
            var settings = new SurfaceSettings();
            if (parsed.GetValue(weekend) is { } weight) settings = settings with { Clock = new EventClock(weight) };
            SurfaceFit[] fits = [.. ChainFile.Chosen(quotes, path, parsed.GetValue(name)).Select(one => SurfaceCalibration.Fit(quotes.Quotes, one, settings))];
            SurfacePicture[] pictures = [.. fits.Select(SurfacePicture.Of)];
            if (parsed.GetValue(file) is { } svg) File.WriteAllText(svg, SmileSheet.Draw(pictures));
            if (parsed.GetValue(json)) screen.Json(new { surfaces = pictures, unreadable = quotes.Unreadable });
            else Show(screen, quotes, fits, parsed.GetValue(flagged));

            return Array.TrueForAll(fits, fit => fit.Expiries.Count > 0 && fit.Arbitrage.IsFree) ? ExitCode.Good : ExitCode.BadNews;
        });

        return verb;
    }

    private static bool Unit(string text, out PriceUnit? unit)
    {
        unit = text switch { "coin" => PriceUnit.Coin, "quote" => PriceUnit.Quote, _ => null };

        return unit is not null;
    }

    private static void Show(Screen screen, OptionChain chain, SurfaceFit[] fits, bool flagged)
    {
        foreach (SurfaceFit fit in fits)
        {
            Table table = Tables.New("expiry", ">forward", ">ATM", ">skew", ">n", ">RMSE", ">ticks", ">out", ">free", ">free out", ">g min");
            foreach (FittedExpiry expiry in fit.Expiries) table.AddRow(Row(expiry));
            screen.Page.Section($"Surface {fit.Surface.Name}", table, $"at {fit.Surface.At}; free: raw SVI, no conditions");
            ShowNotes(screen, chain, fit, flagged);
            bool free = fit.Arbitrage.IsFree && fit.Expiries.Count > 0;
            screen.Verdict(free ? "green" : "red", fit.Expiries.Count == 0
                ? $"{fit.Surface.Name}: no expiry has quotes enough."
                : $"{fit.Surface.Name}: {(free ? "free of arbitrage" : "ARBITRAGE")}, RMSE {Points(fit.Published.Volatility)} vol points (free SVI {Points(fit.Free.Volatility)}), out of band {Figures.Percent(fit.Published.OutOfBand)} (free SVI {Figures.Percent(fit.Free.OutOfBand)}{(fit.FreeArbitrage.IsFree ? "" : ", with arbitrage")}).");
        }
    }

    private static string[] Row(FittedExpiry expiry)
    {
        SurfaceSlice slice = expiry.Slice;

        return
        [
            slice.Expiry.ToString()[..10] + (slice.Origin == SliceOrigin.Fitted ? "" : $" {slice.Origin.ToString().ToLowerInvariant()}"),
            Figures.Brief(slice.Forward), Points(slice.AtTheMoney), Figures.Text(slice.Skew, "0.000"), Figures.Count(expiry.Published.Quotes),
            Points(expiry.Published.Volatility), Figures.Text(expiry.Published.Ticks, "0.0"), Figures.Text(100 * expiry.Published.OutOfBand, "0"),
            Points(expiry.Free.Volatility), Figures.Text(100 * expiry.Free.OutOfBand, "0"), Figures.Text(expiry.Density, "0.000"),
        ];
    }

    private static void ShowNotes(Screen screen, OptionChain chain, SurfaceFit fit, bool flagged)
    {
        foreach (SurfaceNote note in fit.Notes) screen.Line($"  {note.Expiry.ToString()[..10]} {note.Text}");
        JudgedQuote[] out_ = [.. fit.Quotes.Where(quote => quote.Use is not (QuoteUse.Used or QuoteUse.OtherSideUsed or QuoteUse.OtherUnderlying))];
        if (out_.Length + chain.Unreadable.Count > 0)
            screen.Line($"  not used: {string.Join(", ", out_.GroupBy(quote => quote.Use).OrderBy(group => group.Key).Select(group => $"{group.Count()} {Words(group.Key)}").Concat(chain.Unreadable.Count > 0 ? [$"{chain.Unreadable.Count} unreadable"] : []))}{(flagged ? "" : " (--flagged lists them)")}");
        if (!flagged) return;

        foreach (JudgedQuote quote in out_) screen.Line($"    {quote.Quote.Line,6} {quote.Quote.Instrument}: {Words(quote.Use)}");
        foreach (UnreadableRow row in chain.Unreadable) screen.Line($"    {row.Line,6} {row.Instrument}: {row.Reason}");
    }

    private static string Words(QuoteUse use) => string.Concat(use.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));

    private static string Points(double volatility) => Figures.Text(100 * volatility, "0.00");
}
