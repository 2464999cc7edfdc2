using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Server.Access;
using Plimsoll.Server.Api;
using Plimsoll.Server.Hosting;

namespace Plimsoll.Server.Stream;

/// <summary>Where a page begins to listen.</summary>
internal static class StreamRoute
{
    public static void Map(IEndpointRouteBuilder api, VenueServices venue) => api.Map("/stream", context => Listen(context, venue));

    private static async Task Listen(HttpContext context, VenueServices venue)
    {
        if (Refuse(context, venue) is { } problem)
        {
            await problem.ExecuteAsync(context).ConfigureAwait(false);

            return;
        }

        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            KeepAliveInterval = TimeSpan.FromSeconds(15),
            KeepAliveTimeout = TimeSpan.FromSeconds(30),
        }).ConfigureAwait(false);
        await venue.Streams.Serve(socket, venue.Projector.View, context.RequestAborted).ConfigureAwait(false);
    }

    private static IResult? Refuse(HttpContext context, VenueServices venue)
    {
        if (!context.WebSockets.IsWebSocketRequest) return Problems.Of(StatusCodes.Status400BadRequest, "malformed", "This address speaks WebSocket only.");
        if (Gate.CallerOf(context) is not { ReadsAll: true }) return Problems.Of(StatusCodes.Status403Forbidden, "forbidden", "This key reads its own account only.");

        return venue.Streams.HasRoom ? null : Problems.Of(StatusCodes.Status503ServiceUnavailable, "full", "As many pages as the server holds are listening already.");
    }
}
