using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Engine;
using Plimsoll.Engine.Liquidations;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Server.Access;
using Plimsoll.Server.Hosting;
using Plimsoll.Server.Projections;
using Plimsoll.Units;

namespace Plimsoll.Server.Api;

/// <summary>Accounts between call and last resort with their plans, and what is auctioned. Bids are commands: <c>POST /api/v1/commands</c>.</summary>
internal static class LiquidationRoutes
{
    private const int MostPlans = 500;
    private const int MostAuctions = 1000;

    /// <summary>Plans told in words: working one out takes as long as a slice.</summary>
    private const int MostDrafted = 25;

    public static void Map(IEndpointRouteBuilder api, VenueServices venue)
    {
        api.MapGet("/liquidations", (Delegate)((HttpContext context) => Plans(context, venue)))
            .WithSummary("Accounts that are called or liquidated, by stage, with their plans and costs, and what the period leaves")
            .Produces<LiquidationsAnswer>().ProducesProblem(StatusCodes.Status403Forbidden);
        api.MapGet("/auctions", (HttpContext context, int? offset) => Auctions(context, venue, offset ?? 0))
            .WithSummary("What is auctioned now and at which discount, what ends first before the rest, 1,000 after so many; anybody with a key may read it")
            .Produces<AuctionsAnswer>();
    }

    private static async Task<IResult> Plans(HttpContext context, VenueServices venue)
    {
        if (Gate.CallerOf(context) is not { ReadsAll: true }) return Problems.Of(StatusCodes.Status403Forbidden, "forbidden", "This key reads its own account only.");

        return VenueRoutes.Json(await venue.Engine.Look(kernel => Answer(kernel.State)).ConfigureAwait(false));
    }

    private static async Task<IResult> Auctions(HttpContext context, VenueServices venue, int offset)
    {
        if (Gate.CallerOf(context) is null) return Problems.Of(StatusCodes.Status403Forbidden, "forbidden", "This key reads no auctions.");
        if (offset < 0) return Problems.Of(StatusCodes.Status400BadRequest, "bad-request", $"offset: found {offset}, expected 0 or more");

        return VenueRoutes.Json(await venue.Engine.Look(kernel => AuctionsOf(kernel.State, offset)).ConfigureAwait(false));
    }

    private static LiquidationsAnswer Answer(VenueState venue)
    {
        PhaseTerms terms = venue.Parameters?.Phases ?? PhaseTerms.None;
        LiquidationCase[] cases =
        [
            .. venue.Liquidations.Cases.OrderByDescending(one => one.Stage).ThenBy(one => venue.Judgement.Of(one.Account).MaintenanceHealth).ThenBy(one => one.Account.Value),
        ];

        return new LiquidationsAnswer(
            !terms.IsNone,
            cases.Length,
            [.. cases.Take(MostPlans).Select((one, place) => PlanLine.Of(venue, one, place < MostDrafted))],
            terms.IsNone ? null : PeriodLine.Of(venue, terms));
    }

    private static AuctionsAnswer AuctionsOf(VenueState venue, int offset)
    {
        LiquidationCase[] open = [.. venue.Liquidations.Cases.Where(one => one.Auction is not null).OrderBy(one => one.Auction!.EndsAt).ThenBy(one => one.Account.Value)];

        return new AuctionsAnswer(
            venue.Parameters?.Phases.Auction is not null,
            open.Length,
            [.. open.Skip(offset).Take(MostAuctions).Select(one => AuctionLine.Of(venue, one)).OfType<AuctionLine>()]);
    }
}

/// <summary>Accounts under way. Costs and notionals in USD.</summary>
/// <param name="Phases">Whether the rulebook has phases; else an account is liquidated whole in the tick in which it sinks.</param>
/// <param name="Total">How many accounts there are, of which the first five hundred are told.</param>
/// <param name="Plans">The farthest stage first, in it the deepest.</param>
/// <param name="Period">The period and what it leaves.</param>
internal sealed record LiquidationsAnswer(bool Phases, int Total, IReadOnlyList<PlanLine> Plans, PeriodLine? Period);

/// <summary>An account under way.</summary>
/// <param name="Account">Its name.</param>
/// <param name="Stage"><c>called</c>, <c>slicing</c>, <c>auctioned</c> or <c>last-resort</c>.</param>
/// <param name="Cause">Why.</param>
/// <param name="Since">Since when it is at this stage.</param>
/// <param name="DueAt">The deadline of its call or the end of its auction.</param>
/// <param name="Slices">Slices so far.</param>
/// <param name="Next">What would be sold next, in words.</param>
/// <param name="PlannedCost">What was expected when it began.</param>
/// <param name="ExpectedCost">What its slices were expected to cost.</param>
/// <param name="RealisedCost">What they did cost.</param>
internal sealed record PlanLine(
    string Account, string Stage, string Cause, string Since, string? DueAt, int Slices, string? Next, double PlannedCost, double ExpectedCost, double RealisedCost)
{
    public static PlanLine Of(VenueState venue, LiquidationCase one, bool drafted) => new(
        venue.Accounts[one.Account].Value,
        Words.Of(one.Stage),
        Words.Of(one.Cause),
        one.Since.ToString(),
        one.DueAt?.ToString(),
        one.Slices,
        drafted && one.Stage != LiquidationStage.Auctioned ? NextOf(venue, one) : null,
        one.PlannedCost,
        one.ExpectedCost,
        one.RealisedCost);

    private static string? NextOf(VenueState venue, LiquidationCase one)
    {
        LiquidationForecast forecast = LiquidationDesk.Forecast(venue, one.Account, most: 1);
        if (forecast.Slices is not [var slice, ..]) return null;

        IEnumerable<string> closes = slice.Plan.Closes.Select(close =>
            $"{(close.Change.Sign < 0 ? "sells" : "buys")} {Plain(close.Change.Size.ToSize(venue.Catalog[close.Instrument].LotSize))} of {venue.Catalog[close.Instrument].Id}");
        IEnumerable<string> sales = slice.Plan.Conversions.Select(sale => $"sells {Brief.Of(venue.Catalog[sale.Sold].Scale, sale.Sell)} {venue.Catalog[sale.Sold].Id} for what it owes");

        return string.Join(", ", closes.Concat(sales));
    }

    private static string Plain(decimal size) => size.ToString("0.############", CultureInfo.InvariantCulture);
}

/// <summary>The period the venue is in, and what of its caps is used. USD; none where there is no cap.</summary>
internal sealed record PeriodLine(string Begins, string Ends, double Sold, double? MostSold, double Bid, double? MostBid, double Backstopped, double? MostBackstopped, bool BackstopClosed)
{
    public static PeriodLine Of(VenueState venue, PhaseTerms terms)
    {
        PeriodUsage usage = venue.Liquidations.Usage;

        return new PeriodLine(
            usage.PeriodStart.ToString(),
            usage.PeriodEnd.ToString(),
            usage.Sold,
            (double?)terms.Caps.Venue,
            usage.Bid,
            (double?)terms.Caps.Auction,
            usage.Backstopped,
            (double?)terms.Caps.Backstop,
            venue.Liquidations.IsBackstopClosed);
    }
}

/// <summary>What is auctioned now.</summary>
/// <param name="Configured">Whether the rulebook has auctions.</param>
/// <param name="Total">How many are open, listed or not.</param>
/// <param name="Auctions">At most 1,000 of them, what ends first before the rest.</param>
internal sealed record AuctionsAnswer(bool Configured, int Total, IReadOnlyList<AuctionLine> Auctions);

/// <summary>An auction.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Form"><c>solvent</c>: bidders pay; <c>insolvent</c>: they are paid.</param>
/// <param name="OpenedAt">When it began.</param>
/// <param name="EndsAt">When it ends, sold or not.</param>
/// <param name="Discount">The part of the mark given to a bidder now; all of it where he is paid.</param>
/// <param name="NextStepAt">When the discount rises next.</param>
/// <param name="Equity">What the account is worth at its marks, USD.</param>
/// <param name="Notional">Notional of its positions, USD.</param>
/// <param name="Reserved">What bidders have paid so far, USD.</param>
/// <param name="Largest">The largest part that is sold: what restores the account.</param>
/// <param name="Asked">What is asked for that part, in whole coins of <paramref name="PaidIn"/>; negative where it is paid.</param>
/// <param name="PaidIn">What bids are paid in.</param>
internal sealed record AuctionLine(
    string Account, string Form, string OpenedAt, string EndsAt, double Discount, string? NextStepAt, double Equity, double Notional, double Reserved, string Largest, string? Asked, string PaidIn)
{
    public static AuctionLine? Of(VenueState venue, LiquidationCase one)
    {
        if (one.Auction is not { } auction || venue.Parameters?.Phases.Auction is not { } terms) return null;
        if (!venue.Catalog.TryFind(terms.PaidIn, out AssetIndex paidIn)) return null;

        // What is asked is what a bid is asked; where nothing is sold now only the clock is known.
        AuctionQuote? quote = AuctionQuote.Of(venue, one.Account);
        paidIn = auction.ReservedIn ?? paidIn;
        AssetScale scale = venue.Catalog[paidIn].Scale;
        long since = Math.Max(0, venue.Now.UnixMicroseconds - auction.OpenedAt.UnixMicroseconds);
        Verdict verdict = venue.Judgement.Of(one.Account);

        return new AuctionLine(
            venue.Accounts[one.Account].Value,
            Words.Of(auction.Form),
            auction.OpenedAt.ToString(),
            auction.EndsAt.ToString(),
            auction.Form == AuctionForm.Solvent ? (double)AuctionClock.DiscountAt(terms, since) : 1,
            AuctionClock.NextStep(terms, since) is { } next ? new Instant(auction.OpenedAt.UnixMicroseconds + next).ToString() : null,
            verdict.Equity,
            verdict.Notional,
            scale.ToModel(auction.Reserved) * venue.Market.PriceOf(paidIn),
            (quote?.LargestPart ?? 1m).ToString(CultureInfo.InvariantCulture),
            quote is null ? null : scale.Format(quote.Paid),
            venue.Catalog[paidIn].Id.Value);
    }
}

/// <summary>What stages and causes are called outside.</summary>
file static class Words
{
    public static string Of<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
