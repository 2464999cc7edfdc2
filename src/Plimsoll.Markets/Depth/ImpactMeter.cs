using Plimsoll.Numerics;

namespace Plimsoll.Markets.Depth;

/// <summary>
/// Fits the square-root law to what books charge.
/// <list type="number">
/// <item>Whoever has taken a side's first j levels, Q coins of them, leaves the next level as the best: the price has moved from
/// the first level's distance to that one's. The move over √Q is a sample of c, for every j of every moment and side.</item>
/// <item>The median of a moment's samples is the moment's c, the median of the moments' the market's. Medians, because one order
/// of an odd size bends a mean.</item>
/// <item>The power of size is fitted freely beside it: the median over moments and sides of the slope of ln move on ln Q between
/// the first level and the last.</item>
/// </list>
/// </summary>
internal static class ImpactMeter
{
    private const int Resamples = 400;
    private const double Confidence = 0.95;
    private const double LongestBlock = 30;
    private const ulong Seed = 1;

    /// <summary>The fit; none where no moment shows more than one price a side.</summary>
    public static ImpactFit? Measure(IReadOnlyList<DepthMoment> moments)
    {
        var (coefficients, slopes) = (new List<double>(), new List<double>());
        int walks = 0;
        foreach (DepthMoment moment in moments)
        {
            var ratios = new List<double>();
            Walk(moment.Book, -1, ratios, slopes);
            Walk(moment.Book, 1, ratios, slopes);
            if (ratios.Count == 0) continue;
            walks += ratios.Count;
            coefficients.Add(Median([.. ratios]));
        }

        if (coefficients.Count == 0) return null;

        double[] series = [.. coefficients];
        var bootstrap = new StationaryBootstrap(new SeededStream(Seed), Math.Clamp(series.Length / 4.0, 1, LongestBlock));
        (double low, double high) = bootstrap.Interval(series.Length, Resamples, Confidence, places => Median(Taken(series, places.Span)));

        return new ImpactFit(Median([.. series]), low, high, slopes.Count > 0 ? Median([.. slopes]) : null, walks);
    }

    private static void Walk(DepthBook book, int sign, List<double> ratios, List<double> slopes)
    {
        ReadOnlySpan<DepthLevel> side = book.Against(sign);
        (double taken, double first, double move) = (0, 0, 0);
        for (int i = 0; i + 1 < side.Length; i++)
        {
            taken += side[i].Size;
            move = Math.Abs(side[i + 1].Price - side[0].Price) / book.Mid;
            if (i == 0) first = move;
            ratios.Add(move / Math.Sqrt(taken));
        }

        if (side.Length > 2) slopes.Add(Exact.Log(move / first) / Exact.Log(taken / side[0].Size));
    }

    private static double[] Taken(double[] series, ReadOnlySpan<int> places)
    {
        double[] taken = new double[places.Length];
        for (int i = 0; i < places.Length; i++) taken[i] = series[places[i]];

        return taken;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);

        return Quantiles.Type7(values, 0.5);
    }
}
