namespace Plimsoll.Cli.Charts;

/// <summary>How a line is drawn.</summary>
internal enum LineStyle
{
    /// <summary>The line that matters, dark and thick.</summary>
    Main = 0,

    /// <summary>One beside it.</summary>
    Second = 1,

    /// <summary>Thin and pale, behind the others.</summary>
    Faint = 2,

    /// <summary>Dashed and level: a bound.</summary>
    Bound = 3,

    /// <summary>Points without a line, in red.</summary>
    Alarm = 4,
}

/// <summary>A line of a chart.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Style">How it is drawn.</param>
/// <param name="Points">From left to right.</param>
internal sealed record ChartLine(string Name, LineStyle Style, IReadOnlyList<(double X, double Y)> Points);

/// <summary>A chart of lines over one axis each way.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Note">What is said below the title.</param>
/// <param name="Lines">Back to front.</param>
/// <param name="XText">How a place on the lower axis is written.</param>
/// <param name="YText">How a value is written.</param>
internal sealed record LineChart(string Title, string Note, IReadOnlyList<ChartLine> Lines, Func<double, string> XText, Func<double, string> YText);
