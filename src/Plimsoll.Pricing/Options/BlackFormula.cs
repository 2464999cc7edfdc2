using System.Runtime.CompilerServices;
using Plimsoll.Numerics;

namespace Plimsoll.Pricing.Options;

/// <summary>
/// Black's formula (1976), written once for every width, in a form that keeps its precision however deep in or out of the
/// money. With u = |ln F/K|, s = σ√T, a = u/s, h = s/2, L = min(F, K):
/// <list type="number">
/// <item>The option that is out of the money is worth L·N(h − a) − max(F, K)·N(−h − a).</item>
/// <item>L·φ(a − h) = max(F, K)·φ(a + h) = g; so with N(−y) = φ(y)·M(y), M the Mills ratio, it is
/// g·(M(a − h) − M(a + h)) when a ≥ h, else L − g·(M(h − a) + M(a + h)): one exponential and never "1 − N".</item>
/// <item>The other side is worth its intrinsic value more (parity); delta is g/F·M(|d₁|) or one less that.</item>
/// <item>Gamma = g/(F²s), vega = g√T, theta = −gσ/(2√T).</item>
/// </list>
/// The steps are separate, so that the batch can run each over a tile of options in short loops whose chains overlap.
/// </summary>
internal static class BlackFormula
{
    /// <summary>At or below this much total volatility the option is worth its intrinsic value.</summary>
    private const double Still = 1e-300;

    /// <summary>e^(−37.5²/2) is 1e-306; beyond, the density counts as zero.</summary>
    private const double Deep = 37.5;

    private const double PerRootTwoPi = 0.3989422804014327;

    /// <summary>s = σ√T.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Spread<T>(T years, T volatility) where T : struct, IReal<T> => volatility * T.Sqrt(years);

    /// <summary>u = |ln F/K|, for ratios within 1e±300.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Distance<T>(T ratio) where T : struct, IReal<T> => T.Abs(T.LogBounded(ratio));

    /// <summary>a = u/s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Steps<T>(T distance, T spread) where T : struct, IReal<T> =>
        distance / T.Select(T.LessThan(T.Of(Still), spread), spread, T.Of(Still));

    /// <summary>g = min(F, K)·φ(a − h).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Weight<T>(T forward, T strike, T near) where T : struct, IReal<T>
    {
        var y = T.Abs(near);
        var within = T.LessThan(y, T.Of(Deep));
        var held = T.Select(within, y, T.Of(0));
        var density = T.Of(PerRootTwoPi) * T.ExpBounded(T.Of(-0.5) * held * held, T.Of(0));
        return T.Select(within, T.Select(T.LessThan(forward, strike), forward, strike) * density, T.Of(0));
    }

    /// <summary>M(y) for finite y ≥ 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Mills<T>(T y) where T : struct, IReal<T> => T.MillsBounded(y);

    /// <summary>Puts the parts together.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlackResult<T> Combine<T>(in BlackTerms<T> o, T ratio, T spread, T near, T g, T millsNear, T millsFar)
        where T : struct, IReal<T>
    {
        var above = T.LessThan(o.Strike, o.Forward);
        var inside = T.LessThan(near, T.Of(0));
        var alive = T.LessThan(T.Of(Still), spread);
        var isCall = T.LessThan(T.Of(0), o.Sign);

        var least = T.Select(T.LessThan(o.Forward, o.Strike), o.Forward, o.Strike);
        var outside = T.Select(inside, least - (g * (millsNear + millsFar)), g * (millsNear - millsFar));
        outside = T.Select(T.And(alive, T.LessThan(T.Of(0), outside)), outside, T.Of(0));
        var intrinsic = o.Sign * (o.Forward - o.Strike);
        var value = outside + T.Select(T.LessThan(T.Of(0), intrinsic), intrinsic, T.Of(0));

        // d₁ = ±(a ± h): positive above the strike, and below it too once h exceeds a; d₂ the mirror image.
        var perForward = g / o.Forward;
        var delta = Part(perForward * T.Select(above, millsFar, millsNear), T.Or(above, inside), isCall, o.Sign);
        var gamma = T.Select(alive, perForward / (o.Forward * spread), T.Of(0));
        var root = T.Sqrt(o.Years);
        var theta = T.Select(alive, T.Of(-0.5) * g * (o.Volatility / root), T.Of(0));
        var valid = Valid(o, ratio, spread);
        return new BlackResult<T>
        {
            Value = Or(valid, value),
            Delta = Or(valid, delta),
            Gamma = Or(valid, gamma),
            Vega = Or(valid, g * root),
            Theta = Or(valid, theta),
        };
    }

    /// <summary>Answers with discount, in the units of the house. Without a rate the factor is 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlackResult<T> InHouseUnits<T>(in BlackResult<T> r, T factor, T rate) where T : struct, IReal<T>
    {
        var value = factor * r.Value;
        return new BlackResult<T>
        {
            Value = value,
            Delta = factor * r.Delta,
            Gamma = factor * r.Gamma,
            Vega = factor * r.Vega * T.Of(RawGreeks.Point),
            Theta = T.FusedMultiplyAdd(rate, value, factor * r.Theta) * T.Of(RawGreeks.Day),
        };
    }

    /// <summary>e^(−rT).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T DiscountFactor<T>(T rate, T years) where T : struct, IReal<T> => T.Exp(-rate * years);

    /// <summary>∂V/∂K = −w·N(w·d₂) for the sign w.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T StrikeDelta<T>(in BlackTerms<T> o, T ratio, T spread, T near, T g, T millsNear, T millsFar)
        where T : struct, IReal<T>
    {
        var above = T.LessThan(o.Strike, o.Forward);
        var up = T.And(above, T.LessThan(T.Of(0), near));
        var tail = g / o.Strike * T.Select(above, millsNear, millsFar);
        return Or(Valid(o, ratio, spread), -Part(tail, up, T.LessThan(T.Of(0), o.Sign), o.Sign));
    }

    /// <summary>w·N(w·d), given N(−|d|) and whether d is positive.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Part<T>(T tail, T positive, T isCall, T sign) where T : struct, IReal<T> =>
        sign * T.Select(T.Xor(positive, isCall), tail, T.Of(1) - tail);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Valid<T>(in BlackTerms<T> o, T ratio, T spread) where T : struct, IReal<T> =>
        T.And(
            T.And(T.LessThan(T.Of(0), o.Forward), T.And(T.LessThan(T.Of(1e-300), ratio), T.LessThan(ratio, T.Of(1e300)))),
            T.And(T.LessThan(T.Of(-double.Epsilon), spread), T.LessThan(spread, T.Of(1e150))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Or<T>(T valid, T value) where T : struct, IReal<T> => T.Select(valid, value, T.Of(double.NaN));
}

/// <summary>One or several options, as Black's formula sees them.</summary>
internal readonly struct BlackTerms<T>(T sign, T forward, T strike, T years, T volatility) where T : struct, IReal<T>
{
    /// <summary>+1 for a call, −1 for a put.</summary>
    public readonly T Sign = sign;
    public readonly T Forward = forward;
    public readonly T Strike = strike;
    public readonly T Years = years;
    public readonly T Volatility = volatility;
}

/// <summary>Undiscounted answers, in the units of mathematics.</summary>
internal readonly struct BlackResult<T> where T : struct, IReal<T>
{
    public T Value { get; init; }

    public T Delta { get; init; }

    public T Gamma { get; init; }

    public T Vega { get; init; }

    public T Theta { get; init; }
}
