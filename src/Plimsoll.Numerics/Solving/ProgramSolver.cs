namespace Plimsoll.Numerics;

/// <summary>
/// Solves a <see cref="ConvexProgram"/> with a primal active-set method: the bounded simplex, with superbasic variables
/// where the cost curves (Murtagh and Saunders, "Large-scale linearly constrained optimization", 1978).
/// <list type="number">
/// <item>Rows and variables are scaled by powers of two, which changes no digit.</item>
/// <item>Each row gets a slack for its value. The search begins at the point nearest 0; a row that is broken there gets an
/// artificial variable, and the first pass makes their sum as small as it can be: above 0, the programme is infeasible.</item>
/// <item>The second pass lowers the cost itself. Every choice among equals falls on the lowest index.</item>
/// </list>
/// </summary>
internal static class ProgramSolver
{
    private const double Feasible = 1e-9;

    public static ProgramAnswer Solve(ConvexProgram program, int limit)
    {
        if (!program.IsStated()) return Ended(program, ProgramStatus.NotANumber, new double[program.Variables], new double[program.Rows], 0);
        for (var j = 0; j < program.Variables; j++)
        {
            if (program.Lower[j] > program.Upper[j]) return Ended(program, ProgramStatus.Infeasible, Nearest(program), new double[program.Rows], 0);
        }

        for (var i = 0; i < program.Rows; i++)
        {
            if (program.RowLower[i] > program.RowUpper[i]) return Ended(program, ProgramStatus.Infeasible, Nearest(program), new double[program.Rows], 0);
        }

        var scaled = new ScaledProgram(program);
        var search = new ActiveSet(scaled, limit);
        if (search.NeedsArtificials)
        {
            var status = search.Run();
            if (status == ProgramStatus.Solved && !search.RowsHold(Feasible)) status = ProgramStatus.Infeasible;
            if (status != ProgramStatus.Solved) return Ended(program, status == ProgramStatus.Unbounded ? ProgramStatus.LimitReached : status, scaled.Unscale(search.Values), new double[program.Rows], search.Steps);
        }

        search.BeginCost();
        var ended = search.Run();
        return Ended(program, ended, scaled.Unscale(search.Values), ended == ProgramStatus.Solved ? scaled.Prices(search.Prices) : new double[program.Rows], search.Steps);
    }

    private static double[] Nearest(ConvexProgram program)
    {
        var point = new double[program.Variables];
        for (var j = 0; j < point.Length; j++) point[j] = program.Lower[j] > 0 ? program.Lower[j] : program.Upper[j] < 0 ? program.Upper[j] : 0;
        return point;
    }

    private static ProgramAnswer Ended(ConvexProgram program, ProgramStatus status, double[] point, double[] prices, int steps) =>
        new(status, point, program.CostOf(point), prices, steps);
}
