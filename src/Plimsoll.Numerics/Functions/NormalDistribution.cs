using System.Runtime.CompilerServices;

namespace Plimsoll.Numerics;

/// <summary>
/// The normal distribution by way of the Mills ratio M(y) = N(−y)/φ(y), which stays of ordinary size where both N and φ
/// vanish; so deep tails keep their relative precision.
/// <list type="number">
/// <item>t = (y − 4)/(y + 4) maps 0 ≤ y &lt; ∞ to −1 ≤ t &lt; 1; M(y) = G(t)/(y + 4).</item>
/// <item>G is one polynomial of degree 24: a Chebyshev fit of √(π/2)·erfcx(y/√2)·(y + 4) with relative error 1.2e-16.</item>
/// <item>φ(y) is taken of the exact square y² = h + l, since rounding y² alone would cost hundreds of units far out.</item>
/// <item>N(x) = φ(x)·M(−x) for x ≤ 0, else 1 − φ(x)·M(x).</item>
/// </list>
/// </summary>
internal static class NormalDistribution
{
    /// <summary>Beyond this φ is zero in double precision, and y² still far from overflow.</summary>
    private const double FarOut = 1000;

    private const double PerRootTwoPi = 0.3989422804014327;
    private const double RootTwoPi = 2.5066282746310002;

    /// <summary>M(y) for 0 ≤ y &lt; ∞ only: the cheap form for kernels that know their range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T MillsBounded<T>(T y) where T : struct, IReal<T>
    {
        var r = T.Of(1) / (y + T.Of(4));
        return Numerator((y - T.Of(4)) * r) * r;
    }

    /// <summary>M(y) for every y: 0 at +∞, growing like √(2π)·e^(y²/2) below 0, NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Mills<T>(T y) where T : struct, IReal<T>
    {
        var finite = T.Select(T.LessThan(T.Of(double.MaxValue), T.Abs(y)), T.Of(double.MaxValue), T.Abs(y));
        var m = MillsBounded(finite);
        m = T.Select(T.AreEqual(y, T.Of(double.PositiveInfinity)), T.Of(0), m);

        var bounded = T.Select(T.LessThan(T.Of(FarOut), finite), T.Of(FarOut), finite);
        var square = bounded * bounded;
        var rest = T.FusedMultiplyAdd(bounded, bounded, -square);
        var whole = T.Of(RootTwoPi) * Exponential.OfSum(T.Of(0.5) * square, T.Of(0.5) * rest);
        return T.Select(T.LessThan(y, T.Of(0)), whole - m, m);
    }

    /// <summary>φ(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Density<T>(T x) where T : struct, IReal<T>
    {
        var y = Bounded(x);
        var square = y * y;
        var rest = T.FusedMultiplyAdd(y, y, -square);
        return T.Of(PerRootTwoPi) * Exponential.OfSum(T.Of(-0.5) * square, T.Of(-0.5) * rest);
    }

    /// <summary>N(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Cdf<T>(T x) where T : struct, IReal<T>
    {
        var tail = Density(x) * MillsBounded(Bounded(x));
        var below = T.Select(T.AreEqual(x, T.Of(0)), T.Of(0.5), tail);
        return T.Select(T.LessThan(T.Of(0), x), T.Of(1) - tail, below);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Bounded<T>(T x) where T : struct, IReal<T>
    {
        var y = T.Abs(x);
        return T.Select(T.LessThan(T.Of(FarOut), y), T.Of(FarOut), y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Numerator<T>(T t) where T : struct, IReal<T>
    {
        var t2 = t * t;
        var t4 = t2 * t2;
        var t8 = t4 * t4;
        var p0 = T.FusedMultiplyAdd(T.FusedMultiplyAdd(T.Of(-0.46754096299832926), t, T.Of(0.9704095548675874)), t2, T.FusedMultiplyAdd(T.Of(-1.5237709108199835), t, T.Of(1.8932190633084853)));
        var p4 = T.FusedMultiplyAdd(T.FusedMultiplyAdd(T.Of(0.00408785568219404), t, T.Of(-0.008722295275113486)), t2, T.FusedMultiplyAdd(T.Of(-0.01890045086179461), t, T.Of(0.1513917623124891)));
        var p8 = T.FusedMultiplyAdd(T.FusedMultiplyAdd(T.Of(8.809575792458322e-05), t, T.Of(-4.7833112184110975e-06)), t2, T.FusedMultiplyAdd(T.Of(-0.0005792693112383798), t, T.Of(0.00033424462447582926)));
        var p12 = T.FusedMultiplyAdd(T.FusedMultiplyAdd(T.Of(2.568874136537752e-06), t, T.Of(-1.5791693622508294e-06)), t2, T.FusedMultiplyAdd(T.Of(-1.4843347253192145e-05), t, T.Of(1.7965666540766273e-06)));
        var p16 = T.FusedMultiplyAdd(T.FusedMultiplyAdd(T.Of(4.482320698500451e-08), t, T.Of(-2.1840990663360538e-07)), t2, T.FusedMultiplyAdd(T.Of(-4.0062629096009056e-07), t, T.Of(6.836016680202914e-07)));
        var p20 = T.FusedMultiplyAdd(T.FusedMultiplyAdd(T.Of(-2.943309876164064e-10), t, T.Of(-9.520279114401137e-09)), t2, T.FusedMultiplyAdd(T.Of(-1.5092418186138625e-09), t, T.Of(5.415426718115919e-08)));

        var low = T.FusedMultiplyAdd(p4, t4, p0);
        var middle = T.FusedMultiplyAdd(p12, t4, p8);
        var high = T.FusedMultiplyAdd(T.Of(8.812534041623883e-10), t8, T.FusedMultiplyAdd(p20, t4, p16));
        return T.FusedMultiplyAdd(T.FusedMultiplyAdd(high, t8, middle), t8, low);
    }
}
