using System.Runtime.CompilerServices;
using Plimsoll.Markets.Instruments;
using Plimsoll.Numerics;

namespace Plimsoll.Pricing.Options;

/// <summary>
/// European options on a forward (Black, "The pricing of commodity contracts", 1976), one at a time; the same bits as
/// <see cref="Black76Batch"/>. At no time or no volatility an option is worth its intrinsic value, its delta is that of
/// exercise (½ at the money) and gamma and theta are zero. Arguments without meaning (a forward or strike not above 0,
/// negative time or volatility, NaN, infinity) answer NaN.
/// </summary>
public static class Black76
{
    /// <summary>Value in quote units.</summary>
    public static double Price(in OptionInputs option) => RawGreeks(option).Value;

    /// <summary>Value and sensitivities in the units of the house.</summary>
    public static OptionGreeks Greeks(in OptionInputs option) => RawGreeks(option).InHouseUnits();

    /// <summary>Value and sensitivities in the units of mathematics.</summary>
    public static RawGreeks RawGreeks(in OptionInputs option)
    {
        var o = new BlackTerms<Lane1>(new Lane1(SignOf(option.Side)), new Lane1(option.Forward), new Lane1(option.Strike), new Lane1(option.Volatility));
        var root = new Lane1(Math.Sqrt(option.Years));
        var spread = o.Volatility * root;
        if (!Lane1.Any(BlackFormula.IsValid(o.Forward, o.Strike, spread))) return Options.RawGreeks.Nothing;

        var steps = BlackFormula.Steps(Distance(o.Forward, o.Strike), spread);
        var half = new Lane1(0.5) * spread;
        var near = steps - half;
        var pair = Mills(near, steps + half, BlackFormula.Step(steps, half));
        var parts = new BlackParts<Lane1>(root, spread, near, Weight(o.Forward, o.Strike, near), pair.Near, pair.Far, BlackFormula.Span(near, pair.Fall));
        return Discount(Combine(o, parts), BlackFormula.StrikeDelta(o, parts).Value, SecondOrder(option, parts, (steps + half).Value), option);
    }

    /// <summary>+1 for a call, −1 for a put: what the columns of <see cref="Black76Batch"/> hold.</summary>
    public static double SignOf(OptionSide side) => side == OptionSide.Put ? -1.0 : 1.0;

    // Each step is a method of its own, since the compiler inlines only so much into one.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Lane1 Distance(Lane1 forward, Lane1 strike) => BlackFormula.Distance(forward, strike);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Lane1 Weight(Lane1 forward, Lane1 strike, Lane1 near) => BlackFormula.Weight(forward, strike, near);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static MillsPair<Lane1> Mills(Lane1 near, Lane1 far, Lane1 step) => BlackFormula.Mills(near, far, step);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static BlackResult<Lane1> Combine(in BlackTerms<Lane1> terms, in BlackParts<Lane1> parts) => BlackFormula.Combine(terms, parts);

    /// <summary>
    /// Undiscounted: vanna = −φ(d₁)·d₂/σ, volga = vega·d₁d₂/σ, charm = φ(d₁)·d₂/(2T), speed = −Γ/F·(1 + d₁/s); all 0 where the
    /// density vanishes, which includes no time and no volatility.
    /// </summary>
    private static (double Vanna, double Volga, double Charm, double Speed) SecondOrder(in OptionInputs option, in BlackParts<Lane1> parts, double far)
    {
        var (spread, root, weight) = (parts.Spread.Value, parts.Root.Value, parts.Weight.Value);
        if (weight == 0 || spread <= BlackFormula.Still) return default;

        var near = parts.Near.Value;
        var (d1, d2) = option.Strike < option.Forward ? (far, near) : (-near, -far);
        var density = weight / option.Forward;
        return (
            -density * d2 * root / spread,
            weight * root * root * d1 * d2 / spread,
            density * d2 / (2 * option.Years),
            -density / (option.Forward * spread) / option.Forward * (1 + (d1 / spread)));
    }

    private static RawGreeks Discount(
        in BlackResult<Lane1> r, double strikeDelta, (double Vanna, double Volga, double Charm, double Speed) second, in OptionInputs option)
    {
        // e⁻⁰ is 1 exactly; asking first only saves time.
        var factor = option.Rate == 0 ? 1 : Exact.Exp(-option.Rate * option.Years);
        var (value, delta) = (factor * r.Value.Value, factor * r.Delta.Value);
        return new RawGreeks(
            value,
            delta,
            factor * r.Gamma.Value,
            factor * r.Vega.Value,
            Math.FusedMultiplyAdd(option.Rate, value, factor * r.Theta.Value),
            -option.Years * value,
            factor * strikeDelta,
            factor * second.Vanna,
            factor * second.Volga,
            Math.FusedMultiplyAdd(option.Rate, delta, factor * second.Charm),
            factor * second.Speed);
    }
}
