using System.CommandLine;
using Plimsoll.Cli.Liquidity;
using Plimsoll.Cli.Terminal;
using Plimsoll.Markets.Depth;
using Plimsoll.Risk.Collateral.Calibration;
using Plimsoll.Units;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll depth</c>: how liquid a market is, measured.</summary>
internal static class DepthVerb
{
    private const string SampleDepth = "samples/depth/btc.csv";
    private const string SamplePrices = "samples/prices/btc-hourly.csv";
    private const double UsualParticipation = 0.1;

    /// <summary>The verb.</summary>
    public static Command Build(Screen screen)
    {
        Argument<string?> file = new("FILE") { Description = "Books, moment after moment, CSV plain or gzip (docs/formats/depth.md); without it volume alone decides.", Arity = ArgumentArity.ZeroOrOne };
        Option<double[]?> sizes = Asked.Value<double[]?>("--size", "COINS", "coins above 0, such as 1,10,100", "Sizes to sell; of the visible depth without it.", Sizes);
        Option<double?> volume = Asked.Number("--volume", "COINS", 1e-9, 1e18, "Coins traded on a thin day: gives the impact its scale, and the rule of volume.");
        Option<double?> volatility = Asked.Percent("--volatility", 1e-6, 10, "Standard deviation of a day's return, such as 3%; what the books show without it.");
        Option<string?> prices = new("--prices") { Description = "Price bars: volume and volatility are taken from their last thirty days.", HelpName = "FILE" };
        Option<double?> price = Asked.Number("--price", "PRICE", 1e-12, 1e15, "The price, where there are no books.");
        Option<double?> participation = Asked.Number("--participation", "PART", 0.0001, 1, "The part of a thin day's volume that may be ours (default 0.1).");
        Option<string?> drawing = new("--out") { Description = "Draw depth and cost into this file (SVG).", HelpName = "FILE" };
        Option<bool> json = Asked.Json();
        var verb = new Verb(
            "depth",
            "Spread, depth curve, impact and resilience of a market from its books; what selling a size costs and how long it takes.",
            $"depth {SampleDepth}",
            $"depth {SampleDepth} --prices {SamplePrices} --size 1,10,100 --out depth.svg",
            "depth --price 24 --volume 900000 --volatility 5% --size 1000,100000")
        {
            file, sizes, volume, volatility, prices, price, participation, drawing, json,
        };
        verb.SetAction(parsed =>
        {
            if (parsed.GetValue(drawing) is { } target) OutputFile.MustBeWritable("--out", target);
            string? path = parsed.GetValue(file);
            DepthMoment[]? moments = path is null ? null : Moments(screen, path);
            DailyLosses? losses = parsed.GetValue(prices) is { } bars ? DailyLosses.Of(PriceBars.Read(bars).Bars) : null;
            LiquidityProfile profile = Profile(moments, losses, parsed.GetValue(volume), parsed.GetValue(volatility), parsed.GetValue(price));
            double part = parsed.GetValue(participation) ?? UsualParticipation;
            SizeRow[] rows = [.. (parsed.GetValue(sizes) is { Length: > 0 } asked ? asked : UsualSizes(profile)).Select(coins => SizeRow.Of(profile, coins, part))];
            if (parsed.GetValue(drawing) is { } svg) File.WriteAllText(svg, DepthCharts.Draw(profile, path ?? "volume alone", rows));
            if (parsed.GetValue(json)) screen.Json(DepthReport.Of(profile, path ?? "volume", part, rows));
            else DepthTables.Show(screen, profile, path ?? "volume alone", part, rows);

            return ExitCode.Good;
        });

        return verb;
    }

    private static bool Sizes(string text, out double[]? coins)
    {
        coins = [.. text.Split(',').Select(part => double.TryParse(part, System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out double value) ? value : double.NaN)];

        return Array.TrueForAll(coins, size => size is > 0 and <= 1e18);
    }

    private static DepthMoment[] Moments(Screen screen, string path) => Watch.Over(screen, $"reading {path}", said =>
    {
        var moments = new List<DepthMoment>();
        foreach (DepthMoment moment in DepthReader.Read(path))
        {
            if (moments.Count == LiquidityMeter.MostMoments) throw new InputException(path, $"holds more than {LiquidityMeter.MostMoments} moments, expected fewer: a file for each day");
            moments.Add(moment);
            if (moments.Count % 1000 == 0) said(moments.Count / (double)LiquidityMeter.MostMoments, $"{Figures.Count(moments.Count)} moments");
        }

        return moments.ToArray();
    });

    /// <summary>The day by the bars, else by what was typed and, for the volatility alone, by what the books show.</summary>
    private static LiquidityProfile Profile(DepthMoment[]? moments, DailyLosses? losses, double? volume, double? volatility, double? price)
    {
        if (moments is null && losses is null && (volume is null || volatility is null || price is null))
            throw new InputException("FILE", "expected books, or --prices, or --price, --volume and --volatility");

        LiquidityProfile? seen = moments is null ? null : LiquidityMeter.Measure(moments);
        MarketDay? ofBars = losses?.LastMonth(volatility ?? losses.LastMonthVolatility);
        if (losses is not null && ofBars is null && volume is null) throw new InputException("--prices", "found no volume in the last thirty days, expected some, or --volume");
        double? deviation = volatility ?? ofBars?.Volatility ?? losses?.LastMonthVolatility ?? seen?.SeenVolatility;
        MarketDay? day = volume is { } coins && deviation is { } move and > 0 ? new MarketDay(move, coins, coins) : ofBars;

        if (seen is not null) return seen with { Day = day };

        return VolumeFallback.Of(price ?? losses!.LastPrice, day ?? throw new InputException("--volatility", "expected one above 0: the prices do not move"));
    }

    /// <summary>From a tenth of what a thin moment shows, or a millionth of a thin day, tenfold each time.</summary>
    private static double[] UsualSizes(LiquidityProfile profile)
    {
        double least = profile.Bids is { Within: > 0 } bids ? bids.Within / profile.Mid / 10 : profile.Day is { } day ? day.ThinVolume * 1e-6 : 1;
        double first = Math.Pow(10, Math.Round(Math.Log10(least)));

        return [first, 10 * first, 100 * first, 1000 * first, 10_000 * first];
    }
}
