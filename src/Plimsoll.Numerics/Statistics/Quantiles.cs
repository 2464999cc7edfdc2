namespace Plimsoll.Numerics;

/// <summary>Quantiles and tail means of a sample, each by a stated convention, because the libraries of the trade disagree.</summary>
public static class Quantiles
{
    /// <summary>The quantile of type 7 (Hyndman and Fan 1996; the default of R and NumPy): linear between order statistics at (n − 1)·p.</summary>
    /// <param name="ascending">The sample in ascending order, not empty, without NaN.</param>
    /// <param name="probability">0 to 1.</param>
    /// <exception cref="ArgumentException">The sample is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The probability lies outside 0 to 1.</exception>
    public static double Type7(ReadOnlySpan<double> ascending, double probability)
    {
        MustBeUsable(ascending, probability);
        var place = (ascending.Length - 1) * probability;
        var below = (int)place;
        var part = place - below;
        return part == 0 ? ascending[below] : Math.FusedMultiplyAdd(part, ascending[below + 1] - ascending[below], ascending[below]);
    }

    /// <summary>
    /// The quantile of type 6 (Weibull): linear between order statistics at (n + 1)·p. It is the one that the next member of an
    /// exchangeable series exceeds with probability 1 − p, whatever its distribution; type 7 is exceeded more often.
    /// </summary>
    /// <param name="ascending">The sample in ascending order, not empty, without NaN.</param>
    /// <param name="probability">0 to 1.</param>
    /// <returns>NaN where the sample is too small to say: p under 1 ÷ (n + 1) or over n ÷ (n + 1).</returns>
    /// <exception cref="ArgumentException">The sample is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The probability lies outside 0 to 1.</exception>
    public static double Type6(ReadOnlySpan<double> ascending, double probability)
    {
        MustBeUsable(ascending, probability);
        var place = (ascending.Length + 1) * probability;
        // The product carries the error of p; a whole number missed by that much is still that whole number.
        if (Math.Abs(place - Math.Round(place)) <= 1e-9) place = Math.Round(place);
        if (!(place >= 1 && place <= ascending.Length)) return double.NaN;
        var below = (int)place;
        var part = place - below;
        return part == 0 ? ascending[below - 1] : Math.FusedMultiplyAdd(part, ascending[below] - ascending[below - 1], ascending[below - 1]);
    }

    /// <summary>The k-th greatest with k = ⌈n·(1 − p)⌉, at least the first: an order statistic, never between two.</summary>
    /// <param name="ascending">The sample in ascending order, not empty, without NaN.</param>
    /// <param name="probability">0 to 1.</param>
    /// <exception cref="ArgumentException">The sample is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The probability lies outside 0 to 1.</exception>
    public static double OrderStatistic(ReadOnlySpan<double> ascending, double probability)
    {
        MustBeUsable(ascending, probability);
        // The product carries the error of 1 − p; a whole number missed by that much is still that whole number.
        var wanted = ascending.Length * (1 - probability);
        var nearest = Math.Round(wanted);
        var k = Math.Abs(wanted - nearest) <= 1e-9 ? (int)nearest : (int)Math.Ceiling(wanted);
        return ascending[ascending.Length - Math.Clamp(k, 1, ascending.Length)];
    }

    /// <summary>
    /// The mean of the greatest share of a sample (Acerbi and Tasche 2002): with m = ⌊n·a⌋, the m greatest whole and the next
    /// by the part n·a − m. Of losses at a = 2.5 % it is the Expected Shortfall at 97.5 %, loss positive.
    /// </summary>
    /// <param name="ascending">The sample in ascending order, not empty, without NaN.</param>
    /// <param name="share">The tail's share a, above 0 and at most 1.</param>
    /// <exception cref="ArgumentException">The sample is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The share lies outside its range.</exception>
    public static double UpperTailMean(ReadOnlySpan<double> ascending, double share)
    {
        MustBeUsable(ascending, share);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(share, 0);
        var size = ascending.Length * share;
        var whole = Math.Min((int)size, ascending.Length);
        var sum = 0.0;
        for (var i = 1; i <= whole; i++) sum += ascending[^i];
        if (whole < ascending.Length) sum = Math.FusedMultiplyAdd(size - whole, ascending[ascending.Length - 1 - whole], sum);
        return sum / size;
    }

    private static void MustBeUsable(ReadOnlySpan<double> ascending, double probability)
    {
        if (ascending.IsEmpty) throw new ArgumentException("An empty sample has no quantiles.", nameof(ascending));
        if (!(probability is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability lies between 0 and 1.");
    }
}
