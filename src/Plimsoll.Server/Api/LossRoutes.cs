using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Engine;
using Plimsoll.Engine.Deleveraging;
using Plimsoll.Engine.Insurance;
using Plimsoll.Markets.Instruments;
using Plimsoll.Server.Access;
using Plimsoll.Server.Hosting;
using Plimsoll.Units;

namespace Plimsoll.Server.Api;

/// <summary>Who pays for losses: the layers of the fund, and who would be deleveraged first.</summary>
internal static class LossRoutes
{
    private const int MostPlaces = 1_000;

    public static void Map(IEndpointRouteBuilder api, VenueServices venue)
    {
        api.MapGet("/fund", (HttpContext context, bool? sizing) => Fund(context, venue, sizing ?? true))
            .WithSummary("The layers that pay for losses in their order, with balances from the ledger, the pool, external cover, and what a fund would need")
            .WithDescription("sizing=false leaves out what a fund would need, which is resampled for every answer.")
            .Produces<FundAnswer>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden);
        api.MapGet("/deleveraging", (HttpContext context, string? instrument, int? limit) => Queues(context, venue, instrument, limit ?? 100))
            .WithSummary("Who would be asked first to take a bankrupt position over, by contract and side")
            .Produces<QueuesAnswer>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden);
        api.MapGet("/accounts/{id}/deleveraging", (HttpContext context, string id) => Places(context, venue, id))
            .WithSummary("An account's own places in the queue")
            .Produces<PlacesAnswer>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> Fund(HttpContext context, VenueServices venue, bool sizing)
    {
        if (Gate.CallerOf(context) is not { ReadsAll: true }) return Forbidden();

        // Read on the engine's thread; the resampling of what a fund would need is done here.
        (FundAnswer answer, StressedShortfalls? stressed) = await venue.Engine.Look(kernel => (
            FundAnswer.Of(kernel.State),
            !sizing || kernel.State.Judgement.Model is null ? null : StressedShortfalls.Of(kernel.State))).ConfigureAwait(false);

        return VenueRoutes.Json(stressed is null ? answer : answer with { Sizing = SizingFigures.Of(stressed) });
    }

    private static async Task<IResult> Queues(HttpContext context, VenueServices venue, string? instrument, int limit)
    {
        if (Gate.CallerOf(context) is not { ReadsAll: true }) return Forbidden();
        if (limit is < 1 or > MostPlaces) throw new InputException("limit", $"found {limit}, expected 1 to {MostPlaces}");
        if (instrument is not null && !Identifier.IsValid(instrument)) throw new InputException("instrument", $"found '{instrument}', expected a listed contract");

        return VenueRoutes.Json(await venue.Engine.Look(kernel => QueuesAnswer.Of(kernel.State, instrument, limit)).ConfigureAwait(false));
    }

    private static async Task<IResult> Places(HttpContext context, VenueServices venue, string id)
    {
        if (Gate.CallerOf(context)?.Reads(id) != true) return Problems.Of(StatusCodes.Status403Forbidden, "forbidden", "This key reads its own account only.");

        var name = new AccountId(id);
        PlacesAnswer? answer = await venue.Engine.Look(kernel =>
            kernel.State.Accounts.TryFind(name, out AccountIndex account) ? PlacesAnswer.Of(kernel.State, account) : null).ConfigureAwait(false);

        return answer is null ? Problems.Of(StatusCodes.Status404NotFound, "account-unknown", $"There is no account {id}.") : VenueRoutes.Json(answer);
    }

    private static IResult Forbidden() => Problems.Of(StatusCodes.Status403Forbidden, "forbidden", "This key reads its own account only.");
}

/// <summary>A place in the queue.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Side"><c>long</c> or <c>short</c>.</param>
/// <param name="Size">Without sign, in the contract's own unit.</param>
/// <param name="Notional">USD.</param>
/// <param name="Profit">Unrealised, USD.</param>
/// <param name="Leverage">Size of all positions ÷ worth of the account; none where it is worth nothing.</param>
/// <param name="Score">What it is ranked by; of an account worth nothing the largest number there is.</param>
/// <param name="Place">1 for who is asked first.</param>
/// <param name="Among">How many stand on that side.</param>
/// <param name="Percentile">The part of its side that is asked after it.</param>
/// <param name="Fifth">Lights: 5 for the fifth that is asked first, 1 for the last.</param>
/// <param name="Hedged">Whether the position hedges the rest of the account.</param>
internal sealed record PlaceFigures(
    string Account, string Side, double Size, double Notional, double Profit, double? Leverage, double Score, int Place, int Among, double Percentile, int Fifth, bool Hedged)
{
    public static PlaceFigures Of(VenueState venue, QueuePlace place)
    {
        Instrument instrument = venue.Catalog[place.Instrument];

        return new PlaceFigures(
            venue.Accounts[place.Holder.Account].Value,
            place.Holder.Side > 0 ? "long" : "short",
            (double)new Lots(place.Holder.Lots).ToSize(instrument.LotSize),
            place.Holder.Notional,
            place.Holder.Profit,
            double.IsFinite(place.Holder.Leverage) ? place.Holder.Leverage : null,
            place.Score ?? double.MaxValue,
            place.Place,
            place.Of,
            place.Percentile,
            place.Lights,
            place.Holder.IsHedged);
    }
}

/// <summary>Both sides of one contract, longs first, each in the order it is asked.</summary>
internal sealed record QueueFigures(string Instrument, IReadOnlyList<PlaceFigures> Places);

/// <summary>The queues under the policy in force.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="SpareHedged">Whether hedged accounts are asked last.</param>
/// <param name="Queues">By contract, the largest open interest first.</param>
internal sealed record QueuesAnswer(string Policy, bool SpareHedged, IReadOnlyList<QueueFigures> Queues)
{
    public static QueuesAnswer Of(VenueState venue, string? instrument, int limit)
    {
        var queues = new List<QueueFigures>();
        foreach (InstrumentIndex index in Contracts(venue, instrument))
        {
            PlaceFigures[] places = [.. ((int[])[1, -1]).SelectMany(side => DeleveragingQueues.Of(venue, index, side).Take(limit)).Select(place => PlaceFigures.Of(venue, place))];
            queues.Add(new QueueFigures(venue.Catalog[index].Id.Value, places));
        }

        return new QueuesAnswer(LossNames.Of(venue.Parameters?.Deleveraging.Policy ?? default), venue.Parameters?.Deleveraging.SpareHedged ?? false, queues);
    }

    private static IEnumerable<InstrumentIndex> Contracts(VenueState venue, string? instrument)
    {
        if (instrument is not null)
            return venue.Catalog.TryFind(new InstrumentId(instrument), out InstrumentIndex one) ? [one] : throw new InputException("instrument", $"found '{instrument}', expected a listed contract");

        return Enumerable.Range(0, venue.Catalog.Instruments.Count).Select(i => new InstrumentIndex(i))
            .Where(index => venue.Positions.HolderCount(index) > 0)
            .OrderByDescending(index => venue.Positions.OpenInterest(index).Count * (double)venue.Catalog[index].LotSize * (venue.Judgement.Responses?.UnitNotionals[index.Value] ?? 0))
            .ThenBy(index => index.Value);
    }
}

/// <summary>An account's own places.</summary>
internal sealed record PlacesAnswer(string Policy, IReadOnlyList<OwnPlace> Places)
{
    public static PlacesAnswer Of(VenueState venue, AccountIndex account) => new(
        LossNames.Of(venue.Parameters?.Deleveraging.Policy ?? default),
        [.. DeleveragingQueues.Of(venue, account).Select(place => new OwnPlace(venue.Catalog[place.Instrument].Id.Value, PlaceFigures.Of(venue, place)))]);
}

/// <summary>A place and the contract it is in.</summary>
internal sealed record OwnPlace(string Instrument, PlaceFigures Place);
