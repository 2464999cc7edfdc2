using Plimsoll.Engine;
using Plimsoll.Markets.Chains;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Hedging;
using Plimsoll.Units;

namespace Plimsoll.Server.Projections;

/// <summary>The venue's own options as a chain of quotes: their marked volatilities, with the usual spread around them.</summary>
internal static class MarkedChain
{
    /// <summary>Half the spread put around a mark, in annual volatility: the point that hedging takes an option to cost.</summary>
    public const double HalfSpread = UsualCosts.OptionHalfSpreadPoints / 100;

    /// <summary>The options that have not ended, in the order of listing; one without a marked volatility has no quote. On the engine's thread.</summary>
    public static OptionQuote[] Of(VenueState venue)
    {
        var quotes = new List<OptionQuote>();
        for (int i = 0; i < venue.Catalog.Instruments.Count; i++)
        {
            Instrument instrument = venue.Catalog.Instruments[i];
            if (instrument is not { Kind: InstrumentKind.Option, Strike: { } strike, Side: { } side, Expiry: { } expiry } || expiry <= venue.Market.At) continue;

            quotes.Add(Quote(venue, instrument, new InstrumentIndex(i), (double)strike, side, expiry));
        }

        return [.. quotes];
    }

    private static OptionQuote Quote(VenueState venue, Instrument instrument, InstrumentIndex index, double strike, OptionSide side, Instant expiry)
    {
        double mark = venue.Market.QuotedVolatility(index) ?? double.NaN;

        return new OptionQuote
        {
            Line = index.Value + 1,
            Instrument = instrument.Id.Value,
            Underlying = venue.Catalog[instrument.Underlying].Id.Value,
            Quote = instrument.Quote is { } quote ? venue.Catalog[quote].Id.Value : "",
            Side = side,
            Strike = strike,
            Expiry = expiry,
            At = venue.Market.At,
            Forward = venue.Market.HasPrice(index) ? venue.Market.ForwardOf(index) : double.NaN,
            Unit = instrument.Payoff == Payoff.Inverse ? PriceUnit.Coin : PriceUnit.Quote,
            BidVolatility = mark - HalfSpread,
            AskVolatility = mark + HalfSpread,
            MarkVolatility = mark,
        };
    }
}
