using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Limits;
using Plimsoll.Server.Access;
using Plimsoll.Server.Hosting;
using Plimsoll.Units;

namespace Plimsoll.Server.Api;

/// <summary>The limits of exposure: what they measure, setting one, and what an order would do to them.</summary>
internal static class LimitRoutes
{
    private const int MostAccounts = 10;

    public static void Map(IEndpointRouteBuilder api, VenueServices venue)
    {
        api.MapGet("/limits", (Delegate)((HttpContext context) => List(context, venue)))
            .WithSummary("Every limit with its lines, what is measured and how far it is used")
            .Produces<LimitsAnswer>().ProducesProblem(StatusCodes.Status403Forbidden);
        api.MapPost("/limits", (Delegate)((HttpContext context) => Set(context, venue)))
            .RequireRateLimiting(CommandRoutes.RateLimit)
            .WithSummary("Sets a limit; answered when it is durable")
            .WithDescription("Body: the members of the command set-limit and your own id for it: docs/formats/limits.md.")
            .Accepts<SetLimitBody>("application/json")
            .Produces<CommandAccepted>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        api.MapPost("/limits/check", (Delegate)((HttpContext context) => Check(context, venue)))
            .WithSummary("What an order would do to the limits, without sending it")
            .Accepts<CheckBody>("application/json")
            .Produces<CheckAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> List(HttpContext context, VenueServices venue)
    {
        if (Gate.CallerOf(context) is not { ReadsAll: true }) return Problems.Of(StatusCodes.Status403Forbidden, "forbidden", "This key reads its own account only.");

        return VenueRoutes.Json(await venue.Engine.Look(kernel => LimitsAnswer.Of(kernel.State, MostAccounts)).ConfigureAwait(false));
    }

    private static async Task<IResult> Set(HttpContext context, VenueServices venue)
    {
        JsonObject body = await Body(context).ConfigureAwait(false);
        body["type"] = "set-limit";
        using JsonDocument document = JsonDocument.Parse(body.ToJsonString());
        var request = CommandRequest.Of(document.RootElement);
        if (Gate.CallerOf(context) is not { } caller || !Gate.MayCommand(caller, request.By, request.Command))
            return Problems.Of(StatusCodes.Status403Forbidden, "forbidden", "Only an operator sets limits.");

        Outcome outcome = await venue.Engine.Submit(request.By, request.Id, request.Command).ConfigureAwait(false);

        return outcome.Accepted ? VenueRoutes.Json(CommandAccepted.Of(request, outcome)) : Problems.Of(outcome);
    }

    private static async Task<IResult> Check(HttpContext context, VenueServices venue)
    {
        JsonObject body = await Body(context).ConfigureAwait(false);
        CheckBody asked;
        try
        {
            asked = body.Deserialize<CheckBody>(ApiJson.Options) ?? throw new InputException("body", "expected an object");
        }
        catch (JsonException fault)
        {
            throw new InputException("body", "expected {\"account\", \"instrument\", \"size\"} as texts", fault);
        }

        if (!decimal.TryParse(asked.Size, System.Globalization.NumberStyles.AllowLeadingSign | System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out decimal size))
            throw new InputException("body size", $"'{asked.Size}' is not a decimal number");
        if (Gate.CallerOf(context) is not { } caller || !caller.Reads(asked.Account)) return Problems.Of(StatusCodes.Status403Forbidden, "forbidden", "This key asks for its own account only.");

        var account = new AccountId(asked.Account);
        var instrument = new InstrumentId(asked.Instrument);

        return await venue.Engine.Look(kernel => Answer(kernel.State, account, instrument, size, caller.ReadsAll)).ConfigureAwait(false);
    }

    private static IResult Answer(VenueState venue, AccountId account, InstrumentId instrument, decimal size, bool readsAll)
    {
        if (!venue.Accounts.TryFind(account, out AccountIndex index)) return Problems.Of(StatusCodes.Status404NotFound, "account-unknown", $"There is no account {account}.");
        if (!venue.Catalog.TryFind(instrument, out InstrumentIndex contract, out Instrument? terms)) return Problems.Of(StatusCodes.Status404NotFound, "instrument-unknown", $"{instrument} is not listed.");
        if (!terms.HasPositions) return Problems.Of(StatusCodes.Status422UnprocessableEntity, "instrument-unsuitable", $"{instrument} leaves no position.");
        if (!Lots.TryFrom(size, terms.LotSize, out Lots lots) || lots.IsZero) return Problems.Of(StatusCodes.Status422UnprocessableEntity, "size-invalid", $"Expected a whole number of lots of {terms.LotSize}, not 0.");

        IReadOnlyList<LimitChange> changes = venue.Limits.Check.Would(index, contract, lots);

        return VenueRoutes.Json(new CheckAnswer(
            !changes.Any(change => change.Refuses),
            [.. changes.Where(change => readsAll || IsHisOwn(change.Terms)).Select(change => new CheckLine(
                change.Terms.Id.Value, change.Account?.Value, change.Before, change.After, change.Terms.Soft, change.Terms.Hard,
                LimitsAnswer.NameOf(change.Terms.LevelOf(change.After)), change.Refuses))]));
    }

    // What others have together is not told to a trader; whether his order is let through is.
    private static bool IsHisOwn(LimitTerms terms) => terms.Scope is LimitScope.Account or LimitScope.Each;

    private static async Task<JsonObject> Body(HttpContext context)
    {
        if (!context.Request.HasJsonContentType()) throw new InputException("body", "send it as application/json");

        try
        {
            JsonObject body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted).ConfigureAwait(false) as JsonObject
                ?? throw new InputException("body", "expected an object");

            // A member twice is only noticed when the members are looked at.
            return body.ContainsKey("type") ? throw new InputException("body type", "is not a field of this request") : body;
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException)
        {
            throw new InputException("body", "not JSON, or a member twice", fault);
        }
    }
}

/// <summary>A limit to be set: the members of the command <c>set-limit</c>.</summary>
internal sealed record SetLimitBody(
    string Id, string Limit, string Scope, string Measure, string? Of, bool? Gross, string? Underlying, string? Bucket, double? Soft, double? Hard);

/// <summary>An order that is not sent.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Instrument">In what.</param>
/// <param name="Size">Signed: + buys, in the instrument's own unit.</param>
internal sealed record CheckBody(string Account, string Instrument, string Size);

/// <summary>Whether the order would be let through, and every limit it would move.</summary>
internal sealed record CheckAnswer(bool Allowed, IReadOnlyList<CheckLine> Limits);

/// <summary>What the order would do to one limit, USD.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Account">Whose, where it holds every account by itself.</param>
/// <param name="Before">What is measured now.</param>
/// <param name="After">What would be.</param>
/// <param name="Soft">The soft line.</param>
/// <param name="Hard">The hard line.</param>
/// <param name="Level"><c>within</c>, <c>soft</c> or <c>hard</c>, afterwards.</param>
/// <param name="Refused">Whether the order is refused for it.</param>
internal sealed record CheckLine(string Limit, string? Account, double Before, double After, double? Soft, double? Hard, string Level, bool Refused);
