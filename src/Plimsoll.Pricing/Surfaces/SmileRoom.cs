using Plimsoll.Markets.Surfaces;

namespace Plimsoll.Pricing.Surfaces;

/// <summary>
/// The room a smile has beside the smile of a neighbouring expiry: below a later one or above an earlier one at every
/// log-moneyness of a grid, with wings not steeper or not flatter than its wings. Near strikes the grid is as fine as the smile
/// itself, farther out as the neighbour.
/// </summary>
internal sealed class SmileRoom
{
    /// <summary>Wings are never flatter, so that a hyperbola stays one.</summary>
    public const double FlattestWing = 1e-9;

    private const int NearPoints = 81;
    private const int FarPoints = 40;
    private const double Deviations = 4.5;

    private SmileRoom(double deviation, Smile? neighbour, double steepest)
    {
        var near = Deviations * deviation;
        var far = neighbour is { } other ? Math.Max(near, Deviations * Math.Sqrt(other.Variance(0))) : near;
        var points = NearPoints + FarPoints;
        (K, Floor, Ceiling) = (new double[points], new double[points], new double[points]);
        for (var i = 0; i < K.Length; i++) K[i] = i < NearPoints ? Even(near, i, NearPoints) : Even(far, i - NearPoints, FarPoints);
        Array.Fill(Floor, deviation * deviation * 1e-3);
        Array.Fill(Ceiling, double.PositiveInfinity);
        (LeastLeft, LeastRight, MostLeft, MostRight) = (FlattestWing, FlattestWing, steepest, steepest);
    }

    /// <summary>Room without neighbours.</summary>
    /// <param name="deviation">The smile's own total standard deviation, roughly.</param>
    /// <param name="steepest">The steepest wing allowed.</param>
    public static SmileRoom Open(double deviation, double steepest) => new(deviation, neighbour: null, steepest);

    /// <summary>Room below the smile of the expiry after it.</summary>
    /// <param name="deviation">The smile's own total standard deviation, roughly.</param>
    /// <param name="later">That smile.</param>
    public static SmileRoom Below(double deviation, Smile later)
    {
        var room = new SmileRoom(deviation, later, steepest: 0) { MostLeft = later.Svi.LeftWing, MostRight = later.Svi.RightWing };
        for (var i = 0; i < room.K.Length; i++) room.Ceiling[i] = later.Variance(room.K[i]);
        return room;
    }

    /// <summary>Room above the smile of the expiry before it.</summary>
    /// <param name="deviation">The smile's own total standard deviation, roughly.</param>
    /// <param name="earlier">That smile.</param>
    /// <param name="steepest">The steepest wing allowed.</param>
    public static SmileRoom Above(double deviation, Smile earlier, double steepest)
    {
        var room = new SmileRoom(deviation, earlier, steepest) { LeastLeft = earlier.Svi.LeftWing, LeastRight = earlier.Svi.RightWing };
        for (var i = 0; i < room.K.Length; i++) room.Floor[i] = earlier.Variance(room.K[i]);
        return room;
    }

    /// <summary>The grid.</summary>
    public double[] K { get; }

    /// <summary>The least total variance on the grid.</summary>
    public double[] Floor { get; }

    /// <summary>The greatest total variance on the grid.</summary>
    public double[] Ceiling { get; }

    /// <summary>The flattest left wing.</summary>
    public double LeastLeft { get; private init; }

    /// <summary>The flattest right wing.</summary>
    public double LeastRight { get; private init; }

    /// <summary>The steepest left wing.</summary>
    public double MostLeft { get; private init; }

    /// <summary>The steepest right wing.</summary>
    public double MostRight { get; private init; }

    private static double Even(double reach, int i, int points) => reach * ((2.0 * i / (points - 1)) - 1);
}
