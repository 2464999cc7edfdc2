using System.Runtime.CompilerServices;
using Plimsoll.Numerics;

namespace Plimsoll.Pricing.Options;

/// <summary>
/// Walks columns of options tile by tile: each step of <see cref="BlackFormula"/> is a short loop over a tile that stays in
/// the first-level cache, so that the long chains of neighbouring options overlap. Each loop is a method of its own, since
/// the compiler inlines only so much into one.
/// </summary>
internal static unsafe class Black76Tiles
{
    private const int Tile = 128;

    public static void Run<T>(in OptionColumns options, in GreekColumns answers) where T : struct, IReal<T>
    {
        var whole = options.Length / T.Lanes * T.Lanes;
        for (var from = 0; from < whole; from += Tile) Price<T>(options, answers, from, Math.Min(Tile, whole - from));
        if (whole < options.Length) Price<Lane1>(options, answers, whole, options.Length - whole);
    }

    /// <summary>Prices <paramref name="count"/> options, a multiple of the width, at most a tile.</summary>
    [SkipLocalsInit]
    private static void Price<T>(in OptionColumns options, in GreekColumns answers, int from, int count) where T : struct, IReal<T>
    {
        var scratch = stackalloc double[6 * Tile];
        fixed (double* sign = options.Sign, forward = options.Forward, strike = options.Strike, years = options.Years)
        fixed (double* volatility = options.Volatility, rate = options.Rate)
        {
            var work = new TileWork(scratch, sign + from, forward + from, strike + from, years + from, volatility + from, rate == null ? null : rate + from);
            Distances<T>(work, count);
            Steps<T>(work, count);
            Weights<T>(work, count);
            Mills<T>(work.Near, work.MillsNear, count);
            Mills<T>(work.Far, work.Far, count);
            fixed (double* value = answers.Value, delta = answers.Delta, gamma = answers.Gamma, vega = answers.Vega, theta = answers.Theta)
            {
                if (delta == null) Values<T>(work, count, value + from);
                else Combine<T>(work, count, value + from, delta + from, gamma + from, vega + from, theta + from);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Distances<T>(TileWork w, int count) where T : struct, IReal<T>
    {
        for (var i = 0; i < count; i += T.Lanes)
        {
            var ratio = T.Load(ref w.Forward[i]) / T.Load(ref w.Strike[i]);
            T.Store(ratio, ref w.Ratio[i]);
            T.Store(BlackFormula.Distance(ratio), ref w.Near[i]);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Steps<T>(TileWork w, int count) where T : struct, IReal<T>
    {
        for (var i = 0; i < count; i += T.Lanes)
        {
            var spread = BlackFormula.Spread(T.Load(ref w.Years[i]), T.Load(ref w.Volatility[i]));
            var steps = BlackFormula.Steps(T.Load(ref w.Near[i]), spread);
            var half = T.Of(0.5) * spread;
            T.Store(spread, ref w.Spread[i]);
            T.Store(steps - half, ref w.Near[i]);
            T.Store(steps + half, ref w.Far[i]);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Weights<T>(TileWork w, int count) where T : struct, IReal<T>
    {
        for (var i = 0; i < count; i += T.Lanes)
            T.Store(BlackFormula.Weight(T.Load(ref w.Forward[i]), T.Load(ref w.Strike[i]), T.Load(ref w.Near[i])), ref w.Weight[i]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Mills<T>(double* from, double* to, int count) where T : struct, IReal<T>
    {
        for (var i = 0; i < count; i += T.Lanes) T.Store(BlackFormula.Mills(T.Abs(T.Load(ref from[i]))), ref to[i]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Values<T>(TileWork w, int count, double* value) where T : struct, IReal<T>
    {
        for (var i = 0; i < count; i += T.Lanes)
        {
            var result = w.Combine<T>(i);
            T.Store(BlackFormula.InHouseUnits(result, w.Factor<T>(i), w.RateAt<T>(i)).Value, ref value[i]);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Combine<T>(TileWork w, int count, double* value, double* delta, double* gamma, double* vega, double* theta)
        where T : struct, IReal<T>
    {
        for (var i = 0; i < count; i += T.Lanes)
        {
            var result = BlackFormula.InHouseUnits(w.Combine<T>(i), w.Factor<T>(i), w.RateAt<T>(i));
            T.Store(result.Value, ref value[i]);
            T.Store(result.Delta, ref delta[i]);
            T.Store(result.Gamma, ref gamma[i]);
            T.Store(result.Vega, ref vega[i]);
            T.Store(result.Theta, ref theta[i]);
        }
    }

    /// <summary>Where a tile's columns lie, and what its steps hand on.</summary>
    private readonly struct TileWork(
        double* scratch, double* sign, double* forward, double* strike, double* years, double* volatility, double* rate)
    {
        public readonly double* Sign = sign;
        public readonly double* Forward = forward;
        public readonly double* Strike = strike;
        public readonly double* Years = years;
        public readonly double* Volatility = volatility;
        public readonly double* Rate = rate;
        public readonly double* Ratio = scratch;
        public readonly double* Spread = scratch + Tile;
        public readonly double* Near = scratch + (2 * Tile);
        public readonly double* Far = scratch + (3 * Tile);
        public readonly double* Weight = scratch + (4 * Tile);
        public readonly double* MillsNear = scratch + (5 * Tile);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public BlackResult<T> Combine<T>(int i) where T : struct, IReal<T>
        {
            var terms = new BlackTerms<T>(
                T.Load(ref Sign[i]), T.Load(ref Forward[i]), T.Load(ref Strike[i]), T.Load(ref Years[i]), T.Load(ref Volatility[i]));
            return BlackFormula.Combine(
                terms, T.Load(ref Ratio[i]), T.Load(ref Spread[i]), T.Load(ref Near[i]), T.Load(ref Weight[i]), T.Load(ref MillsNear[i]), T.Load(ref Far[i]));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T RateAt<T>(int i) where T : struct, IReal<T> => Rate == null ? T.Of(0) : T.Load(ref Rate[i]);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Factor<T>(int i) where T : struct, IReal<T> =>
            Rate == null ? T.Of(1) : BlackFormula.DiscountFactor(T.Load(ref Rate[i]), T.Load(ref Years[i]));
    }
}
