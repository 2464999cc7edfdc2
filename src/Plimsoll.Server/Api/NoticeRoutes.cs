using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Engine;
using Plimsoll.Server.Access;
using Plimsoll.Server.Calls;
using Plimsoll.Server.Hosting;
using Plimsoll.Storage.Sqlite;
using Plimsoll.Units;

namespace Plimsoll.Server.Api;

/// <summary>What people were told, whether it reached them, and what two persons have ordered about an account.</summary>
internal static class NoticeRoutes
{
    private const int MostNotices = 1000;

    public static void Map(IEndpointRouteBuilder api, VenueServices venue)
    {
        api.MapGet("/notices", (HttpContext context, int? limit, string? account, bool? open) => List(context, venue, limit ?? 100, account, open ?? false))
            .WithSummary("The newest notices, newest first, with their acknowledgement and how far their delivery to each endpoint is")
            .Produces<NoticesAnswer>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden);
        api.MapGet("/overrides", (Delegate)((HttpContext context) => Overrides(context, venue)))
            .WithSummary("The overrides that wait for their second person or are in force")
            .Produces<OverridesAnswer>().ProducesProblem(StatusCodes.Status403Forbidden);
    }

    private static IResult List(HttpContext context, VenueServices venue, int limit, string? account, bool open)
    {
        if (limit is < 1 or > MostNotices) throw new InputException("limit", $"found {limit}, expected 1 to {MostNotices}");
        if (Gate.CallerOf(context) is not { } caller) return Forbidden();

        // A trader reads what concerns himself, and not where others are told of it.
        if (!caller.ReadsAll)
            return caller is { Role: CallerRole.Trader, Account: { } own } && (account is null || account == own.Value)
                ? VenueRoutes.Json(new NoticesAnswer(0, [], Lines(venue.Calls.Board.Newest(limit, own.Value, open), []), []))
                : Forbidden();

        Outbox? outbox = venue.Calls.Outbox;
        IReadOnlyList<DeliveryRow> rows = outbox?.Newest(10 * limit) ?? [];
        IReadOnlyList<DeliveryRow> dead = outbox?.Newest(100, DeliveryState.Dead) ?? [];

        return VenueRoutes.Json(new NoticesAnswer(
            venue.Calls.Board.Open,
            [.. venue.Calls.Senders.Select(sender => Endpoint(sender, outbox!))],
            Lines(venue.Calls.Board.Newest(limit, account, open), rows),
            [.. dead.Select(row => new GivenUp(row.Key.ToString(), row.Receiver, row.Attempts, row.Reason))]));
    }

    private static async Task<IResult> Overrides(HttpContext context, VenueServices venue)
    {
        if (Gate.CallerOf(context) is not { ReadsAll: true }) return Forbidden();

        OverrideLine[] lines = await venue.Engine.Look(kernel => kernel.State.Overrides.Open.Select(order => LineOf(kernel.State, order)).ToArray()).ConfigureAwait(false);

        return VenueRoutes.Json(new OverridesAnswer(lines));
    }

    private static OverrideLine LineOf(VenueState venue, LiquidationOverride order) => new(
        order.Number,
        venue.Accounts[order.Account].Value,
        order.Kind switch
        {
            OverrideKind.HoldLiquidation => "hold-liquidation",
            OverrideKind.LiquidateNow => "liquidate-now",
            _ => "release",
        },
        order.Reason,
        order.IsConfirmed ? "in-force" : "waits",
        order.ProposedBy.Value,
        order.ProposedAt.ToString(),
        order.ConfirmedBy?.Value,
        order.EndsAt.ToString(),
        order.Kind == OverrideKind.HoldLiquidation ? order.EquityBound : null);

    private static IReadOnlyList<NoticeLine> Lines(IReadOnlyList<PostedNotice> posted, IReadOnlyList<DeliveryRow> rows)
    {
        ILookup<string, DeliveryRow> byNotice = rows.ToLookup(row => row.Key.ToString(), StringComparer.Ordinal);

        return [.. posted.Select(one => new NoticeLine(
            one.Notice.Id, one.Notice.Sequence, one.Notice.Time, one.Notice.Kind, one.Notice.Severity, one.Notice.Account, one.Notice.Text,
            one.Notice.Acknowledge, one.IsOpen, one.AcknowledgedBy, one.AcknowledgedAt, one.ClosedAt,
            [.. byNotice[one.Notice.Id].Select(row => new DeliveryLine(row.Receiver, StateOf(row.State), row.Attempts, row.Reason.Length > 0 ? row.Reason : null))]))];
    }

    private static EndpointLine Endpoint(EndpointSender sender, Outbox outbox)
    {
        EndpointStanding standing = sender.Standing;
        string name = standing.Endpoint.Name;

        return new EndpointLine(
            name,
            standing.Endpoint.Place,
            standing.Endpoint.After?.TotalSeconds,
            outbox.Count(name, DeliveryState.Waiting),
            outbox.Count(name, DeliveryState.Delivered),
            outbox.Count(name, DeliveryState.Dead),
            Text(standing.LastDelivered),
            Text(standing.PausedUntil),
            standing.LastFault);
    }

    private static string StateOf(DeliveryState state) => state switch
    {
        DeliveryState.Waiting => "waiting",
        DeliveryState.Delivered => "delivered",
        DeliveryState.Dead => "given-up",
        _ => "not-needed",
    };

    private static string? Text(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);

    private static IResult Forbidden() => Problems.Of(StatusCodes.Status403Forbidden, "forbidden", "This key reads its own account only.");
}

/// <summary>The notices, the endpoints, and what was given up.</summary>
/// <param name="Unacknowledged">Calls that nobody has acknowledged.</param>
/// <param name="Endpoints">Where notices are posted to; empty where nowhere.</param>
/// <param name="Notices">The newest, newest first.</param>
/// <param name="GivenUp">The newest deliveries that were given up.</param>
internal sealed record NoticesAnswer(
    int Unacknowledged, IReadOnlyList<EndpointLine> Endpoints, IReadOnlyList<NoticeLine> Notices, IReadOnlyList<GivenUp> GivenUp);

/// <summary>How an endpoint is doing.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Url">Its address, without what may be secret in it.</param>
/// <param name="AfterSeconds">After how long a call nobody has acknowledged reaches it; none for what is told at once.</param>
/// <param name="Waiting">Notices that wait.</param>
/// <param name="Delivered">Notices it confirmed, as far as they are remembered.</param>
/// <param name="GivenUp">Notices given up.</param>
/// <param name="LastDelivered">When it last confirmed any, since the server started.</param>
/// <param name="PausedUntil">Until when it is left alone.</param>
/// <param name="LastFault">What its last attempt met; none after a success.</param>
internal sealed record EndpointLine(
    string Name, string Url, double? AfterSeconds, long Waiting, long Delivered, long GivenUp, string? LastDelivered, string? PausedUntil, string? LastFault);

/// <summary>One notice.</summary>
internal sealed record NoticeLine(
    string Id, long Sequence, string Time, string Kind, string Severity, string? Account, string Text,
    bool Acknowledge, bool Open, string? AcknowledgedBy, string? AcknowledgedAt, string? ClosedAt, IReadOnlyList<DeliveryLine> Deliveries);

/// <summary>How far one notice is with one endpoint: <c>waiting</c>, <c>delivered</c>, <c>given-up</c> or <c>not-needed</c>.</summary>
internal sealed record DeliveryLine(string Endpoint, string State, int Attempts, string? Reason);

/// <summary>A notice that was given up.</summary>
internal sealed record GivenUp(string Id, string Endpoint, int Attempts, string Reason);

/// <summary>The overrides that wait or are in force.</summary>
internal sealed record OverridesAnswer(IReadOnlyList<OverrideLine> Overrides);

/// <summary>One override.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Account">Which account.</param>
/// <param name="Kind"><c>hold-liquidation</c>, <c>release</c> or <c>liquidate-now</c>.</param>
/// <param name="Reason">Why.</param>
/// <param name="State"><c>waits</c> for its second person, or <c>in-force</c>.</param>
/// <param name="ProposedBy">The first person.</param>
/// <param name="ProposedAt">When, the venue's time.</param>
/// <param name="ConfirmedBy">The second person.</param>
/// <param name="EndsAt">When it ends by itself, the venue's time.</param>
/// <param name="EquityBound">The equity at or below which a hold ends by itself, USD.</param>
internal sealed record OverrideLine(
    int Number, string Account, string Kind, string Reason, string State, string ProposedBy, string ProposedAt, string? ConfirmedBy, string EndsAt, double? EquityBound);
