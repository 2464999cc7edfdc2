using System.Runtime.CompilerServices;
using Plimsoll.Numerics;

namespace Plimsoll.Pricing.Options;

/// <summary>What a price says about volatility, before it is solved: the numbers <see cref="ImpliedFormula"/> works on, at one width.</summary>
internal readonly struct ImpliedRow<T> where T : struct, IReal<T>
{
    /// <summary>|ln F/K|.</summary>
    public readonly T Distance;

    /// <summary>Time value over the lesser of forward and strike.</summary>
    public readonly T Part;

    /// <summary>One less that.</summary>
    public readonly T Rest;

    /// <summary>The number of <see cref="ImpliedStatus"/>, as a double.</summary>
    public readonly T Status;

    /// <summary>What the option is worth without volatility, discounted.</summary>
    public readonly T Floor;

    /// <summary>Reads a row; where it is not <see cref="ImpliedStatus.Ok"/>, the numbers are harmless ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ImpliedRow(T sign, T forward, T strike, T years, T factor, T price)
    {
        var zero = T.Of(0);
        var above = T.LessThan(strike, forward);
        var least = T.Select(above, strike, forward);
        var gain = sign * (forward - strike);
        var intrinsic = T.Select(T.LessThan(zero, gain), gain, zero);
        var value = (price / factor) - intrinsic;

        // A price is compared as it would be made, discounted; what is left above intrinsic may still be rounding.
        Floor = factor * intrinsic;
        var low = T.LessThan(price, Floor);
        var empty = T.Or(T.LessThan(value, T.Of(ImpliedFormula.Least) * least), T.AreEqual(years, zero));
        var high = T.Xor(T.LessThan(value, least), T.OfBits(-1));
        var valid = T.And(
            T.And(BlackFormula.IsValid(forward, strike, years), T.LessThan(T.Abs(price), T.Of(double.PositiveInfinity))),
            T.And(T.LessThan(zero, factor), T.LessThan(factor, T.Of(double.PositiveInfinity))));
        var status = T.Select(empty, T.Of((double)ImpliedStatus.Undetermined), zero);
        status = T.Select(high, T.Of((double)ImpliedStatus.AboveMaximum), status);
        status = T.Select(low, T.Of((double)ImpliedStatus.BelowIntrinsic), status);
        Status = T.Select(valid, status, T.Of((double)ImpliedStatus.BadInput));

        var sound = T.AreEqual(Status, zero);
        var (f, k, l) = (T.Select(sound, forward, T.Of(1)), T.Select(sound, strike, T.Of(1)), T.Select(sound, least, T.Of(1)));
        Distance = T.Abs(T.LogRatioBounded(f, k));
        Part = T.Select(sound, value, T.Of(0.5)) / l;
        Rest = T.Select(sound, least - value, T.Of(0.5)) / l;
    }

    /// <summary>The volatility of a row from its solved total volatility: NaN without one, 0 where the price is that without volatility.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Volatility(T spread, T years, T status, T price, T floor)
    {
        var zero = T.Of(0);
        var still = T.And(T.AreEqual(status, T.Of((double)ImpliedStatus.Undetermined)), T.AreEqual(price, floor));
        var root = T.Sqrt(T.Select(T.LessThan(zero, years), years, T.Of(1)));
        return T.Select(T.AreEqual(status, zero), spread / root, T.Select(still, zero, T.Of(double.NaN)));
    }
}
