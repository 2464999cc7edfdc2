using Plimsoll.Numerics;

namespace Plimsoll.Markets.Depth;

/// <summary>
/// How fast a series comes back to its usual level after it was pushed away, by regression of what came back.
/// <list type="number">
/// <item>A depletion is a moment at which at least a quarter of the median is missing.</item>
/// <item>R(k) is what is still missing k moments later as a part of what was missing: both summed over all depletions, so
/// that large ones count for more; a later surplus counts against it.</item>
/// <item>ln R(k) is regressed on time over the moments until R has fallen to a tenth, with a free intercept: what is back
/// at the very next moment (a quote renewed, noise) is no measure of the rest. The half-life is ln 2 over the slope.</item>
/// <item>What comes back faster than the moments follow one another cannot be told: no half-life is given as shorter than the
/// time between two of them.</item>
/// </list>
/// </summary>
internal static class ResilienceMeter
{
    private const double Missing = 0.25;
    private const double Recovered = 0.1;
    private const int MostLags = 60;
    private const int FewestDepletions = 20;
    private const int Resamples = 400;
    private const double Confidence = 0.95;
    private const double LongestBlock = 30;
    private const ulong Seed = 2;
    private const double LogTwo = 0.69314718055994531;

    /// <summary>The resilience of what is usually there; none where fewer than 20 depletions were seen or nothing comes back.</summary>
    public static Resilience? Measure(IReadOnlyList<DepthMoment> moments, Func<DepthMoment, double> value) => Of(moments, value, sign: 1);

    /// <summary>The resilience of what is usually not there, such as a wide spread.</summary>
    public static Resilience? MeasureExcess(IReadOnlyList<DepthMoment> moments, Func<DepthMoment, double> value) => Of(moments, value, sign: -1);

    private static Resilience? Of(IReadOnlyList<DepthMoment> moments, Func<DepthMoment, double> value, int sign)
    {
        double[] values = [.. moments.Select(value)];
        double usual = Quantiles.Type7([.. values.Order()], 0.5);
        int lags = Math.Min(MostLags, moments.Count / 4);
        if (lags < 1 || !(usual > 0)) return null;

        double[] missing = Array.ConvertAll(values, one => sign * (usual - one));
        int[] starts = [.. Enumerable.Range(0, moments.Count - lags).Where(t => missing[t] >= Missing * usual)];
        if (starts.Length < FewestDepletions) return null;

        double step = (moments[^1].At.UnixMicroseconds - moments[0].At.UnixMicroseconds) / 1e6 / (moments.Count - 1);
        double found = step * HalfLife(missing, starts, lags);
        if (!double.IsFinite(found)) return null;

        var bootstrap = new StationaryBootstrap(new SeededStream(Seed), Math.Clamp(starts.Length / 4.0, 1, LongestBlock));
        (double low, double high) = bootstrap.Interval(starts.Length, Resamples, Confidence, places => step * HalfLife(missing, Taken(starts, places.Span), lags));

        // A resample that never comes back is infinitely slow; an interval that holds many of them says nothing above the estimate.
        return double.IsFinite(high) ? new Resilience(found, Math.Min(low, found), Math.Max(high, found), starts.Length) : null;
    }

    /// <summary>The half-life in moments, 1 or more; infinite where nothing comes back.</summary>
    private static double HalfLife(double[] missing, ReadOnlySpan<int> starts, int lags)
    {
        double begun = Sum(missing, starts, 0);
        var logs = new List<double>(lags);
        for (int k = 1; k <= lags; k++)
        {
            double left = Sum(missing, starts, k) / begun;
            if (left <= Recovered) break;
            logs.Add(Exact.Log(left));
        }

        // A tenth is left after two moments or fewer: the half-life lies under one.
        if (logs.Count < 2) return 1;
        double slope = Slope(logs);

        return slope < 0 ? Math.Max(1, LogTwo / -slope) : double.PositiveInfinity;
    }

    private static double Sum(double[] missing, ReadOnlySpan<int> starts, int lag)
    {
        double sum = 0;
        foreach (int start in starts) sum += missing[start + lag];

        return sum;
    }

    /// <summary>The least-squares slope of values at 1, 2, 3 …</summary>
    private static double Slope(List<double> values)
    {
        double middle = (values.Count + 1) / 2.0;
        (double across, double along) = (0, 0);
        for (int i = 0; i < values.Count; i++)
        {
            across += (i + 1 - middle) * values[i];
            along += (i + 1 - middle) * (i + 1 - middle);
        }

        return across / along;
    }

    private static int[] Taken(int[] starts, ReadOnlySpan<int> places)
    {
        int[] taken = new int[places.Length];
        for (int i = 0; i < places.Length; i++) taken[i] = starts[places[i]];

        return taken;
    }
}
