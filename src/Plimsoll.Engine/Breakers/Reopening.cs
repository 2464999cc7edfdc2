using Plimsoll.Engine.Commands;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Liquidation.Breakers;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Units;

namespace Plimsoll.Engine;

/// <summary>
/// Ends a batch: what crosses of the standing orders is filled at one price, by the path of every fill, and the instrument is
/// traded again. A fill that margin, limits or the books refuse does not happen; its orders stand.
/// </summary>
internal static class Reopening
{
    public static void Carry(VenueState venue, InstrumentIndex index, TradingBreaker breaker, Action<Event> happen)
    {
        BreakerLine? line = venue.Breakers.LineOf(index);
        (decimal? price, Lots lots) = line is not null && breaker.Phase == BreakerPhase.Batch ? Cross(venue, index, happen) : (null, default);
        double mark = venue.Market.ForwardOf(index);
        double reference = ReferenceAfter(venue.Catalog[index], line, price, mark);
        Instant until = venue.Now + TimeSpan.FromSeconds(line?.OpenSeconds ?? 0);
        happen(new Reopened(venue.Catalog[index].Id, lots, reference, until, line is null ? "the rulebook has no breaker for it any more" : BreakerWords.Reopened(breaker.Phase, price, lots.Count, reference), price));
    }

    /// <summary>
    /// What the bands lie around from now on: the price of the batch, where the instrument's price is that of its batch and lies
    /// within its bands about the mark; else the mark. One odd pair of orders does not move a band.
    /// </summary>
    private static double ReferenceAfter(Instrument instrument, BreakerLine? line, decimal? price, double mark)
    {
        if (price is not { } crossed || instrument.Kind is InstrumentKind.Option or InstrumentKind.Pool || line is null) return mark;

        double batch = (double)crossed;

        return !(mark > 0) || Math.Abs(batch - mark) <= line.Width * mark ? batch : mark;
    }

    private static (decimal? Price, Lots Lots) Cross(VenueState venue, InstrumentIndex index, Action<Event> happen)
    {
        (AccountIndex Account, Order Order)[] orders = [.. venue.Orders.In(index)];
        if (orders.Length == 0 || !(FairPrice(venue, index) is > 0m and var fair)) return (null, default);

        BatchOrder[] batch = [.. orders.Select(one => new BatchOrder(one.Account.Value, one.Order.Lots.Count, one.Order.Price.Value))];
        BatchCross cross = BatchAuction.Cross(batch, fair, venue.Catalog[index].TickSize);
        if (cross.Price is not { } price) return (null, default);

        var crossed = new Lots(0);
        foreach (BatchFill fill in cross.Fills)
        {
            (AccountIndex buyer, Order buy) = orders[fill.Buy];
            (AccountIndex seller, Order sell) = orders[fill.Sell];
            if (Fill(venue, index, buyer, buy, seller, sell, new Lots(fill.Lots), price) is not { } filled) continue;

            happen(filled);
            crossed += filled.Lots;
        }

        return crossed.IsZero ? (null, crossed) : (price, crossed);
    }

    private static Filled? Fill(VenueState venue, InstrumentIndex index, AccountIndex buyer, Order buy, AccountIndex seller, Order sell, Lots lots, decimal price)
    {
        // Each fill is decided on what the ones before it have left.
        venue.Judgement.Refresh(buyer);
        venue.Judgement.Refresh(seller);
        Instrument instrument = venue.Catalog[index];
        var fill = new ReportFill(venue.Accounts[buyer], venue.Accounts[seller], instrument.Id, lots.ToSize(instrument.LotSize), price, buy.Id, sell.Id);
        try
        {
            return fill.DecideUnpaused(venue, venue.Now).First is Filled filled ? filled with { Source = FillSource.Batch } : null;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    /// <summary>What the orders of an instrument are about: its mark, or for an option and a pool share what one is worth.</summary>
    private static decimal? FairPrice(VenueState venue, InstrumentIndex index)
    {
        if (!venue.Market.HasPrice(index)) return null;
        if (venue.Catalog[index].Kind is not (InstrumentKind.Option or InstrumentKind.Pool)) return venue.MarkOf(index).Value;
        if (venue.Judgement.Responses is not { } responses || index.Value >= responses.UnitValues.Length) return null;

        return (decimal)Math.Clamp(responses.UnitValues[index.Value], (double)Price.Min, (double)Price.Max);
    }
}
