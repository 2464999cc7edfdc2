using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Engine;
using Plimsoll.Markets.Instruments;
using Plimsoll.Server.Hosting;
using Plimsoll.Units;

namespace Plimsoll.Server.Api;

/// <summary>What the venue lists.</summary>
internal static class MarketRoutes
{
    public static void Map(IEndpointRouteBuilder api, VenueServices venue)
    {
        api.MapGet("/market", async () => VenueRoutes.Json(await venue.Engine.Look(kernel => MarketAnswer.Of(kernel.State)).ConfigureAwait(false)))
            .WithSummary("Assets and instruments with their marks").Produces<MarketAnswer>();
    }
}

/// <summary>A listed asset.</summary>
/// <param name="Asset">Its name.</param>
/// <param name="Class">What kind of thing it is.</param>
/// <param name="Decimals">Decimals of its smallest unit.</param>
/// <param name="Follows">The asset it is a claim on.</param>
/// <param name="Price">Its price in the numeraire.</param>
internal sealed record AssetLine(string Asset, string Class, int Decimals, string? Follows, string? Price);

/// <summary>A listed instrument.</summary>
/// <param name="Instrument">Its name.</param>
/// <param name="Kind"><c>spot</c>, <c>perpetual</c>, <c>future</c> or <c>option</c>.</param>
/// <param name="Payoff"><c>linear</c> or <c>inverse</c>.</param>
/// <param name="Underlying">The asset it follows.</param>
/// <param name="Quote">The asset it is quoted in; none for the numeraire itself.</param>
/// <param name="Settlement">The asset it pays in.</param>
/// <param name="LotSize">Its smallest size.</param>
/// <param name="TickSize">Its smallest step of price.</param>
/// <param name="Expiry">When it ends, ISO 8601.</param>
/// <param name="Strike">The strike.</param>
/// <param name="Mark">The price it is valued at, in quote units; for an option the forward of its expiry.</param>
/// <param name="Index">Underlying's price over quote's.</param>
/// <param name="Value">Worth of one unit in its settlement asset.</param>
/// <param name="Vol">Annual volatility an option is valued at.</param>
/// <param name="OpenInterest">All longs, in the instrument's own unit.</param>
/// <param name="OpenInterestUsd">The same in the numeraire.</param>
internal sealed record InstrumentLine(
    string Instrument,
    string Kind,
    string Payoff,
    string Underlying,
    string? Quote,
    string Settlement,
    string LotSize,
    string TickSize,
    string? Expiry,
    string? Strike,
    string? Mark,
    double? Index,
    double? Value,
    double? Vol,
    string OpenInterest,
    double? OpenInterestUsd);

/// <summary>Everything listed, in the order of listing.</summary>
internal sealed record MarketAnswer(IReadOnlyList<AssetLine> Assets, IReadOnlyList<InstrumentLine> Instruments)
{
    /// <summary>Reads the list. On the engine's thread.</summary>
    public static MarketAnswer Of(VenueState venue) => new(
        [.. venue.Catalog.Assets.Select((asset, a) => new AssetLine(
            asset.Id.Value,
            asset.Class.ToString().ToLowerInvariant(),
            asset.Scale.Decimals,
            asset.Follows is { } follows ? venue.Catalog[follows].Id.Value : null,
            venue.Market.Quote(new AssetIndex(a))?.Price.ToString()))],
        [.. venue.Catalog.Instruments.Select((instrument, i) => Line(venue, instrument, new InstrumentIndex(i)))]);

    private static InstrumentLine Line(VenueState venue, Instrument instrument, InstrumentIndex index)
    {
        bool priced = venue.Market.HasPrice(index);
        Lots open = venue.Positions.OpenInterest(index);
        bool judged = venue.Judgement.Responses is not null && priced;

        return new InstrumentLine(
            instrument.Id.Value,
            instrument.Kind.ToString().ToLowerInvariant(),
            instrument.Payoff.ToString().ToLowerInvariant(),
            venue.Catalog[instrument.Underlying].Id.Value,
            instrument.Quote is { } quote ? venue.Catalog[quote].Id.Value : null,
            venue.Catalog[instrument.Settlement].Id.Value,
            Text(instrument.LotSize),
            Text(instrument.TickSize),
            instrument.Expiry?.ToString(),
            instrument.Strike is { } strike ? Text(strike) : null,
            priced ? venue.MarkOf(index).ToString() : null,
            priced ? venue.Market.IndexOf(instrument) : null,
            judged ? venue.Judgement.Responses!.UnitValues[index.Value] : null,
            instrument.Kind == InstrumentKind.Option ? venue.Market.VolatilityOf(index) : null,
            Text(open.ToSize(instrument.LotSize)),
            judged ? open.Count * (double)instrument.LotSize * venue.Judgement.Responses!.UnitNotionals[index.Value] : null);
    }

    private static string Text(decimal value) => Price.Canonical(value).ToString(CultureInfo.InvariantCulture);
}
