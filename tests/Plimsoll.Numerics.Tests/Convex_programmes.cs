namespace Plimsoll.Numerics.Tests;

public sealed class Convex_programmes
{
    [Fact]
    public void A_textbook_linear_programme_has_its_textbook_answer()
    {
        // Hillier and Lieberman's glass company: most 3x + 5y with x ≤ 4, 2y ≤ 12, 3x + 2y ≤ 18: x = 2, y = 6, 36.
        var program = Stated([-3, -5], [0, 0], [[1, 0], [0, 2], [3, 2]]);
        (program.RowUpper[0], program.RowUpper[1], program.RowUpper[2]) = (4, 12, 18);

        var answer = program.Solve();

        answer.Status.ShouldBe(ProgramStatus.Solved);
        answer.Point.ShouldBe([2, 6]);
        answer.Cost.ShouldBe(-36);
        answer.RowPrices.ShouldBe([0, -1.5, -1]);
    }

    [Fact]
    public void A_curved_cost_is_split_where_its_slopes_meet()
    {
        // x + y = 10 at cost x² + ½·y²·2 + 4y: slopes 2x and 2y + 4 meet at x = 6, y = 4.
        var program = Stated([0, 4], [2, 2], [[1, 1]]);
        (program.RowLower[0], program.RowUpper[0]) = (10, 10);

        var answer = program.Solve();

        answer.Status.ShouldBe(ProgramStatus.Solved);
        answer.Point[0].ShouldBe(6, 1e-12);
        answer.Point[1].ShouldBe(4, 1e-12);
        answer.RowPrices[0].ShouldBe(12, 1e-12);
    }

    [Fact]
    public void What_cannot_be_met_is_infeasible()
    {
        var program = Stated([1, 1], [0, 1], [[1, 1]]);
        program.RowLower[0] = 5;
        (program.Upper[0], program.Upper[1]) = (2, 2);

        program.Solve().Status.ShouldBe(ProgramStatus.Infeasible);

        (program.Lower[0], program.Upper[0]) = (3, 2);
        program.Solve().Status.ShouldBe(ProgramStatus.Infeasible);
    }

    [Fact]
    public void A_cost_without_a_floor_is_unbounded()
    {
        Stated([-1, 0], [0, 1], [[1, 1]]).Solve().Status.ShouldBe(ProgramStatus.Unbounded);
        var free = Stated([1], [0], []);
        free.Lower[0] = double.NegativeInfinity;
        free.Solve().Status.ShouldBe(ProgramStatus.Unbounded);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Numbers_that_mean_nothing_are_named_and_not_solved(double bad)
    {
        Stated([bad], [0], []).Solve().Status.ShouldBe(ProgramStatus.NotANumber);
        Stated([1], [bad], []).Solve().Status.ShouldBe(ProgramStatus.NotANumber);
        Stated([1], [0], [[bad]]).Solve().Status.ShouldBe(ProgramStatus.NotANumber);
        Stated([1], [-1], []).Solve().Status.ShouldBe(ProgramStatus.NotANumber);
        var bound = Stated([1], [0], []);
        bound.Lower[0] = bad;
        bound.Solve().Status.ShouldBe(ProgramStatus.NotANumber);
    }

    [Fact]
    public void A_programme_that_makes_Dantzigs_rule_cycle_still_ends()
    {
        // Beale 1955: the simplex with the steepest choice goes round for ever; the least cost is −1/20.
        var program = Stated([-0.75, 150, -0.02, 6], [0, 0, 0, 0], [[0.25, -60, -0.04, 9], [0.5, -90, -0.02, 3], [0, 0, 1, 0]]);
        (program.RowUpper[0], program.RowUpper[1], program.RowUpper[2]) = (0, 0, 1);

        var answer = program.Solve();

        answer.Status.ShouldBe(ProgramStatus.Solved);
        answer.Cost.ShouldBe(-0.05, 1e-12);
    }

    [Fact]
    public void Small_programmes_agree_with_trying_every_set_of_binding_ends()
    {
        int infeasible = 0;
        for (ulong seed = 1; seed <= 5000; seed++)
        {
            var program = Draw(new SeededStream(seed, 71), most: 3, rows: 3, grid: true);
            var best = EveryCorner.Cheapest(program);
            var answer = program.Solve();

            if (best is { } cost)
            {
                answer.Status.ShouldBe(ProgramStatus.Solved, $"seed {seed}");
                answer.Cost.ShouldBe(cost, 1e-8 * (1 + Math.Abs(cost)), $"seed {seed}");
                MustHold(program, answer, seed);
            }
            else
            {
                answer.Status.ShouldBe(ProgramStatus.Infeasible, $"seed {seed}");
                infeasible++;
            }
        }

        infeasible.ShouldBeInRange(150, 4500);
    }

    [Fact]
    public void Large_programmes_satisfy_the_conditions_of_an_optimum()
    {
        for (ulong seed = 1; seed <= 60; seed++)
        {
            var program = Draw(new SeededStream(seed, 72), most: 60, rows: 8, grid: false);
            var answer = program.Solve();

            if (answer.Status != ProgramStatus.Infeasible) answer.Status.ShouldBe(ProgramStatus.Solved, $"seed {seed}");
            if (answer.IsSolved) MustHold(program, answer, seed);
        }
    }

    [Fact]
    public void Units_of_variables_and_rows_do_not_matter()
    {
        for (ulong seed = 1; seed <= 100; seed++)
        {
            var plain = Draw(new SeededStream(seed, 73), most: 6, rows: 3, grid: true);
            var other = new ConvexProgram(plain.Variables, plain.Rows);
            for (var j = 0; j < plain.Variables; j++)
            {
                var unit = j % 2 == 0 ? 1e6 : 1e-5;
                (other.Linear[j], other.Curvature[j]) = (plain.Linear[j] / unit, plain.Curvature[j] / unit / unit);
                (other.Lower[j], other.Upper[j]) = (plain.Lower[j] * unit, plain.Upper[j] * unit);
                for (var i = 0; i < plain.Rows; i++) other[i, j] = plain[i, j] / unit * 1e4;
            }

            for (var i = 0; i < plain.Rows; i++) (other.RowLower[i], other.RowUpper[i]) = (plain.RowLower[i] * 1e4, plain.RowUpper[i] * 1e4);
            var (a, b) = (plain.Solve(), other.Solve());

            b.Status.ShouldBe(a.Status, $"seed {seed}");
            if (a.IsSolved) b.Cost.ShouldBe(a.Cost, 1e-7 * (1 + Math.Abs(a.Cost)), $"seed {seed}");
        }
    }

    private static ConvexProgram Stated(double[] linear, double[] curvature, double[][] rows)
    {
        var program = new ConvexProgram(linear.Length, rows.Length);
        linear.CopyTo(program.Linear, 0);
        curvature.CopyTo(program.Curvature, 0);
        for (var i = 0; i < rows.Length; i++) for (var j = 0; j < linear.Length; j++) program[i, j] = rows[i][j];
        return program;
    }

    private static ConvexProgram Draw(SeededStream chance, int most, int rows, bool grid)
    {
        double Number() => grid ? chance.NextInt(9) - 4 : chance.NextNormal();
        var program = new ConvexProgram(1 + chance.NextInt(most), chance.NextInt(rows + 1));
        for (var j = 0; j < program.Variables; j++)
        {
            (program.Linear[j], program.Curvature[j]) = (Number(), chance.NextInt(2) * Math.Abs(Number()));
            program.Lower[j] = Number() - 2;
            program.Upper[j] = program.Lower[j] + (chance.NextInt(6) == 0 ? 0 : 1 + Math.Abs(Number()));
            for (var i = 0; i < program.Rows; i++) program[i, j] = chance.NextInt(3) == 0 ? 0 : Number();
        }

        for (var i = 0; i < program.Rows; i++)
        {
            var middle = grid ? 2 * Number() : Number();
            var kind = chance.NextInt(4);
            program.RowLower[i] = kind == 0 ? double.NegativeInfinity : middle - (kind == 3 ? 0 : 1);
            program.RowUpper[i] = kind == 1 ? double.PositiveInfinity : middle + (kind == 3 ? 0 : 1);
        }

        return program;
    }

    /// <summary>Karush, Kuhn and Tucker: feasible, and no slope that a bound or a row does not answer for.</summary>
    private static void MustHold(ConvexProgram program, ProgramAnswer answer, ulong seed)
    {
        const double Near = 1e-7;
        for (var i = 0; i < program.Rows; i++)
        {
            var row = program.RowAt(i, answer.Point);
            row.ShouldBeInRange(program.RowLower[i] - Near, program.RowUpper[i] + Near, $"seed {seed} row {i}");
            if (answer.RowPrices[i] > Near) row.ShouldBe(program.RowLower[i], Near, $"seed {seed} row {i}");
            if (answer.RowPrices[i] < -Near) row.ShouldBe(program.RowUpper[i], Near, $"seed {seed} row {i}");
        }

        for (var j = 0; j < program.Variables; j++)
        {
            var slope = program.Linear[j] + (program.Curvature[j] * answer.Point[j]);
            for (var i = 0; i < program.Rows; i++) slope -= program[i, j] * answer.RowPrices[i];
            answer.Point[j].ShouldBeInRange(program.Lower[j], program.Upper[j], $"seed {seed} variable {j}");
            if (slope > Near) answer.Point[j].ShouldBe(program.Lower[j], Near, $"seed {seed} variable {j}");
            if (slope < -Near) answer.Point[j].ShouldBe(program.Upper[j], Near, $"seed {seed} variable {j}");
        }
    }
}
