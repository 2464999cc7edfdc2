namespace Plimsoll.Numerics;

/// <summary>
/// The tail of a sample beyond a threshold: a generalised Pareto distribution of the excesses, and how often they come.
/// (Pickands 1975; McNeil 1997.)
/// </summary>
/// <param name="Threshold">u.</param>
/// <param name="Shape">ξ: above 0 a heavy tail, 0 exponential, below 0 an end.</param>
/// <param name="Scale">β, above 0.</param>
/// <param name="Exceedances">How many of the sample lie beyond the threshold.</param>
/// <param name="Sample">How many there are.</param>
/// <param name="NegativeLogLikelihood">Of the excesses, at its least.</param>
public readonly record struct ParetoTail(double Threshold, double Shape, double Scale, int Exceedances, int Sample, double NegativeLogLikelihood)
{
    // Below this a shape is none: the exponential limit is nearer than the quotient's rounding.
    private const double NoShape = 1e-9;

    /// <summary>The quantile of the whole sample beyond the threshold: u + β/ξ·((n/N·(1 − p))^−ξ − 1).</summary>
    /// <param name="probability">p, such that fewer than the exceedances lie beyond; below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The quantile would lie under the threshold, of which the tail knows nothing.</exception>
    public double ValueAtRisk(double probability)
    {
        double part = (double)Sample / Exceedances * (1 - probability);
        if (part is not (> 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(probability), probability, "The tail speaks of what lies beyond its threshold.");

        return BeyondThreshold(part);
    }

    /// <summary>The mean of what lies beyond the quantile: (VaR + β − ξ·u) ÷ (1 − ξ); +∞ where the tail is so heavy that there is none.</summary>
    /// <inheritdoc cref="ValueAtRisk"/>
    public double ExpectedShortfall(double probability) => Shape < 1
        ? (ValueAtRisk(probability) + Scale - (Shape * Threshold)) / (1 - Shape)
        : double.PositiveInfinity;

    /// <summary>What a stated part of the excesses lies beyond: u + β/ξ·(part^−ξ − 1).</summary>
    /// <param name="part">Above 0, at most 1.</param>
    public double BeyondThreshold(double part) => Threshold + (Math.Abs(Shape) < NoShape
        ? -Scale * Exact.Log(part)
        : Scale / Shape * Exact.ExpMinusOne(-Shape * Exact.Log(part)));

    /// <summary>
    /// Fits by maximum likelihood. With θ = ξ/β the best shape is the mean of ln(1 + θy), so the likelihood is a function of θ
    /// alone (Grimshaw 1993); it is searched on a grid over its whole range and then narrowed down between neighbours.
    /// </summary>
    /// <param name="sample">Losses in any order.</param>
    /// <param name="threshold">u; what lies above it is the tail.</param>
    /// <exception cref="ArgumentException">Fewer than ten exceedances, or one is not finite.</exception>
    public static ParetoTail Fit(ReadOnlySpan<double> sample, double threshold)
    {
        var excesses = new List<double>();
        foreach (double loss in sample)
            if (!(loss <= threshold)) excesses.Add(loss - threshold);
        if (excesses.Count < 10) throw new ArgumentException($"Found {excesses.Count} exceedances; a tail needs at least ten.", nameof(sample));

        double[] y = [.. excesses.Order()];
        if (!double.IsFinite(y[^1]) || double.IsNaN(y[0])) throw new ArgumentException("A loss is not finite.", nameof(sample));

        double mean = y.Sum() / y.Length;
        (double theta, double least) = Least(y, mean);
        double shape = MeanLog(y, theta);

        return Math.Abs(theta * mean) < 1e-12
            ? new ParetoTail(threshold, 0, mean, y.Length, sample.Length, least)
            : new ParetoTail(threshold, shape, shape / theta, y.Length, sample.Length, least);
    }

    /// <summary>θ with the least −ln L, and that. θ lies above −1/max(y); the grid is even in ln(1 + θ·max(y)) and finer than any two modes.</summary>
    private static (double Theta, double Least) Least(double[] y, double mean)
    {
        const int Steps = 400;
        double top = y[^1];

        // The mean of a tail without one says nothing of its scale: what lies in the middle does.
        double low = -6, high = Exact.Log(1 + (1e4 * top / Math.Min(mean, y[y.Length / 2])));
        double best = 0, least = double.PositiveInfinity;
        for (int k = 0; k <= Steps; k++)
        {
            double at = low + ((high - low) * k / Steps);
            double value = Negative(y, mean, ThetaOf(at, top));
            if (value < least) (best, least) = (at, value);
        }

        double step = (high - low) / Steps;
        (double left, double right) = (best - step, best + step);
        const double Golden = 0.6180339887498949;
        for (int k = 0; k < 90 && right - left > 1e-13 * Math.Max(1, Math.Abs(best)); k++)
        {
            double a = right - (Golden * (right - left));
            double b = left + (Golden * (right - left));
            if (Negative(y, mean, ThetaOf(a, top)) < Negative(y, mean, ThetaOf(b, top))) right = b;
            else left = a;
        }

        double theta = ThetaOf(0.5 * (left + right), top);

        return (theta, Negative(y, mean, theta));
    }

    private static double ThetaOf(double at, double top) => Exact.ExpMinusOne(at) / top;

    /// <summary>n·ln β + (1 + 1/ξ)·Σ ln(1 + θy), with ξ and β from θ; a shape under −½ has no proper likelihood and is not looked at.</summary>
    private static double Negative(double[] y, double mean, double theta)
    {
        if (Math.Abs(theta * mean) < 1e-12) return y.Length * (Exact.Log(mean) + 1);

        double shape = MeanLog(y, theta);
        double scale = shape / theta;

        return shape <= -0.5 || !(scale > 0) ? double.PositiveInfinity : y.Length * (Exact.Log(scale) + shape + 1);
    }

    private static double MeanLog(double[] y, double theta)
    {
        double sum = 0;
        foreach (double excess in y) sum += Exact.LogOnePlus(theta * excess);

        return sum / y.Length;
    }
}
