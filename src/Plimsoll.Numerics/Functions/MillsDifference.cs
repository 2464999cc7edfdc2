using System.Runtime.CompilerServices;

namespace Plimsoll.Numerics;

/// <summary>Two Mills ratios and the exact-to-rounding difference between them.</summary>
/// <typeparam name="T">The lane type.</typeparam>
/// <param name="near">M(y).</param>
/// <param name="far">M(y + step).</param>
/// <param name="fall">M(y) − M(y + step).</param>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
public readonly struct MillsPair<T>(T near, T far, T fall) where T : struct, IReal<T>
{
    /// <summary>M(y).</summary>
    public readonly T Near = near;

    /// <summary>M(y + step).</summary>
    public readonly T Far = far;

    /// <summary>M(y) − M(y + step), however small the step, within 24 units in the last place.</summary>
    public readonly T Fall = fall;
}

/// <summary>
/// Differences of the Mills ratio M(y) = N(−y)/φ(y), without the cancellation of subtracting two nearly equal numbers.
/// <list type="number">
/// <item>M(y) = r·G(t) with r = 1/(y + 4), t = (y − 4)r = 1 − 8r; G is a Chebyshev fit of degree 24 with error 2e-17, whose slope
/// is good to 2e-15 at the ends and 1e-16 between.</item>
/// <item>r₁ − r₂ = (y₂ − y₁)·r₁r₂ and t₁ − t₂ = −8(r₁ − r₂), so M(y₁) − M(y₂) = (y₂ − y₁)·r₁r₂·(G(t₂) − 8r₁·G[t₁,t₂]): a
/// sum of positive terms.</item>
/// <item>The divided difference G[t₁,t₂] comes from Horner's scheme run twice, on the powers modulo 4 side by side.</item>
/// </list>
/// </summary>
internal static class MillsDifference
{
    /// <summary>M(y), M(far) and their difference, for finite 0 ≤ y ≤ far; other arguments give nonsense, never a fault.</summary>
    /// <param name="y">The nearer argument.</param>
    /// <param name="far">The farther one, as rounded.</param>
    /// <param name="step">far − y, as precise as it is known.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static MillsPair<T> Bounded<T>(T y, T far, T step) where T : struct, IReal<T>
    {
        var (y4, far4) = (y + T.Of(4), far + T.Of(4));
        var both = T.Of(1) / (y4 * far4);
        var (r1, r2) = (both * far4, both * y4);
        var (t1, t2) = ((y - T.Of(4)) * r1, (far - T.Of(4)) * r2);
        var (u1, u2) = (t1 * t1, t2 * t2);
        var (w1, w2) = (u1 * u1, u2 * u2);

        // a, b, c, d are the powers 0, 1, 2, 3 modulo 4 at t₂; da … dd their divided differences between t₁⁴ and t₂⁴.
        var (a, b) = (T.Of(8.812534041624495e-10), T.Of(-1.509241818614183e-09));
        var (c, d) = (T.Of(-9.520279114401458e-09), T.Of(-2.9433098761634534e-10));
        var (da, db, dc, dd) = (a, b, c, d);
        a = T.FusedMultiplyAdd(a, w2, T.Of(5.4154267181159925e-08));
        b = T.FusedMultiplyAdd(b, w2, T.Of(-4.006262909600915e-07));
        c = T.FusedMultiplyAdd(c, w2, T.Of(-2.1840990663360633e-07));
        d = T.FusedMultiplyAdd(d, w2, T.Of(4.482320698500524e-08));
        Step(ref a, ref da, w1, w2, 6.836016680202922e-07);
        Step(ref b, ref db, w1, w2, -1.4843347253192145e-05);
        Step(ref c, ref dc, w1, w2, -1.5791693622508298e-06);
        Step(ref d, ref dd, w1, w2, 2.5688741365377523e-06);
        Step(ref a, ref da, w1, w2, 1.7965666540766273e-06);
        Step(ref b, ref db, w1, w2, -0.0005792693112383798);
        Step(ref c, ref dc, w1, w2, -4.7833112184110975e-06);
        Step(ref d, ref dd, w1, w2, 8.809575792458322e-05);
        Step(ref a, ref da, w1, w2, 0.00033424462447582926);
        Step(ref b, ref db, w1, w2, -0.01890045086179461);
        Step(ref c, ref dc, w1, w2, -0.008722295275113486);
        Step(ref d, ref dd, w1, w2, 0.00408785568219404);
        Step(ref a, ref da, w1, w2, 0.1513917623124891);
        Step(ref b, ref db, w1, w2, -1.5237709108199835);
        Step(ref c, ref dc, w1, w2, 0.9704095548675874);
        Step(ref d, ref dd, w1, w2, -0.46754096299832926);
        Step(ref a, ref da, w1, w2, 1.8932190633084853);

        var t = t1 + t2;
        var g2 = T.FusedMultiplyAdd(u2, T.FusedMultiplyAdd(t2, d, c), T.FusedMultiplyAdd(t2, b, a));
        var across = T.FusedMultiplyAdd(u1, T.FusedMultiplyAdd(t1, dd, dc), T.FusedMultiplyAdd(t1, db, da));
        var slope = T.FusedMultiplyAdd(t * (u1 + u2), across, T.FusedMultiplyAdd(T.FusedMultiplyAdd(t, t2, u1), d, T.FusedMultiplyAdd(t, c, b)));
        var fall = step * both * T.FusedMultiplyAdd(T.Of(-8) * r1, slope, g2);
        var last = g2 * r2;
        return new MillsPair<T>(last + fall, last, fall);
    }

    /// <summary>M(−y) − M(y) = 2y·Σ y²ᵏ/(2k + 1)!! for 0 ≤ y ≤ 0.3, within 2 units in the last place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Rise<T>(T y) where T : struct, IReal<T>
    {
        var z = y * y;
        var sum = T.FusedMultiplyAdd(T.Of(1.0 / 34459425), z, T.Of(1.0 / 2027025));
        sum = T.FusedMultiplyAdd(sum, z, T.Of(1.0 / 135135));
        sum = T.FusedMultiplyAdd(sum, z, T.Of(1.0 / 10395));
        sum = T.FusedMultiplyAdd(sum, z, T.Of(1.0 / 945));
        sum = T.FusedMultiplyAdd(sum, z, T.Of(1.0 / 105));
        sum = T.FusedMultiplyAdd(sum, z, T.Of(1.0 / 15));
        sum = T.FusedMultiplyAdd(sum, z, T.Of(1.0 / 3));
        sum = T.FusedMultiplyAdd(sum, z, T.Of(1));
        return (y + y) * sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<T>(ref T value, ref T difference, T u1, T u2, double next) where T : struct, IReal<T>
    {
        difference = T.FusedMultiplyAdd(difference, u1, value);
        value = T.FusedMultiplyAdd(value, u2, T.Of(next));
    }
}
