namespace Plimsoll.Numerics;

/// <summary>Tails of the chi-square distribution for the degrees of freedom that have a closed form.</summary>
public static class ChiSquare
{
    /// <summary>P(X &gt; x) with one degree of freedom: 2·N(−√x).</summary>
    public static double TailOfOne(double x) => x <= 0 ? 1 : 2 * Exact.NormalCdf(-Math.Sqrt(x));

    /// <summary>P(X &gt; x) with two degrees of freedom: exp(−x/2).</summary>
    public static double TailOfTwo(double x) => x <= 0 ? 1 : Exact.Exp(-x / 2);
}
