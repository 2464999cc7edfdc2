namespace Plimsoll.Numerics;

/// <summary>
/// The transcendental functions of the house for single numbers: made of + − × ÷, square root, fused multiply-add and bit
/// moves only, so that every machine answers with the same bits. Bounds of error are in units in the last place (ulp)
/// and are held by tests against 60-digit values.
/// </summary>
public static class Exact
{
    /// <summary>eˣ, within 1 ulp; 0 at −∞, +∞ above 709.78, NaN for NaN.</summary>
    public static double Exp(double x) => Exponential.Of(new Lane1(x)).Value;

    /// <summary>eˣ − 1 without cancellation near 0, within 3 ulp.</summary>
    public static double ExpMinusOne(double x) => x == 0 ? x : Exponential.LessOne(new Lane1(x)).Value;

    /// <summary>ln x, within 1 ulp; −∞ at 0, NaN below.</summary>
    public static double Log(double x) => Logarithm.Of(new Lane1(x)).Value;

    /// <summary>ln(1 + x) without cancellation near 0, within 3 ulp; −∞ at −1, NaN below.</summary>
    public static double LogOnePlus(double x)
    {
        var whole = 1 + x;
        if (whole == 1 || double.IsPositiveInfinity(whole)) return x;

        // Kahan: what 1 + x lost in rounding is given back as the ratio of x to what remained.
        return Log(whole) * (x / (whole - 1));
    }

    /// <summary>ln(x/y), within 2 ulp also where x/y is nearly 1; NaN where ln x or ln y is.</summary>
    public static double LogRatio(double x, double y) =>
        double.IsNormal(x) && double.IsNormal(y) && x > 0 && y > 0
            ? LogarithmOfRatio.OfBounded(new Lane1(x), new Lane1(y)).Value
            : Log(x) - Log(y);

    /// <summary>√x, correctly rounded; NaN below 0.</summary>
    public static double Sqrt(double x) => Math.Sqrt(x);

    /// <summary>xʸ, within 1 ulp, with the special cases of IEEE 754 <c>pow</c>.</summary>
    public static double Pow(double x, double y) => Power.Of(x, y);

    /// <summary>The standard normal density φ(x), within 2 ulp.</summary>
    public static double NormalDensity(double x) => NormalDistribution.Density(new Lane1(x)).Value;

    /// <summary>The standard normal distribution N(x), within 5 ulp, relative, down to the least subnormal.</summary>
    public static double NormalCdf(double x) => NormalDistribution.Cdf(new Lane1(x)).Value;

    /// <summary>The Mills ratio N(−y)/φ(y), within 4 ulp for y ≥ 0.</summary>
    public static double Mills(double y) => NormalDistribution.Mills(new Lane1(y)).Value;

    /// <summary>What the Mills ratio falls by from y to y + step, within 24 ulp however small the step; NaN where either is negative.</summary>
    public static double MillsFall(double y, double step) =>
        y >= 0 && step >= 0 ? MillsDifference.Bounded(new Lane1(y), new Lane1(y + step), new Lane1(step)).Fall.Value : double.NaN;

    /// <summary>The x with N(x) = p: −∞ at 0, +∞ at 1, NaN outside 0 to 1; relative error about 1e-15.</summary>
    public static double NormalQuantile(double p) => NormalInverse.Of(p);
}
