using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Engine;
using Plimsoll.Risk.Liquidation.Breakers;
using Plimsoll.Server.Hosting;
using Plimsoll.Units;

namespace Plimsoll.Server.Api;

/// <summary>Which instruments are paused, whether the venue is halted, and how much may still be liquidated.</summary>
internal static class BreakerRoutes
{
    public static void Map(IEndpointRouteBuilder api, VenueServices venue) => api
        .MapGet("/breakers", async () => VenueRoutes.Json(await venue.Engine.Look(kernel => BreakersAnswer.Of(kernel.State)).ConfigureAwait(false)))
        .WithSummary("Circuit breakers: the state of every instrument with a band, of the whole venue, and what throttles leave of this period")
        .Produces<BreakersAnswer>();
}

/// <summary>The breakers at one moment.</summary>
/// <param name="At">The venue's time, ISO 8601.</param>
/// <param name="Configured">Whether the rulebook has breakers at all.</param>
/// <param name="Breakers">The whole venue's first, where it has one, then every instrument with a band that has had a price, in the order of listing.</param>
/// <param name="Throttles">What is liquidated and deleveraged in a period, where that is limited.</param>
/// <param name="Venue">What the whole venue's breaker looks at.</param>
internal sealed record BreakersAnswer(string At, bool Configured, IReadOnlyList<BreakerLineAnswer> Breakers, IReadOnlyList<ThrottleAnswer> Throttles, VenueBreakerAnswer Venue)
{
    /// <summary>Reads them. On the engine's thread.</summary>
    public static BreakersAnswer Of(VenueState venue)
    {
        BreakerBook book = venue.Breakers;

        return new BreakersAnswer(
            venue.Now.ToString(),
            !book.Terms.IsNone,
            [.. book.Terms.Venue is null ? [] : (BreakerLineAnswer[])[Whole(venue)], .. book.All.Select(one => Line(venue, one.Instrument, one.Breaker))],
            [.. Throttled(book)],
            new VenueBreakerAnswer(
                book.Venue.IsStill ? "still" : book.Venue.IsHalted ? "reducing" : "trading",
                book.Venue.Cause is { } cause ? JsonNamingPolicy.KebabCaseLower.ConvertName(cause.ToString()) : null,
                Finite(book.Venue.Coverage),
                book.Venue.FundWorth,
                book.Terms.Venue is null ? null : book.Venue.HighWater));
    }

    private static BreakerLineAnswer Whole(VenueState venue)
    {
        VenueBreaker whole = venue.Breakers.Venue;

        return new BreakerLineAnswer("venue", whole.IsHalted ? "halted" : "trading", Said(whole.Reason), null, Later(venue, whole.Until), whole.Trips, 0, null, null, null, null);
    }

    private static BreakerLineAnswer Line(VenueState venue, InstrumentIndex instrument, TradingBreaker breaker)
    {
        (double Low, double High)? bounds = venue.Breakers.LineOf(instrument) is { } line && !breaker.IsHeld ? breaker.Bounds(line) : null;
        BreakerPhase phase = breaker.PhaseAt(venue.Now);
        string state = phase switch
        {
            BreakerPhase.Paused => "paused",
            BreakerPhase.Batch => "auction",
            _ => "trading",
        };

        return new BreakerLineAnswer(
            venue.Catalog[instrument].Id.Value, state, phase == BreakerPhase.Trading ? null : Said(breaker.Reason), phase == BreakerPhase.Reopened ? breaker.ReopenedAt.ToString() : null,
            breaker.IsHeld ? breaker.Until.ToString() : Later(venue, breaker.Until), breaker.Trips, breaker.Level, bounds?.Low, bounds?.High, breaker.Price, breaker.Reference);
    }

    private static IEnumerable<ThrottleAnswer> Throttled(BreakerBook book)
    {
        string? until = book.Throttle.EndsAt?.ToString();
        if (book.Terms.Throttles?.Liquidation is { } liquidation) yield return new ThrottleAnswer("liquidation", book.Throttle.Liquidated, (double)liquidation, book.LiquidationRoom, until);
        if (book.Terms.Throttles?.Adl is { } adl) yield return new ThrottleAnswer("adl", book.Throttle.Deleveraged, (double)adl, book.AdlRoom, until);
    }

    private static string? Said(string reason) => reason.Length > 0 ? reason : null;

    private static string? Later(VenueState venue, Instant until) => until > venue.Now ? until.ToString() : null;

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}

/// <summary>One breaker.</summary>
/// <param name="Of">The instrument; <c>venue</c> for the whole.</param>
/// <param name="State"><c>trading</c>, <c>paused</c>, <c>auction</c>, or of the venue <c>halted</c>.</param>
/// <param name="Reason">Why; of an instrument that is simply traded none.</param>
/// <param name="Since">When it was reopened, while its least time open runs; ISO 8601.</param>
/// <param name="Until">When the pause, the batch or the least time open ends; ISO 8601.</param>
/// <param name="Trips">How often it has tripped.</param>
/// <param name="Level">The how many-th of a row the last trip was.</param>
/// <param name="Low">A price below this pauses it.</param>
/// <param name="High">A price above this pauses it.</param>
/// <param name="Price">The last price it was asked about.</param>
/// <param name="Reference">What its static band lies around.</param>
internal sealed record BreakerLineAnswer(
    string Of, string State, string? Reason, string? Since, string? Until, long Trips, int Level, double? Low, double? High, double? Price, double? Reference);

/// <summary>What of a period's throttle is used, USD.</summary>
/// <param name="Of"><c>liquidation</c> or <c>adl</c>.</param>
/// <param name="Used">Notional in this period.</param>
/// <param name="Most">The most of a period.</param>
/// <param name="Left">What is left of it.</param>
/// <param name="Until">When the period ends, where something of it is used; ISO 8601.</param>
internal sealed record ThrottleAnswer(string Of, double Used, double Most, double Left, string? Until);

/// <summary>What the breaker of the whole venue looks at.</summary>
/// <param name="State"><c>trading</c>; <c>still</c>: halted, nothing is traded and nobody liquidated; <c>reducing</c>: halted, and the pause is over.</param>
/// <param name="Cause"><c>coverage</c>, <c>fund-part</c> or <c>fund-level</c>, while it is halted.</param>
/// <param name="Coverage">What it holds over what customers have a claim to; none where they have none.</param>
/// <param name="FundWorth">What the insurance funds are worth, USD.</param>
/// <param name="HighWater">The most they were worth since the rulebook asks it, USD.</param>
internal sealed record VenueBreakerAnswer(string State, string? Cause, double? Coverage, double FundWorth, double? HighWater);
