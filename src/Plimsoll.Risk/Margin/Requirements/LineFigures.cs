namespace Plimsoll.Risk.Margin;

/// <summary>One figure for each of the three lines.</summary>
/// <param name="Initial">At the initial line.</param>
/// <param name="Target">At the target line.</param>
/// <param name="Maintenance">At the maintenance line.</param>
public readonly record struct LineFigures(double Initial, double Target, double Maintenance)
{
    internal LineFigures(LineRates rates)
        : this((double)rates.Initial, (double)rates.Target, (double)rates.Maintenance)
    {
    }

    /// <summary>The same at every line.</summary>
    public static LineFigures Same(double figure) => new(figure, figure, figure);

    /// <summary>The figure at one line.</summary>
    public double At(MarginLine line) => line switch
    {
        MarginLine.Initial => Initial,
        MarginLine.Target => Target,
        _ => Maintenance,
    };

    /// <summary>Line by line.</summary>
    public static LineFigures operator +(LineFigures a, LineFigures b) => new(a.Initial + b.Initial, a.Target + b.Target, a.Maintenance + b.Maintenance);

    /// <summary>Each line times a number.</summary>
    public static LineFigures operator *(double factor, LineFigures figures) =>
        new(factor * figures.Initial, factor * figures.Target, factor * figures.Maintenance);

    /// <summary>Line by line.</summary>
    internal static LineFigures Times(LineFigures a, LineFigures b) => new(a.Initial * b.Initial, a.Target * b.Target, a.Maintenance * b.Maintenance);

    /// <summary>The larger at each line. All are numbers, at least 0: the machine's own maximum is then one and the same everywhere.</summary>
    internal static LineFigures Larger(LineFigures a, LineFigures b) => new(
        double.MaxNative(a.Initial, b.Initial), double.MaxNative(a.Target, b.Target), double.MaxNative(a.Maintenance, b.Maintenance));
}
