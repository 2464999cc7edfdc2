using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Server.Access;
using Plimsoll.Server.Hosting;
using Plimsoll.Server.Projections;

namespace Plimsoll.Server.Api;

/// <summary>What secures the venue.</summary>
internal static class CollateralRoutes
{
    public static void Map(IEndpointRouteBuilder api, VenueServices venue) => api.MapGet("/collateral", (Delegate)((HttpContext context) => Get(context, venue)))
        .WithSummary("The collateral schedule, what customers hold of each asset and how much of it counts, caps and their use, correlations")
        .WithDescription("All in USD: docs/formats/collateral.md. At most a few seconds old; a 404 before risk parameters are set.")
        .Produces<CollateralReport>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> Get(HttpContext context, VenueServices venue)
    {
        if (Gate.CallerOf(context) is not { ReadsAll: true }) return Problems.Of(StatusCodes.Status403Forbidden, "forbidden", "This key reads its own account only.");

        return await venue.Collateral.Now().ConfigureAwait(false) is { } report
            ? VenueRoutes.Json(report)
            : Problems.Of(StatusCodes.Status404NotFound, "parameters-missing", "No risk parameters have been set yet.");
    }
}
