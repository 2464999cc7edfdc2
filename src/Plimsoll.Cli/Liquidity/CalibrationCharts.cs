using Plimsoll.Cli.Charts;
using Plimsoll.Cli.Terminal;
using Plimsoll.Risk.Collateral.Calibration;
using Plimsoll.Units;

namespace Plimsoll.Cli.Liquidity;

/// <summary>Calibrated haircuts as charts: each day's haircut over what the day lost, and what it gives up for safety.</summary>
internal static class CalibrationCharts
{
    private const double MicrosecondsPerDay = Instant.MicrosecondsPerDay;

    /// <summary>Draws assets, two charts each.</summary>
    public static string Draw(CalibratedAsset[] assets) => LineSheet.Draw([.. assets.SelectMany(asset => new[] { History(asset.Asset, asset.Main!.Backtest), Trade(asset) })]);

    private static LineChart History(string asset, HaircutBacktest backtest)
    {
        (double, double) At(HaircutDay day, double value) => (day.At.UnixMicroseconds / MicrosecondsPerDay, value);

        return new LineChart(
            $"{asset}: the next day's loss and the haircut known before it, {Level(backtest.Level)}",
            $"{backtest.Test.Exceptions} of {backtest.Test.Trials} days over it, {Figures.Text(backtest.Test.Trials * (1 - backtest.Level), "0.0")} due; Kupiec p {Figures.Text(backtest.Test.Kupiec.Probability, "0.00")}; mean haircut {Level(backtest.MeanHaircut)}, flat {Level(backtest.FlatHaircut)}",
            [
                new ChartLine("loss", LineStyle.Faint, [.. backtest.Days.Select(day => At(day, Math.Max(0, day.Loss)))]),
                new ChartLine("flat", LineStyle.Bound, [At(backtest.Days[0], backtest.FlatHaircut), At(backtest.Days[^1], backtest.FlatHaircut)]),
                new ChartLine("haircut", LineStyle.Main, [.. backtest.Days.Select(day => At(day, day.Haircut))]),
                new ChartLine("over it", LineStyle.Alarm, [.. backtest.Days.Where(day => day.IsException).Select(day => At(day, day.Loss))]),
            ],
            x => new Instant((long)(x * MicrosecondsPerDay)).ToString()[..7], Level);
    }

    private static LineChart Trade(CalibratedAsset asset) => new(
        $"{asset.Asset}: what may be lent against how often it fails",
        "days of a hundred that lost more than the haircut, and the mean loan for a unit of collateral",
        [
            new ChartLine("flat", LineStyle.Bound, [.. asset.Trade.Select(rung => (100 * (1 - rung.Backtest.Test.Coverage), 1 - rung.Backtest.FlatHaircut))]),
            new ChartLine("calibrated", LineStyle.Main, [.. asset.Trade.Select(rung => (100 * (1 - rung.Backtest.Test.Coverage), rung.Backtest.Efficiency))]),
        ],
        x => Figures.Text(x, "0.##"), y => Figures.Text(y, "0.00"));

    private static string Level(double part) => Figures.Text(part * 100, "0.##") + " %";
}
