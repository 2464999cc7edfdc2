using Plimsoll.Ledger.Accounts;
using Plimsoll.Ledger.Positions;
using Plimsoll.Units.State;
using Plimsoll.Units.Tests;

namespace Plimsoll.Ledger.Tests.Positions;

public sealed class BookPropertyTests
{
    private const int Instruments = 7;
    private static readonly AssetIndex Settlement = new(0);

    [Fact]
    public void The_cost_moves_by_exactly_the_value_plus_the_profit_whatever_rounds() => Seeded.Holds(200, chance =>
    {
        PositionBook book = new();
        AccountIndex account = new(0);
        InstrumentIndex instrument = new(0);
        for (int i = 0; i < 60; i++)
        {
            book.TryGet(account, instrument, out Position before);
            Lots change = new(SomeLots(chance, before));
            Amount value = new(chance.Units(90));

            Amount realised = book.Fill(account, instrument, change, value);

            book.TryGet(account, instrument, out Position after);
            (after.Cost - before.Cost).ShouldBe(value + realised);
            after.Lots.ShouldBe(before.Lots + change);
            if (after.Lots.IsZero) after.Cost.ShouldBe(Amount.Zero);
        }
    });

    [Fact]
    public void Trades_keep_the_clearing_law_the_holders_and_every_audit() => Seeded.Holds(40, chance =>
    {
        (GeneralLedger ledger, PositionBook book, int accounts) = Venue(chance);
        SortedDictionary<(int Account, int Instrument), long> lots = [];
        for (int round = 0; round < 300; round++)
        {
            (int buyer, int seller, int instrument, long size) = Trade(chance, ledger, book, accounts);
            Move(lots, buyer, instrument, size);
            Move(lots, seller, instrument, -size);
            if (round % 20 == 0) Check(ledger, book, lots);
        }

        Check(ledger, book, lots);
    });

    [Fact]
    public void A_book_reads_back_to_the_same_bytes_hash_and_index() => Seeded.Holds(30, chance =>
    {
        (GeneralLedger ledger, PositionBook book, int accounts) = Venue(chance);
        for (int round = 0; round < 200; round++) Trade(chance, ledger, book, accounts);
        byte[] bytes = Encoded.BytesOf(book);

        StateReader reader = new(bytes);
        PositionBook read = PositionBook.Read(reader);

        reader.ExpectEnd();
        Encoded.BytesOf(read).ShouldBe(bytes);
        Encoded.HashOf(read).ShouldBe(Hash256.Of(bytes));
        read.Changed.Length.ShouldBe(0);
        read.Audit();
        for (int i = 0; i < Instruments; i++)
        {
            read.HoldersOf(new(i)).ToArray().ShouldBe(book.HoldersOf(new(i)).ToArray());
            read.CostTotal(new(i)).ShouldBe(book.CostTotal(new(i)));
            read.OpenInterest(new(i)).ShouldBe(book.OpenInterest(new(i)));
        }
    });

    [Fact]
    public void With_any_bit_flipped_a_book_is_refused_or_reads_back_to_the_flipped_bytes()
    {
        PositionBook book = new();
        for (int i = 0; i < 2; i++)
        {
            book.Fill(new(0), new(i), new(10 + i), new(1000 + i));
            book.Fill(new(1), new(i), new(-10 - i), new(-999 - i));
        }

        byte[] bytes = Encoded.BytesOf(book);
        const int SecondAccount = 10 + 8 + (2 * 28);
        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            byte[] flipped = [.. bytes];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            // Millions of accounts are sound, and slow to count in a test.
            if (BitConverter.ToInt32(flipped, SecondAccount) is > 100_000 and < GeneralLedger.MaxAccounts) continue;
            try
            {
                StateReader reader = new(flipped);
                PositionBook read = PositionBook.Read(reader);
                reader.ExpectEnd();
                read.Audit();
                Encoded.BytesOf(read).ShouldBe(flipped, $"bit {bit}");
            }
            catch (InputException)
            {
                // Refused, as most flips are.
            }
        }

        for (int length = 0; length < bytes.Length; length++) Should.Throw<InputException>(() => PositionBook.Read(new(bytes.AsMemory(0, length))));
    }

    private static void Check(GeneralLedger ledger, PositionBook book, SortedDictionary<(int Account, int Instrument), long> lots)
    {
        ledger.Audit();
        book.Audit();
        Amount costs = Amount.Zero;
        for (int i = 0; i < Instruments; i++)
        {
            costs += book.CostTotal(new(i));
            book.HoldersOf(new(i)).ToArray().ShouldBe(lots.Keys.Where(k => k.Instrument == i).Select(k => k.Account));
            book.HolderCount(new(i)).ShouldBe(book.HoldersOf(new(i)).Length);
            book.OpenInterest(new(i)).Count.ShouldBe(lots.Where(l => l.Key.Instrument == i).Sum(l => Math.Max(l.Value, 0)));
        }

        (costs + ledger.Balance(Fund.Clearing, Settlement)).ShouldBe(Amount.Zero);
        foreach (((int account, int instrument), long count) in lots)
        {
            book.TryGet(new(account), new(instrument), out Position position).ShouldBeTrue();
            position.Lots.Count.ShouldBe(count);
        }
    }

    private static (GeneralLedger Ledger, PositionBook Book, int Accounts) Venue(Seeded chance)
    {
        GeneralLedger ledger = new();
        int accounts = 2 + chance.Below(150);
        for (int i = 0; i < accounts; i++) ledger.Open();

        return (ledger, new PositionBook(), accounts);
    }

    // A trade as the engine posts it: two fills, and each realised profit against the clearing fund.
    private static (int Buyer, int Seller, int Instrument, long Lots) Trade(Seeded chance, GeneralLedger ledger, PositionBook book, int accounts)
    {
        int buyer = chance.Below(accounts);
        int seller = (buyer + 1 + chance.Below(accounts - 1)) % accounts;
        InstrumentIndex instrument = new(chance.Below(Instruments));
        book.TryGet(new(chance.Coin() ? buyer : seller), instrument, out Position held);
        long size = Math.Abs(SomeLots(chance, held));
        Amount value = new(chance.Units(80));
        foreach ((int account, int side) in ((int, int)[])[(buyer, 1), (seller, -1)])
        {
            Amount realised = book.Fill(new(account), instrument, new(side * size), side > 0 ? value : -value);
            ledger.Post([new(new AccountIndex(account), Purse.Cash, Settlement, realised), new(Fund.Clearing, Settlement, -realised)]);
        }

        return (buyer, seller, instrument.Value, size);
    }

    private static long SomeLots(Seeded chance, Position held) => chance.Below(4) switch
    {
        0 when !held.Lots.IsZero => -held.Lots.Count,
        1 when !held.Lots.IsZero => -held.Lots.Sign * chance.Between(1, 2 * held.Lots.Size.Count),
        _ => chance.Coin() ? chance.Between(1, 100_000) : -chance.Between(1, 100_000),
    };

    private static void Move(SortedDictionary<(int Account, int Instrument), long> lots, int account, int instrument, long change)
    {
        long next = (lots.TryGetValue((account, instrument), out long before) ? before : 0) + change;
        if (next == 0) lots.Remove((account, instrument));
        else lots[(account, instrument)] = next;
    }
}
