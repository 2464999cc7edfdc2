using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Engine;
using Plimsoll.Risk.Margin;
using Plimsoll.Risk.Shadow;
using Plimsoll.Risk.WhatIf;
using Plimsoll.Server.Access;
using Plimsoll.Server.Hosting;
using Plimsoll.Units;

namespace Plimsoll.Server.Api;

/// <summary>The risk parameters as numbered sets, and what another set would do; proposing one is a command.</summary>
internal static class ParameterRoutes
{
    private const long MaxBytes = 1 << 20;
    private const int UsualMost = 100;
    private const int MostLines = 10_000;

    public static void Map(IEndpointRouteBuilder api, VenueServices venue)
    {
        api.MapGet("/parameters", (Delegate)((HttpContext context) => Get(context, venue)))
            .WithSummary("The risk parameters in force; their number, hash and time are in the headers Plimsoll-Parameters-Version, ETag and Plimsoll-Parameters-Applied-At")
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/parameters/history", (Delegate)((HttpContext context) => History(context, venue)))
            .WithSummary("The sets in force, waiting and before, with number, hash, time and reason")
            .Produces<ParameterHistoryAnswer>().ProducesProblem(StatusCodes.Status403Forbidden);
        api.MapPost("/parameters/shadow", (Delegate)((HttpContext context) => Shadow(context, venue)))
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MaxBytes))
            .RequireRateLimiting(CommandRoutes.RateLimit)
            .WithSummary("Who would be called, liquidated, restricted or let go by another set; nothing is changed")
            .WithDescription("Body: {\"parameters\": {…}, \"prices\"?: {\"BTC\": \"-10%\"}, \"vols\"?: {\"all\": \"+10\"}, \"most\"?: 100}: docs/formats/parameters.md.")
            .Accepts<ShadowBody>("application/json")
            .Produces<ShadowAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> Get(HttpContext context, VenueServices venue)
    {
        (RiskParameters? parameters, ParameterVersion? version) = await venue.Engine.Look(kernel => (kernel.State.Parameters, kernel.State.ParameterSets.Current)).ConfigureAwait(false);
        if (parameters is null || version is null) return Missing();

        context.Response.Headers.ETag = $"\"{version.Hash}\"";
        context.Response.Headers["Plimsoll-Parameters-Version"] = version.Version.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["Plimsoll-Parameters-Applied-At"] = version.AppliedAt.ToString();

        return Results.Bytes(parameters.ToJson(), "application/json");
    }

    private static async Task<IResult> History(HttpContext context, VenueServices venue)
    {
        if (Gate.CallerOf(context) is not { ReadsAll: true }) return Forbidden();

        return VenueRoutes.Json(await venue.Engine.Look(kernel => ParameterHistoryAnswer.Of(kernel.State.ParameterSets)).ConfigureAwait(false));
    }

    private static async Task<IResult> Shadow(HttpContext context, VenueServices venue)
    {
        if (!context.Request.HasJsonContentType()) return Problems.Of(StatusCodes.Status415UnsupportedMediaType, "unsupported", "Send the request as application/json.");
        if (Gate.CallerOf(context) is not { ReadsAll: true }) return Forbidden();

        using JsonDocument body = await CommandRoutes.Read(context.Request).ConfigureAwait(false);
        ShadowBody asked = Asked(body.RootElement);
        RiskParameters proposed = RiskParameters.FromJson(asked.Parameters.GetRawText());

        // Judging everybody once more costs less than copying everybody would, so it is done where the books are.
        return await venue.Engine.Look(kernel => Answer(kernel.State, asked, proposed)).ConfigureAwait(false);
    }

    private static IResult Answer(VenueState state, ShadowBody asked, RiskParameters proposed)
    {
        if (state.Parameters is null) return Missing();

        var plan = new WhatIfPlan(state.Catalog, state.Market);
        foreach ((string name, string move) in asked.Prices ?? ImmutableSortedDictionary<string, string>.Empty) plan.Price(name, move);
        foreach ((string name, string move) in asked.Vols ?? ImmutableSortedDictionary<string, string>.Empty) plan.Volatility(name == "all" ? WhatIfPlan.EveryUnderlying : name, move);
        ShadowReport report = ParameterShadow.Of(state, proposed, plan.Shift, asked.Most ?? UsualMost);

        return VenueRoutes.Json(new ShadowAnswer(
            ParameterSets.HashOf(proposed).ToString(),
            state.Market.At.ToString(),
            plan.Shift is null ? null : plan.MarketSentence,
            report.Accounts, report.Liquidated, report.Called, report.Restricted, report.Released, report.UnderWater,
            report.Before, report.After,
            ParameterCheck.Faults(state.Catalog, proposed),
            [.. ParameterDifference.Between(state.Parameters, proposed).Select(c => new FieldChange(c.Path, c.Old, c.New))],
            [.. report.Lines.Select(line => new ShadowedAccount(
                state.Accounts[new AccountIndex(line.Account)].Value,
                JsonNamingPolicy.KebabCaseLower.ConvertName(line.Effect.ToString()),
                line.Before.MaintenanceHealth, line.After.MaintenanceHealth,
                line.Before.MaintenanceRequirement, line.After.MaintenanceRequirement,
                line.Before.InitialRequirement, line.After.InitialRequirement))]));
    }

    private static ShadowBody Asked(JsonElement body)
    {
        ShadowBody asked;
        try
        {
            asked = body.Deserialize<ShadowBody>(ApiJson.Options) ?? throw new InputException("body", "expected an object");
        }
        catch (JsonException fault)
        {
            throw new InputException("body", "expected {\"parameters\", \"prices\"?, \"vols\"?, \"most\"?}", fault);
        }

        if (asked.Parameters.ValueKind != JsonValueKind.Object) throw new InputException("body parameters", "expected a set of risk parameters");
        if (asked.Most is < 0 or > MostLines) throw new InputException("body most", $"found {asked.Most}, expected 0 to {MostLines}");

        return asked;
    }

    private static IResult Missing() => Problems.Of(StatusCodes.Status404NotFound, "parameters-missing", "No risk parameters have been set yet.");

    private static IResult Forbidden() => Problems.Of(StatusCodes.Status403Forbidden, "forbidden", "This key reads its own account only.");
}

/// <summary>A set to be asked about.</summary>
/// <param name="Parameters">The whole set.</param>
/// <param name="Prices">Prices moved first, by asset: <c>-10%</c> or a price.</param>
/// <param name="Vols">Volatilities moved first, by underlying or <c>all</c>: <c>+10</c> in points or <c>+10%</c>.</param>
/// <param name="Most">The most accounts to list.</param>
internal sealed record ShadowBody(JsonElement Parameters, ImmutableSortedDictionary<string, string>? Prices = null, ImmutableSortedDictionary<string, string>? Vols = null, int? Most = null);

/// <summary>A field that would change.</summary>
internal sealed record FieldChange(string Path, string? Old, string? New);

/// <summary>An account something would happen to, USD.</summary>
internal sealed record ShadowedAccount(
    string Account, string Effect, double HealthBefore, double HealthAfter, double MaintenanceBefore, double MaintenanceAfter, double InitialBefore, double InitialAfter);

/// <summary>What a set would do.</summary>
/// <param name="Hash">The set's hash.</param>
/// <param name="At">The time of the prices.</param>
/// <param name="Shock">What the market did first.</param>
/// <param name="Accounts">Accounts looked at.</param>
/// <param name="Liquidated">Liquidated that are not under water now.</param>
/// <param name="Called">Called that are not near their requirement now.</param>
/// <param name="Restricted">Not able to open anything any more.</param>
/// <param name="Released">Let go.</param>
/// <param name="UnderWater">Under water already.</param>
/// <param name="Before">Everybody under the set in force, USD.</param>
/// <param name="After">Everybody under the other.</param>
/// <param name="Faults">Why a proposal of it would be refused; none where it would not.</param>
/// <param name="Changes">The fields that differ.</param>
/// <param name="Lines">The accounts, the most harmed first.</param>
internal sealed record ShadowAnswer(
    string Hash, string At, string? Shock, int Accounts, int Liquidated, int Called, int Restricted, int Released, int UnderWater,
    ShadowTotals Before, ShadowTotals After, IReadOnlyList<string> Faults, IReadOnlyList<FieldChange> Changes, IReadOnlyList<ShadowedAccount> Lines);

/// <summary>A set that is or was in force.</summary>
internal sealed record VersionLine(int Version, string Hash, string AppliedAt, string? Reason);

/// <summary>A set that waits.</summary>
internal sealed record ProposalLine(int Version, string Hash, string ProposedAt, string EffectiveAt, string Reason, int? MaxLiquidations, bool Held);

/// <summary>The numbered sets.</summary>
/// <param name="Current">The one in force.</param>
/// <param name="Proposals">Those that wait, by number.</param>
/// <param name="History">Those that were in force, the one in force last.</param>
internal sealed record ParameterHistoryAnswer(VersionLine? Current, IReadOnlyList<ProposalLine> Proposals, IReadOnlyList<VersionLine> History)
{
    public static ParameterHistoryAnswer Of(ParameterSets sets) => new(
        sets.Current is { } current ? LineOf(current) : null,
        [.. sets.Proposals.Select(p => new ProposalLine(p.Version, p.Hash.ToString(), p.ProposedAt.ToString(), p.EffectiveAt.ToString(), p.Reason, p.MaxLiquidations, p.IsHeld))],
        [.. sets.History.Select(LineOf)]);

    private static VersionLine LineOf(ParameterVersion version) => new(version.Version, version.Hash.ToString(), version.AppliedAt.ToString(), version.Reason);
}
