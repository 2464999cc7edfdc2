using System.Runtime.CompilerServices;

namespace Plimsoll.Numerics;

/// <summary>
/// ln x, the same bits at every width, within one unit in the last place. The method is FreeBSD's <c>e_log.c</c>
/// (Sun Microsystems, 1993), with the polynomial as a tree:
/// <list type="number">
/// <item>x = 2ᵏ·(1 + f) with √½ ≤ 1 + f &lt; √2.</item>
/// <item>s = f/(2 + f), so that ln(1 + f) = 2s + ⅔s³ + …; R(s²) is a minimax fit with error below 2⁻⁵⁸.</item>
/// <item>ln x = k·ln2ₕ − ((f²/2 − (s·(f²/2 + R) + k·ln2ₗ)) − f), the large parts last.</item>
/// </list>
/// </summary>
internal static class Logarithm
{
    private const long RootHalfBits = 0x3fe6a09e667f3bcdL;
    private const long OneLessRootHalfBits = 0x3ff0000000000000L - RootHalfBits;
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double LeastNormal = 2.2250738585072014e-308;
    private const double TwoTo54 = 18014398509481984.0;
    private const double TwoTo52 = 4503599627370496.0;
    private const double BiasAboveTwoTo52 = 4503599627370496.0 + 1023;

    /// <summary>ln x for every x: −∞ at 0, NaN below, +∞ at +∞.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Of<T>(T x) where T : struct, IReal<T>
    {
        var small = T.LessThan(x, T.Of(LeastNormal));
        var scaled = T.Select(small, x * T.Of(TwoTo54), x);
        var y = OfScaled(scaled, T.Select(small, T.Of(54), T.Of(0)));

        y = T.Select(T.LessThan(x, T.Of(double.PositiveInfinity)), y, x);
        y = T.Select(T.AreEqual(x, T.Of(0)), T.Of(double.NegativeInfinity), y);
        var isNumber = T.AreEqual(x, x);
        var notNegative = T.LessThan(T.Of(-double.Epsilon), x);
        return T.Select(T.And(isNumber, notNegative), y, T.Of(double.NaN));
    }

    /// <summary>ln x for positive normal finite x only: the cheap form for kernels that know their range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T OfBounded<T>(T x) where T : struct, IReal<T> => OfScaled(x, T.Of(0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T OfScaled<T>(T x, T shifted) where T : struct, IReal<T>
    {
        var raised = T.AddBits(x, T.OfBits(OneLessRootHalfBits));
        var k = T.Or(T.ShiftRight(raised, 52), T.Of(TwoTo52)) - T.Of(BiasAboveTwoTo52) - shifted;
        var mantissa = T.AddBits(T.And(raised, T.OfBits(0x000fffffffffffffL)), T.OfBits(RootHalfBits));
        var f = mantissa - T.Of(1);

        var s = f / (T.Of(2) + f);
        var half = T.Of(0.5) * f * f;
        var r = Remainder(s * s);
        var inner = T.FusedMultiplyAdd(s, half + r, k * T.Of(Ln2Low));
        return T.FusedMultiplyAdd(k, T.Of(Ln2High), f - (half - inner));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Remainder<T>(T z) where T : struct, IReal<T>
    {
        var z2 = z * z;
        var z4 = z2 * z2;
        var p12 = T.FusedMultiplyAdd(T.Of(3.999999999940941908e-01), z, T.Of(6.666666666666735130e-01));
        var p34 = T.FusedMultiplyAdd(T.Of(2.222219843214978396e-01), z, T.Of(2.857142874366239149e-01));
        var p56 = T.FusedMultiplyAdd(T.Of(1.531383769920937332e-01), z, T.Of(1.818357216161805012e-01));
        var p14 = T.FusedMultiplyAdd(p34, z2, p12);
        var p57 = T.FusedMultiplyAdd(T.Of(1.479819860511658591e-01), z2, p56);
        return T.FusedMultiplyAdd(p57, z4, p14) * z;
    }
}
