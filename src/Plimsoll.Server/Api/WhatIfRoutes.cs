using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Engine;
using Plimsoll.Markets.Prices;
using Plimsoll.Risk.Efficiency;
using Plimsoll.Risk.Margin;
using Plimsoll.Risk.WhatIf;
using Plimsoll.Server.Access;
using Plimsoll.Server.Hosting;
using Plimsoll.Server.Projections;
using Plimsoll.Units;

namespace Plimsoll.Server.Api;

/// <summary>What would become of accounts, and at which prices; nothing of the venue changes.</summary>
internal static class WhatIfRoutes
{
    private const long MaxBytes = 1 << 18;
    private const int MostAccounts = 32;

    public static void Map(IEndpointRouteBuilder api, VenueServices venue)
    {
        api.MapPost("/accounts/{id}/what-if", (HttpContext context, string id) => Post(context, venue, id))
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MaxBytes))
            .RequireRateLimiting(CommandRoutes.RateLimit)
            .WithSummary("What would become of an account if it traded, moved collateral, or the market stood elsewhere")
            .WithDescription("The body and the answer are those of docs/formats/whatif.md. Nothing is traded and nothing moves.")
            .Accepts<WhatIfBody>("application/json")
            .Produces<WhatIfAnswered>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/accounts/{id}/efficiency", (HttpContext context, string id) => Efficiency(context, venue, id))
            .WithSummary("How well an account uses its collateral, and how much of each asset it may withdraw now")
            .Produces<EfficiencyReport>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/accounts/{id}/liquidation-prices", (HttpContext context, string id) => Prices(context, venue, id))
            .WithSummary("Every price of each underlying that takes an account below each line")
            .Produces<LiquidationPricesAnswer>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> Post(HttpContext context, VenueServices venue, string id)
    {
        if (!context.Request.HasJsonContentType())
            return Problems.Of(StatusCodes.Status415UnsupportedMediaType, "unsupported", "Send the request as application/json.");
        if (Gate.CallerOf(context)?.Reads(new AccountId(id).Value) != true) return Forbidden();

        using JsonDocument body = await CommandRoutes.Read(context.Request).ConfigureAwait(false);
        string[] named = [id, .. Others(body.RootElement)];
        if (named.Any(name => Gate.CallerOf(context)?.Reads(name) != true)) return Forbidden();

        (string? unknown, CopiedAccounts? copied) = await venue.Engine.Look(kernel => CopiedAccounts.Of(kernel.State, named)).ConfigureAwait(false);

        // Judged here rather than on the engine's thread.
        return unknown is not null ? Unknown(unknown) : VenueRoutes.Json(copied!.Answer(body.RootElement));
    }

    private static async Task<IResult> Prices(HttpContext context, VenueServices venue, string id)
    {
        if (Gate.CallerOf(context)?.Reads(new AccountId(id).Value) != true) return Forbidden();

        (string? unknown, CopiedAccounts? copied) = await venue.Engine.Look(kernel => CopiedAccounts.Of(kernel.State, [id])).ConfigureAwait(false);

        return unknown is not null ? Unknown(unknown) : VenueRoutes.Json(copied!.LiquidationPrices());
    }

    private static async Task<IResult> Efficiency(HttpContext context, VenueServices venue, string id)
    {
        if (Gate.CallerOf(context)?.Reads(new AccountId(id).Value) != true) return Forbidden();

        // What may be withdrawn is the engine's own word, to the unit: some hundred judgements of one account.
        (string? unknown, CopiedAccounts? copied, Dictionary<AssetIndex, Amount>? free) = await venue.Engine.Look(kernel =>
        {
            (string? missing, CopiedAccounts? found) = CopiedAccounts.Of(kernel.State, [id]);

            return (missing, found, found?.Withdrawable(kernel.State));
        }).ConfigureAwait(false);

        return unknown is not null ? Unknown(unknown) : VenueRoutes.Json(copied!.Efficiency(free!));
    }

    /// <summary>The accounts that collateral would be moved to, each once.</summary>
    private static IEnumerable<string> Others(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object) throw new InputException("body", "expected an object");
        foreach (JsonProperty property in body.EnumerateObject())
        {
            if (!WhatIfJson.Knows(property.Name) && property.Name != "liquidationPrices") throw new InputException($"body {property.Name}", "is not a field of this request");
        }

        if (!body.TryGetProperty("moves", out JsonElement moves) || moves.ValueKind != JsonValueKind.Array) return [];
        string[] others = [.. moves.EnumerateArray()
            .Select(move => move.ValueKind == JsonValueKind.Object && move.TryGetProperty("to", out JsonElement to) && to.ValueKind == JsonValueKind.String ? to.GetString()! : "")
            .Where(name => Identifier.IsValid(name))
            .Distinct()];

        return others.Length < MostAccounts ? others : throw new InputException("body moves", $"expected at most {MostAccounts - 1} other accounts");
    }

    private static IResult Forbidden() => Problems.Of(StatusCodes.Status403Forbidden, "forbidden", "This key reads its own account only.");

    private static IResult Unknown(string account) => Problems.Of(StatusCodes.Status404NotFound, "account-unknown", $"There is no account {account}.");
}

/// <summary>Accounts copied out of the engine with the market they stand in.</summary>
internal sealed class CopiedAccounts
{
    private readonly string[] _names;
    private readonly WhatIfBook[] _books;
    private readonly Listing _listing;
    private readonly MarketState _market;

    private readonly VenueSizes _sizes;

    private CopiedAccounts(string[] names, WhatIfBook[] books, Listing listing, MarketState market, VenueSizes sizes) =>
        (_names, _books, _listing, _market, _sizes) = (names, books, listing, market, sizes);

    /// <summary>Copies accounts out, or names the first that is not there. On the engine's thread.</summary>
    public static (string? Unknown, CopiedAccounts? Copied) Of(VenueState venue, string[] names)
    {
        string[] once = [.. names.Distinct()];
        var books = new WhatIfBook[once.Length];
        for (int a = 0; a < once.Length; a++)
        {
            if (!venue.Accounts.TryFind(new AccountId(once[a]), out AccountIndex index)) return (once[a], null);
            Judgement judged = venue.Judgement;
            books[a] = judged is { Model: { } model, Responses: { } responses }
                ? WhatIfBook.Of(index.Value, judged.Positions, judged.Money, responses, model, judged.Terms)
                : WhatIfBook.Empty;
        }

        Listing listing = Listing.Of(venue, null);

        return (null, new CopiedAccounts(once, books, listing, listing.Copy(venue.Market), venue.Judgement.Model?.Sizes ?? VenueSizes.None));
    }

    /// <summary>Answers a question about the first account, and about those it moves collateral to.</summary>
    public WhatIfAnswered Answer(JsonElement body)
    {
        MarginModel model = Model();
        WhatIfPlan plan = WhatIfJson.Read(body, _listing.Catalog, _market);
        bool thresholds = body.TryGetProperty("liquidationPrices", out JsonElement wanted) && wanted.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False or JsonValueKind.Null => false,
            _ => throw new InputException("body liquidationPrices", "expected true or false"),
        };
        if (plan.Given.Any(given => given.To.Value == _names[0])) throw new InputException("body moves.to", $"expected another account than {_names[0]}");
        var desk = new WhatIfDesk(_market, model);
        WhatIfReport main = WhatIfReport.Of(_names[0], _books[0], plan.Changes, plan, thresholds, desk, _listing.Catalog);
        var others = new List<WhatIfReport>();
        for (int a = 1; a < _names.Length; a++)
        {
            (BookChange, string)[] given = [.. plan.Given.Where(g => g.To.Value == _names[a]).Select(g => ((BookChange)g.Change, $"move from {_names[0]}"))];
            others.Add(WhatIfReport.Of(_names[a], _books[a], given, plan, thresholds, desk, _listing.Catalog));
        }

        return new WhatIfAnswered(_market.At.ToString(), main, others);
    }

    /// <summary>Every price that takes the first account below a line.</summary>
    public LiquidationPricesAnswer LiquidationPrices() => new(
        _names[0], _market.At.ToString(), [.. new WhatIfDesk(_market, Model()).Thresholds(_books[0]).Select(found => UnderlyingThresholds.Of(found, _listing.Catalog))]);

    /// <summary>What the engine lets the first account withdraw. On the engine's thread.</summary>
    public Dictionary<AssetIndex, Amount> Withdrawable(VenueState venue)
    {
        AccountIndex account = venue.Account(new AccountId(_names[0]));
        var free = new Dictionary<AssetIndex, Amount>();
        for (int asset = 0; asset < venue.Catalog.Assets.Count; asset++) free[new AssetIndex(asset)] = venue.PreTrade.Withdrawable(account, new AssetIndex(asset));

        return free;
    }

    /// <summary>How well the first account uses its collateral.</summary>
    public EfficiencyReport Efficiency(Dictionary<AssetIndex, Amount> free) =>
        EfficiencyReport.Of(_names[0], _books[0], new WhatIfDesk(_market, Model()), _listing.Catalog, asset => free.GetValueOrDefault(asset));

    private MarginModel Model() => _listing.Model?.With(_sizes) ?? throw new InputException("venue", "no risk parameters have been set yet");
}

/// <summary>The body of a what-if as the API describes it: docs/formats/whatif.md.</summary>
internal sealed record WhatIfBody(
    IReadOnlyList<WhatIfCoins>? Deposits,
    IReadOnlyList<WhatIfCoins>? Withdrawals,
    IReadOnlyList<WhatIfMove>? Moves,
    IReadOnlyList<WhatIfTrade>? Trades,
    IReadOnlyList<WhatIfTrade>? Positions,
    IReadOnlyDictionary<string, string>? Prices,
    IReadOnlyDictionary<string, string>? Vols,
    string? Days,
    bool? LiquidationPrices);

/// <summary>Coins paid in or taken out.</summary>
internal sealed record WhatIfCoins(string Asset, string Amount);

/// <summary>Coins moved to another account.</summary>
internal sealed record WhatIfMove(string Asset, string Amount, string To);

/// <summary>A trade, or a size to trade a position to.</summary>
internal sealed record WhatIfTrade(string Instrument, string Size, string? Price);

/// <summary>The answer to a what-if.</summary>
/// <param name="At">The market's time, ISO 8601.</param>
/// <param name="Account">The account asked about.</param>
/// <param name="Others">Those it moves collateral to.</param>
internal sealed record WhatIfAnswered(string At, WhatIfReport Account, IReadOnlyList<WhatIfReport> Others);

/// <summary>Every price that takes an account below a line.</summary>
/// <param name="Account">Which.</param>
/// <param name="At">The market's time, ISO 8601.</param>
/// <param name="Underlyings">By underlying.</param>
internal sealed record LiquidationPricesAnswer(string Account, string At, IReadOnlyList<UnderlyingThresholds> Underlyings);
