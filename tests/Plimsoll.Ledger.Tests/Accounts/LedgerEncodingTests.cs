using Plimsoll.Ledger.Accounts;
using Plimsoll.Units.State;
using Plimsoll.Units.Tests;

namespace Plimsoll.Ledger.Tests.Accounts;

public sealed class LedgerEncodingTests
{
    [Fact]
    public void The_layout_of_version_1_is_this_to_the_byte()
    {
        GeneralLedger ledger = new();
        ledger.Open();
        ledger.Post([new(ledger.Open(), Purse.Cash, new(2), new(5)), new(Fund.Hot, new(2), new(-5))]);

        Convert.ToHexStringLower(Encoded.BytesOf(ledger)).ShouldBe(
            "4c454447" + "0100" + "02000000" + "01000000"
            + "01000000" + "01000000" + "02000000" + "00" + "05000000000000000000000000000000"
            + "01000000" + "02000000" + "01" + "fbffffffffffffffffffffffffffffff");
    }

    [Fact]
    public void Truncated_anywhere_a_ledger_is_refused()
    {
        byte[] bytes = Sample();

        for (int length = 0; length < bytes.Length; length++)
        {
            StateReader reader = new(bytes.AsMemory(0, length));
            Should.Throw<InputException>(() => GeneralLedger.Read(reader));
        }
    }

    [Fact]
    public void With_any_bit_flipped_a_ledger_is_refused_or_reads_back_to_the_flipped_bytes()
    {
        byte[] bytes = Sample();
        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            byte[] flipped = [.. bytes];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                StateReader reader = new(flipped);
                GeneralLedger read = GeneralLedger.Read(reader);
                reader.ExpectEnd();
                read.Audit();
                Encoded.BytesOf(read).ShouldBe(flipped, $"bit {bit}");
            }
            catch (InputException)
            {
                // Refused, as most flips are.
            }
        }
    }

    [Fact]
    public void Balances_that_do_not_sum_to_zero_are_refused() => Should.Throw<InputException>(() => GeneralLedger.Read(new(Encoded.Bytes(w =>
    {
        Open(w, accounts: 1, used: 1);
        Row(w, 0, 0, 0, 5);
        w.WriteInt(0);
    })))).Message.ShouldContain("asset 0 is off by 5 units");

    [Fact]
    public void Balances_whose_sum_wraps_to_zero_are_refused() => Should.Throw<InputException>(() => GeneralLedger.Read(new(Encoded.Bytes(w =>
    {
        // 341 balances of one sign whose sum is 2^128 exactly, which is zero to whoever adds in 128 bits.
        Int128 most = AssetScale.Limit - 1;
        var all = System.Numerics.BigInteger.Pow(2, 128);
        int full = (int)(all / most);
        Open(w, accounts: full + 1, used: full + 1);
        for (int i = 0; i < full; i++) Row(w, i, 0, 0, most);
        Row(w, full, 0, 0, (Int128)(all - ((System.Numerics.BigInteger)most * full)));
        w.WriteInt(0);
    })))).Message.ShouldContain("inside the limit");

    [Fact]
    public void Balances_that_pass_the_limit_only_on_the_way_are_read()
    {
        Int128 most = AssetScale.Limit - 1;
        byte[] bytes = Encoded.Bytes(w =>
        {
            Open(w, accounts: 1000, used: 1000);
            for (int i = 0; i < 1000; i++) Row(w, i, 0, 0, i < 500 ? most : -most);
            w.WriteInt(0);
        });

        Encoded.BytesOf(GeneralLedger.Read(new(bytes))).ShouldBe(bytes);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 2, 5)]
    [InlineData(0, 1, 5)]
    [InlineData(-1, 0, 5)]
    [InlineData(GeneralLedger.MaxAssets, 0, 5)]
    public void A_row_no_ledger_writes_is_refused(int asset, byte purse, int units) => Should.Throw<InputException>(() => GeneralLedger.Read(new(Encoded.Bytes(w =>
    {
        Open(w, accounts: 1, used: 1);
        Row(w, 0, asset, purse, units);
        w.WriteInt(1);
        w.WriteInt(asset);
        w.WriteByte((byte)Fund.Hot);
        w.WriteInt128(-units);
    }))));

    private static void Open(StateWriter writer, int accounts, int used)
    {
        writer.Section("LEDG", 1);
        writer.WriteInt(accounts);
        writer.WriteInt(used);
    }

    private static void Row(StateWriter writer, int account, int asset, byte purse, Int128 units)
    {
        writer.WriteInt(account);
        writer.WriteInt(1);
        writer.WriteInt(asset);
        writer.WriteByte(purse);
        writer.WriteInt128(units);
    }

    private static byte[] Sample()
    {
        GeneralLedger ledger = new();
        Seeded chance = new(1);
        for (int i = 0; i < 3; i++)
        {
            AccountIndex account = ledger.Open();
            Amount amount = new(chance.Between(1, 1_000_000));
            ledger.Post([new(account, Purse.Cash, new(i % 3), amount), new(Fund.Cold, new(i % 3), -amount)]);
            ledger.Post([new(account, Purse.Loan, new(1), -amount), new(Fund.Interest, new(1), amount)]);
        }

        return Encoded.BytesOf(ledger);
    }
}
