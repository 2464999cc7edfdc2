using Plimsoll.Ledger.Accounts;

namespace Plimsoll.Ledger.Tests.Accounts;

public sealed class PostingTests
{
    private static readonly AssetIndex Btc = new(0);
    private static readonly AssetIndex Usd = new(1);
    private static readonly Amount Most = new(AssetScale.Limit - 1);

    private readonly GeneralLedger _ledger = new();
    private readonly AccountIndex _alice;
    private readonly AccountIndex _bob;

    public PostingTests() => (_alice, _bob) = (_ledger.Open(), _ledger.Open());

    [Fact]
    public void A_deposit_is_owed_to_the_customer_and_held_at_a_place()
    {
        _ledger.Post([new(_alice, Purse.Cash, Btc, new(5)), new(Fund.Hot, Btc, new(-5))]);

        _ledger.Balance(_alice, Purse.Cash, Btc).ShouldBe(new(5));
        _ledger.Held(Fund.Hot, Btc).ShouldBe(new(5));
        _ledger.Balance(Fund.Hot, Btc).ShouldBe(new(-5));
        _ledger.ControlTotal(Purse.Cash, Btc).ShouldBe(new(5));
        _ledger.ControlTotal(Purse.Loan, Btc).ShouldBe(Amount.Zero);
        _ledger.FundTotal(Btc).ShouldBe(new(-5));
        _ledger.Audit();
    }

    [Fact]
    public void Legs_on_one_balance_add_up_first()
    {
        _ledger.Post([
            new(_alice, Purse.Cash, Btc, Most), new(_bob, Purse.Cash, Btc, -Most),
            new(_alice, Purse.Cash, Usd, new(7)), new(_alice, Purse.Cash, Usd, new(-3)), new(Fund.Fees, Usd, new(-4))]);
        _ledger.Post([new(_alice, Purse.Cash, Btc, new(5)), new(_bob, Purse.Cash, Btc, new(-3)), new(_alice, Purse.Cash, Btc, new(-5)), new(_bob, Purse.Cash, Btc, new(3))]);

        _ledger.Balance(_alice, Purse.Cash, Btc).ShouldBe(Most);
        _ledger.Balance(_alice, Purse.Cash, Usd).ShouldBe(new(4));
        _ledger.Audit();
    }

    [Fact]
    public void Rows_are_ordered_by_asset_then_purse_and_hold_no_zeros()
    {
        _ledger.Post([new(_alice, Purse.Cash, Usd, new(2)), new(Fund.Bank, Usd, new(-2))]);
        _ledger.Post([new(_alice, Purse.Loan, Btc, new(-1)), new(_alice, Purse.Cash, Btc, new(1))]);
        _ledger.Post([new(_alice, Purse.Cash, Usd, new(-2)), new(Fund.Bank, Usd, new(2))]);

        BalanceRows rows = _ledger.Rows(_alice);

        rows.Count.ShouldBe(2);
        (rows.Asset(0), rows.Purse(0), rows.Amount(0)).ShouldBe((Btc, Purse.Cash, new Amount(1)));
        (rows.Asset(1), rows.Purse(1), rows.Amount(1)).ShouldBe((Btc, Purse.Loan, new Amount(-1)));
        _ledger.Rows(_bob).Count.ShouldBe(0);
    }

    [Fact]
    public void Changed_accounts_are_named_once_in_the_order_of_their_first_change()
    {
        _ledger.Post([new(_bob, Purse.Cash, Btc, new(5)), new(_alice, Purse.Cash, Btc, new(-5))]);
        _ledger.Post([new(_alice, Purse.Cash, Btc, new(1)), new(Fund.Hot, Btc, new(-1))]);

        _ledger.Changed.ToArray().ShouldBe([1, 0]);
        _ledger.ClearChanged();
        _ledger.Changed.Length.ShouldBe(0);
        _ledger.Post([new(_alice, Purse.Cash, Btc, new(1)), new(Fund.Hot, Btc, new(-1))]);
        _ledger.Changed.ToArray().ShouldBe([0]);
    }

    [Fact]
    public void A_posting_that_does_not_sum_to_zero_per_asset_changes_nothing() => Refused(
        "asset 0 is off by 1 units",
        new(_alice, Purse.Cash, Btc, new(5)), new(Fund.Hot, Btc, new(-4)), new(Fund.Hot, Usd, new(-1)));

    [Fact]
    public void Assets_do_not_pay_for_each_other() => Refused(
        "sums to zero per asset",
        new(_alice, Purse.Cash, Btc, new(5)), new(Fund.Hot, Usd, new(-5)));

    [Fact]
    public void An_account_that_was_not_opened_is_not_posted_to() => Refused(
        "account 2 Cash was not opened",
        new(_alice, Purse.Cash, Btc, new(5)), new(new AccountIndex(2), Purse.Cash, Btc, new(-5)));

    [Fact]
    public void Nobody_is_not_posted_to() => Refused("names who", new Leg(default(Holder), Btc, new(5)), new(Fund.Hot, Btc, new(-5)));

    [Theory]
    [InlineData(-1)]
    [InlineData(GeneralLedger.MaxAssets)]
    [InlineData(int.MaxValue)]
    public void An_asset_beyond_the_most_is_not_posted(int asset) => Refused(
        "an asset's index",
        new(_alice, Purse.Cash, new(asset), new(5)), new(Fund.Hot, new(asset), new(-5)));

    [Fact]
    public void A_loan_is_never_above_zero() => Refused(
        "a loan is never above zero",
        new(_alice, Purse.Loan, Btc, new(5)), new(_alice, Purse.Cash, Btc, new(-5)));

    [Fact]
    public void A_balance_never_reaches_the_limit()
    {
        _ledger.Post([new(_alice, Purse.Cash, Btc, Most), new(_bob, Purse.Cash, Btc, -Most)]);

        Refused("a balance stays inside the limit", new(_alice, Purse.Cash, Btc, new(1)), new(Fund.Hot, Btc, new(-1)));
    }

    [Fact]
    public void A_control_total_never_reaches_the_limit()
    {
        _ledger.Post([new(_alice, Purse.Cash, Btc, Most), new(Fund.Hot, Btc, -Most)]);

        Refused("a control total stays inside the limit", new(_bob, Purse.Cash, Btc, new(1)), new(Fund.Cold, Btc, new(-1)));
    }

    [Fact]
    public void The_funds_together_never_reach_the_limit_though_each_purse_lies_inside()
    {
        _ledger.Post([new(_alice, Purse.Cash, Btc, -Most), new(Fund.Fees, Btc, Most)]);

        Refused("a control total stays inside the limit", new(_bob, Purse.Loan, Btc, new(-1)), new(Fund.Interest, Btc, new(1)));
    }

    [Fact]
    public void A_posting_moves_less_than_the_limit_so_no_sum_can_wrap()
    {
        Leg[] legs = new Leg[1000];
        for (int i = 0; i < legs.Length; i++) legs[i] = new(_alice, Purse.Cash, Btc, i < 500 ? Most : -Most);

        Refused("moves less than the limit", legs);
        Refused("an amount lies inside", new(_alice, Purse.Cash, Btc, new(Int128.MinValue)), new(Fund.Hot, Btc, new(Int128.MaxValue)));
    }

    [Fact]
    public void No_holder_is_born_outside_the_venue()
    {
        Should.Throw<LawBrokenException>(() => Holder.Of(new AccountIndex(-1), Purse.Cash));
        Should.Throw<LawBrokenException>(() => Holder.Of(new AccountIndex(GeneralLedger.MaxAccounts), Purse.Cash));
        Should.Throw<LawBrokenException>(() => Holder.Of(_alice, (Purse)2));
        Should.Throw<LawBrokenException>(() => Holder.Of((Fund)6));
        Should.Throw<LawBrokenException>(() => Holder.Of(default(Fund)));
    }

    [Fact]
    public void A_holder_says_who_it_is()
    {
        Holder customer = Holder.Of(new AccountIndex(GeneralLedger.MaxAccounts - 1), Purse.Loan);
        (customer.IsCustomer, customer.Account.Value, customer.Purse).ShouldBe((true, GeneralLedger.MaxAccounts - 1, Purse.Loan));
        foreach (Fund fund in Funds.All) Holder.Of(fund).Fund.ShouldBe(fund);
        Should.Throw<LawBrokenException>(() => customer.Fund);
        Should.Throw<LawBrokenException>(() => Holder.Of(Fund.Hot).Account);
        Should.Throw<LawBrokenException>(() => default(Holder).Purse);
    }

    [Fact]
    public void What_was_never_posted_is_nothing()
    {
        _ledger.Balance(new AccountIndex(77), Purse.Cash, Btc).ShouldBe(Amount.Zero);
        _ledger.Balance(new AccountIndex(-1), Purse.Cash, new(int.MaxValue)).ShouldBe(Amount.Zero);
        _ledger.Balance(Fund.Hot, new(-1)).ShouldBe(Amount.Zero);
        _ledger.Rows(new AccountIndex(int.MinValue)).Count.ShouldBe(0);
        _ledger.Post([]);
    }

    private void Refused(string law, params Leg[] legs)
    {
        Hash256 before = Encoded.HashOf(_ledger);
        int changed = _ledger.Changed.Length;

        Should.Throw<LawBrokenException>(() => _ledger.Post(legs)).Message.ShouldContain(law);

        Encoded.HashOf(_ledger).ShouldBe(before);
        _ledger.Changed.Length.ShouldBe(changed);
        _ledger.Audit();
    }
}
