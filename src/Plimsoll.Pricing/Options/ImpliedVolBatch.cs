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
    private const int Columns = 5;

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
        var distance = stackalloc double[Columns * Tile];
        var goal = distance + Tile;
        var rest = goal + Tile;
        var status = rest + Tile;
        var floor = status + Tile;
        fixed (double* sign = options.Sign, forward = options.Forward, strike = options.Strike, years = options.Years)
        fixed (double* price = options.Price, rate = options.Rate, spread = volatilities)
        {
            for (var i = 0; i < count; i += T.Lanes)
            {
                var at = from + i;
                var time = T.Load(ref years[at]);
                var factor = rate == null ? T.Of(1) : BlackFormula.DiscountFactor(T.Load(ref rate[at]), time);
                var row = new ImpliedRow<T>(T.Load(ref sign[at]), T.Load(ref forward[at]), T.Load(ref strike[at]), time, factor, T.Load(ref price[at]));
                T.Store(row.Distance, ref distance[i]);
                T.Store(row.Part, ref goal[i]);
                T.Store(row.Rest, ref rest[i]);
                T.Store(row.Status, ref status[i]);
                T.Store(row.Floor, ref floor[i]);
            }

            Guess<T>(distance, goal, rest, spread + from, count);
            for (var round = 0; round < ImpliedFormula.Rounds; round++) Improve<T>(distance, goal, rest, spread + from, count);
            for (var i = 0; i < count; i += T.Lanes)
            {
                ref var answer = ref spread[from + i];
                T.Store(
                    ImpliedRow<T>.Volatility(T.Load(ref answer), T.Load(ref years[from + i]), T.Load(ref status[i]), T.Load(ref price[from + i]), T.Load(ref floor[i])),
                    ref answer);
            }
        }

        for (var i = 0; i < count; i++) statuses[from + i] = (ImpliedStatus)(byte)status[i];
    }

    /// <summary>Guesses, and leaves in the columns what the steps aim at.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Guess<T>(double* distance, double* goal, double* rest, double* spread, int count) where T : struct, IReal<T>
    {
        for (var i = 0; i < count; i += T.Lanes)
        {
            var (part, remainder) = (T.Load(ref goal[i]), T.Load(ref rest[i]));
            var isRest = ImpliedFormula.AimsAtRest(part);
            T.Store(ImpliedFormula.Guess(T.Load(ref distance[i]), part, remainder), ref spread[i]);
            T.Store(T.Select(isRest, remainder, part), ref goal[i]);
            T.Store(isRest, ref rest[i]);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Improve<T>(double* distance, double* goal, double* isRest, double* spread, int count) where T : struct, IReal<T>
    {
        for (var i = 0; i < count; i += T.Lanes)
            T.Store(ImpliedFormula.Improve(T.Load(ref distance[i]), T.Load(ref goal[i]), T.Load(ref isRest[i]), T.Load(ref spread[i])), ref spread[i]);
    }
}
