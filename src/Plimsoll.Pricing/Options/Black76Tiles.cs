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
        var scratch = stackalloc double[TileWork.Columns * Tile];
        fixed (double* sign = options.Sign, forward = options.Forward, strike = options.Strike, years = options.Years)
        fixed (double* volatility = options.Volatility, rate = options.Rate)
        fixed (double* value = answers.Value, delta = answers.Delta, gamma = answers.Gamma, vega = answers.Vega, theta = answers.Theta)
        {
            var work = new TileWork(scratch, sign + from, forward + from, strike + from, years + from, volatility + from, rate == null ? null : rate + from);
            Spreads<T>(work, count);
            Distances<T>(work, count);
            var allValid = Steps<T>(work, count);
            Weights<T>(work, count);
            Mills<T>(work, count);
            if (delta == null)
            {
                Values<T>(work, count, value + from);
                if (!allValid) Refuse<T>(work, count, value + from);
                return;
            }

            Combine<T>(work, count, value + from, delta + from, gamma + from, vega + from, theta + from);
            if (allValid) return;
            Refuse<T>(work, count, value + from);
            Refuse<T>(work, count, delta + from);
            Refuse<T>(work, count, gamma + from);
            Refuse<T>(work, count, vega + from);
            Refuse<T>(work, count, theta + from);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Spreads<T>(in TileWork work, int count) where T : struct, IReal<T>
    {
        var w = work;
        for (var i = 0; i < count; i += T.Lanes)
        {
            var root = T.Sqrt(T.Load(ref w.Years[i]));
            T.Store(root, ref w.Root[i]);
            T.Store(T.Load(ref w.Volatility[i]) * root, ref w.Spread[i]);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Distances<T>(in TileWork work, int count) where T : struct, IReal<T>
    {
        var w = work;
        for (var i = 0; i < count; i += T.Lanes)
        {
            T.Store(BlackFormula.Distance(T.Load(ref w.Forward[i]), T.Load(ref w.Strike[i])), ref w.Near[i]);
        }
    }

    /// <summary>Returns whether all the tile's options have a meaning.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Steps<T>(in TileWork work, int count) where T : struct, IReal<T>
    {
        var w = work;
        var valid = T.AreEqual(T.Of(0), T.Of(0));
        for (var i = 0; i < count; i += T.Lanes)
        {
            var spread = T.Load(ref w.Spread[i]);
            valid = T.And(valid, BlackFormula.IsValid(T.Load(ref w.Forward[i]), T.Load(ref w.Strike[i]), spread));
            var steps = BlackFormula.Steps(T.Load(ref w.Near[i]), spread);
            var half = T.Of(0.5) * spread;
            T.Store(steps - half, ref w.Near[i]);
            T.Store(steps + half, ref w.Far[i]);
            T.Store(BlackFormula.Step(steps, half), ref w.Span[i]);
        }

        return T.MaskBits(valid) == (1u << T.Lanes) - 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Weights<T>(in TileWork work, int count) where T : struct, IReal<T>
    {
        var w = work;
        for (var i = 0; i < count; i += T.Lanes)
            T.Store(BlackFormula.Weight(T.Load(ref w.Forward[i]), T.Load(ref w.Strike[i]), T.Load(ref w.Near[i])), ref w.Weight[i]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Mills<T>(in TileWork work, int count) where T : struct, IReal<T>
    {
        var w = work;
        for (var i = 0; i < count; i += T.Lanes)
        {
            var near = T.Load(ref w.Near[i]);
            var pair = BlackFormula.Mills(near, T.Load(ref w.Far[i]), T.Load(ref w.Span[i]));
            T.Store(pair.Near, ref w.MillsNear[i]);
            T.Store(pair.Far, ref w.Far[i]);
            T.Store(BlackFormula.Span(near, pair.Fall), ref w.Span[i]);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Values<T>(in TileWork work, int count, double* value) where T : struct, IReal<T>
    {
        var w = work;
        for (var i = 0; i < count; i += T.Lanes)
            T.Store(w.Factor<T>(i) * BlackFormula.Value(w.Terms<T>(i), w.Parts<T>(i)), ref value[i]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Combine<T>(in TileWork work, int count, double* value, double* delta, double* gamma, double* vega, double* theta)
        where T : struct, IReal<T>
    {
        var w = work;
        for (var i = 0; i < count; i += T.Lanes)
        {
            var result = BlackFormula.InHouseUnits(BlackFormula.Combine(w.Terms<T>(i), w.Parts<T>(i)), w.Factor<T>(i), w.RateAt<T>(i));
            T.Store(result.Value, ref value[i]);
            T.Store(result.Delta, ref delta[i]);
            T.Store(result.Gamma, ref gamma[i]);
            T.Store(result.Vega, ref vega[i]);
            T.Store(result.Theta, ref theta[i]);
        }
    }

    /// <summary>Puts NaN where an option has no meaning; seldom needed, so it is a pass of its own.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Refuse<T>(in TileWork work, int count, double* answers) where T : struct, IReal<T>
    {
        var w = work;
        for (var i = 0; i < count; i += T.Lanes)
        {
            var valid = BlackFormula.IsValid(T.Load(ref w.Forward[i]), T.Load(ref w.Strike[i]), T.Load(ref w.Spread[i]));
            T.Store(T.Select(valid, T.Load(ref answers[i]), T.Of(double.NaN)), ref answers[i]);
        }
    }

    /// <summary>Where a tile's columns lie, and what its steps hand on.</summary>
    private readonly struct TileWork(
        double* scratch, double* sign, double* forward, double* strike, double* years, double* volatility, double* rate)
    {
        public const int Columns = 7;

        public readonly double* Sign = sign;
        public readonly double* Forward = forward;
        public readonly double* Strike = strike;
        public readonly double* Years = years;
        public readonly double* Volatility = volatility;
        public readonly double* Rate = rate;
        public readonly double* Span = scratch;
        public readonly double* Spread = scratch + Tile;
        public readonly double* Near = scratch + (2 * Tile);
        public readonly double* Far = scratch + (3 * Tile);
        public readonly double* Weight = scratch + (4 * Tile);
        public readonly double* MillsNear = scratch + (5 * Tile);
        public readonly double* Root = scratch + (6 * Tile);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public BlackTerms<T> Terms<T>(int i) where T : struct, IReal<T> =>
            new(T.Load(ref Sign[i]), T.Load(ref Forward[i]), T.Load(ref Strike[i]), T.Load(ref Volatility[i]));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public BlackParts<T> Parts<T>(int i) where T : struct, IReal<T> =>
            new(T.Load(ref Root[i]), T.Load(ref Spread[i]), T.Load(ref Near[i]), T.Load(ref Weight[i]), T.Load(ref MillsNear[i]), T.Load(ref Far[i]), T.Load(ref Span[i]));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T RateAt<T>(int i) where T : struct, IReal<T> => Rate == null ? T.Of(0) : T.Load(ref Rate[i]);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Factor<T>(int i) where T : struct, IReal<T> =>
            Rate == null ? T.Of(1) : BlackFormula.DiscountFactor(T.Load(ref Rate[i]), T.Load(ref Years[i]));
    }
}
