using System.Runtime.CompilerServices;
using Plimsoll.Numerics;

namespace Plimsoll.Pricing.Options;

/// <summary>
/// <see cref="ImpliedVol"/> for columns of options: the same formula, the same bits, in as wide registers as the machine has. A row that
/// cannot be solved has a status and holds up nobody. Allocates nothing.
/// </summary>
public static unsafe class ImpliedVolBatch
{
    private const int Tile = 128;

    /// <summary>Solves every row.</summary>
    /// <param name="options">The options and their prices.</param>
    /// <param name="volatilities">Receives annual volatilities; NaN or 0 where the status says why.</param>
    /// <param name="statuses">Receives how each search ended.</param>
    /// <exception cref="ArgumentException">Columns of unequal length, or too little room.</exception>
    public static void Solve(in PricedColumns options, Span<double> volatilities, Span<ImpliedStatus> statuses)
    {
        options.MustAgree();
        if (volatilities.Length < options.Length || statuses.Length < options.Length)
            throw new ArgumentException($"Room for {options.Length} answers is needed.", nameof(volatilities));

        if (Lane8.IsAccelerated) Run<Lane8>(options, volatilities, statuses);
        else if (Lane4.IsAccelerated) Run<Lane4>(options, volatilities, statuses);
        else Run<Lane1>(options, volatilities, statuses);
    }

    /// <summary>The same in registers of a stated width; what is left over at the end goes one by one.</summary>
    internal static void Run<T>(in PricedColumns options, Span<double> volatilities, Span<ImpliedStatus> statuses) where T : struct, IReal<T>
    {
        var whole = options.Length / T.Lanes * T.Lanes;
        for (var from = 0; from < whole; from += Tile) SolveTile<T>(options, volatilities, statuses, from, Math.Min(Tile, whole - from));
        if (whole < options.Length) SolveTile<Lane1>(options, volatilities, statuses, whole, options.Length - whole);
    }

    [SkipLocalsInit]
    private static void SolveTile<T>(in PricedColumns options, Span<double> volatilities, Span<ImpliedStatus> statuses, int from, int count)
        where T : struct, IReal<T>
    {
        var scratch = stackalloc double[TileWork.Columns * Tile];
        fixed (double* sign = options.Sign, forward = options.Forward, strike = options.Strike, years = options.Years)
        fixed (double* price = options.Price, rate = options.Rate, spread = volatilities)
        {
            var work = new TileWork(scratch, spread + from, years + from, price + from);
            for (var i = 0; i < count; i += T.Lanes)
            {
                var factor = rate == null ? T.Of(1) : BlackFormula.DiscountFactor(T.Load(ref rate[from + i]), T.Load(ref work.Years[i]));
                Read<T>(work, sign + from, forward + from, strike + from, factor, i);
            }

            Begin<T>(work, count);
            Place<T>(work, count);
            for (var sketch = 0; sketch < ImpliedFormula.Sketches; sketch++) Sketch<T>(work, count);
            Aim<T>(work, count);
            for (var round = 0; round < ImpliedFormula.Rounds; round++)
            {
                Slopes<T>(work, count);
                Values<T>(work, count);
                Improve<T>(work, count);
            }

            Finish<T>(work, count);
            for (var i = 0; i < count; i++) statuses[from + i] = (ImpliedStatus)(byte)work.Status[i];
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Read<T>(in TileWork work, double* sign, double* forward, double* strike, T factor, int i) where T : struct, IReal<T>
    {
        var w = work;
        var row = new ImpliedRow<T>(T.Load(ref sign[i]), T.Load(ref forward[i]), T.Load(ref strike[i]), T.Load(ref w.Years[i]), factor, T.Load(ref w.Price[i]));
        T.Store(row.Distance, ref w.Distance[i]);
        T.Store(row.Part, ref w.Part[i]);
        T.Store(row.Rest, ref w.Rest[i]);
        T.Store(row.Status, ref w.Status[i]);
        T.Store(row.Floor, ref w.Floor[i]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Begin<T>(in TileWork work, int count) where T : struct, IReal<T>
    {
        var w = work;
        for (var i = 0; i < count; i += T.Lanes)
        {
            T.Store(ImpliedFormula.Begin(T.Load(ref w.Distance[i]), T.Load(ref w.Part[i]), T.Load(ref w.Rest[i]), out var d), ref w.Below[i]);
            T.Store(d, ref w.Spread[i]);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Place<T>(in TileWork work, int count) where T : struct, IReal<T>
    {
        var w = work;
        for (var i = 0; i < count; i += T.Lanes)
            T.Store(ImpliedFormula.Place(T.Load(ref w.Distance[i]), T.Load(ref w.Part[i]), T.Load(ref w.Below[i]), T.Load(ref w.Spread[i])), ref w.Spread[i]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Sketch<T>(in TileWork work, int count) where T : struct, IReal<T>
    {
        var w = work;
        for (var i = 0; i < count; i += T.Lanes)
            T.Store(ImpliedFormula.Sketch(T.Load(ref w.Distance[i]), T.Load(ref w.Part[i]), T.Load(ref w.Below[i]), T.Load(ref w.Spread[i])), ref w.Spread[i]);
    }

    /// <summary>Turns d into a spread, and leaves in the columns what the steps aim at.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Aim<T>(in TileWork work, int count) where T : struct, IReal<T>
    {
        var w = work;
        for (var i = 0; i < count; i += T.Lanes)
        {
            var (part, rest) = (T.Load(ref w.Part[i]), T.Load(ref w.Rest[i]));
            var isRest = ImpliedFormula.AimsAtRest(part);
            T.Store(ImpliedFormula.Spread(T.Load(ref w.Distance[i]), T.Load(ref w.Below[i]), T.Load(ref w.Spread[i])), ref w.Spread[i]);
            T.Store(T.Select(isRest, rest, part), ref w.Part[i]);
            T.Store(isRest, ref w.Rest[i]);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Slopes<T>(in TileWork work, int count) where T : struct, IReal<T>
    {
        var w = work;
        for (var i = 0; i < count; i += T.Lanes)
        {
            var spread = T.Load(ref w.Spread[i]);
            var a = T.Load(ref w.Distance[i]) / spread;
            T.Store(a, ref w.Steps[i]);
            T.Store(ImpliedFormula.Slope(a, spread), ref w.Slope[i]);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Values<T>(in TileWork work, int count) where T : struct, IReal<T>
    {
        var w = work;
        for (var i = 0; i < count; i += T.Lanes)
            T.Store(ImpliedFormula.Value(T.Load(ref w.Steps[i]), T.Load(ref w.Spread[i]), T.Load(ref w.Slope[i]), T.Load(ref w.Rest[i])), ref w.Value[i]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Improve<T>(in TileWork work, int count) where T : struct, IReal<T>
    {
        var w = work;
        for (var i = 0; i < count; i += T.Lanes)
            T.Store(
                ImpliedFormula.Improve(
                    T.Load(ref w.Steps[i]), T.Load(ref w.Spread[i]), T.Load(ref w.Slope[i]), T.Load(ref w.Value[i]), T.Load(ref w.Part[i]), T.Load(ref w.Rest[i])),
                ref w.Spread[i]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Finish<T>(in TileWork work, int count) where T : struct, IReal<T>
    {
        var w = work;
        for (var i = 0; i < count; i += T.Lanes)
            T.Store(
                ImpliedRow<T>.Volatility(T.Load(ref w.Spread[i]), T.Load(ref w.Years[i]), T.Load(ref w.Status[i]), T.Load(ref w.Price[i]), T.Load(ref w.Floor[i])),
                ref w.Spread[i]);
    }

    /// <summary>Where a tile's columns lie, and what its steps hand on; part and rest become goal and mask once there is a guess.</summary>
    private readonly struct TileWork(double* scratch, double* spread, double* years, double* price)
    {
        public const int Columns = 8;

        public readonly double* Spread = spread;
        public readonly double* Years = years;
        public readonly double* Price = price;
        public readonly double* Distance = scratch;
        public readonly double* Part = scratch + Tile;
        public readonly double* Rest = scratch + (2 * Tile);
        public readonly double* Status = scratch + (3 * Tile);
        public readonly double* Floor = scratch + (4 * Tile);
        public readonly double* Steps = scratch + (5 * Tile);
        public readonly double* Slope = scratch + (6 * Tile);
        public readonly double* Value = scratch + (7 * Tile);

        /// <summary>The mask of the guess lies where the values will.</summary>
        public double* Below => Value;
    }
}
