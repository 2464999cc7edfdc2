using Plimsoll.Units.State;

namespace Plimsoll.Ledger.Accounts;

/// <summary>
/// Section <c>LEDG</c> version 1: accounts opened i32; accounts with balances i32, each: account i32, rows i32, each row:
/// asset i32, purse u8, units i128; then the funds' balances other than zero i32, each: asset i32, fund u8, units i128.
/// Totals are not written: reading counts them anew.
/// </summary>
internal static class LedgerEncoding
{
    private const string Tag = "LEDG";
    private const int RowBytes = 4 + 1 + 16;

    /// <summary>Writes a ledger.</summary>
    public static void Write(GeneralLedger ledger, StateWriter writer)
    {
        writer.Section(Tag, 1);
        writer.WriteInt(ledger.AccountCount);
        int used = 0;
        for (int account = 0; account < ledger.UsedAccounts; account++) used += ledger.Rows(new(account)).Count > 0 ? 1 : 0;
        writer.WriteInt(used);
        for (int account = 0; account < ledger.UsedAccounts; account++)
        {
            BalanceRows rows = ledger.Rows(new(account));
            if (rows.Count == 0) continue;

            writer.WriteInt(account);
            writer.WriteInt(rows.Count);
            for (int i = 0; i < rows.Count; i++) WriteRow(writer, rows.Asset(i).Value, (byte)rows.Purse(i), rows.Amount(i));
        }

        WriteFunds(ledger, writer);
    }

    /// <summary>Reads a ledger and recounts it.</summary>
    public static GeneralLedger Read(StateReader reader)
    {
        reader.Section(Tag, 1);
        GeneralLedger ledger = new();
        int accounts = reader.ReadInt();
        if (accounts is < 0 or > GeneralLedger.MaxAccounts) throw reader.Fault($"found {accounts} accounts, expected 0 to {GeneralLedger.MaxAccounts}");
        ledger.Restore(accounts);

        int before = -1;
        for (int left = reader.ReadCount(8 + RowBytes); left > 0; left--)
        {
            int account = reader.ReadInt();
            if (account <= before || account >= accounts) throw reader.Fault($"found account {account}, expected one above {before} and below {accounts}");
            ReadRows(reader, ledger, account);
            before = account;
        }

        ReadFunds(reader, ledger);
        try
        {
            LedgerAudit recount = new(ledger);
            recount.SumsToZero();
            ledger.Restore(recount);
        }
        catch (LawBrokenException broken)
        {
            throw new InputException($"state section {Tag}", broken.Message, broken);
        }

        return ledger;
    }

    private static void WriteFunds(GeneralLedger ledger, StateWriter writer)
    {
        int used = 0;
        for (int asset = 0; asset < ledger.AssetCount; asset++)
        {
            foreach (Fund fund in Funds.All) used += ledger.Balance(fund, new(asset)).IsZero ? 0 : 1;
        }

        writer.WriteInt(used);
        for (int asset = 0; asset < ledger.AssetCount; asset++)
        {
            foreach (Fund fund in Funds.All)
            {
                if (!ledger.Balance(fund, new(asset)).IsZero) WriteRow(writer, asset, (byte)fund, ledger.Balance(fund, new(asset)));
            }
        }
    }

    private static void WriteRow(StateWriter writer, int asset, byte who, Amount amount)
    {
        writer.WriteInt(asset);
        writer.WriteByte(who);
        writer.WriteAmount(amount);
    }

    private static void ReadRows(StateReader reader, GeneralLedger ledger, int account)
    {
        int count = reader.ReadCount(RowBytes);
        if (count == 0) throw reader.Fault($"found account {account} without balances among those with balances");
        int before = -1;
        for (; count > 0; count--)
        {
            (int asset, byte purse, Amount amount) = ReadRow(reader);
            int key = (2 * asset) + purse;
            if (purse > (byte)Purse.Loan || key <= before) throw reader.Fault($"found purse {purse} of asset {asset}, expected a purse behind the one before");
            ledger.Restore(account, key, amount);
            before = key;
        }
    }

    private static void ReadFunds(StateReader reader, GeneralLedger ledger)
    {
        int before = -1;
        for (int left = reader.ReadCount(RowBytes); left > 0; left--)
        {
            (int asset, byte fund, Amount amount) = ReadRow(reader);
            int key = (asset * Funds.Width) + fund;
            if (!Funds.Exists((Fund)fund) || key <= before) throw reader.Fault($"found fund {fund} of asset {asset}, expected a fund behind the one before");
            ledger.Restore((Fund)fund, asset, amount);
            before = key;
        }
    }

    private static (int Asset, byte Who, Amount Amount) ReadRow(StateReader reader)
    {
        int asset = reader.ReadInt();
        byte who = reader.ReadByte();
        Amount amount = reader.ReadAmount();
        if (asset is < 0 or >= GeneralLedger.MaxAssets) throw reader.Fault($"found asset {asset}, expected 0 to {GeneralLedger.MaxAssets - 1}");
        if (amount.IsZero || amount.Units >= AssetScale.Limit || amount.Units <= -AssetScale.Limit) throw reader.Fault($"found {amount.Units} units, expected some, inside the limit of 10^36");

        return (asset, who, amount);
    }
}
