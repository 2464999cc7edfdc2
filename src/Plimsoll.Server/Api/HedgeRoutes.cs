using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Engine;
using Plimsoll.Markets.Prices;
using Plimsoll.Pricing.Responses;
using Plimsoll.Risk.Hedging;
using Plimsoll.Server.Access;
using Plimsoll.Server.Hosting;
using Plimsoll.Server.Projections;
using Plimsoll.Units;

namespace Plimsoll.Server.Api;

/// <summary>Hedge proposals for accounts of the venue; nothing is traded.</summary>
internal static class HedgeRoutes
{
    private const long MaxBytes = 1 << 20;
    private const int MostAccounts = 1000;

    public static void Map(IEndpointRouteBuilder api, VenueServices venue) => api.MapPost("/hedge/proposal", (Delegate)((HttpContext context) => Post(context, venue)))
        .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MaxBytes))
        .RequireRateLimiting(CommandRoutes.RateLimit)
        .WithSummary("The cheapest trades that bring the Greeks of some accounts inside bands, and what they do")
        .WithDescription(
            """
            Body: {"accounts": ["…"], "plan": {…}}, both optional. Without accounts: the liquidity provider, who holds what
            liquidations left. The plan is that of docs/formats/hedge.md; without it delta goes inside its no-trade band at usual
            costs. The answer is that of plimsoll hedge --json. Nothing is traded.
            """)
        .Accepts<HedgeBody>("application/json")
        .Produces<HedgeReport>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> Post(HttpContext context, VenueServices venue)
    {
        if (!context.Request.HasJsonContentType())
            return Problems.Of(StatusCodes.Status415UnsupportedMediaType, "unsupported", "Send the request as application/json.");

        AccountId[] accounts;
        HedgePlan plan;
        using (JsonDocument body = await CommandRoutes.Read(context.Request).ConfigureAwait(false)) (accounts, plan) = Asked(body.RootElement);
        if (Gate.CallerOf(context) is not { } caller || !Array.TrueForAll(accounts, account => caller.Reads(account.Value)))
            return Problems.Of(StatusCodes.Status403Forbidden, "forbidden", "This key reads its own account only.");

        (AccountId? unknown, Copied? copied) = await venue.Engine.Look(kernel => Copied.Of(kernel.State, accounts)).ConfigureAwait(false);
        if (unknown is not null) return Problems.Of(StatusCodes.Status404NotFound, "account-unknown", $"There is no account {unknown}.");

        // Solved here rather than on the engine's thread.
        return VenueRoutes.Json(HedgeDesk.Propose(copied!.Book(), plan));
    }

    private static (AccountId[] Accounts, HedgePlan Plan) Asked(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object) throw new InputException("body", "expected an object");
        foreach (JsonProperty property in body.EnumerateObject())
        {
            if (property.Name is not ("accounts" or "plan")) throw new InputException($"body {property.Name}", "is not a field of this request");
        }

        AccountId[] accounts = body.TryGetProperty("accounts", out JsonElement names) && names.ValueKind != JsonValueKind.Null
            ? Names(names)
            : [new AccountId(Provider)];
        HedgePlan plan = body.TryGetProperty("plan", out JsonElement stated) && stated.ValueKind != JsonValueKind.Null ? HedgePlan.Of(stated) : HedgePlan.Usual;

        return (accounts, plan);
    }

    private static AccountId[] Names(JsonElement names)
    {
        if (names.ValueKind != JsonValueKind.Array || names.GetArrayLength() is 0 or > MostAccounts) throw new InputException("body accounts", $"expected 1 to {MostAccounts} names");
        AccountId[] accounts = [.. names.EnumerateArray().Select(name => name.ValueKind == JsonValueKind.String && Identifier.IsValid(name.GetString()!)
            ? new AccountId(name.GetString()!)
            : throw new InputException("body accounts", "expected names of 1 to 64 of A-Z a-z 0-9 . _ -"))];

        return accounts.Distinct().Count() == accounts.Length ? accounts : throw new InputException("body accounts", "an account is named twice");
    }

    private const string Provider = "liquidity";

    /// <summary>Accounts copied out of the engine with the market they stand in.</summary>
    private sealed class Copied(Listing listing, MarketState market, SparseRows positions, SparseRows money)
    {
        /// <summary>Copies accounts out, or names the first that is not there. On the engine's thread.</summary>
        public static (AccountId? Unknown, Copied? Copied) Of(VenueState venue, AccountId[] accounts)
        {
            var (positions, money) = (new SparseRows(), new SparseRows());
            positions.EnsureRows(accounts.Length);
            money.EnsureRows(accounts.Length);
            for (int a = 0; a < accounts.Length; a++)
            {
                if (!venue.Accounts.TryFind(accounts[a], out AccountIndex index)) return (accounts[a], null);
                positions.ReplaceRow(a, venue.Judgement.Positions.Columns(index.Value), venue.Judgement.Positions.Values(index.Value));
                money.ReplaceRow(a, venue.Judgement.Money.Columns(index.Value), venue.Judgement.Money.Values(index.Value));
            }

            Listing listing = Listing.Of(venue, null);

            return (null, new Copied(listing, listing.Copy(venue.Market), positions, money));
        }

        public HedgeBook Book() => HedgeBook.Of(
            Enumerable.Range(0, positions.Rows), positions, money, listing.Model ?? throw new InputException("venue", "no risk parameters have been set yet"), market);
    }
}

/// <summary>The body of a request for a hedge as the API describes it.</summary>
/// <param name="Accounts">Whose positions are netted and hedged.</param>
/// <param name="Plan">Bands, instruments, costs and depth: docs/formats/hedge.md.</param>
internal sealed record HedgeBody(IReadOnlyList<string>? Accounts, JsonElement? Plan);
