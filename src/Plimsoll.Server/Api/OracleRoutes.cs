using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Server.Hosting;

namespace Plimsoll.Server.Api;

/// <summary>The board of oracles: how far each price may be relied on, and why.</summary>
internal static class OracleRoutes
{
    public static void Map(IEndpointRouteBuilder api, VenueServices venue) =>
        api.MapGet("/oracles", async () => VenueRoutes.Json(await venue.Engine.Look(kernel => OraclesAnswer.Of(kernel.State)).ConfigureAwait(false)))
            .WithSummary("Every price that is made of reports: status and why, age, confidence, divergence, damped price, what became of each source's last report; and what each status is still good for")
            .Produces<OraclesAnswer>();
}
