namespace Plimsoll.Numerics;

/// <summary>The way down among the free variables of an <see cref="ActiveSet"/>.</summary>
internal static class FreeSpace
{
    private const double Flat = 1e-11;

    /// <summary>
    /// The Newton step −H⁻¹·slope where the cost curves along all of them; otherwise, along the first flat direction that
    /// slopes, downhill without end. None where nothing slopes.
    /// </summary>
    /// <param name="free">The free variables.</param>
    /// <param name="slopes">Slope of the cost by variable.</param>
    /// <param name="noise">Size of the terms each slope is the sum of.</param>
    /// <param name="curvature">H, positive semidefinite.</param>
    /// <param name="tolerance">The part of its noise that a slope must exceed to be one.</param>
    /// <param name="least">The least noise there is.</param>
    public static (double[]? Along, bool Curved) Direction(IReadOnlyList<int> free, double[] slopes, double[] noise, double[,] curvature, double tolerance, double least)
    {
        var n = free.Count;
        var triangle = new double[n, n];
        var kept = new List<int>(n);
        for (var k = 0; k < n; k++)
        {
            var pivot = Reduce(curvature, triangle, kept, k);
            if (pivot > Flat * curvature[k, k])
            {
                triangle[k, k] = Math.Sqrt(pivot);
                kept.Add(k);
                continue;
            }

            var flat = FlatDirection(triangle, kept, k, n);
            double slope = 0, size = 0;
            for (var a = 0; a <= k; a++)
            {
                slope += flat[a] * slopes[free[a]];
                size += Math.Abs(flat[a]) * noise[free[a]];
            }

            if (Math.Abs(slope) <= tolerance * (size + least)) continue;
            if (slope > 0) for (var a = 0; a <= k; a++) flat[a] = -flat[a];
            return (flat, false);
        }

        return (Newton(free, slopes, triangle, kept), true);
    }

    /// <summary>Row k of the Cholesky triangle over the kept variables; answers what is left of the diagonal.</summary>
    private static double Reduce(double[,] curvature, double[,] triangle, List<int> kept, int k)
    {
        var left = curvature[k, k];
        for (var b = 0; b < kept.Count; b++)
        {
            var j = kept[b];
            var sum = curvature[k, j];
            for (var c = 0; c < b; c++) sum -= triangle[k, kept[c]] * triangle[j, kept[c]];
            triangle[k, j] = sum / triangle[j, j];
            left -= triangle[k, j] * triangle[k, j];
        }

        return left;
    }

    /// <summary>One unit of variable k, with the kept ones following so that the cost does not curve.</summary>
    private static double[] FlatDirection(double[,] triangle, List<int> kept, int k, int n)
    {
        var flat = new double[n];
        flat[k] = 1;
        for (var b = kept.Count - 1; b >= 0; b--)
        {
            var sum = -triangle[k, kept[b]];
            for (var c = b + 1; c < kept.Count; c++) sum -= triangle[kept[c], kept[b]] * flat[kept[c]];
            flat[kept[b]] = sum / triangle[kept[b], kept[b]];
        }

        return flat;
    }

    private static double[]? Newton(IReadOnlyList<int> free, double[] slopes, double[,] triangle, List<int> kept)
    {
        if (kept.Count == 0) return null;
        var along = new double[free.Count];
        for (var b = 0; b < kept.Count; b++)
        {
            var sum = -slopes[free[kept[b]]];
            for (var c = 0; c < b; c++) sum -= triangle[kept[b], kept[c]] * along[kept[c]];
            along[kept[b]] = sum / triangle[kept[b], kept[b]];
        }

        for (var b = kept.Count - 1; b >= 0; b--)
        {
            var sum = along[kept[b]];
            for (var c = b + 1; c < kept.Count; c++) sum -= triangle[kept[c], kept[b]] * along[kept[c]];
            along[kept[b]] = sum / triangle[kept[b], kept[b]];
        }

        return along;
    }
}
