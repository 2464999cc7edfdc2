using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Prices;
using Plimsoll.Pricing.Valuation;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.WhatIf;

/// <summary>One thing that might happen to an account, at today's market.</summary>
public abstract record BookChange
{
    private protected BookChange()
    {
    }

    /// <summary>The account after it.</summary>
    /// <param name="book">The account before.</param>
    /// <param name="market">Today's market.</param>
    /// <param name="model">The rulebook, which knows what is listed.</param>
    /// <exception cref="InputException">It cannot happen: a size is no whole number of lots, or a price lies outside its range.</exception>
    public abstract WhatIfBook Apply(WhatIfBook book, MarketState market, MarginModel model);
}

/// <summary>Coins are paid in, or taken out. What is taken out beyond what is there is owed.</summary>
/// <param name="Asset">Which coin.</param>
/// <param name="Amount">How many, + paid in.</param>
public sealed record CoinsMoved(AssetIndex Asset, Amount Amount) : BookChange
{
    /// <inheritdoc/>
    public override WhatIfBook Apply(WhatIfBook book, MarketState market, MarginModel model) =>
        book.WithCoins(Asset, model.Catalog[Asset].Scale.ToModel(Amount));
}

/// <summary>A trade: contracts against money, at today's mark unless a price is stated, so that at the mark equity does not change.</summary>
/// <param name="Instrument">In what.</param>
/// <param name="Size">In the instrument's own unit: + buys, − sells.</param>
/// <param name="Price">In quote units, for an option its premium, as a fill states it; none for the mark.</param>
public sealed record Traded(InstrumentIndex Instrument, decimal Size, decimal? Price = null) : BookChange
{
    /// <inheritdoc/>
    public override WhatIfBook Apply(WhatIfBook book, MarketState market, MarginModel model)
    {
        Instrument terms = model.Catalog[Instrument];
        if (!Lots.TryFrom(Size, terms.LotSize, out Lots lots)) throw new InputException($"size of {terms.Id}", $"found {Size}, expected a whole number of lots of {terms.LotSize}");
        if (lots.IsZero) return book;
        if (!market.HasPrice(Instrument)) throw new InputException(terms.Id.Value, "has no price yet");

        double paid = Price is { } price ? Exactly(terms, lots, price, model) : (double)lots.ToSize(terms.LotSize) * WorthOf(Instrument, market, model);
        WhatIfBook after = book.WithCoins(terms.Settlement, -paid);
        if (terms.HasPositions) return after.WithTrade(Instrument, Held(book, terms, lots), paid, model);

        // Spot leaves no position: the coins themselves change hands.
        return after.WithCoins(terms.Underlying, (double)lots.ToSize(terms.LotSize));
    }

    /// <summary>Worth of one unit at today's market, in the settlement asset.</summary>
    internal static double WorthOf(InstrumentIndex instrument, MarketState market, MarginModel model)
    {
        ref readonly ContractTerms terms = ref model.Contract(instrument.Value);

        return UnitValue.Of(terms, market.ForwardOf(instrument), terms.IsOption ? market.VolatilityOf(instrument) : 0, terms.YearsAt(market.At));
    }

    private static double Exactly(Instrument terms, Lots lots, decimal price, MarginModel model)
    {
        if (price is < Units.Price.Min or > Units.Price.Max) throw new InputException($"price of {terms.Id}", $"found {price}, expected a price above 0");
        AssetScale scale = model.Catalog[terms.Settlement].Scale;

        return scale.ToModel(ContractWorth.Of(terms, lots, new Price(price), scale, Rounding.Nearest));
    }

    // From whole lots, so that closing a position leaves exactly nothing.
    private double Held(WhatIfBook book, Instrument terms, Lots lots)
    {
        double lotSize = (double)terms.LotSize;

        return (Math.Round(book.QuantityOf(Instrument) / lotSize) + lots.Count) * lotSize;
    }
}

/// <summary>A position is traded to a size: 0 closes it.</summary>
/// <param name="Instrument">In what.</param>
/// <param name="Size">The size afterwards, in the instrument's own unit, − short.</param>
/// <param name="Price">The price of the trade; none for the mark.</param>
public sealed record Resized(InstrumentIndex Instrument, decimal Size, decimal? Price = null) : BookChange
{
    /// <inheritdoc/>
    public override WhatIfBook Apply(WhatIfBook book, MarketState market, MarginModel model)
    {
        Instrument terms = model.Catalog[Instrument];
        if (!terms.HasPositions) throw new InputException(terms.Id.Value, "is spot and leaves no position to resize");

        double lots = Math.Round(book.QuantityOf(Instrument) / (double)terms.LotSize);

        return new Traded(Instrument, Size - ((long)lots * terms.LotSize), Price).Apply(book, market, model);
    }
}
