using System.Runtime.CompilerServices;

namespace Plimsoll.Numerics;

/// <summary>
/// eˣ, the same bits at every width, within one unit in the last place.
/// <list type="number">
/// <item>n = x/ln 2 rounded to a whole number; r = x − n·ln 2, with ln 2 in two parts so that nothing of x is lost.</item>
/// <item>eʳ = 1 + r + r²·q(r) on |r| ≤ ½·ln 2; q is a Chebyshev fit of degree 10 with relative error 4e-19.</item>
/// <item>The result is scaled by 2ⁿ in two halves, so that subnormal results round once.</item>
/// </list>
/// </summary>
internal static class Exponential
{
    /// <summary>Adding this to a number below 2⁵¹ rounds it to a whole number and leaves that number in the low bits.</summary>
    private const double Rounder = 6755399441055744.0; // 1.5 × 2⁵²

    private const double PerLn2 = 1.4426950408889634;
    private const double Ln2High = 6.93147180369123816490e-01; // 32 bits, so that n × high is exact
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double Greatest = 710; // overflows
    private const double Least = -746; // rounds to zero

    /// <summary>eˣ for every x: 0 at −∞, +∞ above 709.78, NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Of<T>(T x) where T : struct, IReal<T> => OfSum(x, T.Of(0));

    /// <summary>e^(x + tail) where |tail| is at most a few units in the last place of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T OfSum<T>(T x, T tail) where T : struct, IReal<T>
    {
        var bounded = T.Select(T.LessThan(x, T.Of(Least)), T.Of(Least), x);
        bounded = T.Select(T.LessThan(T.Of(Greatest), bounded), T.Of(Greatest), bounded);
        var n = T.FusedMultiplyAdd(bounded, T.Of(PerLn2), T.Of(Rounder)) - T.Of(Rounder);
        var y = T.Of(1) + ReducedLessOne(bounded, tail, n);

        var halved = T.FusedMultiplyAdd(n, T.Of(0.5), T.Of(Rounder));
        var rest = (n - (halved - T.Of(Rounder))) + T.Of(Rounder);
        y = y * PowerOfTwo(halved) * PowerOfTwo(rest);
        return T.Select(T.AreEqual(x, x), y, T.Of(double.NaN));
    }

    /// <summary>eˣ for −708 ≤ x ≤ 709 only: the cheap form for kernels that know their range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T OfBounded<T>(T x) where T : struct, IReal<T>
    {
        var rounded = T.FusedMultiplyAdd(x, T.Of(PerLn2), T.Of(Rounder));
        var n = rounded - T.Of(Rounder);
        return (T.Of(1) + Series(T.FusedMultiplyAdd(-n, T.Of(Ln2Low), T.FusedMultiplyAdd(-n, T.Of(Ln2High), x)))) * PowerOfTwo(rounded);
    }

    /// <summary>eˣ − 1 without cancellation near 0.</summary>
    public static T LessOne<T>(T x) where T : struct, IReal<T>
    {
        var near = ReducedLessOne(x, T.Of(0), T.Of(0));
        return T.Select(T.LessThan(T.Abs(x), T.Of(0.34)), near, Of(x) - T.Of(1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T ReducedLessOne<T>(T x, T tail, T n) where T : struct, IReal<T>
    {
        var high = T.FusedMultiplyAdd(-n, T.Of(Ln2High), x);
        return Series(T.FusedMultiplyAdd(-n, T.Of(Ln2Low), high + tail));
    }

    /// <summary>eʳ − 1 on |r| ≤ ½·ln 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Series<T>(T r) where T : struct, IReal<T>
    {
        var r2 = r * r;
        var r4 = r2 * r2;
        var q01 = T.FusedMultiplyAdd(T.Of(0.1666666666666667), r, T.Of(0.5));
        var q23 = T.FusedMultiplyAdd(T.Of(0.008333333333326136), r, T.Of(0.04166666666666667));
        var q45 = T.FusedMultiplyAdd(T.Of(0.00019841269874820627), r, T.Of(0.0013888888888883748));
        var q67 = T.FusedMultiplyAdd(T.Of(2.7557255400206422e-06), r, T.Of(2.4801587325547743e-05));
        var q89 = T.FusedMultiplyAdd(T.Of(2.5105217004720745e-08), r, T.Of(2.75572736431103e-07));
        var q03 = T.FusedMultiplyAdd(q23, r2, q01);
        var q47 = T.FusedMultiplyAdd(q67, r2, q45);
        var q8a = T.FusedMultiplyAdd(T.Of(2.0914686968086876e-09), r2, q89);
        var q = T.FusedMultiplyAdd(T.FusedMultiplyAdd(q8a, r4, q47), r4, q03);
        return T.FusedMultiplyAdd(r2, q, r);
    }

    /// <summary>2ⁿ for a whole number n that <see cref="Rounder"/> was added to; −1022 ≤ n ≤ 1023.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T PowerOfTwo<T>(T rounded) where T : struct, IReal<T> =>
        T.ShiftLeft(T.AddBits(rounded, T.OfBits(1023)), 52);
}
