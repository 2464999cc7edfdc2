using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Engine;
using Plimsoll.Engine.Liquidations;
using Plimsoll.Risk.Liquidation.Bids;
using Plimsoll.Server.Access;
using Plimsoll.Server.Hosting;
using Plimsoll.Units;

namespace Plimsoll.Server.Api;

/// <summary>What a bid in an auction would cost and earn.</summary>
internal static class QuoteRoutes
{
    public static void Map(IEndpointRouteBuilder api, VenueServices venue) => api
        .MapPost("/auctions/{account}/quote", (HttpContext context, string account) => Quote(context, venue, account))
        .RequireRateLimiting(CommandRoutes.RateLimit)
        .WithSummary("What a bid for a part would cost and earn after fees, slippage and gas, without sending it")
        .WithDescription("""Body: {"part": "0.5", "gas": 25, "pools": [{"asset": "BTC", "reserve": 5000000, "fee": 0.003}]}; gas and pools may be left out. The sale is split over the depth the rulebook knows and those pools.""")
        .Accepts<QuoteBody>("application/json")
        .Produces<QuoteAnswer>()
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> Quote(HttpContext context, VenueServices venue, string account)
    {
        if (!MayLook(context)) return Forbidden();

        QuoteBody asked = await Body(context).ConfigureAwait(false);
        if (!decimal.TryParse(asked.Part, System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out decimal part) || part is <= 0m or > 1m)
            throw new InputException("body part", $"'{asked.Part}' is not a part above 0 and at most 1");
        if (asked.Gas is < 0 or > 1e15) throw new InputException("body gas", $"found {asked.Gas}, expected at least 0");
        foreach (PoolBody? pool in asked.Pools ?? [])
        {
            if (pool is null || !Identifier.IsValid(pool.Asset)) throw new InputException("body pools", $"found '{pool?.Asset}', expected an asset");
            if (!(pool.Reserve >= 0) || !(pool.Reserve <= 1e18) || pool.Fee is < 0 or >= 1) throw new InputException("body pools", $"{pool.Asset}: expected a reserve of at least 0 and a fee of 0 to below 1");
        }

        return await venue.Engine.Look(kernel => Answer(kernel.State, new AccountId(account), part, asked)).ConfigureAwait(false);
    }

    private static IResult Answer(VenueState venue, AccountId account, decimal part, QuoteBody asked)
    {
        if (!venue.Accounts.TryFind(account, out AccountIndex index) || AuctionQuote.Of(venue, index, part) is not { } quote)
            return Problems.Of(StatusCodes.Status404NotFound, "auction-unknown", $"Nothing of {account} is auctioned.");

        IReadOnlyList<BidLeg> legs = BidLegs.Of(venue, quote, [.. (asked.Pools ?? []).Select(pool => new ExitPool(new AssetId(pool.Asset), pool.Reserve, pool.Fee))]);
        BidQuote bid = BidLegs.Profit(venue, quote, legs, asked.Gas ?? 0);

        return VenueRoutes.Json(new QuoteAnswer(
            account.Value, FormOf(quote.Form), quote.Part, quote.LargestPart, quote.LeastPart, (double?)quote.Discount, venue.Catalog[quote.PaidIn].Id.Value, Format(venue, quote),
            bid.Pays, bid.Worth, bid.SaleCost, bid.Gas, bid.Left, bid.Profit,
            [.. legs.Select((leg, i) => new QuoteLeg(leg.Name, leg.Notional, bid.Exits[i].Book, bid.Exits[i].Pool, bid.Exits[i].Left, bid.Exits[i].Cost))]));
    }

    private static string Format(VenueState venue, AuctionQuote quote) => venue.Catalog[quote.PaidIn].Scale.Format(quote.Paid);

    private static string FormOf(AuctionForm form) => form == AuctionForm.Insolvent ? "insolvent" : "solvent";

    private static bool MayLook(HttpContext context) => Gate.CallerOf(context) is { Role: CallerRole.Reader or CallerRole.Operator or CallerRole.Bidder };

    private static IResult Forbidden() => Problems.Of(StatusCodes.Status403Forbidden, "forbidden", "This key reads no auctions: it needs the role reader, operator or bidder.");

    private static async Task<QuoteBody> Body(HttpContext context)
    {
        if (!context.Request.HasJsonContentType()) throw new InputException("body", "send it as application/json");

        try
        {
            return await JsonSerializer.DeserializeAsync<QuoteBody>(context.Request.Body, ApiJson.Options, context.RequestAborted).ConfigureAwait(false)
                ?? throw new InputException("body", "expected an object");
        }
        catch (JsonException fault)
        {
            throw new InputException("body", "expected {\"part\", \"gas\"?, \"pools\"?}", fault);
        }
    }
}

/// <summary>A bid that is not sent.</summary>
/// <param name="Part">The part of what is left, a decimal text above 0 and at most 1.</param>
/// <param name="Gas">What bidding and selling cost besides, USD.</param>
/// <param name="Pools">Constant-product pools he could sell into.</param>
internal sealed record QuoteBody(string Part, double? Gas = null, IReadOnlyList<PoolBody>? Pools = null);

/// <summary>A pool.</summary>
/// <param name="Asset">The asset it trades.</param>
/// <param name="Reserve">Its other side, USD.</param>
/// <param name="Fee">Its fee, 0.003 for 0.3 %.</param>
internal sealed record PoolBody(string Asset, double Reserve, double Fee = 0);

/// <summary>What a bid would cost and earn, USD.</summary>
internal sealed record QuoteAnswer(
    string Account, string Form, decimal Part, decimal LargestPart, decimal LeastPart, double? Discount, string PaidIn, string Paid,
    double Pays, double Worth, double SaleCost, double Gas, double Left, double Profit, IReadOnlyList<QuoteLeg> Legs);

/// <summary>How one thing would be sold, or bought back, USD.</summary>
internal sealed record QuoteLeg(string Name, double Notional, double Book, double Pool, double Left, double Cost);
