using Plimsoll.Engine;
using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Prices;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Server.Projections;

/// <summary>
/// A copy of what is listed and of the rulebook, to be read on any thread while the engine goes on. Listings are only
/// ever added to, so a copy is good until their number or the parameters change.
/// </summary>
internal sealed class Listing
{
    private readonly RiskParameters? _parameters;

    private Listing(Catalog catalog, RiskParameters? parameters)
    {
        Catalog = catalog;
        _parameters = parameters;
        Model = parameters is null ? null : new MarginModel(catalog, parameters);
    }

    public Catalog Catalog { get; }

    /// <summary>None before parameters are set.</summary>
    public MarginModel? Model { get; }

    /// <summary>The last copy while it is still true, otherwise a new one. On the engine's thread.</summary>
    public static Listing Of(VenueState venue, Listing? last)
    {
        bool same = last is not null
            && last.Catalog.Assets.Count == venue.Catalog.Assets.Count
            && last.Catalog.Instruments.Count == venue.Catalog.Instruments.Count
            && ReferenceEquals(last._parameters, venue.Parameters);
        if (same) return last!;

        var catalog = new Catalog();
        foreach (Asset asset in venue.Catalog.Assets) catalog.Add(asset);
        foreach (Instrument instrument in venue.Catalog.Instruments) catalog.Add(instrument);

        return new Listing(catalog, venue.Parameters);
    }

    /// <summary>A copy of the prices over this copy of the list. On the engine's thread.</summary>
    public MarketState Copy(MarketState market)
    {
        var copy = new MarketState(Catalog);
        copy.MoveTo(market.At);
        for (int a = 0; a < Catalog.Assets.Count; a++)
        {
            if (market.Quote(new AssetIndex(a)) is { } quote) copy.Apply(quote);
        }

        for (int i = 0; i < Catalog.Instruments.Count; i++)
        {
            var index = new InstrumentIndex(i);
            if (market.QuotedForward(index) is { } || market.QuotedVolatility(index) is { })
                copy.Apply(new InstrumentQuote(index, market.QuotedForward(index), market.QuotedVolatility(index)));
        }

        return copy;
    }
}
