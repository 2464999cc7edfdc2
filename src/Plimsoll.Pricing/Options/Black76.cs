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
        var o = new BlackTerms<Lane1>(
            new Lane1(SignOf(option.Side)), new Lane1(option.Forward), new Lane1(option.Strike), new Lane1(option.Years), new Lane1(option.Volatility));
        var ratio = o.Forward / o.Strike;
        var spread = BlackFormula.Spread(o.Years, o.Volatility);
        var steps = BlackFormula.Steps(BlackFormula.Distance(ratio), spread);
        var half = new Lane1(0.5) * spread;
        var near = steps - half;
        var g = BlackFormula.Weight(o.Forward, o.Strike, near);
        var millsNear = BlackFormula.Mills(Lane1.Abs(near));
        var millsFar = BlackFormula.Mills(steps + half);
        var r = BlackFormula.Combine(o, ratio, spread, near, g, millsNear, millsFar);
        var strikeDelta = BlackFormula.StrikeDelta(o, ratio, spread, near, g, millsNear, millsFar);
        return Discount(r, strikeDelta, option);
    }

    /// <summary>+1 for a call, −1 for a put: what the columns of <see cref="Black76Batch"/> hold.</summary>
    public static double SignOf(OptionSide side) => side == OptionSide.Put ? -1.0 : 1.0;

    private static RawGreeks Discount(in BlackResult<Lane1> r, Lane1 strikeDelta, in OptionInputs option)
    {
        var factor = Exact.Exp(-option.Rate * option.Years);
        var value = factor * r.Value.Value;
        return new RawGreeks(
            value,
            factor * r.Delta.Value,
            factor * r.Gamma.Value,
            factor * r.Vega.Value,
            Math.FusedMultiplyAdd(option.Rate, value, factor * r.Theta.Value),
            -option.Years * value,
            factor * strikeDelta.Value);
    }
}
