namespace Plimsoll.Cli.Terminal;

/// <summary>A row of figures as one line of bars.</summary>
internal static class Sparkline
{
    private const string Bars = "▁▂▃▄▅▆▇█";

    /// <summary>Bars from the lowest to the highest figure; with <paramref name="fromZero"/> nothing is shown where there is nothing.</summary>
    public static string Of(IReadOnlyList<double> figures, bool fromZero)
    {
        if (figures.Count == 0) return "";

        double least = fromZero ? 0 : figures.Min();
        double most = figures.Max();

        return string.Concat(figures.Select(figure => Bar(figure, least, most, fromZero)));
    }

    private static char Bar(double figure, double least, double most, bool fromZero)
    {
        if (fromZero && figure <= 0) return '·';
        if (most <= least) return Bars[0];

        return Bars[(int)Math.Clamp((figure - least) / (most - least) * Bars.Length, 0, Bars.Length - 1)];
    }
}
