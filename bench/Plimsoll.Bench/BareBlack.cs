using Plimsoll.Numerics;

namespace Plimsoll.Bench;

/// <summary>
/// Black-76 with four Greeks as one plain loop over registers: the same exact arithmetic as the product, with no tiles, no checks of
/// arguments, no rates and no façade.
/// </summary>
internal static class BareBlack
{
    public static void Greeks(OptionBook book, double[][] answers)
    {
        if (Lane8.IsAccelerated) Run<Lane8>(book, answers);
        else Run<Lane4>(book, answers);
    }

    private static void Run<T>(OptionBook book, double[][] answers) where T : struct, IReal<T>
    {
        var (zero, half, one) = (T.Of(0), T.Of(0.5), T.Of(1));
        for (var i = 0; i < book.Count; i += T.Lanes)
        {
            var sign = T.Load(ref book.Sign[i]);
            var forward = T.Load(ref book.Forward[i]);
            var strike = T.Load(ref book.Strike[i]);
            var volatility = T.Load(ref book.Volatility[i]);
            var root = T.Sqrt(T.Load(ref book.Years[i]));
            var spread = volatility * root;
            var steps = T.Abs(T.LogRatioBounded(forward, strike)) / spread;
            var h = half * spread;
            var (near, far) = (steps - h, steps + h);
            var above = T.LessThan(strike, forward);
            var inside = T.LessThan(near, zero);
            var least = T.Select(above, strike, forward);

            var y = T.Abs(near);
            var within = T.LessThan(y, T.Of(37.5));
            var held = T.Select(within, y, zero);
            var weight = T.Select(within, least * (T.Of(0.3989422804014327) * T.ExpBounded(T.Of(-0.5) * held * held)), zero);
            var pair = T.MillsFallBounded(y, far, T.Of(2) * T.Select(T.LessThan(steps, h), steps, h));
            var span = T.Select(inside, pair.Fall + T.MillsRiseBounded(y), pair.Fall);
            var outside = T.Select(T.LessThan(near, T.Of(-0.3)), least - (weight * (pair.Near + pair.Far)), weight * span);
            outside = T.Select(T.LessThan(zero, outside), outside, zero);
            var intrinsic = sign * (forward - strike);

            var unit = one / (forward * spread);
            var perForward = weight * unit * spread;
            var tail = perForward * T.Select(above, pair.Far, pair.Near);
            var positive = T.Or(above, inside);
            T.Store(outside + T.Select(T.LessThan(zero, intrinsic), intrinsic, zero), ref answers[0][i]);
            T.Store(sign * T.Select(T.Xor(positive, T.LessThan(zero, sign)), tail, one - tail), ref answers[1][i]);
            T.Store(perForward * unit, ref answers[2][i]);
            T.Store(weight * root * T.Of(0.01), ref answers[3][i]);
            T.Store(T.Of(-0.5) * weight * (volatility * volatility) * (unit * forward) * T.Of(1.0 / 365.0), ref answers[4][i]);
        }
    }
}
