namespace Plimsoll.Numerics;

/// <summary>
/// One or several real numbers that move together. A formula is written once against this interface and runs on
/// <see cref="Lane1"/> (plain doubles), <see cref="Lane4"/> (256 bits) or <see cref="Lane8"/> (512 bits).
/// </summary>
/// <remarks>
/// The law: every member does to each lane exactly what IEEE 754 double arithmetic does to one number, rounding once
/// per operation, so that a formula gives the same bits on every width and every instruction set. Estimates, reciprocal
/// tricks and implicitly fused operations have no member here on purpose.
/// A <i>mask</i> is a value whose lanes are all ones (true) or all zeros (false).
/// </remarks>
/// <typeparam name="TSelf">The lane type itself.</typeparam>
public interface IReal<TSelf> where TSelf : struct, IReal<TSelf>
{
    /// <summary>How many numbers move together.</summary>
    static abstract int Lanes { get; }

    /// <summary>Whether this machine runs this width in hardware.</summary>
    static abstract bool IsAccelerated { get; }

    /// <summary>The same number in every lane.</summary>
    static abstract TSelf Of(double value);

    /// <summary>The same bit pattern in every lane.</summary>
    static abstract TSelf OfBits(long bits);

    /// <summary>Reads <see cref="Lanes"/> consecutive numbers; the caller vouches that they exist.</summary>
    static abstract TSelf Load(ref readonly double source);

    /// <summary>Writes <see cref="Lanes"/> consecutive numbers; the caller vouches that there is room.</summary>
    static abstract void Store(TSelf value, ref double destination);

    /// <summary>Sum.</summary>
    static abstract TSelf operator +(TSelf left, TSelf right);

    /// <summary>Difference.</summary>
    static abstract TSelf operator -(TSelf left, TSelf right);

    /// <summary>Product.</summary>
    static abstract TSelf operator *(TSelf left, TSelf right);

    /// <summary>Quotient.</summary>
    static abstract TSelf operator /(TSelf left, TSelf right);

    /// <summary>The sign turned, also of zero.</summary>
    static abstract TSelf operator -(TSelf value);

    /// <summary><c>a × b + c</c>, rounded once.</summary>
    static abstract TSelf FusedMultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>Square root, correctly rounded.</summary>
    static abstract TSelf Sqrt(TSelf value);

    /// <summary>The value without its sign.</summary>
    static abstract TSelf Abs(TSelf value);

    /// <summary>The lesser; NaN if either is NaN; −0 counts as less than +0.</summary>
    static abstract TSelf Min(TSelf left, TSelf right);

    /// <summary>The greater; NaN if either is NaN; +0 counts as greater than −0.</summary>
    static abstract TSelf Max(TSelf left, TSelf right);

    /// <summary>Mask: left is less than right; false where either is NaN.</summary>
    static abstract TSelf LessThan(TSelf left, TSelf right);

    /// <summary>Mask: equal; false where either is NaN.</summary>
    static abstract TSelf AreEqual(TSelf left, TSelf right);

    /// <summary>Lane by lane: <paramref name="whenTrue"/> where the mask is true, else <paramref name="whenFalse"/>.</summary>
    static abstract TSelf Select(TSelf mask, TSelf whenTrue, TSelf whenFalse);

    /// <summary>Bitwise and.</summary>
    static abstract TSelf And(TSelf left, TSelf right);

    /// <summary>Bitwise or.</summary>
    static abstract TSelf Or(TSelf left, TSelf right);

    /// <summary>Bitwise exclusive or.</summary>
    static abstract TSelf Xor(TSelf left, TSelf right);

    /// <summary>Adds the bit patterns as 64-bit whole numbers, wrapping.</summary>
    static abstract TSelf AddBits(TSelf left, TSelf right);

    /// <summary>Shifts the bit patterns left, filling with zeros.</summary>
    static abstract TSelf ShiftLeft(TSelf value, int bits);

    /// <summary>Shifts the bit patterns right, filling with zeros.</summary>
    static abstract TSelf ShiftRight(TSelf value, int bits);

    /// <summary>Whether the mask is true in any lane.</summary>
    static abstract bool Any(TSelf mask);

    /// <summary>One bit per lane, the first lane lowest: 1 where the mask is true.</summary>
    static abstract uint MaskBits(TSelf mask);

    /// <summary>The least of the lanes, by the rules of <see cref="Min"/>.</summary>
    static abstract double MinAcross(TSelf value);

    /// <summary>eˣ within one unit in the last place, subnormals, infinities and NaN included.</summary>
    static virtual TSelf Exp(TSelf x) => Exponential.Of(x);

    /// <summary>eˣ for −708 ≤ x ≤ 709; other arguments give nonsense, never a fault.</summary>
    static virtual TSelf ExpBounded(TSelf x) => Exponential.OfBounded(x);

    /// <summary>ln x within one unit in the last place; −∞ at 0, NaN below.</summary>
    static virtual TSelf Log(TSelf x) => Logarithm.Of(x);

    /// <summary>ln x for positive normal finite x; other arguments give nonsense, never a fault.</summary>
    static virtual TSelf LogBounded(TSelf x) => Logarithm.OfBounded(x);

    /// <summary>ln(x/y) within two units in the last place, for positive normal finite x and y; others give nonsense, never a fault.</summary>
    static virtual TSelf LogRatioBounded(TSelf x, TSelf y) => LogarithmOfRatio.OfBounded(x, y);

    /// <summary>The Mills ratio N(−y)/φ(y) within four units in the last place.</summary>
    static virtual TSelf Mills(TSelf y) => NormalDistribution.Mills(y);

    /// <summary>The Mills ratio for finite y ≥ 0; other arguments give nonsense, never a fault.</summary>
    static virtual TSelf MillsBounded(TSelf y) => NormalDistribution.MillsBounded(y);

    /// <summary>
    /// The Mills ratios of y and far, and what it falls by between them, for finite 0 ≤ y ≤ far; step is far − y as precisely as it
    /// is known. Other arguments give nonsense, never a fault.
    /// </summary>
    static virtual MillsPair<TSelf> MillsFallBounded(TSelf y, TSelf far, TSelf step) => MillsDifference.Bounded(y, far, step);

    /// <summary>The Mills ratio of −y less that of y, for 0 ≤ y ≤ 0.3, within two units in the last place.</summary>
    static virtual TSelf MillsRiseBounded(TSelf y) => MillsDifference.Rise(y);

    /// <summary>The standard normal density within two units in the last place.</summary>
    static virtual TSelf NormalDensity(TSelf x) => NormalDistribution.Density(x);

    /// <summary>The standard normal distribution within five units in the last place, relative, down to the least subnormal.</summary>
    static virtual TSelf NormalCdf(TSelf x) => NormalDistribution.Cdf(x);
}
