using Plimsoll.Risk.Liquidation.Breakers;
using Plimsoll.Units;
using Plimsoll.Units.State;

namespace Plimsoll.Engine;

/// <summary>The canonical encoding of <see cref="BreakerBook"/>; a venue without breakers has the state it always had.</summary>
internal static class BreakerEncoding
{
    private const string Section = "BRKR";
    private const ushort Version = 1;

    public static void Write(BreakerBook book, StateWriter writer)
    {
        if (book.Terms.IsNone) return;

        writer.Section(Section, Version);
        writer.WriteInt(book.All.Count());
        foreach ((InstrumentIndex instrument, TradingBreaker breaker) in book.All)
        {
            writer.WriteInt(instrument.Value);
            breaker.Write(writer);
        }

        book.Venue.Write(writer);
        writer.WriteLong(book.Throttle.Period?.UnixMicroseconds ?? long.MinValue);
        writer.WriteDouble(book.Throttle.RawLiquidated);
        writer.WriteDouble(book.Throttle.RawDeleveraged);
    }

    public static void Read(VenueState venue, StateReader reader)
    {
        BreakerBook book = venue.Breakers;
        if (book.Terms.IsNone) return;

        reader.Section(Section, Version);
        int last = -1;
        for (int left = reader.ReadCount(60); left > 0; left--)
        {
            int instrument = reader.ReadInt();
            if (instrument <= last || instrument >= venue.Catalog.Instruments.Count || book.LineOf(new InstrumentIndex(instrument)) is not { } line)
                throw reader.Fault("listed instruments with a breaker, each once and in their order");
            book.Restore(new InstrumentIndex(instrument), TradingBreaker.Read(reader, line));
            last = instrument;
        }

        book.Venue.Read(reader);
        Instant? period = reader.ReadLong() is var at && at == long.MinValue ? null : new Instant(at);
        (double liquidated, double deleveraged) = (reader.ReadDouble(), reader.ReadDouble());
        if (!(liquidated >= 0) || !(deleveraged >= 0)) throw reader.Fault("what was liquidated, at least 0");
        book.Throttle.Restore(period, liquidated, deleveraged);
    }
}
