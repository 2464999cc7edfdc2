using System.Collections.Immutable;
using Plimsoll.Risk.Liquidation;

namespace Plimsoll.Risk.Thresholds;

/// <summary>What a first move of one price sets off.</summary>
/// <param name="Shock">The first move, as a part of today's price, above 0 in the direction asked about.</param>
/// <param name="Forced">What is liquidated in the end, in the numeraire.</param>
/// <param name="Extra">The move that selling (or buying) it adds; what was reached when the map ended, where it diverges.</param>
/// <param name="Rounds">Rounds until nothing more was set off.</param>
/// <param name="Diverges">Whether every round set off more until the map ended.</param>
public readonly record struct CascadeStep(double Shock, double Forced, double Extra, int Rounds, bool Diverges)
{
    /// <summary>The whole move ÷ the first; +∞ where it diverges.</summary>
    public double Multiplier => Diverges ? double.PositiveInfinity : (Shock + Extra) / Shock;
}

/// <summary>
/// How much a fall of one price feeds itself: what is liquidated at each price (the map) moves the price by what the market's depth
/// says, and that liquidates more: the map is walked to its fixed point. The one reckoning of a cascade, live and in rehearsals.
/// </summary>
/// <remarks>
/// <para>x₀ = the shock, xₙ₊₁ = shock + κ·F(xₙ), F(x) = what is liquidated at a move of x or less, straight between two prices of the
/// map. F never falls, so the rounds rise to the smallest fixed point, or leave the map: then it is said to diverge. (Cascade as in
/// Warmuz et al.: the multiplier is 1 ÷ (1 − κF′) where F is straight.)</para>
/// <para>κ is that of <see cref="MarketDepth"/>, linear to the end of the depth; accounts under water today are counted from the first
/// move on.</para>
/// </remarks>
public static class CascadeWalk
{
    private const int MaxRounds = 10_000;
    private const double Enough = 1e-12;

    /// <summary>Follows shocks down, or up, a liquidation map.</summary>
    /// <param name="map">The map of the underlying.</param>
    /// <param name="impact">κ: the part of the price that a unit of notional moves it by, at least 0.</param>
    /// <param name="shocks">First moves, each above 0.</param>
    /// <param name="up">Whether the price rises.</param>
    public static ImmutableArray<CascadeStep> Of(LiquidationMap map, double impact, IEnumerable<double> shocks, bool up = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(impact);
        IReadOnlyList<MapStep> steps = up ? map.Up : map.Down;
        double[] moves = [.. steps.Select(step => Math.Abs(step.Ratio - 1))];
        double[] forced = new double[steps.Count];
        double sum = FlowOf(up ? map.SunkShort : map.SunkLong, up);
        double first = sum;
        for (int i = 0; i < forced.Length; i++) forced[i] = sum += FlowOf(steps[i], up);

        return [.. shocks.Select(shock => Follow(shock, impact, moves, forced, first))];
    }

    private static CascadeStep Follow(double shock, double impact, double[] moves, double[] forced, double sunk)
    {
        double end = moves.Length > 0 ? moves[^1] : 0;
        double move = shock;
        for (int round = 1; round <= MaxRounds; round++)
        {
            if (move >= end) return new CascadeStep(shock, moves.Length > 0 ? forced[^1] : sunk, Math.Max(0, move - shock), round, impact > 0);

            double flow = FlowAt(move, moves, forced, sunk);
            double next = shock + (impact * flow);
            if (next - move <= Enough) return new CascadeStep(shock, flow, next - shock, round, false);

            move = next;
        }

        return new CascadeStep(shock, FlowAt(move, moves, forced, sunk), move - shock, MaxRounds, false);
    }

    private static double FlowAt(double move, double[] moves, double[] forced, double sunk)
    {
        (double from, double before) = (0, sunk);
        for (int i = 0; i < moves.Length; i++)
        {
            if (move < moves[i]) return before + ((forced[i] - before) * ((move - from) / (moves[i] - from)));

            (from, before) = (moves[i], forced[i]);
        }

        return before;
    }

    /// <summary>What a step trades in the direction of the move: sold where the price falls, bought where it rises.</summary>
    private static double FlowOf(in MapStep step, bool up) => Math.Max(0, up ? step.Flow : -step.Flow) + (up ? 0 : step.CollateralSold);
}
