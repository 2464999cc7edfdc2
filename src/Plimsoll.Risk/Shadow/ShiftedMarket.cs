using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Prices;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Shadow;

/// <summary>A whole market as it would stand after a shift, for what is asked about everybody and not about one account.</summary>
internal static class ShiftedMarket
{
    /// <summary>Prices, forwards and volatilities moved, time gone by; the market given stays as it is.</summary>
    public static MarketState Of(Catalog catalog, MarketState market, MarketShift shift)
    {
        var shifted = new MarketState(catalog);
        shifted.MoveTo(market.At + shift.Later);
        for (int a = 0; a < catalog.Assets.Count; a++)
        {
            if (market.Quote(new AssetIndex(a)) is { } quote) shifted.Apply(quote with { Price = Moved(quote.Price, shift.RatioOf(a)) });
        }

        for (int i = 0; i < catalog.Instruments.Count; i++)
        {
            var index = new InstrumentIndex(i);
            Instrument terms = catalog[index];
            double ratio = shift.RatioOf(terms.Underlying.Value) / (terms.Quote is { } quoted ? shift.RatioOf(quoted.Value) : 1);
            double now = market.VolatilityOf(index);
            double then = shift.VolatilityOf(terms.Underlying.Value, now);
            shifted.Apply(new InstrumentQuote(
                index,
                market.QuotedForward(index) is { } forward ? Moved(forward, ratio) : null,
                terms.Kind == InstrumentKind.Option && then != now ? then : market.QuotedVolatility(index)));
        }

        return shifted;
    }

    private static Price Moved(Price price, double ratio)
    {
        double moved = price.ToModel() * ratio;

        return ratio == 1 ? price
            : moved <= (double)Price.Min ? new Price(Price.Min)
            : moved >= (double)Price.Max ? new Price(Price.Max)
            : new Price(Math.Clamp((decimal)moved, Price.Min, Price.Max));
    }
}
