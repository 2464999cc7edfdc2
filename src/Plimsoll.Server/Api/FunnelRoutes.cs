using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Server.Hosting;
using Plimsoll.Server.Projections;

namespace Plimsoll.Server.Api;

/// <summary>How many accounts are at which stage, and what a fall would set off: answered without asking the engine.</summary>
internal static class FunnelRoutes
{
    public static void Map(IEndpointRouteBuilder api, VenueServices venue) =>
        api.MapGet("/liquidations/funnel", (HttpContext context) => VenueRoutes.ReadersOnly(context, () => VenueRoutes.Json(venue.Projector.View.Funnel)))
            .WithSummary("Accounts by stage, and of each underlying what a fall of 1 % forces to be sold and how much farther that pushes it")
            .Produces<LiquidationFunnel>().ProducesProblem(StatusCodes.Status403Forbidden);
}
