using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Engine;
using Plimsoll.Server.Access;
using Plimsoll.Server.Hosting;
using Plimsoll.Server.Projections;
using Plimsoll.Treasury.Attestation;
using Plimsoll.Units;

namespace Plimsoll.Server.Api;

/// <summary>What concerns one account: asked of the engine, in its place among the commands.</summary>
internal static class AccountRoutes
{
    public static void Map(IEndpointRouteBuilder api, VenueServices venue)
    {
        api.MapGet("/accounts/{id}", (HttpContext context, string id) => For(context, id, account => Detail(venue, account)))
            .WithSummary("One account: figures, balances, positions, orders").Produces<AccountDetail>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/accounts/{id}/margin", (HttpContext context, string id) => For(context, id, account => Margin(venue, account)))
            .WithSummary("Why an account's requirement is what it is, and where it is liquidated").Produces<MarginAnswer>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/accounts/{id}/proof", (HttpContext context, string id) => For(context, id, account => Proof(venue, account)))
            .WithSummary("The proof that an account is inside the attested liabilities; plimsoll verify reads it").ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/attestation", (Delegate)((HttpContext context) => Attest(context, venue)))
            .WithSummary("Attests the venue's liabilities now").Produces<AttestationFigures>();
    }

    private static async Task<IResult> For(HttpContext context, string id, Func<AccountId, Task<IResult>> answer)
    {
        if (Gate.CallerOf(context)?.Reads(id) != true) return Problems.Of(StatusCodes.Status403Forbidden, "forbidden", "This key reads its own account only.");

        return await answer(new AccountId(id)).ConfigureAwait(false);
    }

    private static async Task<IResult> Detail(VenueServices venue, AccountId account)
    {
        string kind = venue.Projector.KindOf(account);
        AccountDetail? detail = await venue.Engine.Look(kernel =>
            kernel.State.Accounts.TryFind(account, out AccountIndex index) ? AccountDetail.Of(kernel.State, index, kind, NearestMove(venue, index)) : null).ConfigureAwait(false);

        return detail is null ? Unknown(account) : VenueRoutes.Json(detail);
    }

    private static async Task<IResult> Margin(VenueServices venue, AccountId account)
    {
        AccountMargin? margin = await venue.Engine.Look(kernel =>
            kernel.State.Accounts.TryFind(account, out AccountIndex index) ? AccountMargin.Of(kernel.State, index) : null).ConfigureAwait(false);

        // Solved here rather than on the engine's thread: a liquidation price asks the judge some hundred times.
        return margin is null ? Unknown(account) : VenueRoutes.Json(margin.Answer());
    }

    private static async Task<IResult> Proof(VenueServices venue, AccountId account)
    {
        if (!venue.Desk.CanAttest) return Problems.Of(StatusCodes.Status404NotFound, "not-attested", "This venue attests nothing: the server was given no attestation secret.");

        bool known = await venue.Engine.Look(kernel => kernel.State.Accounts.TryFind(account, out _)).ConfigureAwait(false);
        if (!known) return Unknown(account);

        InclusionProof? proof = venue.Desk.Reports.Attested?.Tree.Prove(account)
            ?? (await venue.Desk.AttestNow().ConfigureAwait(false))?.Tree.Prove(account);

        return proof is null ? Unknown(account) : Results.Bytes(InclusionProofJson.Write(proof), "application/json", $"{account}-proof.json");
    }

    private static async Task<IResult> Attest(HttpContext context, VenueServices venue)
    {
        if (Gate.CallerOf(context) is not { Role: CallerRole.Operator }) return Problems.Of(StatusCodes.Status403Forbidden, "forbidden", "Only an operator attests.");

        return await venue.Desk.AttestNow().ConfigureAwait(false) is { } attested
            ? VenueRoutes.Json(attested.Figures)
            : Problems.Of(StatusCodes.Status422UnprocessableEntity, "nothing-to-attest", "No account is open yet.");
    }

    private static double NearestMove(VenueServices venue, AccountIndex account)
    {
        AccountColumns columns = venue.Projector.View.Accounts.Columns;

        return account.Value < columns.Count ? columns.Distances[account.Value] : double.NaN;
    }

    private static IResult Unknown(AccountId account) => Problems.Of(StatusCodes.Status404NotFound, "account-unknown", $"There is no account {account}.");
}
