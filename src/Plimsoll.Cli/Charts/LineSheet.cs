using System.Globalization;
using System.Text;

namespace Plimsoll.Cli.Charts;

/// <summary>Charts as a drawing (SVG), one below another. Stands alone: no script, no font to fetch.</summary>
internal static class LineSheet
{
    private const double Width = 1000;
    private const double Height = 320;
    private const double Left = 76;
    private const double Right = 24;
    private const double Top = 62;
    private const double Bottom = 34;
    private const int Ticks = 5;

    /// <summary>Draws charts; those without a point are left out.</summary>
    public static string Draw(IReadOnlyList<LineChart> charts)
    {
        var body = new StringBuilder();
        LineChart[] drawn = [.. charts.Where(chart => chart.Lines.Any(line => line.Points.Count > 0))];
        for (int i = 0; i < drawn.Length; i++) Panel(body, drawn[i], i * Height);

        return $"""
            <svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {N(Width)} {N(Math.Max(1, drawn.Length) * Height)}' font-family='system-ui, sans-serif'>
            <style>
            .head {'{'} font-size: 16px; font-weight: 600; fill: #16212e {'}'} .note {'{'} font-size: 12px; fill: #51606f {'}'} .tick {'{'} font-size: 11px; fill: #6b7885 {'}'}
            .grid {'{'} stroke: #e3e8ed; stroke-width: 1 {'}'} polyline {'{'} fill: none {'}'}
            .main {'{'} stroke: #0b62c4; stroke-width: 1.8 {'}'} .second {'{'} stroke: #1a8f5b; stroke-width: 1.6 {'}'} .faint {'{'} stroke: #a9b5c1; stroke-width: 0.9 {'}'}
            .bound {'{'} stroke: #b5770d; stroke-width: 1.4; stroke-dasharray: 6 4 {'}'} .alarm {'{'} stroke: #c8372d; fill: #c8372d {'}'}
            </style>
            <rect width='100%' height='100%' fill='#ffffff'/>
            {body.ToString().TrimEnd()}
            </svg>

            """.ReplaceLineEndings("\n");
    }

    private static void Panel(StringBuilder body, LineChart chart, double top)
    {
        (double left, double right) = Range(chart.Lines.SelectMany(line => line.Points).Select(point => point.X));
        (double low, double high) = Range(chart.Lines.SelectMany(line => line.Points).Select(point => point.Y));
        double step = Step(high - low);
        (low, high) = (Math.Floor(low / step) * step, Math.Ceiling(high / step) * step);
        double X(double x) => Left + ((x - left) / (right - left) * (Width - Left - Right));
        double Y(double y) => top + Height - Bottom - ((y - low) / (high - low) * (Height - Top - Bottom));

        Line(body, $"<text x='{N(Left)}' y='{N(top + 22)}' class='head'>{Safe(chart.Title)}</text>");
        Line(body, $"<text x='{N(Left)}' y='{N(top + 41)}' class='note'>{Safe(chart.Note)}</text>");
        for (double y = low; y <= high + (step / 2); y += step)
        {
            Line(body, $"<line x1='{N(Left)}' x2='{N(Width - Right)}' y1='{N(Y(y))}' y2='{N(Y(y))}' class='grid'/>");
            Line(body, $"<text x='{N(Left - 8)}' y='{N(Y(y) + 4)}' class='tick' text-anchor='end'>{Safe(chart.YText(Math.Round(y / step) * step))}</text>");
        }

        double across = Step(right - left);
        for (double x = Math.Ceiling(left / across) * across; x <= right; x += across)
            Line(body, $"<text x='{N(X(x))}' y='{N(top + Height - Bottom + 18)}' class='tick' text-anchor='middle'>{Safe(chart.XText(Math.Round(x / across) * across))}</text>");

        foreach (ChartLine line in chart.Lines) Drawn(body, line, X, Y);
        Legend(body, chart.Lines, top);
    }

    private static void Drawn(StringBuilder body, ChartLine line, Func<double, double> x, Func<double, double> y)
    {
        if (line.Style == LineStyle.Alarm)
        {
            foreach ((double px, double py) in line.Points) Line(body, $"<circle cx='{N(x(px))}' cy='{N(y(py))}' r='2.8' class='alarm'/>");
            return;
        }

        Line(body, $"<polyline class='{Class(line.Style)}' points='{string.Join(' ', line.Points.Select(point => $"{N(x(point.X))},{N(y(point.Y))}"))}'/>");
    }

    private static void Legend(StringBuilder body, IReadOnlyList<ChartLine> lines, double top)
    {
        const double CharacterWidth = 6.9;
        double x = Width - Right;
        foreach (ChartLine line in lines.Where(line => line.Points.Count > 0).Reverse())
        {
            Line(body, $"<text x='{N(x)}' y='{N(top + 22)}' class='note' text-anchor='end'>{Safe(line.Name)}</text>");
            x -= (line.Name.Length * CharacterWidth) + 10;
            if (line.Style == LineStyle.Alarm) Line(body, $"<circle cx='{N(x - 9)}' cy='{N(top + 18)}' r='2.8' class='alarm'/>");
            else Line(body, $"<line x1='{N(x - 18)}' x2='{N(x)}' y1='{N(top + 18)}' y2='{N(top + 18)}' class='{Class(line.Style)}'/>");
            x -= 34;
        }
    }

    private static (double Low, double High) Range(IEnumerable<double> values)
    {
        (double low, double high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (double value in values) (low, high) = (Math.Min(low, value), Math.Max(high, value));

        return high > low ? (low, high) : (low - Math.Max(Math.Abs(low) / 2, 1e-9), high + Math.Max(Math.Abs(high) / 2, 1e-9));
    }

    /// <summary>A round step that divides a span into about five: 1, 2 or 5 times a power of ten.</summary>
    private static double Step(double span)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(span / Ticks)));
        double part = span / Ticks / power;

        return power * (part < 1.5 ? 1 : part < 3.5 ? 2 : part < 7.5 ? 5 : 10);
    }

    private static string Class(LineStyle style) => style.ToString().ToLowerInvariant();

    private static void Line(StringBuilder body, string text) => body.Append(text).Append('\n');

    private static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Safe(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace("'", "&#39;", StringComparison.Ordinal);
}
