using Plimsoll.Markets.Instruments;
using Plimsoll.Units;

namespace Plimsoll.Engine.Deleveraging;

/// <summary>What contracts are worth at the mark: what a takeover's price is compared with.</summary>
internal static class TakeoverMark
{
    /// <summary>Worth of signed lots in the settlement asset, signed like a buyer's value.</summary>
    public static Amount Worth(VenueState venue, InstrumentIndex instrument, Lots lots)
    {
        Instrument terms = venue.Catalog[instrument];
        double size = (double)lots.ToSize(terms.LotSize);

        return venue.Catalog[terms.Settlement].Scale.FromModel(size * venue.Judgement.Responses!.UnitValues[instrument.Value], Rounding.Nearest);
    }

    /// <summary>The mark as a price: of what pays a premium its model price.</summary>
    public static Price PriceOf(VenueState venue, InstrumentIndex instrument)
    {
        if (!venue.Catalog[instrument].PaysPremium) return venue.MarkOf(instrument);

        double value = venue.Judgement.Responses!.UnitValues[instrument.Value];

        return value < (double)Price.Max ? new Price(Math.Clamp((decimal)value, Price.Min, Price.Max)) : new Price(Price.Max);
    }
}
