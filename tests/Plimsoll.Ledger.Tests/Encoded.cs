using Plimsoll.Ledger.Accounts;
using Plimsoll.Ledger.Positions;
using Plimsoll.Units.State;

namespace Plimsoll.Ledger.Tests;

/// <summary>The canonical bytes and hashes of ledgers and books.</summary>
internal static class Encoded
{
    public static byte[] BytesOf(GeneralLedger ledger) => Bytes(ledger.Write);

    public static byte[] BytesOf(PositionBook book) => Bytes(book.Write);

    public static Hash256 HashOf(GeneralLedger ledger) => Hash(ledger.Write);

    public static Hash256 HashOf(PositionBook book) => Hash(book.Write);

    public static byte[] Bytes(Action<StateWriter> write)
    {
        using StateWriter writer = StateWriter.ToMemory();
        write(writer);

        return writer.ToArray();
    }

    private static Hash256 Hash(Action<StateWriter> write)
    {
        using StateWriter writer = StateWriter.ToHash();
        write(writer);

        return writer.Hash();
    }
}
