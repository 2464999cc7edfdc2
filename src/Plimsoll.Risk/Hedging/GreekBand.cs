namespace Plimsoll.Risk.Hedging;

/// <summary>Where a sensitivity is allowed to lie.</summary>
/// <param name="Greek">Which.</param>
/// <param name="Lower">The least allowed; −∞ for none.</param>
/// <param name="Upper">The most allowed, not below the least; +∞ for none.</param>
public readonly record struct GreekBand(HedgedGreek Greek, double Lower, double Upper)
{
    private const double Rounding = 1e-12;

    /// <summary>Whether the ends are numbers in order.</summary>
    public bool IsStated => Lower <= Upper && !double.IsPositiveInfinity(Lower) && !double.IsNegativeInfinity(Upper);

    /// <summary>Whether a book without any exposure would be inside.</summary>
    public bool HoldsZero => Lower <= 0 && Upper >= 0;

    /// <summary>How far a value lies outside, 0 inside. What sums of doubles lose beside the band's own size counts as nothing.</summary>
    /// <param name="value">The value.</param>
    /// <param name="before">The value the book had before anything was traded: what rounding is measured by.</param>
    public double Breach(double value, double before)
    {
        double beyond = value > Upper ? value - Upper : value < Lower ? Lower - value : 0;
        double size = Math.Max(Math.Abs(before), Math.Max(Finite(Lower), Finite(Upper)));

        return beyond <= Rounding * size ? 0 : beyond;
    }

    /// <summary>
    /// The law of every proposal: a breached sensitivity is never further out than it was, nor out on the other side, nor, where
    /// the band holds zero, larger in size; one inside stays inside.
    /// </summary>
    public bool Allows(double before, double after)
    {
        double was = Breach(before, before);
        if (was == 0) return Breach(after, before) == 0;
        if (Breach(after, before) > was) return false;
        if (HoldsZero && Math.Abs(after) > Math.Abs(before)) return false;

        // What came back must not leave on the far side.
        double beyondFar = before > Upper ? Breach(Math.Min(after, Upper), before) : Breach(Math.Max(after, Lower), before);

        return beyondFar == 0;
    }

    private static double Finite(double end) => double.IsInfinity(end) ? 0 : Math.Abs(end);
}
