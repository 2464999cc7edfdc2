using System.Runtime.CompilerServices;
using Plimsoll.Numerics;

namespace Plimsoll.Pricing.Options;

/// <summary>
/// A book of options fully revalued under many scenarios, the same bits in every width of register:
/// <list type="number">
/// <item>Scenarios are taken in tiles whose columns and totals stay in the first-level cache.</item>
/// <item>Of each option ln(F/K), σ√T and its inverse are found once; a scenario adds ln of its move and multiplies the spread.</item>
/// <item>The lanes of a register are scenarios, so each total is one sum over the options in their order, whatever the width.</item>
/// </list>
/// One revaluation costs an exponential, two Mills ratios and one division. Values agree with <see cref="Black76"/> to some units in the
/// last place of the forward.
/// </summary>
public static unsafe class ScenarioRevaluation
{
    private const int Tile = 512;

    /// <summary>The value of the whole book in each scenario, in quote units.</summary>
    /// <param name="options">The options as they stand.</param>
    /// <param name="quantities">How many of each are held; negative for short.</param>
    /// <param name="scenarios">The scenarios.</param>
    /// <param name="totals">Receives one value per scenario; NaN throughout when any option's arguments have no meaning.</param>
    /// <exception cref="ArgumentException">Columns of unequal length, or too little room.</exception>
    public static void Totals(in OptionColumns options, ReadOnlySpan<double> quantities, ScenarioSet scenarios, Span<double> totals)
    {
        ArgumentNullException.ThrowIfNull(scenarios);
        options.MustAgree();
        if (quantities.Length != options.Length) throw new ArgumentException($"{options.Length} quantities are needed.", nameof(quantities));
        if (totals.Length < scenarios.Count) throw new ArgumentException($"Room for {scenarios.Count} totals is needed.", nameof(totals));

        if (Lane8.IsAccelerated) Run<Lane8>(options, quantities, scenarios, totals);
        else if (Lane4.IsAccelerated) Run<Lane4>(options, quantities, scenarios, totals);
        else Run<Lane1>(options, quantities, scenarios, totals);
    }

    /// <summary>1/x, or a number large enough to put every strike out of reach where x is next to nothing.</summary>
    internal static double Inverse(double x) => x > 1e-150 ? 1 / x : 1e150;

    internal static void Run<T>(in OptionColumns options, ReadOnlySpan<double> quantities, ScenarioSet scenarios, Span<double> totals) where T : struct, IReal<T>
    {
        for (var from = 0; from < scenarios.Count; from += Tile)
        {
            var count = Math.Min(Tile, scenarios.Move.Length - from);
            Price<T>(options, quantities, scenarios, from, count, totals[from..Math.Min(from + Tile, scenarios.Count)]);
        }
    }

    [SkipLocalsInit]
    private static void Price<T>(in OptionColumns options, ReadOnlySpan<double> quantities, ScenarioSet scenarios, int from, int count, Span<double> totals)
        where T : struct, IReal<T>
    {
        var sums = stackalloc double[Tile];
        new Span<double>(sums, count).Clear();
        fixed (double* move = scenarios.Move, logMove = scenarios.LogMove, factor = scenarios.Factor, perFactor = scenarios.PerFactor)
        {
            for (var i = 0; i < options.Length; i++)
            {
                var (forward, strike, years) = (options.Forward[i], options.Strike[i], options.Years[i]);
                var spread = options.Volatility[i] * Math.Sqrt(years);
                var quantity = quantities[i];
                if (!options.Rate.IsEmpty) quantity *= Exact.Exp(-options.Rate[i] * years);
                if (!IsValid(forward * scenarios.LeastMove, strike, spread) || !IsValid(forward * scenarios.GreatestMove, strike, spread)) quantity = double.NaN;
                var held = new Held(quantity, options.Sign[i], forward, strike, Exact.LogRatio(forward, strike), 0.5 * spread, Inverse(spread));
                Add<T>(held, move + from, logMove + from, factor + from, perFactor + from, sums, count);
            }
        }

        new Span<double>(sums, totals.Length).CopyTo(totals);
    }

    private static bool IsValid(double forward, double strike, double spread) =>
        Lane1.Any(BlackFormula.IsValid(new Lane1(forward), new Lane1(strike), new Lane1(spread)));

    /// <summary>Adds one option's value in each scenario of a tile.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Add<T>(in Held held, double* move, double* logMove, double* factor, double* perFactor, double* sums, int count) where T : struct, IReal<T>
    {
        var (zero, quantity, sign) = (T.Of(0), T.Of(held.Quantity), T.Of(held.Sign));
        var (forward, strike, distance) = (T.Of(held.Forward), T.Of(held.Strike), T.Of(held.Distance));
        var (halfSpread, perSpread) = (T.Of(held.HalfSpread), T.Of(held.PerSpread));
        for (var i = 0; i < count; i += T.Lanes)
        {
            var future = forward * T.Load(ref move[i]);
            var steps = T.Abs(distance + T.Load(ref logMove[i])) * (perSpread * T.Load(ref perFactor[i]));
            var half = halfSpread * T.Load(ref factor[i]);
            var near = steps - half;
            var pair = BlackFormula.Mills(near, steps + half, BlackFormula.Step(steps, half));
            var weight = BlackFormula.Weight(future, strike, near);
            var least = T.Select(T.LessThan(strike, future), strike, future);
            var outside = BlackFormula.OutOfTheMoney(least, weight, near, pair);
            var gain = sign * (future - strike);
            var value = T.Select(T.LessThan(zero, outside), outside, zero) + T.Select(T.LessThan(zero, gain), gain, zero);
            T.Store(T.FusedMultiplyAdd(quantity, value, T.Load(ref sums[i])), ref sums[i]);
        }
    }

    /// <summary>What of one option is the same in every scenario.</summary>
    private readonly record struct Held(double Quantity, double Sign, double Forward, double Strike, double Distance, double HalfSpread, double PerSpread);
}
