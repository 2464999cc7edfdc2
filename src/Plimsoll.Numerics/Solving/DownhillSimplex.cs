namespace Plimsoll.Numerics;

/// <summary>A function of several variables.</summary>
/// <param name="at">Where it is asked.</param>
public delegate double Landscape(ReadOnlySpan<double> at);

/// <summary>
/// The downhill simplex of Nelder and Mead (1965): finds a low place of a function of a few variables without derivatives.
/// Deterministic, and content with functions that jump or are infinite where they may not be asked.
/// <list type="number">
/// <item>Order the n + 1 corners; reflect the worst through the middle of the others.</item>
/// <item>Twice as far where that is the best yet; half as far where it is still the worst.</item>
/// <item>Where nothing helps, draw all corners half way to the best.</item>
/// </list>
/// </summary>
public static class DownhillSimplex
{
    private const int MostVariables = 16;

    /// <summary>Walks downhill from a start.</summary>
    /// <param name="landscape">The function; NaN counts as infinitely high.</param>
    /// <param name="at">In: where to start. Out: the lowest place found.</param>
    /// <param name="steps">How far the other corners stand from the start, one per variable.</param>
    /// <param name="limit">The most evaluations.</param>
    /// <param name="tolerance">Stops when the corners differ by no more than this part of the lowest value.</param>
    /// <returns>The lowest value.</returns>
    /// <exception cref="ArgumentException">As many steps as variables are needed, from 1 to 16.</exception>
    public static double Descend(Landscape landscape, Span<double> at, ReadOnlySpan<double> steps, int limit, double tolerance)
    {
        ArgumentNullException.ThrowIfNull(landscape);
        var n = at.Length;
        if (n is 0 or > MostVariables || steps.Length != n) throw new ArgumentException($"As many steps as variables are needed, from 1 to {MostVariables}.", nameof(steps));

        Span<double> corners = stackalloc double[(n + 1) * n];
        Span<double> heights = stackalloc double[n + 1];
        Span<double> middle = stackalloc double[n];
        Span<double> trial = stackalloc double[n];
        for (var c = 0; c <= n; c++)
        {
            var corner = corners.Slice(c * n, n);
            at.CopyTo(corner);
            if (c > 0) corner[c - 1] += steps[c - 1];
            heights[c] = Height(landscape, corner);
        }

        for (var asked = n + 1; asked < limit;)
        {
            var (best, worst, second) = Rank(heights);
            if (heights[worst] - heights[best] <= tolerance * Math.Abs(heights[best])) break;

            Middle(corners, n, worst, middle);
            var high = corners.Slice(worst * n, n);
            var reflected = Try(landscape, middle, high, -1, trial);
            asked++;
            if (reflected < heights[best])
            {
                Keep(trial, reflected, high, ref heights[worst]);
                // The corner now is the reflected point: from the middle, 2 goes once more as far.
                var further = Try(landscape, middle, high, 2, trial);
                asked++;
                if (further < reflected) Keep(trial, further, high, ref heights[worst]);
                continue;
            }

            if (reflected < heights[second])
            {
                Keep(trial, reflected, high, ref heights[worst]);
                continue;
            }

            if (reflected < heights[worst]) Keep(trial, reflected, high, ref heights[worst]);
            var nearer = Try(landscape, middle, high, 0.5, trial);
            asked++;
            if (nearer < heights[worst])
            {
                Keep(trial, nearer, high, ref heights[worst]);
                continue;
            }

            asked += Shrink(landscape, corners, heights, n, best);
        }

        var lowest = Rank(heights).Best;
        corners.Slice(lowest * n, n).CopyTo(at);
        return heights[lowest];
    }

    private static double Height(Landscape landscape, ReadOnlySpan<double> at)
    {
        var height = landscape(at);
        return double.IsNaN(height) ? double.PositiveInfinity : height;
    }

    private static double Try(Landscape landscape, ReadOnlySpan<double> middle, ReadOnlySpan<double> corner, double reach, Span<double> trial)
    {
        for (var i = 0; i < trial.Length; i++) trial[i] = middle[i] + (reach * (corner[i] - middle[i]));
        return Height(landscape, trial);
    }

    private static void Keep(ReadOnlySpan<double> trial, double height, Span<double> corner, ref double old)
    {
        trial.CopyTo(corner);
        old = height;
    }

    private static (int Best, int Worst, int Second) Rank(ReadOnlySpan<double> heights)
    {
        var (best, worst) = (0, 0);
        for (var c = 1; c < heights.Length; c++)
        {
            if (heights[c] < heights[best]) best = c;
            if (heights[c] >= heights[worst]) worst = c;
        }

        var second = best;
        for (var c = 0; c < heights.Length; c++)
            if (c != worst && heights[c] >= heights[second]) second = c;
        return (best, worst, second);
    }

    private static void Middle(ReadOnlySpan<double> corners, int n, int without, Span<double> middle)
    {
        middle.Clear();
        for (var c = 0; c <= n; c++)
            if (c != without)
                for (var i = 0; i < n; i++) middle[i] += corners[(c * n) + i] / n;
    }

    private static int Shrink(Landscape landscape, Span<double> corners, Span<double> heights, int n, int best)
    {
        for (var c = 0; c <= n; c++)
        {
            if (c == best) continue;
            for (var i = 0; i < n; i++) corners[(c * n) + i] = (corners[(c * n) + i] + corners[(best * n) + i]) / 2;
            heights[c] = Height(landscape, corners.Slice(c * n, n));
        }

        return n;
    }
}
