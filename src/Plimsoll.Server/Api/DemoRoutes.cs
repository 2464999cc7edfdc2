using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Server.Access;
using Plimsoll.Server.Hosting;
using Plimsoll.Server.Projections;
using Plimsoll.Units;

namespace Plimsoll.Server.Api;

/// <summary>Steers a demo.</summary>
internal static class DemoRoutes
{
    public static void Map(IEndpointRouteBuilder api, VenueServices venue) => api.MapPost("/demo/speed", (Delegate)((HttpContext context) => SetSpeed(context, venue)))
        .WithSummary("Sets how many seconds of the story pass in one of ours; 0 pauses it")
        .Accepts<SpeedRequest>("application/json")
        .Produces<DemoFigures>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> SetSpeed(HttpContext context, VenueServices venue)
    {
        if (Gate.CallerOf(context) is not { Role: CallerRole.Operator }) return Problems.Of(StatusCodes.Status403Forbidden, "forbidden", "Only an operator steers the demo.");
        if (venue.Story is not { } story || venue.Demo() is null) return Problems.Of(StatusCodes.Status404NotFound, "no-demo", "This venue plays no demo.");
        if (!context.Request.HasJsonContentType()) return Problems.Of(StatusCodes.Status415UnsupportedMediaType, "unsupported", "Send the speed as application/json.");

        story.Pace.Speed = (await Read(context).ConfigureAwait(false)).Speed;

        return VenueRoutes.Json(venue.Demo());
    }

    private static async Task<SpeedRequest> Read(HttpContext context)
    {
        try
        {
            return await context.Request.ReadFromJsonAsync<SpeedRequest>(ApiJson.Options, context.RequestAborted).ConfigureAwait(false)
                ?? throw new InputException("body", "expected an object like {\"speed\": 60}");
        }
        catch (JsonException fault)
        {
            throw new InputException("body", "expected an object like {\"speed\": 60}", fault);
        }
    }
}

/// <summary>How fast a demo is to be played.</summary>
/// <param name="Speed">Seconds of the story in a second of ours; 0 pauses it.</param>
internal sealed record SpeedRequest([property: System.Text.Json.Serialization.JsonRequired] double Speed);
