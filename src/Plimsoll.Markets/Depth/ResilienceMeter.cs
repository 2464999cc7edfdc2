using Plimsoll.Numerics;

namespace Plimsoll.Markets.Depth;

/// <summary>
/// How fast a series comes back to its usual level after it was pushed away, by regression of what came back.
/// <list type="number">
/// <item>A depletion is a moment at which at least a quarter of the median is missing.</item>
/// <item>R(k) is what is missing of the mean k moments later, as a part of what was missing at first: both summed over all
/// depletions, so that large ones count for more. Of the mean, because that is where a series returns to while others go on
/// taking from it.</item>
/// <item>A·2^(−k/h) is fitted to R(0), R(1) … by least squares, h the half-life, on a grid from one moment to twice as many as
/// are looked at. The height A is free, so that a first leap (a quote renewed) does not bend the rest; squares, so that a
/// small part that stays away does not either. A half-life under the time between two moments cannot be told and is given
/// as that time.</item>
/// </list>
/// </summary>
internal static class ResilienceMeter
{
    private const double Missing = 0.25;
    private const double GridStep = 1.04;
    private const int MostLags = 60;
    private const int FewestDepletions = 20;
    private const int Resamples = 400;
    private const double Confidence = 0.95;
    private const double LongestBlock = 30;
    private const ulong Seed = 2;
    private const double LogTwo = 0.69314718055994531;

    /// <summary>The resilience of what is usually there; none where fewer than 20 depletions were seen.</summary>
    public static Resilience? Measure(IReadOnlyList<DepthMoment> moments, Func<DepthMoment, double> value) => Of(moments, value, sign: 1);

    /// <summary>The resilience of what is usually not there, such as a wide spread.</summary>
    public static Resilience? MeasureExcess(IReadOnlyList<DepthMoment> moments, Func<DepthMoment, double> value) => Of(moments, value, sign: -1);

    private static Resilience? Of(IReadOnlyList<DepthMoment> moments, Func<DepthMoment, double> value, int sign)
    {
        double[] values = [.. moments.Select(value)];
        double usual = Quantiles.Type7([.. values.Order()], 0.5);
        int lags = Math.Min(MostLags, moments.Count / 4);
        if (lags < 1 || !(usual > 0)) return null;

        double mean = values.Average();
        double[] missing = Array.ConvertAll(values, one => sign * (mean - one));
        int[] starts = [.. Enumerable.Range(0, moments.Count - lags).Where(t => sign * (usual - values[t]) >= Missing * usual)];
        if (starts.Length < FewestDepletions) return null;

        double step = (moments[^1].At.UnixMicroseconds - moments[0].At.UnixMicroseconds) / 1e6 / (moments.Count - 1);
        double found = step * HalfLife(missing, starts, lags);
        if (double.IsNaN(found)) return null;

        var bootstrap = new StationaryBootstrap(new SeededStream(Seed), Math.Clamp(starts.Length / 4.0, 1, LongestBlock));
        (double low, double high) = bootstrap.Interval(starts.Length, Resamples, Confidence, places => step * HalfLife(missing, Taken(starts, places.Span), lags));

        return double.IsFinite(high) ? new Resilience(found, Math.Min(low, found), Math.Max(high, found), starts.Length) : null;
    }

    /// <summary>The half-life in moments; NaN where what was taken was no loss against the mean.</summary>
    private static double HalfLife(double[] missing, ReadOnlySpan<int> starts, int lags)
    {
        double begun = Sum(missing, starts, 0);
        if (!(begun > 0)) return double.NaN;

        double[] left = new double[lags + 1];
        for (int k = 0; k <= lags; k++) left[k] = Sum(missing, starts, k) / begun;
        (double best, double most) = (double.NaN, 0);
        for (double half = 1; half <= 2 * lags; half *= GridStep)
        {
            double decay = Exact.Exp(-LogTwo / half);
            (double along, double size, double power) = (0, 0, 1);
            foreach (double part in left)
            {
                along += part * power;
                size += power * power;
                power *= decay;
            }

            // With the best height the squares fall by (Σ R·φᵏ)² ÷ Σ φ²ᵏ.
            if (along > 0 && along * along / size > most) (best, most) = (half, along * along / size);
        }

        // Everything is back at the next moment and stays back: faster than can be told.
        return double.IsNaN(best) ? 1 : best;
    }

    private static double Sum(double[] missing, ReadOnlySpan<int> starts, int lag)
    {
        double sum = 0;
        foreach (int start in starts) sum += missing[start + lag];

        return sum;
    }

    private static int[] Taken(int[] starts, ReadOnlySpan<int> places)
    {
        int[] taken = new int[places.Length];
        for (int i = 0; i < places.Length; i++) taken[i] = starts[places[i]];

        return taken;
    }
}
