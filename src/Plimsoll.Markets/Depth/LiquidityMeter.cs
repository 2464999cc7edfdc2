using Plimsoll.Numerics;

namespace Plimsoll.Markets.Depth;

/// <summary>
/// Measures a market's liquidity from its books.
/// <list type="number">
/// <item>Spread and depth: at each distance the median and the tenth percentile over all moments, each moment alike.</item>
/// <item>Impact: <see cref="ImpactMeter"/>. Resilience: <see cref="ResilienceMeter"/>, of the notional within the distance that
/// nine moments of ten show, so that a level that moves out of sight is not taken for one that was eaten.</item>
/// <item>Intervals by the stationary bootstrap over moments, under one fixed seed: the same file gives the same figures.</item>
/// </list>
/// </summary>
public static class LiquidityMeter
{
    /// <summary>The most moments one measurement takes: a day of seconds and some.</summary>
    public const int MostMoments = 100_000;

    private const double ThinPart = 0.1;
    private const int VolatilityStep = 10;
    private static readonly double[] Distances = [1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 1e-2, 2e-2, 5e-2];

    /// <summary>Measures.</summary>
    /// <param name="moments">In order of time, at least one, at most <see cref="MostMoments"/>.</param>
    /// <param name="day">The market's day from its bars, where it is known.</param>
    /// <exception cref="ArgumentException">No moment, too many, or times that do not ascend.</exception>
    /// <exception cref="Units.InputException">A number of the day is out of its range.</exception>
    public static LiquidityProfile Measure(IReadOnlyList<DepthMoment> moments, MarketDay? day = null)
    {
        ArgumentNullException.ThrowIfNull(moments);
        if (moments.Count is 0 or > MostMoments) throw new ArgumentException($"Expected 1 to {MostMoments} moments.", nameof(moments));
        for (int i = 1; i < moments.Count; i++)
            if (moments[i].At <= moments[i - 1].At) throw new ArgumentException("Times do not ascend.", nameof(moments));
        day?.Check();

        double[] spreads = [.. moments.Select(moment => (moment.Book.Asks[0].Price - moment.Book.Bids[0].Price) / moment.Book.Mid)];
        DepthCurve bids = Curve(moments, -1);
        DepthCurve asks = Curve(moments, 1);

        return new LiquidityProfile
        {
            Source = LiquiditySource.Books,
            From = moments[0].At,
            To = moments[^1].At,
            Moments = moments.Count,
            Mid = At([.. moments.Select(moment => moment.Book.Mid)], 0.5),
            Spread = new SpreadWidth(At(spreads, 0.5), At(spreads, 1 - ThinPart)),
            Bids = bids,
            Asks = asks,
            Impact = ImpactMeter.Measure(moments),
            Resilience = new MarketResilience(
                ResilienceMeter.Measure(moments, moment => Within(moment.Book, -1, bids.Reach)),
                ResilienceMeter.Measure(moments, moment => Within(moment.Book, 1, asks.Reach)),
                // A spread wider than usual is what is missing of a spread: its sign is turned round.
                ResilienceMeter.MeasureExcess(moments, moment => (moment.Book.Asks[0].Price - moment.Book.Bids[0].Price) / moment.Book.Mid)),
            Day = day,
            SeenVolatility = Volatility(moments),
        };
    }

    private static DepthCurve Curve(IReadOnlyList<DepthMoment> moments, int sign)
    {
        double[] reaches = [.. moments.Select(moment => Reach(moment.Book, sign))];
        double[] ascending = [.. reaches.Order()];
        // An order statistic, not between two: nine of ten moments must really have shown as far.
        double seen = ascending[(int)((ascending.Length - 1) * ThinPart)];
        IEnumerable<double> distances = Distances.Append(seen).Where(distance => distance > 0 && distance <= ascending[^1]).Distinct().Order();

        return new DepthCurve([.. distances.Select(distance => Point(moments, reaches, sign, distance))], seen, At([.. moments.Select(moment => Within(moment.Book, sign, seen))], ThinPart));
    }

    private static DepthPoint Point(IReadOnlyList<DepthMoment> moments, double[] reaches, int sign, double distance)
    {
        double[] notionals = [.. moments.Select(moment => Within(moment.Book, sign, distance)).Order()];
        int reached = reaches.Count(reach => reach >= distance);

        return new DepthPoint(distance, Quantiles.Type7(notionals, 0.5), Quantiles.Type7(notionals, ThinPart), reached / (double)moments.Count);
    }

    /// <summary>How far from the middle a side's last level lies.</summary>
    private static double Reach(DepthBook book, int sign)
    {
        ReadOnlySpan<DepthLevel> side = book.Against(sign);

        return Math.Abs(side[^1].Price - book.Mid) / book.Mid;
    }

    /// <summary>The notional a side shows within a distance.</summary>
    private static double Within(DepthBook book, int sign, double distance)
    {
        double sum = 0;
        foreach (DepthLevel level in book.Against(sign))
        {
            if (Math.Abs(level.Price - book.Mid) / book.Mid > distance) break;
            sum += level.Price * level.Size;
        }

        return sum;
    }

    /// <summary>The deviation of a day from squared moves over ten moments, each by the time it took: nearer steps hold the bounce of the tick.</summary>
    private static double? Volatility(IReadOnlyList<DepthMoment> moments)
    {
        const double MicrosecondsPerDay = 86_400e6;
        int step = Math.Min(VolatilityStep, moments.Count / 3);
        if (step == 0) return null;

        (double squares, double days) = (0, 0);
        for (int i = step; i < moments.Count; i++)
        {
            double move = Exact.Log(moments[i].Book.Mid / moments[i - step].Book.Mid);
            squares += move * move;
            days += (moments[i].At.UnixMicroseconds - moments[i - step].At.UnixMicroseconds) / MicrosecondsPerDay;
        }

        return Math.Sqrt(squares / days);
    }

    private static double At(double[] values, double probability)
    {
        Array.Sort(values);

        return Quantiles.Type7(values, probability);
    }
}
