using Plimsoll.Ledger.Accounts;
using Plimsoll.Units.State;

namespace Plimsoll.Ledger.Positions;

/// <summary>
/// Section <c>POSN</c> version 1: accounts with positions i32, each: account i32, positions i32, each: instrument i32,
/// lots i64, cost i128. Totals and lists of holders are not written: reading counts them anew.
/// </summary>
internal static class BookEncoding
{
    private const string Tag = "POSN";
    private const int PositionBytes = 4 + 8 + 16;

    /// <summary>Writes a book.</summary>
    public static void Write(PositionBook book, StateWriter writer)
    {
        writer.Section(Tag, 1);
        int used = 0;
        for (int account = 0; account < book.Accounts; account++) used += book.Rows(new(account)).Count > 0 ? 1 : 0;
        writer.WriteInt(used);
        for (int account = 0; account < book.Accounts; account++)
        {
            PositionRows rows = book.Rows(new(account));
            if (rows.Count == 0) continue;

            writer.WriteInt(account);
            writer.WriteInt(rows.Count);
            for (int i = 0; i < rows.Count; i++)
            {
                writer.WriteInt(rows.Instrument(i).Value);
                writer.WriteLots(rows.Lots(i));
                writer.WriteAmount(rows.Cost(i));
            }
        }
    }

    /// <summary>Reads a book and recounts it.</summary>
    public static PositionBook Read(StateReader reader)
    {
        reader.Section(Tag, 1);
        PositionBook book = new();
        try
        {
            int before = -1;
            for (int left = reader.ReadCount(8 + PositionBytes); left > 0; left--)
            {
                int account = reader.ReadInt();
                if (account <= before || account >= GeneralLedger.MaxAccounts) throw reader.Fault($"found account {account}, expected one above {before} and below {GeneralLedger.MaxAccounts}");
                ReadRow(reader, book, account);
                before = account;
            }

            BookAudit recount = new(book);
            recount.Balances();
            book.Restore(recount);
        }
        catch (LawBrokenException broken)
        {
            throw new InputException($"state section {Tag}", broken.Message, broken);
        }

        return book;
    }

    private static void ReadRow(StateReader reader, PositionBook book, int account)
    {
        int count = reader.ReadCount(PositionBytes);
        if (count is 0 or > PositionBook.MaxPositions) throw reader.Fault($"found {count} positions of account {account}, expected 1 to {PositionBook.MaxPositions}");
        int before = -1;
        for (; count > 0; count--)
        {
            Position position = new(new(reader.ReadInt()), reader.ReadLots(), reader.ReadAmount());
            int instrument = position.Instrument.Value;
            bool sound = position.Lots.Count is not 0 and >= -Lots.Max and <= Lots.Max && FillEffect.IsInside(position.Cost);
            if (!sound || instrument <= before || instrument >= PositionBook.MaxInstruments) throw reader.Fault($"found {position}, expected one behind instrument {before} and inside the limits");
            book.Restore(account, position);
            before = instrument;
        }
    }
}
