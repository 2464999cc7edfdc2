namespace Plimsoll.Numerics;

/// <summary>How the search for the cheapest point ended.</summary>
public enum ProgramStatus
{
    /// <summary>The point is the cheapest there is.</summary>
    Solved = 0,

    /// <summary>No point satisfies every bound and row.</summary>
    Infeasible = 1,

    /// <summary>The cost has no least value.</summary>
    Unbounded = 2,

    /// <summary>The limit of steps was reached; the point is the best so far.</summary>
    LimitReached = 3,

    /// <summary>A number of the programme is NaN or infinite where it may not be, or a curvature is negative.</summary>
    NotANumber = 4,
}

/// <summary>The outcome of a programme.</summary>
/// <param name="Status">How the search ended.</param>
/// <param name="Point">A value for each variable; where no answer was found, the point at which the search ended.</param>
/// <param name="Cost">The cost of the point.</param>
/// <param name="RowPrices">
/// Per row what one unit more of its binding end would add to the cost: at least 0 where the lower end binds, at most 0 where
/// the upper does, 0 where neither does.
/// </param>
/// <param name="Steps">Steps taken.</param>
public sealed record ProgramAnswer(ProgramStatus Status, double[] Point, double Cost, double[] RowPrices, int Steps)
{
    /// <summary>Whether the point is the cheapest there is.</summary>
    public bool IsSolved => Status == ProgramStatus.Solved;
}
