using System.Globalization;
using System.Text;
using Plimsoll.Pricing.Surfaces;

namespace Plimsoll.Cli.Surfaces;

/// <summary>
/// Smiles as a drawing (SVG): a panel for each expiry with the curve, the quotes' bands from bid to ask, and in red the bands
/// the curve misses. Stands alone: no script, no font to fetch.
/// </summary>
internal static class SmileSheet
{
    private const int Across = 3;
    private const double Width = 380;
    private const double Height = 250;
    private const double Left = 46;
    private const double Right = 22;
    private const double Top = 40;
    private const double Bottom = 30;
    private const double Heading = 44;
    private const int Ticks = 4;

    /// <summary>Draws surfaces below each other.</summary>
    public static string Draw(IReadOnlyList<SurfacePicture> pictures)
    {
        var body = new StringBuilder();
        double y = 0;
        foreach (SurfacePicture picture in pictures)
        {
            Line(body, $"<text x='16' y='{N(y + 28)}' class='head'>{Safe(picture.Surface)} at {picture.At}</text>");
            Line(body, $"<text x='{N((Across * Width) - 12)}' y='{N(y + 28)}' class='note' text-anchor='end'>RMSE {Points(picture.Rmse)} vol points, {Percent(picture.OutOfBand)} out of band; free SVI {Points(picture.FreeRmse)} and {Percent(picture.FreeOutOfBand)}; {(picture.ArbitrageFree ? "free of arbitrage" : "ARBITRAGE")}</text>");
            y += Heading;
            for (int i = 0; i < picture.Smiles.Count; i++) Panel(body, picture.Smiles[i], i % Across * Width, y + (i / Across * Height));
            y += (picture.Smiles.Count + Across - 1) / Across * Height;
        }

        return $"""
            <svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {N(Across * Width)} {N(Math.Max(y, Heading))}' font-family='system-ui, sans-serif'>
            <style>
            .head {'{'} font-size: 18px; font-weight: 600; fill: #16212e {'}'} .note {'{'} font-size: 12px; fill: #51606f {'}'}
            .name {'{'} font-size: 13px; font-weight: 600; fill: #16212e {'}'} .tick {'{'} font-size: 10px; fill: #6b7885 {'}'}
            .grid {'{'} stroke: #e3e8ed; stroke-width: 1 {'}'} .atm {'{'} stroke: #b4bfca; stroke-dasharray: 3 3 {'}'}
            .band {'{'} stroke: #7d8fa1; stroke-width: 2.2 {'}'} .miss {'{'} stroke: #c8372d; stroke-width: 2.2 {'}'}
            .curve {'{'} fill: none; stroke: #0b62c4; stroke-width: 1.7 {'}'}
            </style>
            <rect width='100%' height='100%' fill='#ffffff'/>
            {body.ToString().TrimEnd()}
            </svg>

            """.ReplaceLineEndings("\n");
    }

    private static void Panel(StringBuilder body, SmilePicture smile, double x, double y)
    {
        (double low, double high) = Range(smile.Curve.Select(point => point.K));
        (double least, double most) = Range(smile.Curve.Select(point => point.Volatility).Concat(smile.Bands.Select(band => band.Bid)).Concat(smile.Bands.Select(band => band.Ask)));
        double X(double k) => x + Left + ((k - low) / (high - low) * (Width - Left - Right));
        double Y(double volatility) => y + Height - Bottom - ((volatility - least) / (most - least) * (Height - Top - Bottom));

        Line(body, $"<text x='{N(x + Left)}' y='{N(y + 14)}' class='name'>{smile.Expiry[..10]}</text>");
        Line(body, $"<text x='{N(x + Left)}' y='{N(y + 29)}' class='note'>F {smile.Forward.ToString("#,##0.##", CultureInfo.InvariantCulture)} · ATM {Percent(smile.AtTheMoney)} · RMSE {Points(smile.Rmse)} · {smile.Bands.Count} quotes</text>");
        for (int i = 0; i <= Ticks; i++)
        {
            double volatility = least + ((most - least) * i / Ticks);
            double k = low + ((high - low) * i / Ticks);
            Line(body, $"<line x1='{N(X(low))}' x2='{N(X(high))}' y1='{N(Y(volatility))}' y2='{N(Y(volatility))}' class='grid'/>");
            Line(body, $"<text x='{N(x + Left - 6)}' y='{N(Y(volatility) + 3)}' class='tick' text-anchor='end'>{(100 * volatility).ToString("0", CultureInfo.InvariantCulture)} %</text>");
            Line(body, $"<text x='{N(X(k))}' y='{N(y + Height - Bottom + 14)}' class='tick' text-anchor='middle'>{Strike(smile.Forward * Math.Exp(k))}</text>");
        }

        Line(body, $"<line x1='{N(X(0))}' x2='{N(X(0))}' y1='{N(Y(least))}' y2='{N(Y(most))}' class='atm'/>");
        foreach (BandPoint band in smile.Bands)
            Line(body, $"<line x1='{N(X(band.K))}' x2='{N(X(band.K))}' y1='{N(Y(band.Bid) + 0.6)}' y2='{N(Y(band.Ask) - 0.6)}' class='{(band.InBand ? "band" : "miss")}'><title>{Safe(band.Instrument)}: {Points(band.Bid)} to {Points(band.Ask)}</title></line>");
        Line(body, $"<polyline class='curve' points='{string.Join(' ', smile.Curve.Select(point => $"{N(X(point.K))},{N(Y(point.Volatility))}"))}'/>");
    }

    private static (double Low, double High) Range(IEnumerable<double> values)
    {
        (double low, double high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (double value in values) (low, high) = (Math.Min(low, value), Math.Max(high, value));
        double room = Math.Max((high - low) * 0.04, 1e-6);

        return (low - room, high + room);
    }

    private static void Line(StringBuilder body, string text) => body.Append(text).Append('\n');

    private static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Points(double volatility) => (100 * volatility).ToString("0.00", CultureInfo.InvariantCulture);

    private static string Percent(double part) => (100 * part).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private static string Strike(double strike) => strike >= 10_000 ? (strike / 1000).ToString("0.#", CultureInfo.InvariantCulture) + " k" : strike.ToString(strike >= 100 ? "0" : "0.###", CultureInfo.InvariantCulture);

    private static string Safe(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace("'", "&#39;", StringComparison.Ordinal);
}
