using Plimsoll.Ledger.Accounts;
using Plimsoll.Ledger.Positions;

namespace Plimsoll.Ledger.Tests.Positions;

public sealed class FillTests
{
    private static readonly AccountIndex Alice = new(0);
    private static readonly InstrumentIndex Perp = new(3);
    private readonly PositionBook _book = new();

    [Theory]
    // opening and increasing
    [InlineData("", 10, 1000, 0, 10, 1000)]
    [InlineData("", -10, -1000, 0, -10, -1000)]
    [InlineData("10@1000", 5, 600, 0, 15, 1600)]
    [InlineData("-10@-1000", -5, -400, 0, -15, -1400)]
    // reducing a long at a profit and at a loss, a short likewise
    [InlineData("10@1000", -4, -480, 80, 6, 600)]
    [InlineData("10@1000", -4, -320, -80, 6, 600)]
    [InlineData("-10@-1000", 4, 320, 80, -6, -600)]
    [InlineData("-10@-1000", 4, 480, -80, -6, -600)]
    // closing exactly
    [InlineData("10@1000", -10, -1100, 100, 0, 0)]
    [InlineData("-10@-1000", 10, 900, 100, 0, 0)]
    // crossing zero
    [InlineData("10@1000", -15, -1650, 100, -5, -550)]
    [InlineData("-10@-1000", 15, 1650, -100, 5, 550)]
    // a third of the cost or of the value is no whole number: the profit rounds down, the rest stays open
    [InlineData("3@100", -1, -34, 0, 2, 66)]
    [InlineData("3@100", -1, -33, -1, 2, 66)]
    [InlineData("-3@-100", 1, 33, 0, -2, -67)]
    [InlineData("-3@-100", 1, 34, -1, -2, -67)]
    [InlineData("1@33", -3, -100, 0, -2, -67)]
    [InlineData("-1@-34", 3, 100, 0, 2, 66)]
    // an inverse contract: the buyer's value is negative, coin falls due as the price rises
    [InlineData("10@-1000", -5, 400, 100, 5, -500)]
    // an option that expires worthless
    [InlineData("2@50", -2, 0, -50, 0, 0)]
    public void A_fill_moves_lots_cost_and_profit(string before, int change, int value, int realised, int lots, int cost)
    {
        if (before.Length > 0) _book.Fill(Alice, Perp, new(int.Parse(before.Split('@')[0])), new(int.Parse(before.Split('@')[1])));

        Amount profit = _book.Fill(Alice, Perp, new(change), new(value));

        profit.Units.ShouldBe(realised);
        _book.TryGet(Alice, Perp, out Position position).ShouldBe(lots != 0);
        position.Lots.Count.ShouldBe(lots);
        position.Cost.Units.ShouldBe(cost);
        _book.CostTotal(Perp).Units.ShouldBe(cost);
        _book.OpenInterest(Perp).Count.ShouldBe(Math.Max(lots, 0));
    }

    [Fact]
    public void Rows_are_ordered_by_instrument()
    {
        foreach (int instrument in (int[])[7, 2, 9, 0]) _book.Fill(Alice, new(instrument), new(1), new(instrument * 10));
        _book.Fill(Alice, new(2), new(-1), new(-20));

        PositionRows rows = _book.Rows(Alice);

        rows.Count.ShouldBe(3);
        rows[1].ShouldBe(new Position(new(7), new(1), new(70)));
        (rows.Instrument(2), rows.Lots(2), rows.Cost(2)).ShouldBe((new InstrumentIndex(9), new Lots(1), new Amount(90)));
        _book.Rows(new(12345)).Count.ShouldBe(0);
        _book.TryGet(new(-1), Perp, out _).ShouldBeFalse();
    }

    [Fact]
    public void What_breaks_a_limit_changes_nothing()
    {
        _book.Fill(Alice, Perp, new(Lots.Max), new(AssetScale.Limit - 1));

        Refused(Alice, Perp, new(1), Amount.Zero, "largest size");
        Refused(Alice, Perp, new(0), Amount.Zero, "some lots");
        Refused(Alice, Perp, new(-Lots.Max - 1), Amount.Zero, "some lots");
        Refused(Alice, Perp, new(long.MinValue), Amount.Zero, "some lots");
        Refused(new(1), Perp, new(1), new(1), "costs sum to less than the limit");
        Refused(new(1), new(4), new(1), new(AssetScale.Limit), "value lies inside");
        Refused(new(1), new(4), new(1), new(Int128.MinValue), "value lies inside");
        Refused(Alice, Perp, new(-1), new(AssetScale.Limit - 1), "a profit lie inside");
        Refused(new(-1), Perp, new(1), Amount.Zero, "an account's index");
        Refused(new(GeneralLedger.MaxAccounts), Perp, new(1), Amount.Zero, "an account's index");
        Refused(Alice, new(-1), new(1), Amount.Zero, "an instrument's index");
        Refused(Alice, new(PositionBook.MaxInstruments), new(1), Amount.Zero, "an instrument's index");
    }

    [Fact]
    public void Open_interest_has_a_limit()
    {
        for (int i = 0; i < 4000; i++) _book.Fill(new(i), Perp, new(Lots.Max), Amount.Zero);

        Refused(new(4000), Perp, new(1), Amount.Zero, "open interest");
    }

    [Fact]
    public void An_account_has_a_limit_of_positions_and_may_still_close()
    {
        for (int i = 0; i < PositionBook.MaxPositions; i++) _book.Fill(Alice, new(i * 2), new(1), new(i));

        Refused(Alice, Perp, new(1), Amount.Zero, "most positions");
        _book.Fill(Alice, new(8), new(1), new(5)).ShouldBe(Amount.Zero);
        _book.Fill(Alice, new(8), new(-2), new(-9));
        _book.Fill(Alice, Perp, new(1), new(5));
        _book.Rows(Alice).Count.ShouldBe(PositionBook.MaxPositions);
    }

    [Fact]
    public void Changed_accounts_are_named_once_in_order()
    {
        _book.Fill(new(9), Perp, new(1), new(1));
        _book.Fill(new(4), Perp, new(-1), new(-1));
        _book.Fill(new(9), Perp, new(-1), new(-1));

        _book.Changed.ToArray().ShouldBe([9, 4]);
        _book.ClearChanged();
        _book.Changed.Length.ShouldBe(0);
    }

    [Fact]
    public void One_side_alone_does_not_balance()
    {
        _book.Fill(Alice, Perp, new(5), new(50));
        Should.Throw<LawBrokenException>(_book.Audit).Message.ShouldContain("instrument 3 is off by 5");

        _book.Fill(new(1), Perp, new(-5), new(-50));
        _book.Audit();
    }

    private void Refused(AccountIndex account, InstrumentIndex instrument, Lots change, Amount value, string law)
    {
        Hash256 before = Encoded.HashOf(_book);
        (Lots open, int holders, int changed) = (_book.OpenInterest(Perp), _book.HolderCount(Perp), _book.Changed.Length);

        Should.Throw<LawBrokenException>(() => _book.Fill(account, instrument, change, value)).Message.ShouldContain(law);

        Encoded.HashOf(_book).ShouldBe(before);
        (_book.OpenInterest(Perp), _book.HolderCount(Perp), _book.Changed.Length).ShouldBe((open, holders, changed));
    }
}
