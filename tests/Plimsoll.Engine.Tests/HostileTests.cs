using System.Text;
using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Journal;
using Plimsoll.Engine.Json;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests;

/// <summary>What somebody who means harm, or a feed gone mad, may send: each is refused, and the venue goes on.</summary>
public sealed class HostileTests
{
    private const string Huge = "900000000000000000000000000000"; // × 10^6 units is nine tenths of what the ledger can hold

    [Fact]
    public void An_amount_that_fills_the_ledger_is_refused_before_it_can_overflow_it()
    {
        TestVenue venue = TestVenue.Open();
        venue.Account("alice");

        venue.Refuse(new Deposit(new AccountId("alice"), new AssetId("USDC"), Huge), Refusal.AmountTooLarge);
        venue.Refuse(new Endow(Fund.OwnFunds, new AssetId("USDC"), Huge, Fund.Hot), Refusal.AmountTooLarge);
        venue.Refuse(new Borrow(new AccountId("alice"), new AssetId("USDC"), Huge), Refusal.AmountTooLarge);
        venue.Refuse(new ConvertHoldings(new AssetId("BTC"), "1", Fund.Hot, new AssetId("USDC"), Huge, Fund.Hot), Refusal.AmountTooLarge);
    }

    [Fact]
    public void Many_amounts_that_fit_alone_are_refused_when_they_would_not_fit_together()
    {
        TestVenue venue = TestVenue.Open();
        venue.Account("alice");
        Refusal last = Refusal.None;
        for (int i = 0; i < 2000 && last == Refusal.None; i++)
            last = venue.Do(new Deposit(new AccountId("alice"), new AssetId("USDC"), "10000000000000000000000000")).Refusal;

        last.ShouldBe(Refusal.AmountTooLarge);
        venue.Accept(new Withdraw(new AccountId("alice"), new AssetId("USDC"), "10000000000000000000000000"));
    }

    [Fact]
    public void A_trade_whose_value_no_ledger_can_hold_is_refused()
    {
        TestVenue venue = TestVenue.Open();
        venue.Account("alice");
        venue.Deposit("alice", "1000", "USDC");
        var fill = new ReportFill(new AccountId("alice"), new AccountId("liquidity"), new InstrumentId("BTC-PERPETUAL"), 1_000_000_000_000_000m, Price.Min);

        venue.Refuse(fill with { Size = 10_000_000_000_000_000m }, Refusal.AmountTooLarge);
        venue.Refuse(fill, Refusal.AmountTooLarge);
        venue.Refuse(fill with { Size = 10m, Price = 8000m, BuyerFee = "99999999999999999999999999" }, Refusal.AmountTooLarge);
        venue.Do(fill with { Price = Price.Max }).Accepted.ShouldBeFalse();
        venue.Refuse(new PlaceOrder(new AccountId("alice"), new CommandId("o"), new InstrumentId("BTC-PERPETUAL"), 10_000_000_000_000_000m, Price.Min), Refusal.AmountTooLarge);
    }

    [Fact]
    public void A_price_at_which_open_positions_outgrow_the_books_is_refused()
    {
        TestVenue venue = WithEthInverse();

        venue.Prices(8000m, Price.Min).Refusal.ShouldBe(Refusal.AmountTooLarge);
        venue.Prices(8000m, 0.001m).Accepted.ShouldBeTrue();
    }

    [Fact]
    public void A_settlement_price_at_which_positions_outgrow_the_books_is_refused()
    {
        TestVenue venue = WithEthInverse();
        venue.Clock = Instant.Utc(2020, 3, 27, 8);

        venue.Do(new SettleExpiry(new InstrumentId("ETH-27MAR20"), Price.Min)).Refusal.ShouldBe(Refusal.AmountTooLarge);
        venue.Accept(new SettleExpiry(new InstrumentId("ETH-27MAR20"), 200m));
    }

    [Fact]
    public void A_rich_fund_can_pay_a_debt_in_an_asset_that_costs_next_to_nothing()
    {
        TestVenue venue = TestVenue.Open();
        venue.Account("alice");
        venue.Deposit("alice", "1", "BTC");
        venue.Accept(new Endow(Fund.InsuranceFund, new AssetId("BTC"), "100000", Fund.Hot));
        foreach ((string asset, string amount) in (ReadOnlySpan<(string, string)>)[("USDC", "3000"), ("ETH", "2")])
        {
            venue.Accept(new Borrow(new AccountId("alice"), new AssetId(asset), amount));
            venue.Accept(new Withdraw(new AccountId("alice"), new AssetId(asset), amount));
        }

        Outcome outcome = venue.DoAt(venue.Clock, Priced(venue, ("ETH", Price.Min), ("BTC", 1000m)));

        outcome.Events.OfType<FundDrawn>().Select(e => e.Asset.Value).ShouldBe(["USDC", "ETH"]);
        venue.Loan("alice", "ETH").ShouldBe("0");
    }

    [Fact]
    public void What_has_no_price_cannot_be_borrowed_for_nothing()
    {
        TestVenue venue = TestVenue.Open();
        venue.Accept(new ListAsset(new AssetId("NEW"), 8, AssetClass.Alt));
        venue.Account("alice");
        venue.Account("bob");
        venue.Deposit("bob", "5000", "NEW");

        venue.Refuse(new Borrow(new AccountId("alice"), new AssetId("NEW"), "5000"), Refusal.PriceMissing);
        venue.Accept(new Withdraw(new AccountId("bob"), new AssetId("NEW"), "5000"));
    }

    [Fact]
    public void A_seller_of_coins_pays_his_own_fee_and_cannot_be_driven_below_zero_by_it()
    {
        TestVenue venue = TestVenue.Open();
        venue.Account("alice");
        venue.Deposit("alice", "1", "BTC");
        var sale = new ReportFill(new AccountId("liquidity"), new AccountId("alice"), new InstrumentId("BTC_USDC"), 0.1m, 8000m);

        venue.Refuse(sale with { SellerFee = "800.000001" }, Refusal.BalanceInsufficient);
        venue.Accept(sale with { SellerFee = "800" });
        venue.Cash("alice", "USDC").ShouldBe("0");
    }

    [Fact]
    public void What_is_left_of_a_partly_filled_order_still_counts_when_it_is_filled()
    {
        TestVenue venue = TestVenue.Open();
        venue.Account("alice");
        venue.Deposit("alice", "3000", "USDC");
        venue.Accept(new PlaceOrder(new AccountId("alice"), new CommandId("o"), new InstrumentId("BTC_USDC-PERPETUAL"), 2m, 8000m));
        var fill = new ReportFill(
            new AccountId("alice"), new AccountId("liquidity"), new InstrumentId("BTC_USDC-PERPETUAL"), 0.001m, 8000m, new CommandId("o"), BuyerFee: "2000");

        venue.Refuse(fill, Refusal.InitialMarginBreached);
        venue.Accept(fill with { BuyerFee = "1" });
    }

    [Fact]
    public void Orders_in_an_expired_contract_stand_no_more_whoever_placed_them()
    {
        TestVenue venue = TestVenue.Open();
        venue.Account("alice");
        venue.Account("bob");
        venue.Deposit("alice", "3000", "USDC");
        venue.Deposit("bob", "3000", "USDC");
        venue.Fill("alice", "liquidity", "BTC_USDC-27MAR20", 0.1m, 8000m);
        venue.Accept(new PlaceOrder(new AccountId("bob"), new CommandId("o"), new InstrumentId("BTC_USDC-27MAR20"), 0.1m, 7000m));
        venue.Clock = Instant.Utc(2020, 3, 27, 8);
        venue.Accept(new SettleExpiry(new InstrumentId("BTC_USDC-27MAR20"), 8000m));

        venue.State.Orders.Total.ShouldBe(0);
    }

    [Fact]
    public void Parameters_that_break_a_law_are_not_even_written_down()
    {
        TestVenue venue = TestVenue.Open();
        RiskParameters before = venue.State.Parameters!;

        Should.Throw<InputException>(() => venue.Do(new SetParameters(before with { Initial = new Threshold(0m, 0m) })));
        venue.State.Parameters.ShouldBeSameAs(before);
        venue.Account("alice");
    }

    [Theory]
    [InlineData("""{"type":"move-prices","assets":[null],"instruments":[]}""")]
    [InlineData("""{"type":"move-prices","assets":[],"instruments":[null]}""")]
    [InlineData("""{"type":"move-prices","assets":[{"asset":"BTC","price":"1","observedAt":0,"confidence":1e999,"source":"x"}],"instruments":[]}""")]
    [InlineData("""{"type":"move-prices","assets":[],"instruments":[{"instrument":"BTC-PERPETUAL","volatility":1e999}]}""")]
    public void A_feed_that_says_nothing_or_infinity_is_not_understood(string json) =>
        Should.Throw<InputException>(() => Wire.ReadCommand(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("[null]")]
    [InlineData("""[{"type":"deposited","account":"a","asset":"BTC","amount":"-170141183460469231731687303715884105728","place":"hot"}]""")]
    [InlineData("""[{"type":"deleveraged","account":"a","instrument":"BTC-PERPETUAL","price":"1","shares":[null],"notional":1}]""")]
    public void Events_that_are_none_are_not_understood(string json) =>
        Should.Throw<InputException>(() => Wire.ReadEvents(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void A_refusal_for_coming_too_late_can_be_decided_again()
    {
        TestVenue venue = TestVenue.Open();
        venue.DoAt(Instant.Utc(2019, 1, 1), new OpenAccount(new AccountId("late"))).Refusal.ShouldBe(Refusal.TimeWentBack);
        var again = new VenueKernel();
        foreach (JournalEntry entry in venue.Journal) again.Verify(entry);

        Snapshots.HashOf(again.State).ShouldBe(Snapshots.HashOf(venue.State));
    }

    [Fact]
    public void A_quote_that_could_not_be_read_back_from_the_journal_is_refused()
    {
        TestVenue venue = TestVenue.Open();
        var quote = new AssetPrice(new AssetId("BTC"), 1m, new Instant(-1), 0, new AccountId("feed"));

        venue.Refuse(new MovePrices([quote], []), Refusal.QuoteInvalid);
        venue.Refuse(new MovePrices([quote with { ObservedAt = default, Source = default }], []), Refusal.QuoteInvalid);
    }

    [Fact]
    public void A_command_given_to_the_kernel_twice_changes_nothing_the_second_time()
    {
        TestVenue venue = TestVenue.Open();
        venue.Do(new OpenAccount(new AccountId("alice")), id: "same");
        Hash256 before = Snapshots.HashOf(venue.State);

        Should.Throw<LawBrokenException>(() => venue.Do(new OpenAccount(new AccountId("bob")), id: "same"));
        Snapshots.HashOf(venue.State).ShouldBe(before);
        venue.Account("carol");
    }

    [Fact]
    public void A_kernel_that_failed_in_the_middle_of_a_command_does_nothing_more()
    {
        TestVenue venue = TestVenue.Open();
        var envelope = new Envelope(venue.Clock, Envelope.Venue, new CommandId("breaks"), new Breaks());
        Should.Throw<LawBrokenException>(() => venue.Kernel.Decide(envelope, CommandMemory.KeyOf(envelope.By, envelope.Id)));

        Should.Throw<LawBrokenException>(() => venue.Account("alice"));
        Should.Throw<LawBrokenException>(() => Snapshots.Take(venue.Kernel));
    }

    private static TestVenue WithEthInverse()
    {
        TestVenue venue = TestVenue.Open();
        venue.List("ETH-PERPETUAL", Payoff.Inverse, "ETH", 1m);
        venue.List("ETH-27MAR20", Payoff.Inverse, "ETH", 1m);
        venue.Account("alice");
        venue.Deposit("alice", "100000", "ETH");
        venue.Fill("alice", "liquidity", "ETH-PERPETUAL", 1_000_000m, 200m);
        venue.Fill("alice", "liquidity", "ETH-27MAR20", 1_000_000m, 200m);

        return venue;
    }

    private static MovePrices Priced(TestVenue venue, params (string Asset, decimal Price)[] prices) =>
        new([.. prices.Select(p => new AssetPrice(new AssetId(p.Asset), p.Price, venue.Clock, 0, new AccountId("feed")))], []);

    /// <summary>A command whose event cannot be applied: no real one should be able to do this.</summary>
    private sealed record Breaks : Command
    {
        public override Decision Decide(VenueState venue, Instant now) =>
            Decision.Accept(new Deposited(new AccountId("nobody"), new AssetId("BTC"), new Amount(1), Fund.Hot));
    }
}
