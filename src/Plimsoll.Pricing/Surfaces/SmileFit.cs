using Plimsoll.Markets.Surfaces;
using Plimsoll.Numerics;

namespace Plimsoll.Pricing.Surfaces;

/// <summary>
/// Fits a smile to points, quasi-explicitly (Zeliade Systems 2009): its bones are searched, the rest solved for each by
/// <see cref="WingProgram"/>.
/// <list type="number">
/// <item>A coarse grid of places and roundnesses, in total standard deviations, gives the start.</item>
/// <item>A downhill simplex refines it. With a room, a smile whose Durrleman g falls below 0 on the room's grid is higher
/// than any that does not, by how far it falls.</item>
/// <item>Asked to bend, it does the same once more with a bump, from the best of a coarse grid of bumps.</item>
/// </list>
/// </summary>
internal sealed class SmileFit
{
    /// <summary>What g is asked to stay above on the room's grid, so that it stays above 0 between its points.</summary>
    private const double LeastDensity = 0.005;

    // A bump narrower than this bends between the points of the grid.
    private const double NarrowestBump = 0.2;
    private const int MostAsked = 140;
    private const int MostAskedBent = 300;
    private const double Tolerance = 1e-7;
    private static readonly double[] Places = [-1, -0.4, 0, 0.4, 1];
    private static readonly double[] Roundnesses = [0.12, 0.4, 1, 2.5];
    private static readonly double[] BumpPlaces = [-1.5, -0.9, -0.5, -0.2, 0, 0.2, 0.5, 0.9, 1.5];
    private static readonly double[] BumpWidths = [0.25, 0.6, 1.2];
    private readonly SmileTarget _target;
    private readonly SmileRoom? _room;
    private readonly WingProgram _wings;

    private SmileFit(SmileTarget target, SmileRoom? room) =>
        (_target, _room, _wings) = (target, room, new WingProgram(target, room));

    /// <summary>The SVI smile nearest to the points, whatever arbitrage it has.</summary>
    public static SviSlice? Free(SmileTarget target) => new SmileFit(target, room: null).Run(out _)?.Svi;

    /// <summary>The smile nearest to the points within a room and without butterfly arbitrage; none where none was found.</summary>
    /// <param name="target">The points.</param>
    /// <param name="room">The room.</param>
    /// <param name="bendAbove">The error, in volatility, above which a bump is tried.</param>
    public static Smile? Within(SmileTarget target, SmileRoom room, double bendAbove)
    {
        var fit = new SmileFit(target, room);
        var plain = fit.Run(out var bones);
        if (plain is { } smile && Math.Sqrt(fit.Error(smile)) <= bendAbove) return smile;
        return fit.Bend(bones) is { } bent && (plain is not { } straight || fit.Error(bent) < fit.Error(straight)) ? bent : plain;
    }

    private Smile? Run(out (double Place, double Round) bones)
    {
        var lowest = double.PositiveInfinity;
        bones = default;
        Span<double> at = stackalloc double[2];
        foreach (var place in Places)
            foreach (var roundness in Roundnesses)
            {
                (at[0], at[1]) = (place, Exact.Log(roundness));
                var height = Height(at);
                if (height < lowest) (lowest, bones) = (height, (at[0], at[1]));
            }

        if (double.IsPositiveInfinity(lowest)) return null;
        (at[0], at[1]) = bones;
        DownhillSimplex.Descend(Height, at, [0.2, 0.35], MostAsked, Tolerance);
        bones = (at[0], at[1]);
        return Kept(at);
    }

    private Smile? Bend((double Place, double Round) bones)
    {
        var (lowest, start) = (double.PositiveInfinity, (Place: 0.0, Width: 0.0));
        Span<double> at = [bones.Place, bones.Round, 0, 0];
        foreach (var place in BumpPlaces)
            foreach (var width in BumpWidths)
            {
                (at[2], at[3]) = (place, Exact.Log(width));
                var height = Height(at);
                if (height < lowest) (lowest, start) = (height, (at[2], at[3]));
            }

        if (double.IsPositiveInfinity(lowest)) return null;
        (at[2], at[3]) = start;
        DownhillSimplex.Descend(Height, at, [0.15, 0.25, 0.15, 0.25], MostAskedBent, Tolerance);
        return Kept(at);
    }

    private Smile? Kept(ReadOnlySpan<double> at) => Smile(at) is { } smile && (_room is null || (Fall(smile) <= 0 && SmileGrid.LeastDensity(smile).Value >= 0)) ? smile : null;

    private double Height(ReadOnlySpan<double> at)
    {
        foreach (var number in at)
            if (!(Math.Abs(number) <= 6)) return double.PositiveInfinity;
        if (at.Length > 2 && Exact.Exp(at[3]) < NarrowestBump) return double.PositiveInfinity;
        if (Smile(at) is not { } smile) return double.PositiveInfinity;
        var error = Error(smile);
        if (_room is null) return error;
        var fall = Fall(smile);
        // A whole volatility of error is worse than any fit that may be kept.
        return fall > 0 ? error + 1 + fall : error;
    }

    private Smile? Smile(ReadOnlySpan<double> at)
    {
        var unit = _target.Deviation;
        var (m, sigma) = (at[0] * unit, Exact.Exp(at[1]) * unit);
        return _wings.Solve(at.Length == 2 ? new SmileBones(m, sigma) : new SmileBones(m, sigma, at[2] * unit, Exact.Exp(at[3]) * unit));
    }

    private double Error(Smile smile)
    {
        var sum = 0.0;
        for (var i = 0; i < _target.K.Length; i++)
        {
            var gap = smile.Variance(_target.K[i]) - _target.Variance[i];
            sum += _target.Weight[i] * gap * gap;
        }

        return sum;
    }

    /// <summary>How far g falls below what is asked, at worst.</summary>
    private double Fall(Smile smile)
    {
        var worst = double.NegativeInfinity;
        foreach (var k in _room!.K)
        {
            var fall = LeastDensity - smile.Density(k);
            if (double.IsNaN(fall)) return double.PositiveInfinity;
            worst = Math.Max(worst, fall);
        }

        return worst;
    }
}
