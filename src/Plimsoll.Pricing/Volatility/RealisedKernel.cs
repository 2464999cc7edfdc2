using Plimsoll.Numerics;
using Plimsoll.Units;

namespace Plimsoll.Pricing.Volatility;

/// <summary>
/// The realised kernel with Parzen weights (Barndorff-Nielsen, Hansen, Lunde and Shephard, "Realized kernels in practice",
/// 2009), which never falls below 0.
/// <list type="number">
/// <item>The first and the last price are each the mean of two (jittering), which takes the noise of the ends away.</item>
/// <item>Noise ω² is the variance of all returns over twice their number; integrated variance IV that of 20-minute returns,
/// averaged over all their starting points (of single bars where those are wider).</item>
/// <item>Bandwidth H = ⌈3.5134·ξ^(4/5)·n^(3/5)⌉ with ξ² = ω²/IV.</item>
/// <item>K = γ₀ + 2·Σ k(h/(H + 1))·γₕ over the autocovariances γₕ of the returns.</item>
/// </list>
/// </summary>
internal static class RealisedKernel
{
    private const double Constant = 3.5134;
    private const long SparseStep = Instant.MicrosecondsPerHour / 3;
    private const int FewestReturns = 5;

    public static RealisedEstimate Of(BarSeries series, int first, int end)
    {
        var count = end - first;
        if (count - 3 < FewestReturns) return new RealisedEstimate(double.NaN, 0, 0);

        var logs = series.Logs.AsSpan(first, count);
        var returns = Jittered(logs);
        var lags = Bandwidth(logs, (int)Math.Max(1, SparseStep / series.Width), returns.Length);
        var sum = Covariance(returns, 0);
        for (var h = 1; h <= lags && h < returns.Length; h++) sum += 2 * Parzen(h / (lags + 1.0)) * Covariance(returns, h);

        // Averaging two prices at each end takes half a bar away there.
        var years = series.Bars[first].At.YearsUntil(series.Bars[end - 1].At) - series.BarYears;
        return new RealisedEstimate(Math.Sqrt(Math.Max(0, sum) / years), returns.Length, years);
    }

    /// <summary>The weight of a lag, as a part of the bandwidth.</summary>
    public static double Parzen(double x) => x switch
    {
        <= 0.5 => 1 - (6 * x * x) + (6 * x * x * x),
        <= 1 => 2 * (1 - x) * (1 - x) * (1 - x),
        _ => 0,
    };

    /// <summary>How many lags are looked at.</summary>
    public static int Bandwidth(ReadOnlySpan<double> logs, int sparse, int returns)
    {
        var dense = Variance(logs, 0, 1);
        if (!(dense > 0)) return 0;
        var noise = dense / (2 * (logs.Length - 1));
        var (integrated, starts) = (0.0, Math.Max(1, Math.Min(sparse, logs.Length - 1)));
        // A sparse grid that starts late misses the beginning: its variance is brought to the whole time.
        for (var start = 0; start < starts; start++)
        {
            var covered = (logs.Length - 1 - start) / sparse * sparse;
            if (covered > 0) integrated += Variance(logs, start, sparse) * (logs.Length - 1) / covered / starts;
        }

        if (!(integrated > 0)) return 0;
        var ratio = noise / integrated;
        return (int)Math.Ceiling(Constant * Exact.Pow(ratio, 0.4) * Exact.Pow(returns, 0.6));
    }

    private static double Variance(ReadOnlySpan<double> logs, int start, int step)
    {
        var sum = 0.0;
        for (var i = start + step; i < logs.Length; i += step) sum += (logs[i] - logs[i - step]) * (logs[i] - logs[i - step]);
        return sum;
    }

    private static double[] Jittered(ReadOnlySpan<double> logs)
    {
        // Prices: the mean of the first two, all between, the mean of the last two.
        var returns = new double[logs.Length - 3];
        var before = (logs[0] + logs[1]) / 2;
        for (var i = 0; i < returns.Length; i++)
        {
            var at = i == returns.Length - 1 ? (logs[^2] + logs[^1]) / 2 : logs[i + 2];
            returns[i] = at - before;
            before = at;
        }

        return returns;
    }

    private static double Covariance(double[] returns, int lag)
    {
        var sum = 0.0;
        for (var i = lag; i < returns.Length; i++) sum += returns[i] * returns[i - lag];
        return sum;
    }
}
