using Plimsoll.Risk.Margin;
using Plimsoll.Units;
using Plimsoll.Units.State;

namespace Plimsoll.Engine.Liquidations;

/// <summary>The canonical encoding of the liquidation book, and its reading: a plan interrupted anywhere goes on where it was.</summary>
internal static class LiquidationEncoding
{
    private const string Section = "LIQU";
    private const ushort Version = 1;

    public static void Write(LiquidationBook book, StateWriter writer)
    {
        writer.Section(Section, Version);
        writer.WriteInstant(book.SweptAt);
        writer.WriteBool(book.IsBackstopClosed);
        book.Usage.Write(writer);
        writer.WriteInt(book.Cases.Count);
        foreach (LiquidationCase one in book.Cases) Write(one, writer);
    }

    public static void Read(LiquidationBook book, StateReader reader, int accounts)
    {
        reader.Section(Section, Version);
        book.SweptAt = reader.ReadInstant();
        book.IsBackstopClosed = reader.ReadBool();
        book.Usage.Read(reader);
        for (int left = reader.ReadCount(67); left > 0; left--)
        {
            LiquidationCase one = ReadCase(reader);
            if (one.Account.Value < 0 || one.Account.Value >= accounts || book.Of(one.Account) is not null) throw reader.Fault("each account once");
            book.Put(one);
        }
    }

    private static void Write(LiquidationCase one, StateWriter writer)
    {
        writer.WriteInt(one.Account.Value);
        writer.WriteByte((byte)one.Stage);
        writer.WriteByte((byte)one.Cause);
        writer.WriteByte((byte)one.Goal);
        writer.WriteInstant(one.Since);
        writer.WriteLong(one.DueAt?.UnixMicroseconds ?? -1);
        writer.WriteDouble(one.PlannedCost);
        writer.WriteDouble(one.ExpectedCost);
        writer.WriteDouble(one.RealisedCost);
        writer.WriteInt(one.Slices);
        writer.WriteInstant(one.SoldAt);
        writer.WriteDouble(one.Sold);
        writer.WriteBool(one.Auction is not null);
        if (one.Auction is not { } auction) return;

        writer.WriteByte((byte)auction.Form);
        writer.WriteInstant(auction.OpenedAt);
        writer.WriteInstant(auction.EndsAt);
        writer.WriteLong(auction.InsolventSince?.UnixMicroseconds ?? -1);
        writer.WriteAmount(auction.Reserved);
        writer.WriteBool(auction.IsTaken);
        writer.WriteInt(auction.ReservedIn?.Value ?? -1);
    }

    private static LiquidationCase ReadCase(StateReader reader)
    {
        var one = new LiquidationCase(
            new AccountIndex(reader.ReadInt()),
            (LiquidationStage)reader.ReadByte(),
            (LiquidationCause)reader.ReadByte(),
            (MarginLine)reader.ReadByte(),
            reader.ReadInstant(),
            At(reader.ReadLong()))
        {
            PlannedCost = reader.ReadDouble(),
            ExpectedCost = reader.ReadDouble(),
            RealisedCost = reader.ReadDouble(),
            Slices = reader.ReadInt(),
            SoldAt = reader.ReadInstant(),
            Sold = reader.ReadDouble(),
        };
        if (!reader.ReadBool()) return one;

        return one with
        {
            Auction = new AuctionStand(
                (AuctionForm)reader.ReadByte(), reader.ReadInstant(), reader.ReadInstant(), At(reader.ReadLong()), reader.ReadAmount(), reader.ReadBool(), Asset(reader.ReadInt())),
        };
    }

    private static AssetIndex? Asset(int index) => index < 0 ? null : new AssetIndex(index);

    private static Instant? At(long microseconds) => microseconds < 0 ? null : new Instant(microseconds);
}
