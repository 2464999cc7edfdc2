namespace Plimsoll.Numerics;

/// <summary>A likelihood ratio and the probability of one as large if the forecast were right.</summary>
/// <param name="Ratio">−2·ln of the likelihoods' ratio, 0 or more.</param>
/// <param name="Probability">The p-value; small speaks against the forecast.</param>
public readonly record struct RatioTest(double Ratio, double Probability);

/// <summary>
/// Whether bounds that should be exceeded with a stated probability were: how often, and whether exceptions come in clusters.
/// Sources: Kupiec, "Techniques for verifying the accuracy of risk measurement models" (1995); Christoffersen, "Evaluating
/// interval forecasts" (1998). Both tests are two-sided: too few exceptions speak against a forecast as too many do.
/// </summary>
public sealed class ExceptionTest
{
    private const double NormalAt95 = 1.959963984540054;

    private readonly int _quietThenQuiet;
    private readonly int _quietThenException;
    private readonly int _exceptionThenQuiet;
    private readonly int _exceptionThenException;

    /// <summary>A test.</summary>
    /// <param name="exceptions">In order of time: whether the bound was exceeded.</param>
    /// <param name="probability">What an exception's probability should be, above 0 and under 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability lies outside its range.</exception>
    public ExceptionTest(ReadOnlySpan<bool> exceptions, double probability)
    {
        if (!(probability is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(probability), probability, "Expected a probability above 0 and under 1.");
        Probability = probability;
        Trials = exceptions.Length;
        for (var i = 0; i < exceptions.Length; i++)
        {
            if (exceptions[i]) Exceptions++;
            if (i == 0) continue;
            if (exceptions[i - 1])
            {
                if (exceptions[i]) _exceptionThenException++;
                else _exceptionThenQuiet++;
            }
            else if (exceptions[i])
            {
                _quietThenException++;
            }
            else
            {
                _quietThenQuiet++;
            }
        }
    }

    /// <summary>What an exception's probability should be.</summary>
    public double Probability { get; }

    /// <summary>How many bounds were tried.</summary>
    public int Trials { get; }

    /// <summary>How many were exceeded.</summary>
    public int Exceptions { get; }

    /// <summary>The share that held; NaN of none.</summary>
    public double Coverage => 1 - (Exceptions / (double)Trials);

    /// <summary>Kupiec's test of the number of exceptions (one degree of freedom).</summary>
    public RatioTest Kupiec => Test(2 * (Likelihood(Exceptions, Trials - Exceptions) - At(Probability, Exceptions, Trials - Exceptions)), ChiSquare.TailOfOne);

    /// <summary>Christoffersen's test that an exception makes none on the next day likelier (one degree of freedom).</summary>
    public RatioTest Independence
    {
        get
        {
            var apart = Likelihood(_quietThenException, _quietThenQuiet) + Likelihood(_exceptionThenException, _exceptionThenQuiet);
            var together = Likelihood(_quietThenException + _exceptionThenException, _quietThenQuiet + _exceptionThenQuiet);
            return Test(2 * (apart - together), ChiSquare.TailOfOne);
        }
    }

    /// <summary>Both at once: conditional coverage (two degrees of freedom).</summary>
    public RatioTest ConditionalCoverage => Test(Kupiec.Ratio + Independence.Ratio, ChiSquare.TailOfTwo);

    /// <summary>Wilson's 95 % interval of the true coverage, exceptions taken as independent; 0 to 1 of none.</summary>
    public (double Low, double High) CoverageInterval
    {
        get
        {
            if (Trials == 0) return (0, 1);
            var (n, square) = ((double)Trials, NormalAt95 * NormalAt95);
            var middle = (Coverage + (square / (2 * n))) / (1 + (square / n));
            var half = NormalAt95 / (1 + (square / n)) * Math.Sqrt((Coverage * (1 - Coverage) / n) + (square / (4 * n * n)));
            return (Math.Max(0, middle - half), Math.Min(1, middle + half));
        }
    }

    private static RatioTest Test(double ratio, Func<double, double> tail)
    {
        // Equal likelihoods may differ by rounding.
        var atLeastNothing = Math.Max(0, ratio);
        return new RatioTest(atLeastNothing, tail(atLeastNothing));
    }

    /// <summary>The log-likelihood at the observed share.</summary>
    private static double Likelihood(int exceptions, int quiet) =>
        exceptions + quiet == 0 ? 0 : At(exceptions / (double)(exceptions + quiet), exceptions, quiet);

    /// <summary>The log-likelihood at a probability, 0·ln 0 taken as 0.</summary>
    private static double At(double probability, int exceptions, int quiet) =>
        (exceptions == 0 ? 0 : exceptions * Exact.Log(probability)) + (quiet == 0 ? 0 : quiet * Exact.LogOnePlus(-probability));
}
