using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Server.Access;
using Plimsoll.Server.Hosting;
using Plimsoll.Server.Projections;
using Plimsoll.Units;

namespace Plimsoll.Server.Api;

/// <summary>What the view already holds: answered without asking the engine.</summary>
internal static class VenueRoutes
{
    private const int MostEvents = 1000;

    public static void Map(IEndpointRouteBuilder api, VenueServices venue)
    {
        api.MapGet("/venue", () => Json(venue.Projector.View.Venue))
            .WithSummary("The venue: load line, coverage, fund, counters, feeds").Produces<VenueFigures>();
        api.MapGet("/history", () => Json(new HistoryAnswer(venue.Projector.View.Points)))
            .WithSummary("Prices, fund and coverage since the server started, at most 2000 points").Produces<HistoryAnswer>();
        api.MapGet("/thresholds", (string? underlying) => Json(Thresholds(venue, underlying)))
            .WithSummary("Notional that liquidates by the time an underlying is at each price").Produces<ThresholdMap>().ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/thresholds/{asset}", (string asset) => Json(Thresholds(venue, asset)))
            .WithSummary("The same of one underlying: notional liquidated, and what must be bought and sold, at each price").Produces<ThresholdMap>().ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/events", (HttpContext context, long? after, int? limit) => ReadersOnly(context, () => Json(Events(venue, after, limit ?? 100))))
            .WithSummary("What happened, oldest first: the newest, or the first after a journal sequence").Produces<EventsAnswer>();
        api.MapGet("/accounts", (HttpContext context, string? order, int? limit, int? offset, string? find) => ReadersOnly(
                context, () => Json(venue.Projector.View.Accounts.Page(order ?? "distance", offset ?? 0, limit ?? 100, find))))
            .WithSummary("The accounts, by any column; a minus before it turns the order round").Produces<AccountsPage>().ProducesProblem(StatusCodes.Status400BadRequest);
    }

    /// <summary>Lets through who may read everything.</summary>
    public static IResult ReadersOnly(HttpContext context, Func<IResult> answer) => Gate.CallerOf(context) is { ReadsAll: true }
        ? answer()
        : Problems.Of(StatusCodes.Status403Forbidden, "forbidden", "This key reads its own account only.");

    public static IResult Json<T>(T value) => Results.Json(value, ApiJson.Options);

    private static EventsAnswer Events(VenueServices venue, long? after, int limit)
    {
        if (limit is < 1 or > MostEvents) throw new InputException("limit", $"found {limit}, expected 1 to {MostEvents}");
        if (after < 0) throw new InputException("after", $"found {after}, expected 0 or more");

        return new EventsAnswer(venue.Chronicle.Feed.Read(after, limit));
    }

    private static ThresholdMap Thresholds(VenueServices venue, string? underlying)
    {
        VenueView view = venue.Projector.View;
        if (underlying is null) return view.Thresholds.Count > 0 ? view.Thresholds[0] : new ThresholdMap(ViewBuilder.Numeraire, []);
        if (view.Thresholds.FirstOrDefault(map => map.Underlying == underlying) is { } known) return known;

        // Listed, but nothing hangs on it or no map has been drawn yet.
        return view.Venue.Feeds.Any(feed => feed.Asset == underlying)
            ? new ThresholdMap(underlying, [])
            : throw new InputException("underlying", $"found '{underlying}', expected a listed asset");
    }
}

/// <summary>The venue's past.</summary>
/// <param name="Points">Oldest first.</param>
internal sealed record HistoryAnswer(IReadOnlyList<HistoryPoint> Points);

/// <summary>Lines of the feed.</summary>
/// <param name="Rows">Oldest first.</param>
internal sealed record EventsAnswer(IReadOnlyList<FeedEvent> Rows);
