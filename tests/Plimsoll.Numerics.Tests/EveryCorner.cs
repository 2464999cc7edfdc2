namespace Plimsoll.Numerics.Tests;

/// <summary>The cheapest point of a small programme, by trying every set of bounds and rows that may bind; slow and plain.</summary>
internal static class EveryCorner
{
    /// <summary>The least cost, or null when nothing is feasible. All variables must be bounded.</summary>
    public static double? Cheapest(ConvexProgram program)
    {
        double? best = null;
        var states = new int[program.Variables + program.Rows];
        var combinations = 1;
        for (var k = 0; k < states.Length; k++) combinations *= 3;
        for (var c = 0; c < combinations; c++)
        {
            for (int k = 0, rest = c; k < states.Length; k++, rest /= 3) states[k] = rest % 3;
            if (Point(program, states) is not { } point || !IsFeasible(program, point)) continue;
            var cost = program.CostOf(point);
            if (best is null || cost < best) best = cost;
        }

        return best;
    }

    /// <summary>The stationary point with state 1 at the lower end, 2 at the upper, 0 free; null where it is not unique.</summary>
    private static double[]? Point(ConvexProgram program, int[] states)
    {
        int n = program.Variables, size = n + program.Rows;
        var system = new double[size, size + 1];
        for (var j = 0; j < n; j++)
        {
            if (states[j] != 0)
            {
                (system[j, j], system[j, size]) = (1, states[j] == 1 ? program.Lower[j] : program.Upper[j]);
                continue;
            }

            (system[j, j], system[j, size]) = (program.Curvature[j], -program.Linear[j]);
            for (var i = 0; i < program.Rows; i++) system[j, n + i] = -program[i, j];
        }

        for (var i = 0; i < program.Rows; i++)
        {
            var end = states[n + i] switch { 1 => program.RowLower[i], 2 => program.RowUpper[i], _ => 0 };
            if (double.IsInfinity(end)) return null;
            system[n + i, size] = end;
            if (states[n + i] == 0) system[n + i, n + i] = 1;
            else for (var j = 0; j < n; j++) system[n + i, j] = program[i, j];
        }

        return Gauss(system, size)?[..n];
    }

    private static double[]? Gauss(double[,] system, int size)
    {
        for (var k = 0; k < size; k++)
        {
            var best = k;
            for (var i = k; i < size; i++) if (Math.Abs(system[i, k]) > Math.Abs(system[best, k])) best = i;
            if (Math.Abs(system[best, k]) < 1e-9) return null;
            for (var j = 0; j <= size; j++) (system[k, j], system[best, j]) = (system[best, j], system[k, j]);
            for (var i = 0; i < size; i++)
            {
                if (i == k) continue;
                var factor = system[i, k] / system[k, k];
                for (var j = k; j <= size; j++) system[i, j] -= factor * system[k, j];
            }
        }

        return [.. Enumerable.Range(0, size).Select(k => system[k, size] / system[k, k])];
    }

    private static bool IsFeasible(ConvexProgram program, double[] point)
    {
        const double Near = 1e-8;
        for (var j = 0; j < point.Length; j++) if (point[j] < program.Lower[j] - Near || point[j] > program.Upper[j] + Near) return false;
        for (var i = 0; i < program.Rows; i++)
        {
            var row = program.RowAt(i, point);
            if (row < program.RowLower[i] - Near || row > program.RowUpper[i] + Near) return false;
        }

        return true;
    }
}
