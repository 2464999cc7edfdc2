using Plimsoll.Treasury.Backing;
using Plimsoll.Units;

namespace Plimsoll.Server.Projections;

/// <summary>How underlyings moved together: Pearson's correlation of hourly log returns.</summary>
/// <param name="Underlyings">The names, in the order of listing.</param>
/// <param name="Matrix">One row for each; an entry is none where too few hours are known, or where one of the two stood still.</param>
/// <param name="Hours">How many hourly returns back was looked at most.</param>
/// <param name="Known">The returns in which all of them have a price; 0 where there is nothing to compare.</param>
/// <param name="Least">How many a correlation needs.</param>
internal sealed record CorrelationFigures(IReadOnlyList<string> Underlyings, IReadOnlyList<IReadOnlyList<double?>> Matrix, int Hours, int Known, int Least);

/// <summary>Reads correlations off the hourly prices the server remembers. A week back, so that a break of the old ones shows.</summary>
internal static class HourlyCorrelation
{
    /// <summary>How many hourly returns are looked at.</summary>
    public const int Hours = 168;

    /// <summary>Fewer say nothing.</summary>
    public const int Least = 12;

    /// <summary>The matrix of some assets.</summary>
    /// <param name="history">Hourly prices.</param>
    /// <param name="assets">Names and places.</param>
    public static CorrelationFigures Of(MarketHistory history, IReadOnlyList<(string Name, AssetIndex Index)> assets)
    {
        double[][] returns = [.. assets.Select(asset => Returns(history, asset.Index))];
        int known = assets.Count == 0 ? 0 : Enumerable.Range(0, Hours).Count(h => Array.TrueForAll(returns, r => double.IsFinite(r[h])));

        return new CorrelationFigures(
            [.. assets.Select(asset => asset.Name)],
            [.. returns.Select(row => (IReadOnlyList<double?>)[.. returns.Select(column => Pearson(row, column))])],
            Hours,
            known,
            Least);
    }

    /// <summary>The last hours' log returns, newest first; NaN where one of the two prices is missing.</summary>
    private static double[] Returns(MarketHistory history, AssetIndex asset)
    {
        double[] returns = new double[Hours];
        for (int h = 0; h < Hours; h++)
        {
            double now = history.IsEmpty ? 0 : history.PriceAt(asset, history.NewestHour - h);
            double before = history.IsEmpty ? 0 : history.PriceAt(asset, history.NewestHour - h - 1);
            returns[h] = now > 0 && before > 0 ? Math.Log(now / before) : double.NaN;
        }

        return returns;
    }

    private static double? Pearson(double[] first, double[] second)
    {
        (int count, double sumX, double sumY) = (0, 0, 0);
        for (int h = 0; h < first.Length; h++)
        {
            if (!double.IsFinite(first[h] + second[h])) continue;
            (count, sumX, sumY) = (count + 1, sumX + first[h], sumY + second[h]);
        }

        if (count < Least) return null;
        (double meanX, double meanY, double xx, double yy, double xy) = (sumX / count, sumY / count, 0, 0, 0);
        for (int h = 0; h < first.Length; h++)
        {
            if (!double.IsFinite(first[h] + second[h])) continue;
            (double x, double y) = (first[h] - meanX, second[h] - meanY);
            (xx, yy, xy) = (xx + (x * x), yy + (y * y), xy + (x * y));
        }

        return xx > 0 && yy > 0 ? Math.Clamp(xy / Math.Sqrt(xx * yy), -1, 1) : null;
    }
}
