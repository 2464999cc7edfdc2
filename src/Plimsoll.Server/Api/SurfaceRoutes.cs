using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Server.Hosting;
using Plimsoll.Server.Projections;

namespace Plimsoll.Server.Api;

/// <summary>The volatility surface options are held against.</summary>
internal static class SurfaceRoutes
{
    public static void Map(IEndpointRouteBuilder api, VenueServices venue) => api.MapGet("/surface", (string? surface) => Find(venue, surface))
        .WithSummary("Smiles per expiry with quotes, bands and fitted curves, the map of strike and expiry, and how far to trust them")
        .WithDescription("Fitted to the marks of the venue's own options, or to the chain the server was given; at most every two seconds.")
        .Produces<SurfaceFigures>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> Find(VenueServices venue, string? surface) =>
        await venue.Surfaces.Find(surface).ConfigureAwait(false) is { } found
            ? VenueRoutes.Json(found)
            : Problems.Of(StatusCodes.Status404NotFound, "surface-unknown", $"There is no surface '{surface}': no option of that name is listed or quoted.");
}
