using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Journal;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests;

public sealed class VenueTests
{
    [Fact]
    public void A_deposit_credits_the_customer_and_the_place_that_took_it()
    {
        TestVenue venue = TestVenue.Open();
        venue.Account("alice");
        venue.Deposit("alice", "12.345678", "USDC");

        venue.Cash("alice", "USDC").ShouldBe("12.345678");
        venue.Balance(Fund.Hot, "USDC").ShouldBe("-1000000012.345678");
    }

    [Theory]
    [InlineData("0", Refusal.AmountNotPositive)]
    [InlineData("-1", Refusal.AmountNotPositive)]
    [InlineData("NaN", Refusal.AmountMalformed)]
    [InlineData("1.1234567", Refusal.AmountMalformed)]
    [InlineData("", Refusal.AmountMalformed)]
    [InlineData("1e3", Refusal.AmountMalformed)]
    [InlineData("99999999999999999999999999999999999999", Refusal.AmountMalformed)]
    public void An_amount_that_is_none_is_refused(string amount, Refusal refusal)
    {
        TestVenue venue = TestVenue.Open();
        venue.Account("alice");

        venue.Refuse(new Deposit(new AccountId("alice"), new AssetId("USDC"), amount), refusal);
        venue.Cash("alice", "USDC").ShouldBe("0");
    }

    [Fact]
    public void An_account_without_positions_may_take_out_all_it_has_and_no_more()
    {
        TestVenue venue = TestVenue.Open();
        venue.Account("alice");
        venue.Deposit("alice", "0.00000003", "BTC");
        venue.Refuse(Take("alice", "0.00000004", "BTC"), Refusal.BalanceInsufficient);
        venue.Accept(Take("alice", "0.00000003", "BTC"));

        venue.Cash("alice", "BTC").ShouldBe("0");
    }

    [Fact]
    public void A_withdrawal_that_would_breach_initial_margin_is_refused()
    {
        TestVenue venue = WithLong("alice", "6000", 1m);
        double free = venue.Verdict("alice").InitialHealth;

        venue.Refuse(Take("alice", ((int)free + 2).ToString(), "USDC"), Refusal.InitialMarginBreached);
        venue.Accept(Take("alice", ((int)free - 1).ToString(), "USDC"));
    }

    [Fact]
    public void A_long_gains_what_its_short_loses_and_closing_realises_it()
    {
        TestVenue venue = WithLong("alice", "6000", 1m);
        venue.Prices(btc: 8500m, eth: 200m);
        venue.Verdict("alice").Equity.ShouldBe(6500, 1e-9);
        venue.Fill("liquidity", "alice", "BTC_USDC-PERPETUAL", 1m, 8500m);

        venue.Cash("alice", "USDC").ShouldBe("6500");
        venue.Cash("liquidity", "USDC").ShouldBe("999999500");
        venue.Balance(Fund.Clearing, "USDC").ShouldBe("0");
    }

    [Fact]
    public void An_inverse_long_gains_in_coin_when_the_price_rises()
    {
        TestVenue venue = TestVenue.Open();
        venue.Account("alice");
        venue.Deposit("alice", "1", "BTC");
        venue.Fill("alice", "liquidity", "BTC-PERPETUAL", 8000m, 8000m);
        venue.Prices(btc: 10000m, eth: 200m);
        venue.Fill("liquidity", "alice", "BTC-PERPETUAL", 8000m, 10000m);

        // 8000 × (1/8000 − 1/10000) = 0.2 BTC.
        venue.Cash("alice", "BTC").ShouldBe("1.2");
    }

    [Fact]
    public void An_option_s_premium_changes_hands_at_once_and_its_payoff_at_expiry()
    {
        TestVenue venue = TestVenue.Open();
        venue.Account("alice");
        venue.Deposit("alice", "5000", "USDC");
        venue.Fill("alice", "liquidity", "BTC_USDC-27MAR20-8000-C", 1m, 500m);
        venue.Cash("alice", "USDC").ShouldBe("4500");
        venue.Clock = Instant.Utc(2020, 3, 27, 8);
        venue.Prices(btc: 9200m, eth: 200m);
        venue.Accept(new SettleExpiry(new InstrumentId("BTC_USDC-27MAR20-8000-C"), 9200m));

        venue.Cash("alice", "USDC").ShouldBe("5700");
        venue.LotsOf("alice", "BTC_USDC-27MAR20-8000-C").ShouldBe(0);
    }

    [Fact]
    public void A_coin_settled_put_pays_its_intrinsic_value_in_coin_each_side_rounded_against_itself()
    {
        TestVenue venue = TestVenue.Open();
        venue.Account("alice");
        venue.Deposit("alice", "1", "BTC");
        venue.Fill("alice", "liquidity", "BTC-27MAR20-8000-P", 1m, 0.1m);
        venue.Clock = Instant.Utc(2020, 3, 27, 8);
        venue.Accept(new SettleExpiry(new InstrumentId("BTC-27MAR20-8000-P"), 6000m));

        // (8000 − 6000) / 6000 = 0.33333333… BTC: the long gets it rounded down, the short pays it rounded up.
        venue.Cash("alice", "BTC").ShouldBe("1.23333333");
        venue.Cash("liquidity", "BTC").ShouldBe("99999.76666666");
        venue.Balance(Fund.Rounding, "BTC").ShouldBe("0.00000001");
    }

    [Fact]
    public void A_future_settles_at_its_final_price_and_leaves_nothing_in_clearing()
    {
        TestVenue venue = TestVenue.Open();
        venue.Account("alice");
        venue.Deposit("alice", "2", "BTC");
        venue.Fill("liquidity", "alice", "BTC-27MAR20", 7000m, 8000m);
        venue.Clock = Instant.Utc(2020, 3, 27, 8);
        venue.Accept(new SettleExpiry(new InstrumentId("BTC-27MAR20"), 6900m));

        // Short 7000 USD from 8000 to 6900: 7000 × (1/6900 − 1/8000) = 0.13949275… BTC.
        venue.Cash("alice", "BTC").ShouldBe("2.13949275");
        venue.Balance(Fund.Clearing, "BTC").ShouldBe("0");
    }

    [Fact]
    public void Funding_takes_from_longs_gives_to_shorts_and_keeps_the_crumbs()
    {
        TestVenue venue = WithLong("alice", "6000", 1.001m);
        venue.Accept(new PayFunding(new InstrumentId("BTC_USDC-PERPETUAL"), 0.00012345m));

        // 1.001 × 8000 × 0.00012345 = 0.9885876
        venue.Cash("alice", "USDC").ShouldBe("5999.011412");
        venue.Cash("liquidity", "USDC").ShouldBe("1000000000.988587");
        venue.Balance(Fund.Rounding, "USDC").ShouldBe("0.000001");
    }

    [Fact]
    public void A_loan_is_borrowed_accrues_and_is_repaid()
    {
        TestVenue venue = TestVenue.Open();
        venue.Account("alice");
        venue.Deposit("alice", "10", "ETH");
        venue.Accept(new Borrow(new AccountId("alice"), new AssetId("USDC"), "500"));
        venue.Accept(new AccrueInterest(new AssetId("USDC"), 0.0001m));
        venue.Loan("alice", "USDC").ShouldBe("-500.05");
        venue.Refuse(new Repay(new AccountId("alice"), new AssetId("USDC"), "500.06"), Refusal.LoanSmaller);
        venue.Accept(new Repay(new AccountId("alice"), new AssetId("USDC"), "500"));

        venue.Loan("alice", "USDC").ShouldBe("-0.05");
        venue.Balance(Fund.Interest, "USDC").ShouldBe("0.05");
    }

    [Fact]
    public void Spot_moves_the_coins_themselves()
    {
        TestVenue venue = TestVenue.Open();
        venue.Account("alice");
        venue.Deposit("alice", "1000", "USDC");
        venue.Fill("alice", "liquidity", "BTC_USDC", 0.1m, 8001m);
        venue.Cash("alice", "USDC").ShouldBe("199.9");
        venue.Cash("alice", "BTC").ShouldBe("0.1");
        venue.Refuse(new ReportFill(new AccountId("alice"), new AccountId("liquidity"), new InstrumentId("BTC_USDC"), 0.1m, 8001m), Refusal.BalanceInsufficient);
    }

    [Fact]
    public void A_standing_order_reserves_margin_until_it_is_taken_back()
    {
        TestVenue venue = TestVenue.Open();
        venue.Account("alice");
        venue.Deposit("alice", "3000", "USDC");
        var order = new PlaceOrder(new AccountId("alice"), new CommandId("o1"), new InstrumentId("BTC_USDC-PERPETUAL"), 2m, 8000m);
        venue.Accept(order);
        venue.Refuse(order with { Order = new CommandId("o2") }, Refusal.InitialMarginBreached);
        venue.Refuse(Take("alice", "2000", "USDC"), Refusal.InitialMarginBreached);
        venue.Accept(new CancelOrder(new AccountId("alice"), new CommandId("o1")));
        venue.Accept(Take("alice", "2000", "USDC"));
    }

    [Fact]
    public void A_command_from_before_the_venue_s_time_is_refused_and_time_stands()
    {
        TestVenue venue = TestVenue.Open();
        Instant now = venue.State.Now;
        Outcome outcome = venue.DoAt(Instant.Utc(2019, 1, 1), new OpenAccount(new AccountId("late")));

        outcome.Refusal.ShouldBe(Refusal.TimeWentBack);
        venue.State.Now.ShouldBe(now);
    }

    [Fact]
    public void Reducing_is_always_allowed_and_growing_under_water_is_not()
    {
        TestVenue venue = WithLong("alice", "2000", 1m);
        venue.Prices(btc: 7000m, eth: 200m);
        venue.Verdict("alice").InitialHealth.ShouldBeLessThan(0);
        venue.Verdict("alice").MaintenanceHealth.ShouldBeGreaterThan(0);

        venue.Refuse(new ReportFill(new AccountId("alice"), new AccountId("liquidity"), new InstrumentId("BTC_USDC-PERPETUAL"), 0.1m, 7000m), Refusal.InitialMarginBreached);
        venue.Fill("liquidity", "alice", "BTC_USDC-PERPETUAL", 0.1m, 7000m);
    }

    internal static TestVenue WithLong(string account, string usdc, decimal size)
    {
        TestVenue venue = TestVenue.Open();
        venue.Account(account);
        venue.Deposit(account, usdc, "USDC");
        venue.Fill(account, "liquidity", "BTC_USDC-PERPETUAL", size, 8000m);

        return venue;
    }

    private static Withdraw Take(string account, string amount, string asset) => new(new AccountId(account), new AssetId(asset), amount);
}
