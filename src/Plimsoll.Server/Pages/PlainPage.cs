using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Plimsoll.Server.Access;
using Plimsoll.Server.Api;
using Plimsoll.Server.Hosting;
using Plimsoll.Server.Projections;

namespace Plimsoll.Server.Pages;

/// <summary>
/// The page of a server without the built dashboard: the same figures as tables, written by the server, renewed by the
/// browser every two seconds. It needs no script.
/// </summary>
internal static class PlainPage
{
    private const int Worst = 20;
    private const int Events = 20;
    private const string BesideTheDashboard = "This is the plain page, which needs no script; the dashboard is at <a href=\"/\">/</a>.";
    private const string InItsPlace = "This is the plain page: the dashboard was not built. With Node installed, run <code>npm ci &amp;&amp; npm run build</code> in <code>web/</code> and start again.";

    private const string Style =
        "body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#14202b;background:#f6f8fa}"
        + "table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem;background:#fff}th,td{padding:.3rem .6rem;border-bottom:1px solid #d9e0e6;text-align:right}"
        + "th:first-child,td:first-child,.w{text-align:left}h1{margin:0}.line{font-size:1.15rem;padding:.7rem 1rem;border-left:.4rem solid #2b7a4b;background:#fff}"
        + ".awash{border-color:#b7791f}.sunk{border-color:#b3261e}.note{color:#51616f}";

    public static IResult Answer(HttpContext context, VenueServices venue)
    {
        if (Gate.CallerOf(context) is not { ReadsAll: true } && !venue.Keys.IsOpen)
            return Problems.Of(StatusCodes.Status401Unauthorized, "unauthorized", "Send an API key: Authorization: Bearer KEY");

        context.Response.Headers.CacheControl = "no-store";

        return Results.Content(Write(venue.Projector.View, venue.Chronicle.Feed.Read(null, Events), Bundle.Find(venue.Options) is not null), "text/html; charset=utf-8");
    }

    /// <summary>The page as HTML.</summary>
    /// <param name="view">What readers are shown.</param>
    /// <param name="events">The last lines, oldest first.</param>
    /// <param name="hasDashboard">Whether this page stands beside the dashboard rather than in its place.</param>
    public static string Write(VenueView view, IReadOnlyList<FeedEvent> events, bool hasDashboard)
    {
        VenueFigures venue = view.Venue;
        var html = new StringBuilder(16_384);
        html.Append(CultureInfo.InvariantCulture, $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"2\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><link rel=\"icon\" href=\"data:,\"><title>{Safe(venue.Name)}</title><style>{Style}</style></head><body>");
        html.Append(CultureInfo.InvariantCulture, $"<h1>{Safe(venue.Name)}</h1><p class=\"note\">{Safe(venue.Time)} · entry {venue.Sequence}{Demo(venue.Demo)}</p>");
        if (venue.Halted is { } halted) html.Append(CultureInfo.InvariantCulture, $"<p class=\"line sunk\">{Safe(halted)}</p>");
        html.Append(CultureInfo.InvariantCulture, $"<p class=\"line {venue.Headline.Verdict}\">{Safe(venue.Headline.Text)}</p>");
        Figures(html, venue);
        Coverage(html, venue.Coverage);
        Accounts(html, view.Nearest.Take(Worst));
        Lines(html, events);
        html.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">{(hasDashboard ? BesideTheDashboard : InItsPlace)} The same figures are served as JSON under <a href=\"/api/v1/venue\">/api/v1/venue</a>, described in <a href=\"/openapi/v1.json\">/openapi/v1.json</a>.</p></body></html>");

        return html.ToString();
    }

    private static void Figures(StringBuilder html, VenueFigures venue) => Table(
        html,
        "The venue",
        ["Accounts", "Open interest", "Equity", "Insurance fund", "Largest loss", "Bad debt", "Margin calls", "Liquidations", "Deleveraged", "Refused"],
        [[Count(venue.Accounts), Usd(venue.OpenInterest), Usd(venue.Equity), Usd(venue.Fund.Balance), Usd(venue.Fund.LargestLoss), Usd(venue.BadDebt), Count(venue.Counters.MarginCalls), Count(venue.Counters.Liquidations), Count(venue.Counters.Adl), Count(venue.Counters.Refused)]],
        "");

    private static void Coverage(StringBuilder html, IReadOnlyList<CoverageFigures> coverage) => Table(
        html,
        "Coverage, asset by asset",
        ["Asset", "Claims", "Holdings", "Covered", "At once", "In a day", "In two weeks", "Survives a run"],
        coverage.Select(asset => new[]
        {
            asset.Asset, asset.Claims, asset.Holdings, Percent(asset.Coverage),
            Percent(asset.Hourly[0].Coverage), Percent(asset.Hourly.Last(rung => rung.Hours <= 24).Coverage), Percent(asset.Hourly[^1].Coverage),
            asset.SurvivalHours is { } hours ? string.Create(CultureInfo.InvariantCulture, $"{hours:0.0} h") : "yes",
        }),
        "Nobody is owed anything yet.");

    private static void Accounts(StringBuilder html, IEnumerable<AccountRow> rows) => Table(
        html,
        "Nearest to liquidation",
        ["Account", "Phase", "Distance", "Margin ratio", "Health", "Equity", "Maintenance", "Notional"],
        rows.Select(row => new[]
        {
            row.Account, row.Phase, row.Distance is { } distance ? Percent(distance) : "–", row.MarginRatio is { } ratio ? Percent(ratio) : "–",
            Usd(row.Health.Maintenance), Usd(row.Equity), Usd(row.Maintenance), Usd(row.Notional),
        }),
        "No account is open yet.");

    private static void Lines(StringBuilder html, IReadOnlyList<FeedEvent> events) => Table(
        html, "What happened last", ["Time", "Kind", "What"], events.Reverse().Select(line => new[] { line.Time, line.Kind, line.Text }), "Nothing yet.");

    private static void Table(StringBuilder html, string title, string[] heads, IEnumerable<string[]> rows, string empty)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h2>{title}</h2><table><thead><tr>");
        foreach (string head in heads) html.Append(CultureInfo.InvariantCulture, $"<th>{head}</th>");
        html.Append("</tr></thead><tbody>");
        bool any = false;
        foreach (string[] row in rows)
        {
            any = true;
            html.Append("<tr>");
            foreach (string cell in row) html.Append(CultureInfo.InvariantCulture, $"<td>{Safe(cell)}</td>");
            html.Append("</tr>");
        }

        if (!any) html.Append(CultureInfo.InvariantCulture, $"<tr><td class=\"w\" colspan=\"{heads.Length}\">{empty}</td></tr>");
        html.Append("</tbody></table>");
    }

    private static string Demo(DemoFigures? demo) => demo is null
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $" · demo: {Safe(demo.Label)}{(demo.Synthetic ? " (invented prices)" : "")}, {demo.Progress * 100:0} % played at {demo.Speed:0.##}×");

    private static string Safe(string text) => WebUtility.HtmlEncode(text);

    private static string Usd(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:#,##0}");

    private static string Count(long value) => string.Create(CultureInfo.InvariantCulture, $"{value:#,##0}");

    private static string Percent(double value) => string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.0} %");
}
