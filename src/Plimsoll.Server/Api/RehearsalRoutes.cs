using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Engine;
using Plimsoll.Engine.Journal;
using Plimsoll.Server.Access;
using Plimsoll.Server.Hosting;
using Plimsoll.Simulation.Cascades;
using Plimsoll.Units;

namespace Plimsoll.Server.Api;

/// <summary>Shocks lived on a copy of the venue, and how far falls feed themselves; nothing of the venue changes.</summary>
internal static class RehearsalRoutes
{
    private const long MaxBytes = 1 << 16;
    private const int MaxAccounts = 250_000;
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(60);

    // One at a time: it takes a copy of the whole venue and a processor of its own.
    private static readonly SemaphoreSlim Free = new(1, 1);

    public static void Map(IEndpointRouteBuilder api, VenueServices venue)
    {
        api.MapPost("/rehearsals", (Delegate)((HttpContext context) => Post(context, venue)))
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MaxBytes))
            .RequireRateLimiting(CommandRoutes.RateLimit)
            .WithSummary("A shock lived on a copy of the venue by the engine itself, to the last resort; nothing is changed")
            .WithDescription("Body: {\"prices\": {\"BTC\": \"-30%\"}, \"ticks\"?: 1, \"minutes\"?: 60, \"guards\"?: false}: docs/liquidation.md, Rehearsal and cascades. One at a time, at most a minute.")
            .Accepts<RehearsalBody>("application/json")
            .Produces<RehearsalAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status429TooManyRequests).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        api.MapGet("/cascade", (Delegate)((HttpContext context) => Cascade(context, venue)))
            .RequireRateLimiting(CommandRoutes.RateLimit)
            .WithSummary("What first moves of one price set off: forced flow, extra move, multiplier; ?asset=BTC")
            .Produces<CascadeAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden);
    }

    private static async Task<IResult> Post(HttpContext context, VenueServices venue)
    {
        if (!context.Request.HasJsonContentType()) return Problems.Of(StatusCodes.Status415UnsupportedMediaType, "unsupported", "Send the request as application/json.");
        if (Gate.CallerOf(context) is not { ReadsAll: true }) return Forbidden();

        using JsonDocument body = await CommandRoutes.Read(context.Request).ConfigureAwait(false);
        (RehearsalAsk ask, bool guards) = Asked(body.RootElement);
        if (!await Free.WaitAsync(0).ConfigureAwait(false)) return Problems.Of(StatusCodes.Status429TooManyRequests, "busy", "Another rehearsal runs; ask again when it is over.");

        try
        {
            SnapshotRecord? snapshot = await venue.Engine.Look(kernel => kernel.State.Accounts.Count <= MaxAccounts ? Snapshots.Take(kernel) : null).ConfigureAwait(false);
            if (snapshot is null) return Problems.Of(StatusCodes.Status503ServiceUnavailable, "too-large", $"The venue has more than {MaxAccounts} accounts: rehearse on a copy of its file, plimsoll liquidate --rehearse.");

            using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
            stop.CancelAfter(MaxTime);

            return VenueRoutes.Json(await Task.Run(() => Answer(snapshot, ask, guards, stop.Token), stop.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, "too-long", $"The rehearsal took longer than {MaxTime.TotalSeconds} seconds: ask for fewer minutes, or without the guards.");
        }
        finally
        {
            Free.Release();
        }
    }

    private static async Task<IResult> Cascade(HttpContext context, VenueServices venue)
    {
        if (Gate.CallerOf(context) is not { ReadsAll: true }) return Forbidden();
        string asset = context.Request.Query["asset"].ToString();
        if (!Identifier.IsValid(asset)) throw new InputException("asset", $"found '{asset}', expected an asset such as BTC");

        return VenueRoutes.Json(await venue.Engine.Look(kernel => CascadeAnswer.Of(CascadeMap.Of(kernel.State, new AssetId(asset)))).ConfigureAwait(false));
    }

    private static RehearsalAnswer Answer(SnapshotRecord snapshot, RehearsalAsk ask, bool guards, CancellationToken stop) => new(
        RehearsalFigures.Of(Rehearsal.Of(snapshot, ask, null, stop)),
        guards ? [.. GuardSwitch.All.Select(guard => new RehearsalWithout(guard.Name, guard.Without, RehearsalFigures.Of(Rehearsal.Of(snapshot, ask, guard, stop))))] : []);

    private static (RehearsalAsk Ask, bool Guards) Asked(JsonElement body)
    {
        RehearsalBody asked;
        try
        {
            asked = body.Deserialize<RehearsalBody>(ApiJson.Options) ?? throw new InputException("body", "expected an object");
        }
        catch (JsonException fault)
        {
            throw new InputException("body", "expected {\"prices\", \"ticks\"?, \"minutes\"?, \"guards\"?}", fault);
        }

        var moves = ImmutableSortedDictionary.CreateBuilder<AssetId, double>();
        foreach ((string name, string move) in asked.Prices ?? throw new InputException("body prices", "is missing"))
        {
            if (!Identifier.IsValid(name)) throw new InputException($"body prices {name}", "expected an asset");
            if (!move.EndsWith('%') || !double.TryParse(move[..^1], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double percent))
                throw new InputException($"body prices {name}", $"found '{move}', expected a percentage such as -30%");
            moves[new AssetId(name)] = percent / 100;
        }

        return (new RehearsalAsk(moves.ToImmutable(), asked.Ticks ?? 1, asked.Minutes ?? 60), asked.Guards);
    }

    private static IResult Forbidden() => Problems.Of(StatusCodes.Status403Forbidden, "forbidden", "This key reads its own account only.");
}
