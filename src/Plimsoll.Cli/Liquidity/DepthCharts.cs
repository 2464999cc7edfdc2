using Plimsoll.Cli.Charts;
using Plimsoll.Cli.Terminal;
using Plimsoll.Markets.Depth;

namespace Plimsoll.Cli.Liquidity;

/// <summary>A measured market as charts: depth on both sides of the middle, and what selling costs.</summary>
internal static class DepthCharts
{
    private const int Steps = 60;

    /// <summary>Draws a profile.</summary>
    public static string Draw(LiquidityProfile profile, string source, IReadOnlyList<SizeRow> sizes)
    {
        var charts = new List<LineChart>();
        if (profile is { Bids: { } bids, Asks: { } asks })
        {
            charts.Add(new LineChart(
                $"Depth within a distance of the middle, {source}", $"{profile.Moments} moments; basis points from the middle, bids to the left; notional in quote units",
                [Side("thin moment", LineStyle.Second, bids, asks, point => point.Low), Side("median moment", LineStyle.Main, bids, asks, point => point.Median)],
                x => Figures.Text(x, "0.0#"), Figures.Short));
        }

        double most = sizes.Max(size => size.Coins);
        SizeRow[] walked = [.. Enumerable.Range(1, Steps).Select(i => SizeRow.Of(profile, most * i / Steps, 1))];
        charts.Add(new LineChart(
            "What selling costs", "average loss against the middle in basis points, by coins sold at once",
            [
                new ChartLine("last coin", LineStyle.Faint, [.. walked.Select(row => (row.Coins, row.LastCoin * 1e4))]),
                new ChartLine("average", LineStyle.Main, [.. walked.Select(row => (row.Coins, row.CostPart * 1e4))]),
            ],
            Figures.Coins, y => Figures.Text(y, "0.##")));

        return LineSheet.Draw(charts);
    }

    private static ChartLine Side(string name, LineStyle style, DepthCurve bids, DepthCurve asks, Func<DepthPoint, double> value) => new(
        name, style,
        [
            .. bids.Points.Reverse().Select(point => (-point.Distance * 1e4, value(point))),
            .. asks.Points.Select(point => (point.Distance * 1e4, value(point))),
        ]);
}
