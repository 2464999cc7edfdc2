using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation.Deleveraging;

/// <summary>How evenly a burden is shared, from the part each had to give.</summary>
/// <param name="Gini">0 where all give alike, towards 1 where one gives all. (Gini 1912: mean difference ÷ twice the mean.)</param>
/// <param name="Jain">1 where all give alike, 1 ÷ n where one gives all. (Jain, Chiu and Hawe 1984: (Σx)² ÷ (n·Σx²).)</param>
public readonly record struct Fairness(double Gini, double Jain)
{
    /// <summary>The indices of a burden; even where nobody gave anything.</summary>
    /// <param name="parts">What each gave, as a part of what he had; not below 0.</param>
    /// <exception cref="InputException">Nobody is named, or a part is below 0 or not finite.</exception>
    public static Fairness Of(ReadOnlySpan<double> parts)
    {
        if (parts.IsEmpty) throw new InputException("parts", "expected at least one");

        double[] ascending = parts.ToArray();
        Array.Sort(ascending);
        if (!(ascending[0] >= 0) || !double.IsFinite(ascending[^1])) throw new InputException("parts", "expected finite numbers of 0 or more");

        (double sum, double squares, double weighted) = (0, 0, 0);
        for (int i = 0; i < ascending.Length; i++)
        {
            sum += ascending[i];
            squares += ascending[i] * ascending[i];
            weighted += ((2 * i) + 1 - ascending.Length) * ascending[i];
        }

        return sum > 0 ? new Fairness(weighted / (ascending.Length * sum), sum * sum / (ascending.Length * squares)) : new Fairness(0, 1);
    }
}
