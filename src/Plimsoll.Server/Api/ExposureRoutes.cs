using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Server.Access;
using Plimsoll.Server.Hosting;
using Plimsoll.Server.Projections;
using Plimsoll.Units;

namespace Plimsoll.Server.Api;

/// <summary>What the venue and its accounts are exposed to.</summary>
internal static class ExposureRoutes
{
    public static void Map(IEndpointRouteBuilder api, VenueServices venue)
    {
        api.MapGet("/exposure", (Delegate)((HttpContext context) => Venue(context, venue)))
            .WithSummary("Net and gross greeks: by underlying and expiry, by strike, class and risk bucket with premia and caps, and once unwound")
            .WithDescription("All in USD: docs/formats/exposure.md. Positions at most a few seconds old, at the prices of now; a 404 before risk parameters are set.")
            .Produces<ExposureReport>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/accounts/{id}/exposure", (HttpContext context, string id) => Account(context, venue, id))
            .WithSummary("Net and gross greeks of one account, and together with its sub-accounts")
            .Produces<AccountExposureAnswer>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> Venue(HttpContext context, VenueServices venue)
    {
        if (Gate.CallerOf(context) is not { ReadsAll: true }) return Problems.Of(StatusCodes.Status403Forbidden, "forbidden", "This key reads its own account only.");

        return await venue.Exposure.Now().ConfigureAwait(false) is { } report
            ? VenueRoutes.Json(report)
            : Problems.Of(StatusCodes.Status404NotFound, "parameters-missing", "No risk parameters have been set yet.");
    }

    private static async Task<IResult> Account(HttpContext context, VenueServices venue, string id)
    {
        if (Gate.CallerOf(context)?.Reads(id) != true) return Problems.Of(StatusCodes.Status403Forbidden, "forbidden", "This key reads its own account only.");

        var account = new AccountId(id);
        AccountExposure? exposure = await venue.Engine.Look(kernel =>
            kernel.State.Accounts.TryFind(account, out AccountIndex index) ? AccountExposure.Of(kernel.State, index) : null).ConfigureAwait(false);

        return exposure is null
            ? Problems.Of(StatusCodes.Status404NotFound, "account-unknown", $"There is no account {account}.")
            : VenueRoutes.Json(exposure.Answer());
    }
}
