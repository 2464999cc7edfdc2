using System.CommandLine;
using Plimsoll.Cli.Liquidity;
using Plimsoll.Cli.Terminal;
using Plimsoll.Markets.Depth;
using Plimsoll.Risk.Collateral.Calibration;
using Plimsoll.Units;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll calibrate</c>: haircuts that hold as often as they say, and what may be lent behind them.</summary>
internal static class CalibrateVerb
{
    private const string Sample = "samples/prices/coin-daily.csv";
    private const double UsualLevel = 0.99;
    private const double UsualHolding = 10_000_000;
    private const double CallLevel = 0.9;
    private const double CallDays = 1;

    /// <summary>The verb.</summary>
    public static Command Build(Screen screen)
    {
        Argument<string[]> prices = new("PRICES") { Description = "Price bars of an asset each, hours or days, plain or gzip: [ASSET=]FILE.", Arity = ArgumentArity.OneOrMore };
        Option<double?> level = Asked.Number("--level", "PROBABILITY", 0.5, 0.9999, "The probability that a day's haircut holds (default 0.99).");
        Option<(string Name, string Value)[]> depth = Asked.Pairs("--depth", "ASSET=FILE", "Books of an asset (docs/formats/depth.md); volume alone decides without them.");
        Option<double?> holding = Asked.Number("--holding", "VALUE", 0, 1e15, "The whole venue's holding that must be sold, in quote units (default 10000000).");
        Option<double?> participation = Asked.Number("--participation", "PART", 0.0001, 1, "The part of a thin day's volume that may be ours (default 0.1).");
        Option<double?> detection = Asked.Number("--detect", "HOURS", 0, 720, "Hours until a sale begins (default 24).");
        Option<double?> decay = Asked.Number("--decay", "WEIGHT", 0.5, 0.999, "A day's weight against the next one's in the forecast (default 0.94).");
        Option<int?> window = Asked.Count("--window", 100, 36_500, "Days of residuals a haircut is taken from (default 1461).");
        Option<bool> years = new("--years") { Description = "Show how haircuts held year by year." };
        Option<bool> parameters = new("--parameters") { Description = "Only the collateral sections of a rulebook with these haircuts, as JSON." };
        Option<string?> drawing = new("--out") { Description = "Draw haircuts and losses into this file (SVG).", HelpName = "FILE" };
        Option<bool> json = Asked.Json();
        var verb = new Verb(
            "calibrate",
            "Haircuts for a target shortfall probability, backtested day by day; what may be lent behind them; exit code 1 where one does not hold as often as it says.",
            $"calibrate {Sample}",
            $"calibrate COIN={Sample} --level 0.975 --holding 50000000 --years --out haircuts.svg",
            $"calibrate COIN={Sample} --parameters")
        {
            prices, level, depth, holding, participation, detection, decay, window, years, parameters, drawing, json,
        };
        verb.SetAction(parsed =>
        {
            if (parsed.GetValue(drawing) is { } target) OutputFile.MustBeWritable("--out", target);
            var sale = new SaleTerms { Participation = parsed.GetValue(participation) ?? 0.1, DetectionDays = (parsed.GetValue(detection) ?? 24) / 24 };
            var ask = new CalibrationAsk(parsed.GetValue(level) ?? UsualLevel, parsed.GetValue(holding) ?? UsualHolding, sale, CallLevel, CallDays);
            var usual = new CalibrationSettings();
            CalibrationSettings settings = usual with { Decay = parsed.GetValue(decay) ?? usual.Decay, Window = parsed.GetValue(window) ?? usual.Window };
            CalibratedAsset[] assets = Calibrate(screen, parsed.GetValue(prices)!, parsed.GetValue(depth) ?? [], ask, settings);
            if (parsed.GetValue(drawing) is { } svg) File.WriteAllText(svg, CalibrationCharts.Draw(assets));
            if (parsed.GetValue(parameters)) screen.Line(CalibrationReport.Parameters(assets, ask, settings));
            else if (parsed.GetValue(json)) screen.Json(CalibrationReport.Of(assets, ask, settings));
            else CalibrationTables.Show(screen, assets, ask, parsed.GetValue(years));

            return Array.TrueForAll(assets, asset => asset.Main!.Backtest.Test.Kupiec.Probability > CalibrationTables.Rejected) ? ExitCode.Good : ExitCode.BadNews;
        });

        return verb;
    }

    private static CalibratedAsset[] Calibrate(Screen screen, string[] files, (string Name, string Value)[] depth, CalibrationAsk ask, CalibrationSettings settings) => Watch.Over(screen, "calibrating", said =>
    {
        var assets = new List<CalibratedAsset>();
        for (int i = 0; i < files.Length; i++)
        {
            said(i / (double)files.Length, $"reading {Path.GetFileName(files[i])}");
            PriceBars bars = PriceBars.Read(files[i]);
            if (assets.Exists(other => other.Asset == bars.Asset)) throw new InputException(bars.Path, $"found {bars.Asset} again, expected each asset once (ASSET=FILE names it)");
            said((i + 0.4) / files.Length, $"calibrating {bars.Asset}");
            try
            {
                assets.Add(new CalibratedAsset(bars, Book(depth, bars.Asset), ask, settings));
            }
            catch (InputException fault) when (fault.Place == "prices")
            {
                throw new InputException(bars.Path, fault.Message, fault);
            }

            if (assets[^1].Main is null) throw new InputException(bars.Path, $"found too few days for a level of {ask.Level}, expected one that {settings.Warmup} days can tell");
        }

        string[] unused = [.. depth.Select(pair => pair.Name).Where(name => !assets.Exists(asset => asset.Asset == name))];
        if (unused.Length > 0) throw new InputException("--depth", $"found {unused[0]}, expected one of {string.Join(", ", assets.Select(asset => asset.Asset))}");

        return assets.ToArray();
    });

    private static LiquidityProfile? Book((string Name, string Value)[] depth, string asset)
    {
        string? path = depth.LastOrDefault(pair => pair.Name == asset).Value;

        return path is null ? null : LiquidityMeter.Measure([.. DepthReader.Read(path).Take(LiquidityMeter.MostMoments)]);
    }
}
