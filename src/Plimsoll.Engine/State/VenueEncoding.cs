using Plimsoll.Engine.Insurance;
using Plimsoll.Engine.Liquidations;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Ledger.Positions;
using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Prices;
using Plimsoll.Units;
using Plimsoll.Units.State;

namespace Plimsoll.Engine;

/// <summary>The canonical encoding of the whole deciding state, and its reading.</summary>
internal static class VenueEncoding
{
    private const string Section = "VENU";
    private const ushort Version = 5;

    public static void Write(VenueState venue, StateWriter writer)
    {
        writer.Section(Section, Version);
        writer.WriteInstant(venue.Now);
        WriteCatalog(venue.Catalog, writer);
        WriteMarket(venue, writer);
        ParameterEncoding.Write(venue.ParameterSets, writer);
        venue.Accounts.Write(writer);
        venue.Ledger.Write(writer);
        venue.Positions.Write(writer);
        venue.Orders.Write(writer);
        venue.Tally.Write(writer);
        venue.Memory.Write(writer);
        venue.Classes.Write(writer);
        venue.Modes.Write(writer);
        venue.Lending.Write(writer);
        venue.Crowd.Write(writer);
        LimitEncoding.Write(venue.Limits, writer);
        venue.Calls.Write(writer);
        venue.Overrides.Write(writer);
        InsuranceEncoding.Write(venue.Insurance, writer);
        venue.Oracles.Write(writer);
        LiquidationEncoding.Write(venue.Liquidations, writer);
        BreakerEncoding.Write(venue.Breakers, writer);
        venue.Judgement.Write(writer);
    }

    public static VenueState Read(StateReader reader)
    {
        var venue = new VenueState();
        if (reader.Section(Section, Version) != Version) throw reader.Fault($"a state of version {Version}");
        venue.Now = reader.ReadInstant();
        ReadCatalog(venue.Catalog, reader);
        ReadMarket(venue, reader);
        ParameterEncoding.Read(venue.ParameterSets, reader);
        venue.Accounts.Read(reader);
        venue.Ledger = GeneralLedger.Read(reader);
        venue.Positions = PositionBook.Read(reader);
        venue.Orders.Read(reader);
        venue.Tally.Read(reader);
        venue.Memory.Read(reader);
        venue.Classes.Read(reader);
        venue.Modes.Read(reader);
        venue.Lending.Read(reader);
        venue.Crowd.Read(reader);
        LimitEncoding.Read(venue.Limits, reader);
        venue.Calls.Read(reader);
        venue.Overrides.Read(reader);
        InsuranceEncoding.Read(venue, reader);
        venue.Oracles.Read(reader);
        LiquidationEncoding.Read(venue.Liquidations, reader, venue.Accounts.Count);
        BreakerEncoding.Read(venue, reader);
        venue.Judgement.Read(reader);

        return venue;
    }

    private static void WriteCatalog(Catalog catalog, StateWriter writer)
    {
        writer.WriteInt(catalog.Assets.Count);
        foreach (Asset asset in catalog.Assets)
        {
            writer.WriteText(asset.Id.Value);
            writer.WriteByte((byte)asset.Scale.Decimals);
            writer.WriteByte((byte)asset.Class);
            writer.WriteInt(asset.Follows?.Value ?? -1);
        }

        writer.WriteInt(catalog.Instruments.Count);
        foreach (Instrument instrument in catalog.Instruments)
        {
            writer.WriteText(instrument.Id.Value);
            writer.WriteByte((byte)instrument.Kind);
            writer.WriteByte((byte)instrument.Payoff);
            writer.WriteInt(instrument.Underlying.Value);
            writer.WriteInt(instrument.Quote?.Value ?? -1);
            writer.WriteInt(instrument.Settlement.Value);
            writer.WriteDecimal(instrument.LotSize);
            writer.WriteDecimal(instrument.TickSize);
            writer.WriteLong(instrument.Expiry?.UnixMicroseconds ?? -1);
            writer.WriteDecimal(instrument.Strike ?? 0m);
            writer.WriteByte((byte)(instrument.Side ?? OptionSide.Call));
            if (instrument.Kind != InstrumentKind.Pool) continue;

            writer.WriteDecimal(instrument.Lower ?? 0m);
            writer.WriteDecimal(instrument.Upper ?? 0m);
        }
    }

    private static void ReadCatalog(Catalog catalog, StateReader reader)
    {
        int assets = reader.ReadCount(10);
        for (int i = 0; i < assets; i++)
        {
            var id = new AssetId(reader.ReadText(Identifier.MaxLength));
            var scale = new AssetScale(reader.ReadByte());
            var kind = (AssetClass)reader.ReadByte();
            catalog.Add(new Asset(id, scale, kind, reader.ReadInt() is >= 0 and var follows ? new AssetIndex(follows) : null));
        }

        int instruments = reader.ReadCount(40);
        for (int i = 0; i < instruments; i++) catalog.Add(ReadInstrument(reader));
    }

    private static Instrument ReadInstrument(StateReader reader)
    {
        var id = new InstrumentId(reader.ReadText(Identifier.MaxLength));
        var kind = (InstrumentKind)reader.ReadByte();
        var payoff = (Payoff)reader.ReadByte();
        var underlying = new AssetIndex(reader.ReadInt());
        int quote = reader.ReadInt();
        var settlement = new AssetIndex(reader.ReadInt());
        decimal lot = reader.ReadDecimal();
        decimal tick = reader.ReadDecimal();
        long expiry = reader.ReadLong();
        decimal strike = reader.ReadDecimal();
        var side = (OptionSide)reader.ReadByte();
        bool option = kind == InstrumentKind.Option;
        decimal lower = kind == InstrumentKind.Pool ? reader.ReadDecimal() : 0m;
        decimal upper = kind == InstrumentKind.Pool ? reader.ReadDecimal() : 0m;

        return new Instrument
        {
            Id = id,
            Kind = kind,
            Payoff = payoff,
            Underlying = underlying,
            Quote = quote >= 0 ? new AssetIndex(quote) : null,
            Settlement = settlement,
            LotSize = lot,
            TickSize = tick,
            Expiry = expiry >= 0 ? new Instant(expiry) : null,
            Strike = option ? strike : null,
            Side = option ? side : null,
            Lower = lower > 0m ? lower : null,
            Upper = upper > 0m ? upper : null,
        };
    }

    private static void WriteMarket(VenueState venue, StateWriter writer)
    {
        writer.WriteInstant(venue.Market.At);
        for (int i = 0; i < venue.Catalog.Assets.Count; i++)
        {
            AssetQuote? quote = venue.Market.Quote(new AssetIndex(i));
            writer.WriteBool(quote is not null);
            if (quote is null) continue;

            writer.WriteDecimal(quote.Price.Value);
            writer.WriteInstant(quote.ObservedAt);
            writer.WriteDouble(quote.Confidence);
            writer.WriteText(quote.Source);
        }

        for (int i = 0; i < venue.Catalog.Instruments.Count; i++)
        {
            var index = new InstrumentIndex(i);
            writer.WriteDecimal(venue.Market.QuotedForward(index)?.Value ?? 0m);
            writer.WriteDouble(venue.Market.QuotedVolatility(index) ?? 0);
        }
    }

    private static void ReadMarket(VenueState venue, StateReader reader)
    {
        venue.Market.MoveTo(reader.ReadInstant());
        for (int i = 0; i < venue.Catalog.Assets.Count; i++)
        {
            if (!reader.ReadBool()) continue;

            var price = new Price(reader.ReadDecimal());
            Instant observed = reader.ReadInstant();
            double confidence = reader.ReadDouble();
            venue.Market.Apply(new AssetQuote(new AssetIndex(i), price, observed, confidence, reader.ReadText(Identifier.MaxLength)));
        }

        for (int i = 0; i < venue.Catalog.Instruments.Count; i++)
        {
            decimal forward = reader.ReadDecimal();
            double volatility = reader.ReadDouble();
            venue.Market.Apply(new InstrumentQuote(new InstrumentIndex(i), forward > 0 ? new Price(forward) : null, volatility > 0 ? volatility : null));
        }
    }
}
