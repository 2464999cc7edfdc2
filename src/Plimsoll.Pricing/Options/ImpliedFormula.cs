using System.Runtime.CompilerServices;
using Plimsoll.Numerics;

namespace Plimsoll.Pricing.Options;

/// <summary>
/// Total volatility from a price, at every width, in the spirit of Jäckel's "Let's be rational" (Wilmott, 2015): a guess by branch, then
/// a fixed number of steps of high order. With u = |ln F/K|, L = min(F, K) and c the time value over L, a number between 0 and 1:
/// <list type="number">
/// <item>As a function of s = σ√T, c bends at s = √(2u), where d = u/s − s/2 is 0 and c = φ(0)·(M(0) − M(√(2u))) = c₀.</item>
/// <item>Below, c = ∫φ(t)·(1 − t/√(t² + 2u))dt from d on, so d is at most the quantile of c/2c₀; as c ≤ φ(0)·s, it is also at most
/// what s = c·√(2π) gives; two Newton steps on ln φ(d) + ln(M(d) − M(d + s)), with M′ ≈ −1/(1 + 0.8y + y²), bring it near.</item>
/// <item>Above, −d is the quantile of (1 − c)/(2 − 2c₀). A four-digit quantile will do (Hastings 1955).</item>
/// <item>s = √(d² + 2u) ∓ d, some per cent from the answer, 25 at worst.</item>
/// <item>Householder steps of order four on ln c, or on ln(1 − c) where c is above ½: c′ = φ(d), c″/c′ = u²/s³ − s/4.</item>
/// </list>
/// The pieces are separate, so that the batch can run each over a tile of options: the compiler inlines only so much into one method.
/// </summary>
internal static class ImpliedFormula
{
    /// <summary>Steps of order four: the second reaches the last digits from everywhere we looked, the third is for where we did not.</summary>
    public const int Rounds = 3;

    /// <summary>Rough steps of the guess.</summary>
    public const int Sketches = 2;

    /// <summary>A time value below this part of the lesser of forward and strike is not looked into.</summary>
    public const double Least = 1e-300;

    private const double Deep = 37.6;
    private const double PerRootTwoPi = 0.3989422804014327;
    private const double RootTwoPi = 2.5066282746310002;
    private const double LogRootTwoPi = 0.9189385332046728;

    /// <summary>Mask: the steps aim at 1 − c, because c is above ½.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T AimsAtRest<T>(T c) where T : struct, IReal<T> => T.LessThan(T.Of(0.5), c);

    /// <summary>Mask: s lies below the bend, where c is less than c₀.</summary>
    /// <param name="u">|ln F/K|.</param>
    /// <param name="c">Time value over the lesser of forward and strike, above 0.</param>
    /// <param name="rest">1 − c, above 0.</param>
    /// <param name="d">Receives a first d = ±(u/s − s/2) ≥ 0: too far out below the bend, near the answer above it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Begin<T>(T u, T c, T rest, out T d) where T : struct, IReal<T>
    {
        var root = T.Sqrt(u + u);
        var bend = T.Of(PerRootTwoPi) * T.MillsFallBounded(T.Of(0), root, root).Fall;
        var below = T.LessThan(c, bend);
        d = T.Select(below, c / T.Select(below, bend, T.Of(1)), rest / (T.Of(1) - bend));
        return below;
    }

    /// <summary>The first d from the part of the tail beyond it, as <see cref="Begin"/> left it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Place<T>(T u, T c, T below, T part) where T : struct, IReal<T>
    {
        var (d, most) = (Quantile(T.Of(0.5) * part), Most(u, c));
        return T.Select(T.And(below, T.LessThan(most, d)), most, d);
    }

    /// <summary>One rough Newton step on d below the bend; above it, d as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sketch<T>(T u, T c, T below, T d) where T : struct, IReal<T>
    {
        var twoU = u + u;
        var q = T.Sqrt(T.FusedMultiplyAdd(d, d, twoU));
        var s = T.Select(below, twoU / T.Select(below, q + d, T.Of(1)), T.Of(1));
        var fall = s / T.Sqrt(InverseSlope(d) * InverseSlope(d + s));
        var excess = T.LogBounded(fall / T.Select(below, c, T.Of(1))) - (T.Of(0.5) * d * d) - T.Of(LogRootTwoPi);
        var next = d + (excess * fall * q / s);
        next = T.Select(T.LessThan(next, T.Of(0.25) * d), T.Of(0.25) * d, next);
        return T.Select(T.And(below, T.LessThan(next, Most(u, c))), next, d);
    }

    /// <summary>s from d.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Spread<T>(T u, T below, T d) where T : struct, IReal<T>
    {
        var twoU = u + u;
        var far = T.Sqrt(T.FusedMultiplyAdd(d, d, twoU)) + d;
        return T.Select(below, twoU / T.Select(below, far, T.Of(1)), far);
    }

    /// <summary>c′ = φ(d) at a = u/s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Slope<T>(T a, T s) where T : struct, IReal<T>
    {
        var y = T.Abs(a - (T.Of(0.5) * s));
        var held = T.Select(T.LessThan(y, T.Of(Deep)), y, T.Of(Deep));
        return T.Of(PerRootTwoPi) * T.ExpBounded(T.Of(-0.5) * held * held);
    }

    /// <summary>c, or 1 − c where that is aimed at; never below 1e-305.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T a, T s, T slope, T isRest) where T : struct, IReal<T>
    {
        var h = T.Of(0.5) * s;
        var near = a - h;
        var pair = BlackFormula.Mills(near, a + h, BlackFormula.Step(a, h));
        var span = slope * BlackFormula.Span(near, pair.Fall);
        var sum = slope * (pair.Near + pair.Far);
        var wide = T.LessThan(near, T.Of(-BlackFormula.Wide));
        var value = T.Select(T.Xor(isRest, wide), T.Of(1) - T.Select(wide, sum, span), T.Select(wide, sum, span));
        return T.Select(T.LessThan(T.Of(1e-305), value), value, T.Of(1e-305));
    }

    /// <summary>The s after one step of order four.</summary>
    /// <param name="a">u/s.</param>
    /// <param name="s">The best so far, above 0.</param>
    /// <param name="slope">c′ there.</param>
    /// <param name="value">What is there of what is aimed at.</param>
    /// <param name="goal">What is aimed at: c where it is at most ½, else 1 − c.</param>
    /// <param name="isRest">Mask: the goal is 1 − c.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Improve<T>(T a, T s, T slope, T value, T goal, T isRest) where T : struct, IReal<T>
    {
        // f = ln(value/goal), its slope, and the ratios f″/f′ and f‴/f′.
        var (one, inverse) = (T.Of(1), T.Of(1) / s);
        var bend = a * inverse;
        var first = T.Select(isRest, -slope, slope) / value;
        var second = (a * bend) - (T.Of(0.25) * s);
        var third = (second * second) - (T.Of(3) * bend * bend) - T.Of(0.25);
        var newton = T.LogRatioBounded(goal, value) / first;
        var gamma = second - first;
        var delta = T.FusedMultiplyAdd(first, T.FusedMultiplyAdd(T.Of(2), first, T.Of(-3) * second), third);
        var above = T.FusedMultiplyAdd(T.Of(0.5) * gamma, newton, one);
        var beneath = T.FusedMultiplyAdd(newton, T.FusedMultiplyAdd(delta * newton, T.Of(1.0 / 6), gamma), one);

        // Far from the goal the series says little: then a plain Newton step, and never more than halving or doubling.
        var tame = T.And(T.LessThan(T.Of(0.1), above), T.LessThan(T.Of(0.1), beneath));
        var move = newton * T.Select(tame, above / T.Select(tame, beneath, one), one) * inverse;
        move = T.Select(T.LessThan(move, T.Of(-0.5)), T.Of(-0.5), move);
        move = T.Select(T.LessThan(one, move), one, move);
        return T.FusedMultiplyAdd(s, T.Select(T.AreEqual(move, move), move, T.Of(0)), s);
    }

    /// <summary>c ≤ φ(0)·s bounds s from below, and d from above.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Most<T>(T u, T c) where T : struct, IReal<T>
    {
        var least = c * T.Of(RootTwoPi);
        return (u / least) - (T.Of(0.5) * least);
    }

    /// <summary>Roughly 1/(1 − y·M(y)), the slope of the Mills ratio turned over, for y ≥ 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T InverseSlope<T>(T y) where T : struct, IReal<T> => T.FusedMultiplyAdd(y, y + T.Of(0.8), T.Of(1));

    /// <summary>The d ≥ 0 with N(−d) = p ≤ ½, to four digits (Hastings, "Approximations for digital computers", 1955).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Quantile<T>(T p) where T : struct, IReal<T>
    {
        var r = T.Sqrt(T.Of(-2) * T.LogBounded(p));
        var above = T.FusedMultiplyAdd(T.FusedMultiplyAdd(T.Of(0.010328), r, T.Of(0.802853)), r, T.Of(2.515517));
        var below = T.FusedMultiplyAdd(T.FusedMultiplyAdd(T.FusedMultiplyAdd(T.Of(0.001308), r, T.Of(0.189269)), r, T.Of(1.432788)), r, T.Of(1));
        var d = r - (above / below);
        return T.Select(T.LessThan(T.Of(0), d), d, T.Of(0));
    }
}
