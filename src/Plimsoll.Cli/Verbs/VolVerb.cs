using System.CommandLine;
using System.Globalization;
using Plimsoll.Cli.Surfaces;
using Plimsoll.Cli.Terminal;
using Plimsoll.Markets.Bars;
using Plimsoll.Markets.Chains;
using Plimsoll.Pricing.Surfaces;
using Plimsoll.Pricing.Volatility;
using Plimsoll.Simulation.Paths;
using Plimsoll.Units;
using Spectre.Console;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll vol</c>: volatility that has happened, and what venues ask for it.</summary>
internal static class VolVerb
{
    private const string SamplePrices = "samples/prices/btc-hourly.csv";
    private const string SampleChain = "samples/chains/btc.csv";
    private static readonly double[] UsualWindows = [1, 7, 30, 90];

    /// <summary>The verb.</summary>
    public static Command Build(Screen screen)
    {
        Argument<string> prices = new("PRICES") { Description = "Price bars, plain or gzip: ts_ms,open,high,low,close,volume, or an exchange's klines." };
        Option<string[]> chains = new("--chain") { Description = "An option chain (docs/formats/chain.md), as FILE or VENUE=FILE; any number. Several of one venue at different times are its history.", HelpName = "[VENUE=]FILE" };
        Option<string?> surface = new("--surface") { Description = "Which surface of the chains, e.g. BTC; their first without it.", HelpName = "NAME" };
        Option<double[]?> windows = Asked.Value<double[]?>("--windows", "DAYS", "days above 0, such as 1,7,30", "Windows of realised volatility (default 1,7,30,90).", Windows);
        Option<Instant?> at = Asked.Time("--at", "Look back from this moment; the end of the prices without it.");
        Option<VolatilityEstimator?> estimator = Asked.Value<VolatilityEstimator?>("--estimator", "NAME", "close-to-close, parkinson, garman-klass, realised-kernel or ewma", "What implied volatility is set against (default close-to-close).", Estimator);
        Option<double?> hedgeCost = Asked.Number("--hedge-cost", "BP", 0, 1000, "Cost of a hedge, one way, in basis points (default 5).");
        Option<double?> hedgeHours = Asked.Number("--hedge-hours", "HOURS", 0.01, 8760, "Hours between hedges (default 8).");
        Option<double?> fee = Asked.Number("--option-fee", "BP", 0, 1000, "Fee of an option in basis points of its underlying (default 3).");
        Option<bool> json = Asked.Json();
        var verb = new Verb(
            "vol",
            "Realised volatility by estimator and window; with chains, implied against realised per tenor and venue, and the edge after costs.",
            $"vol {SamplePrices}",
            $"vol {SamplePrices} --chain {SampleChain}",
            $"vol {SamplePrices} --chain deribit={SampleChain} --estimator garman-klass --hedge-cost 2")
        {
            prices, chains, surface, windows, at, estimator, hedgeCost, hedgeHours, fee, json,
        };
        verb.SetAction(parsed =>
        {
            BarSeries series = Read(parsed.GetValue(prices)!, parsed.GetValue(at));
            Realised[] realised = [.. (parsed.GetValue(windows) is { Length: > 0 } asked ? asked : UsualWindows).SelectMany(days => Measure(series, days))];
            var cost = new HedgingCost { HedgeRate = (parsed.GetValue(hedgeCost) ?? 5) / 1e4, HoursBetweenHedges = parsed.GetValue(hedgeHours) ?? 8, OptionFee = (parsed.GetValue(fee) ?? 3) / 1e4 };
            var monitor = new VolatilityMonitor(series, parsed.GetValue(estimator) ?? VolatilityEstimator.CloseToClose, cost);
            VolatilitySpread[] spreads = Look(monitor, parsed.GetValue(chains) ?? [], parsed.GetValue(surface));
            if (parsed.GetValue(json)) screen.Json(Answer(series, realised, spreads));
            else Show(screen, series, realised, spreads);

            return ExitCode.Good;
        });

        return verb;
    }

    private static bool Windows(string text, out double[]? days)
    {
        days = [.. text.Split(',').Select(part => double.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) ? value : double.NaN)];

        return Array.TrueForAll(days, day => day is > 0 and <= 36_500);
    }

    private static bool Estimator(string text, out VolatilityEstimator? estimator)
    {
        estimator = Enum.GetValues<VolatilityEstimator>().Cast<VolatilityEstimator?>().FirstOrDefault(one => Name(one!.Value) == text);

        return estimator is not null;
    }

    private static string Name(VolatilityEstimator estimator) => estimator switch
    {
        VolatilityEstimator.CloseToClose => "close-to-close",
        VolatilityEstimator.GarmanKlass => "garman-klass",
        VolatilityEstimator.RealisedKernel => "realised-kernel",
        _ => estimator.ToString().ToLowerInvariant(),
    };

    private static BarSeries Read(string path, Instant? until)
    {
        KlineFile file = KlineFile.Open(path);
        long width = file.Width.Ticks / TimeSpan.TicksPerMicrosecond;
        var end = new Instant(until is { } moment ? moment.UnixMicroseconds - width + 1 : long.MaxValue);
        BarSeries series = BarSeries.Of(file.Read(file.First, end).Select(bar => new PriceBar(bar.At, (double)bar.Open, (double)bar.High, (double)bar.Low, (double)bar.Close)));

        return series.Bars.Count >= 2 ? series : throw new InputException("--at", $"found fewer than two bars of {path} before it, which begins at {file.First}");
    }

    private static IEnumerable<Realised> Measure(BarSeries series, double days)
    {
        foreach (VolatilityEstimator estimator in Enum.GetValues<VolatilityEstimator>())
            yield return new Realised(estimator, days, RealisedVolatility.Last(series, estimator, days));
    }

    /// <summary>The latest chain of each venue, with its earlier ones as history.</summary>
    private static VolatilitySpread[] Look(VolatilityMonitor monitor, string[] chains, string? surface)
    {
        var seen = chains.SelectMany(text => Tenors(text, surface)).GroupBy(tenor => tenor.Venue).OrderBy(venue => venue.Key, StringComparer.Ordinal);
        var spreads = new List<VolatilitySpread>();
        foreach (IGrouping<string, ImpliedTenor> venue in seen)
        {
            Instant latest = venue.Max(tenor => tenor.At);
            foreach (ImpliedTenor tenor in venue.Where(tenor => tenor.At == latest).OrderBy(tenor => tenor.Expiry))
                spreads.Add(monitor.Look(tenor, [.. venue.Where(other => other.At < latest).GroupBy(other => other.At).Select(chain => chain.MinBy(other => Math.Abs(other.Days - tenor.Days))!)]));
        }

        return [.. spreads];
    }

    private static IReadOnlyList<ImpliedTenor> Tenors(string text, string? surface)
    {
        int at = text.IndexOf('=', StringComparison.Ordinal);
        string path = at > 0 && !File.Exists(text) ? text[(at + 1)..] : text;
        string venue = path == text ? Path.GetFileNameWithoutExtension(path) : text[..at];
        OptionChain chain = ChainFile.Read(path);

        return ImpliedTenor.Of(venue, SurfaceCalibration.Fit(chain.Quotes, ChainFile.Chosen(chain, path, surface)[0]));
    }

    private static void Show(Screen screen, BarSeries series, Realised[] realised, VolatilitySpread[] spreads)
    {
        double[] windows = [.. realised.Select(one => one.Days).Distinct()];
        Table table = Tables.New(["estimator", .. windows.Select(days => $">{Figures.Text(days, "0.##")} d")]);
        foreach (IGrouping<VolatilityEstimator, Realised> row in realised.GroupBy(one => one.Estimator))
            table.AddRow([Name(row.Key), .. row.Select(one => one.IsWhole ? Points(one.Estimate.Volatility) : Figures.None)]);
        screen.Page.Section("Realised volatility", table, $"per cent a year, to {series.End}; {Figures.Count(series.Bars.Count)} bars{(series.Flagged.Count > 0 ? $", {series.Flagged.Count} flagged" : "")}");
        if (spreads.Length == 0) return;

        Table implied = Tables.New("venue", "expiry", ">bid", ">mid", ">ask", ">realised", ">days", ">spread", ">z", "do", ">edge", ">USD/coin");
        foreach (VolatilitySpread one in spreads)
        {
            bool pays = one.Edge > 0;
            implied.AddRow(
                Markup.Escape(one.Implied.Venue), one.Implied.Expiry.ToString()[..10], Points(one.Implied.Bid), Points(one.Implied.Mid), Points(one.Implied.Ask),
                Points(one.Realised.Volatility), Figures.Text(one.Window, "0.0"), Points(one.Spread), double.IsNaN(one.Score) ? Figures.None : Figures.Text(one.Score, "0.0"),
                pays ? Figures.In("green", one.Sells ? "sell" : "buy") : Figures.None, Points(one.Edge), double.IsNaN(one.EdgePerCoin) ? Figures.None : Figures.Usd(one.EdgePerCoin));
        }

        screen.Page.Section("Implied against realised", implied, "volatility points; edge after hedging and fees, should what was realised be realised again");
    }

    private static object Answer(BarSeries series, Realised[] realised, VolatilitySpread[] spreads) => new
    {
        until = series.End.ToString(),
        bars = series.Bars.Count,
        flagged = series.Flagged,
        realised = realised.Select(one => new { estimator = Name(one.Estimator), days = one.Days, volatility = Finite(one.IsWhole ? one.Estimate.Volatility : double.NaN), observations = one.Estimate.Observations }),
        implied = spreads.Select(one => new
        {
            venue = one.Implied.Venue,
            at = one.Implied.At.ToString(),
            expiry = one.Implied.Expiry.ToString(),
            days = one.Implied.Days,
            bid = Finite(one.Implied.Bid),
            mid = Finite(one.Implied.Mid),
            ask = Finite(one.Implied.Ask),
            window = one.Window,
            realised = Finite(one.Realised.Volatility),
            spread = Finite(one.Spread),
            score = Finite(one.Score),
            basis = one.Basis,
            sellEdge = Finite(one.SellEdge),
            buyEdge = Finite(one.BuyEdge),
            edgePerCoin = Finite(one.EdgePerCoin),
        }),
    };

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static string Points(double volatility) => double.IsFinite(volatility) ? Figures.Text(100 * volatility, "0.0") : Figures.None;

    private sealed record Realised(VolatilityEstimator Estimator, double Days, RealisedEstimate Estimate)
    {
        // A window longer than the prices would pass for one that it is not.
        public bool IsWhole => Estimate.HasValue && Estimate.Years * 365 >= 0.85 * Days;
    }
}
