using Plimsoll.Numerics;
using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation.Insurance;

/// <summary>An estimate and how sure it is.</summary>
/// <param name="Estimate">The estimate.</param>
/// <param name="Low">The lower end of the interval.</param>
/// <param name="High">The upper end.</param>
public readonly record struct Interval(double Estimate, double Low, double High);

/// <summary>A fund sized by its peaks over a threshold.</summary>
/// <param name="Tail">The tail of single losses.</param>
/// <param name="AnnualMaximum">What the largest loss of a year stays below; none where the tail is so heavy that it says nothing.</param>
/// <param name="Shortfall">The mean loss beyond the quantile of a single loss; none where it has none.</param>
public sealed record SizedFund(ParetoTail Tail, Interval? AnnualMaximum, Interval? Shortfall);

/// <summary>
/// Sizes a fund with intervals: figures beyond what anybody has seen are worth little without how far they may be off.
/// Intervals are of the bootstrap, seeded, so that the same question has the same answer everywhere.
/// </summary>
public static class FundIntervals
{
    /// <summary>How often a sample is drawn anew.</summary>
    public const int Resamples = 400;

    /// <summary>The part of them inside an interval.</summary>
    public const double Confidence = 0.9;

    /// <summary>A shape from which on the mean of the tail is infinite, and peaks over a threshold size nothing.</summary>
    public const double HeaviestShape = 1;

    /// <summary>Peaks over a threshold: the parametric bootstrap of the fitted tail.</summary>
    /// <param name="losses">Losses in any order: of the engine's inventory at its worst, not of what was realised in the end.</param>
    /// <param name="threshold">What counts as a peak.</param>
    /// <param name="lossesPerYear">How many losses such a sample has in a year, above 0.</param>
    /// <param name="probability">With which the fund is enough for a year, between 0 and 1.</param>
    /// <param name="seed">Of the resampling.</param>
    /// <exception cref="InputException">Too few peaks, or a figure out of its range.</exception>
    public static SizedFund Peaks(ReadOnlySpan<double> losses, double threshold, double lossesPerYear, double probability, ulong seed = 1)
    {
        if (!(lossesPerYear > 0) || !double.IsFinite(lossesPerYear)) throw new InputException("lossesPerYear", $"found {lossesPerYear}, expected a number above 0");
        if (probability is not (> 0 and < 1)) throw new InputException("probability", $"found {probability}, expected between 0 and 1");

        ParetoTail tail = Fit(losses, threshold);
        double perYear = lossesPerYear * tail.Exceedances / tail.Sample;
        double single = Math.Max(0.99, 1 - ((double)tail.Exceedances / tail.Sample));
        if (!(tail.Shape < HeaviestShape)) return new SizedFund(tail, null, null);

        var maxima = new List<double>(Resamples);
        var means = new List<double>(Resamples);
        var chance = new SeededStream(seed);
        double[] sample = new double[tail.Exceedances];
        for (int i = 0; i < Resamples; i++)
        {
            for (int k = 0; k < sample.Length; k++) sample[k] = tail.BeyondThreshold(1 - chance.NextDouble());
            ParetoTail again = ParetoTail.Fit(sample, threshold) with { Sample = tail.Sample };
            maxima.Add(FundSizing.AnnualMaximum(again, perYear, probability));
            means.Add(again.ExpectedShortfall(single));
        }

        return new SizedFund(
            tail,
            Around(FundSizing.AnnualMaximum(tail, perYear, probability), maxima),
            Around(tail.ExpectedShortfall(single), means));
    }

    /// <summary>Cover: the k largest shortfalls in the worst scenario, and how it varies when members are drawn anew.</summary>
    /// <param name="shortfalls">Of each scenario, every member's shortfall, all in one order.</param>
    /// <param name="defaults">k.</param>
    /// <param name="seed">Of the resampling.</param>
    public static Interval Cover(IReadOnlyList<double[]> shortfalls, int defaults, ulong seed = 1)
    {
        double estimate = FundSizing.Cover(shortfalls, defaults);
        int members = shortfalls.Count > 0 ? shortfalls[0].Length : 0;
        if (members == 0 || estimate == 0) return new Interval(estimate, estimate, estimate);

        // Only who falls short anywhere can matter; the others are drawn as nobody.
        int[] falling = [.. Enumerable.Range(0, members).Where(m => shortfalls.Any(losses => losses[m] > 0))];
        var chance = new SeededStream(seed);
        var sums = new List<double>(Resamples);
        int[] drawn = new int[members];
        for (int i = 0; i < Resamples; i++)
        {
            for (int m = 0; m < members; m++) drawn[m] = chance.NextInt(members);
            int[] hit = [.. drawn.Where(m => Array.BinarySearch(falling, m) >= 0)];
            sums.Add(FundSizing.Cover(shortfalls.Select(losses => hit.Select(m => losses[m])), defaults));
        }

        return Around(estimate, sums);
    }

    private static Interval Around(double estimate, List<double> drawn)
    {
        drawn.Sort();
        double edge = (1 - Confidence) / 2;

        return new Interval(estimate, drawn[(int)(edge * drawn.Count)], drawn[Math.Min(drawn.Count - 1, (int)((1 - edge) * drawn.Count))]);
    }

    private static ParetoTail Fit(ReadOnlySpan<double> losses, double threshold)
    {
        try
        {
            return ParetoTail.Fit(losses, threshold);
        }
        catch (ArgumentException fault)
        {
            throw new InputException("losses", fault.Message, fault);
        }
    }
}
