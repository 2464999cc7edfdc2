using System.Runtime.CompilerServices;
using Plimsoll.Numerics;

namespace Plimsoll.Pricing.Options;

/// <summary>
/// Black's formula (1976), written once for every width, in a form that keeps its precision however deep in or out of the
/// money. With u = |ln F/K|, s = σ√T, a = u/s, h = s/2, L = min(F, K):
/// <list type="number">
/// <item>The option that is out of the money is worth L·N(h − a) − max(F, K)·N(−h − a).</item>
/// <item>L·φ(a − h) = max(F, K)·φ(a + h) = g; so with N(−y) = φ(y)·M(y), M the Mills ratio, it is g·(M(a − h) − M(a + h)): one
/// exponential and never "1 − N".</item>
/// <item>That difference is taken without cancellation: when a ≥ h as one divided difference; when a is less than h, by little, as
/// M(−y) − M(y), a series, and the divided difference from y = h − a to a + h; when by much (y > 0.3), the option is worth
/// L − g·(M(h − a) + M(a + h)). So a value keeps its last digits however small the total volatility.</item>
/// <item>The other side is worth its intrinsic value more (parity); delta is g/F·M(|d₁|) or one less that.</item>
/// <item>Gamma = g/(F²s), vega = g√T, theta = −gσ/(2√T).</item>
/// </list>
/// The steps are separate, so that the batch can run each over a tile of options in short loops whose chains overlap.
/// </summary>
internal static class BlackFormula
{
    /// <summary>At or below this much total volatility the option is worth its intrinsic value.</summary>
    internal const double Still = 1e-300;

    /// <summary>e^(−37.5²/2) is 1e-306; beyond, the density counts as zero.</summary>
    private const double Deep = 37.5;

    /// <summary>Where the sum of two tails loses less than the series would cost.</summary>
    internal const double Wide = 0.3;

    private const double PerRootTwoPi = 0.3989422804014327;

    /// <summary>u = |ln F/K|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Distance<T>(T forward, T strike) where T : struct, IReal<T> => T.Abs(T.LogRatioBounded(forward, strike));

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
        var density = T.Of(PerRootTwoPi) * T.ExpBounded(T.Of(-0.5) * held * held);
        return T.Select(within, T.Select(T.LessThan(strike, forward), strike, forward) * density, T.Of(0));
    }

    /// <summary>M(|a − h|), M(a + h) and what lies between them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static MillsPair<T> Mills<T>(T near, T far, T step) where T : struct, IReal<T> => T.MillsFallBounded(T.Abs(near), far, step);

    /// <summary>M(a − h) − M(a + h), where a − h is above −0.3; of no use below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Span<T>(T near, T fall) where T : struct, IReal<T> =>
        T.Select(T.LessThan(near, T.Of(0)), fall + T.MillsRiseBounded(T.Abs(near)), fall);

    /// <summary>2·min(a, h) = (a + h) − |a − h|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Step<T>(T steps, T half) where T : struct, IReal<T> => T.Of(2) * T.Select(T.LessThan(steps, half), steps, half);

    /// <summary>Mask: the arguments have a meaning.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T IsValid<T>(T forward, T strike, T spread) where T : struct, IReal<T> =>
        T.And(
            T.And(IsOrdinary(forward), IsOrdinary(strike)),
            T.And(T.LessThan(T.Of(-double.Epsilon), spread), T.LessThan(spread, T.Of(1e150))));

    /// <summary>The value of the side that is out of the money, in quote units, undiscounted; may be below 0 by rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T OutOfTheMoney<T>(T least, T weight, T near, T span, T both) where T : struct, IReal<T> =>
        T.Select(T.LessThan(near, T.Of(-Wide)), least - (weight * both), weight * span);

    /// <summary>The same from a fresh pair of Mills ratios.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T OutOfTheMoney<T>(T least, T weight, T near, in MillsPair<T> pair) where T : struct, IReal<T> =>
        OutOfTheMoney(least, weight, near, Span(near, pair.Fall), pair.Near + pair.Far);

    /// <summary>Value in quote units, undiscounted, of options whose arguments have a meaning.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(in BlackTerms<T> o, in BlackParts<T> p) where T : struct, IReal<T>
    {
        var least = T.Select(T.LessThan(o.Strike, o.Forward), o.Strike, o.Forward);
        var outside = OutOfTheMoney(least, p.Weight, p.Near, p.Span, p.MillsNear + p.MillsFar);
        outside = T.Select(T.And(T.LessThan(T.Of(Still), p.Spread), T.LessThan(T.Of(0), outside)), outside, T.Of(0));
        var intrinsic = o.Sign * (o.Forward - o.Strike);
        return outside + T.Select(T.LessThan(T.Of(0), intrinsic), intrinsic, T.Of(0));
    }

    /// <summary>Value and sensitivities, undiscounted, of options whose arguments have a meaning.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlackResult<T> Combine<T>(in BlackTerms<T> o, in BlackParts<T> p) where T : struct, IReal<T>
    {
        var above = T.LessThan(o.Strike, o.Forward);
        var inside = T.LessThan(p.Near, T.Of(0));
        var alive = T.LessThan(T.Of(Still), p.Spread);
        var spread = T.Select(alive, p.Spread, T.Of(1));

        // One division serves delta (g/F), gamma (g/F²s) and theta (σ/√T = σ²/s).
        var unit = T.Of(1) / (o.Forward * spread);
        var perForward = p.Weight * unit * spread;
        var slope = T.Of(-0.5) * p.Weight * (o.Volatility * o.Volatility) * (unit * o.Forward);

        // d₁ = ±(a ± h): positive above the strike, and below it too once h exceeds a; d₂ the mirror image.
        var tail = perForward * T.Select(above, p.MillsFar, p.MillsNear);
        return new BlackResult<T>
        {
            Value = Value(o, p),
            Delta = Part(tail, T.Or(above, inside), o.Sign),
            Gamma = T.Select(alive, perForward * unit, T.Of(0)),
            Vega = p.Weight * p.Root,
            Theta = T.Select(alive, slope, T.Of(0)),
        };
    }

    /// <summary>∂V/∂K = −w·N(w·d₂) for the sign w, undiscounted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T StrikeDelta<T>(in BlackTerms<T> o, in BlackParts<T> p) where T : struct, IReal<T>
    {
        var above = T.LessThan(o.Strike, o.Forward);
        var up = T.And(above, T.LessThan(T.Of(0), p.Near));
        return -Part(p.Weight / o.Strike * T.Select(above, p.MillsNear, p.MillsFar), up, o.Sign);
    }

    /// <summary>e^(−rT).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T DiscountFactor<T>(T rate, T years) where T : struct, IReal<T> => T.Exp(-rate * years);

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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T IsOrdinary<T>(T price) where T : struct, IReal<T> =>
        T.And(T.LessThan(T.Of(1e-300), price), T.LessThan(price, T.Of(1e300)));

    /// <summary>w·N(w·d), given N(−|d|) and whether d is positive.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Part<T>(T tail, T positive, T sign) where T : struct, IReal<T> =>
        sign * T.Select(T.Xor(positive, T.LessThan(T.Of(0), sign)), tail, T.Of(1) - tail);
}
