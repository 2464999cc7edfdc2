namespace Plimsoll.Numerics;

/// <summary>
/// A separable convex quadratic programme with bounds and two-sided rows:
/// minimise Σ cⱼxⱼ + ½ Σ dⱼxⱼ² subject to l ≤ x ≤ u and L ≤ A·x ≤ U. With no curvature it is a linear programme. A full
/// quadratic form xᵀMᵀMx is stated by giving M·x variables of their own, tied by rows of equality.
/// </summary>
public sealed class ConvexProgram
{
    /// <summary>The most variables and the most rows; the solver keeps both dense.</summary>
    public const int MaxSize = 4096;

    private readonly double[] _entries;

    /// <summary>A programme in which nothing costs anything, every variable is at least 0 and no row says anything.</summary>
    /// <param name="variables">How many variables, 0 to <see cref="MaxSize"/>.</param>
    /// <param name="rows">How many rows, 0 to <see cref="MaxSize"/>.</param>
    public ConvexProgram(int variables, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(variables);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(variables, MaxSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, MaxSize);
        _entries = new double[variables * rows];
        (Linear, Curvature, Lower, Upper) = (new double[variables], new double[variables], new double[variables], new double[variables]);
        (RowLower, RowUpper) = (new double[rows], new double[rows]);
        Array.Fill(Upper, double.PositiveInfinity);
        Array.Fill(RowLower, double.NegativeInfinity);
        Array.Fill(RowUpper, double.PositiveInfinity);
    }

    /// <summary>How many variables there are.</summary>
    public int Variables => Linear.Length;

    /// <summary>How many rows there are.</summary>
    public int Rows => RowLower.Length;

    /// <summary>c: the slope of the cost at 0.</summary>
    public double[] Linear { get; }

    /// <summary>d, at least 0: the slope grows by this per unit.</summary>
    public double[] Curvature { get; }

    /// <summary>l: the least of each variable; −∞ for none.</summary>
    public double[] Lower { get; }

    /// <summary>u: the most of each variable; +∞ for none.</summary>
    public double[] Upper { get; }

    /// <summary>L: the least of each row; −∞ for none.</summary>
    public double[] RowLower { get; }

    /// <summary>U: the most of each row; +∞ for none.</summary>
    public double[] RowUpper { get; }

    /// <summary>A: what one unit of a variable adds to a row.</summary>
    public double this[int row, int variable]
    {
        get => _entries[Place(row, variable)];
        set => _entries[Place(row, variable)] = value;
    }

    /// <summary>Seeks the cheapest point.</summary>
    /// <param name="limit">The most steps; 0 for as many as a programme of this size should ever need.</param>
    public ProgramAnswer Solve(int limit = 0) => ProgramSolver.Solve(this, limit > 0 ? limit : 200 + (50 * (Variables + Rows)));

    /// <summary>The cost of a point.</summary>
    public double CostOf(ReadOnlySpan<double> point)
    {
        double cost = 0;
        for (var j = 0; j < point.Length; j++) cost += point[j] * (Linear[j] + (0.5 * Curvature[j] * point[j]));
        return cost;
    }

    /// <summary>The value of a row at a point.</summary>
    public double RowAt(int row, ReadOnlySpan<double> point)
    {
        double sum = 0;
        for (var j = 0; j < point.Length; j++) sum += this[row, j] * point[j];
        return sum;
    }

    /// <summary>Whether every number means something: finite costs and entries, no negative curvature, ends that are numbers.</summary>
    internal bool IsStated()
    {
        foreach (var entry in _entries) if (!double.IsFinite(entry)) return false;
        for (var j = 0; j < Variables; j++)
        {
            if (!double.IsFinite(Linear[j]) || !double.IsFinite(Curvature[j]) || Curvature[j] < 0 || !IsRange(Lower[j], Upper[j])) return false;
        }

        for (var i = 0; i < Rows; i++) if (!IsRange(RowLower[i], RowUpper[i])) return false;
        return true;
    }

    private static bool IsRange(double low, double high) =>
        !double.IsNaN(low) && !double.IsNaN(high) && !double.IsPositiveInfinity(low) && !double.IsNegativeInfinity(high);

    private int Place(int row, int variable) => (variable * Rows) + row;
}
