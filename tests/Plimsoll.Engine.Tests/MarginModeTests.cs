using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Journal;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests;

public sealed class MarginModeTests
{
    private const string Perpetual = "BTC_USDC-PERPETUAL";
    private const string Dated = "BTC_USDC-27MAR20";
    private const string Ether = "ETH_USDC-PERPETUAL";

    [Fact]
    public void An_isolated_account_takes_one_instrument_and_one_asset_and_nothing_else()
    {
        TestVenue venue = Isolating();
        venue.Account("bob");
        venue.Refuse(new Deposit(new AccountId("alice.1"), new AssetId("BTC"), "1"), Refusal.IsolatedElsewhere);
        venue.Refuse(new MoveCollateral(new AccountId("alice"), new AccountId("alice.1"), new AssetId("BTC"), "1"), Refusal.IsolatedElsewhere);
        venue.Refuse(new ReportFill(new AccountId("alice.1"), new AccountId("liquidity"), new InstrumentId(Ether), 1m, 200m), Refusal.IsolatedElsewhere);
        venue.Refuse(new ReportFill(new AccountId("liquidity"), new AccountId("alice.1"), new InstrumentId("BTC_USDC"), 0.1m, 8000m), Refusal.IsolatedElsewhere);
        venue.Refuse(new PlaceOrder(new AccountId("alice.1"), new CommandId("o"), new InstrumentId(Ether), 1m, 200m), Refusal.IsolatedElsewhere);
        venue.Refuse(new Borrow(new AccountId("alice.1"), new AssetId("USDC"), "1"), Refusal.IsolatedElsewhere);
        venue.Refuse(new SetMarginMode(new AccountId("alice.1"), MarginMode.Cross), Refusal.MarginModeUnsuitable);
        venue.Refuse(new ClassifyAccount(new AccountId("alice.1"), new AccountId("bob")), Refusal.MarginModeUnsuitable);
        venue.Accept(new ClassifyAccount(new AccountId("alice.1"), new AccountId("alice"), new ClassId("retail")));
        venue.Accept(new MoveCollateral(new AccountId("alice"), new AccountId("alice.1"), new AssetId("USDC"), "1000"));
        venue.Fill("alice.1", "liquidity", Perpetual, 0.5m, 8000m);
        venue.State.Modes.Of(venue.Index("alice.1")).ShouldBe(MarginMode.Isolated);
    }

    [Fact]
    public void An_isolated_account_needs_an_owner_a_contract_and_a_name_of_its_own()
    {
        TestVenue venue = Isolating();
        venue.Refuse(Isolate("alice.1", "alice"), Refusal.AccountExists);
        venue.Refuse(Isolate("x", "nobody"), Refusal.AccountUnknown);
        venue.Refuse(Isolate("x", "alice.1"), Refusal.TermsInvalid);
        venue.Refuse(Isolate("x", "alice", "BTC_USDC"), Refusal.InstrumentUnsuitable);
        venue.Refuse(Isolate("x", "alice", "XYZ-PERPETUAL"), Refusal.InstrumentUnknown);
        venue.Refuse(new OpenIsolated(new AccountId("x"), new AccountId("alice"), new InstrumentId(Perpetual), new AssetId("XYZ")), Refusal.AssetUnknown);
    }

    [Fact]
    public void Collateral_moves_between_accounts_of_one_owner_exactly_and_by_the_rules_of_a_withdrawal()
    {
        TestVenue venue = Isolating();
        venue.Account("bob");
        venue.Accept(new OpenAccount(new AccountId("alice.2"), new AccountId("alice")));
        venue.Accept(Move("alice", "alice.1", "1000.123456"));
        venue.Accept(Move("alice.1", "alice.2", "0.123456"));

        venue.Cash("alice", "USDC").ShouldBe("8999.876544");
        venue.Cash("alice.1", "USDC").ShouldBe("1000");
        venue.Cash("alice.2", "USDC").ShouldBe("0.123456");
        venue.Refuse(Move("alice", "bob", "1"), Refusal.OwnersDiffer);
        venue.Refuse(Move("alice", "alice", "1"), Refusal.NothingToDo);
        venue.Refuse(Move("alice.1", "alice", "1000.000001"), Refusal.BalanceInsufficient);
        venue.Refuse(Move("alice.1", "alice", "-1"), Refusal.AmountNotPositive);
        venue.Refuse(Move("alice.1", "alice", "NaN"), Refusal.AmountMalformed);
        venue.Fill("alice.1", "liquidity", Perpetual, 0.5m, 8000m);
        venue.Refuse(Move("alice.1", "alice", "900"), Refusal.InitialMarginBreached);
        venue.Accept(Move("alice.1", "alice", "100"));
    }

    [Fact]
    public void A_hedge_counts_in_portfolio_mode_and_not_in_cross_mode_and_who_would_not_be_healthy_stays_where_he_is()
    {
        TestVenue venue = TestVenue.Open();
        venue.Account("alice");
        venue.Deposit("alice", "3000", "USDC");
        venue.Fill("alice", "liquidity", Perpetual, 1m, 8000m);
        venue.Fill("liquidity", "alice", Dated, 1m, 8000m);
        double portfolio = venue.Verdict("alice").InitialRequirement;

        venue.Accept(new SetMarginMode(new AccountId("alice"), MarginMode.Cross));
        double cross = venue.Verdict("alice").InitialRequirement;
        cross.ShouldBeGreaterThan(2 * portfolio);
        venue.Refuse(new SetMarginMode(new AccountId("alice"), MarginMode.Cross), Refusal.NothingToDo);
        venue.Refuse(new SetMarginMode(new AccountId("alice"), MarginMode.Isolated), Refusal.MarginModeUnsuitable);
        venue.Accept(new SetMarginMode(new AccountId("alice"), MarginMode.Portfolio));
        venue.Verdict("alice").InitialRequirement.ShouldBe(portfolio);

        venue.Accept(new Withdraw(new AccountId("alice"), new AssetId("USDC"), "2000"));
        venue.Refuse(new SetMarginMode(new AccountId("alice"), MarginMode.Cross), Refusal.InitialMarginBreached);
    }

    [Fact]
    public void What_is_lost_in_an_isolated_account_never_touches_its_owners_other_accounts()
    {
        for (int seed = 1; seed <= 60; seed++)
        {
            var chance = new Storms.Chance((ulong)seed);
            TestVenue venue = Isolating();
            venue.Accept(new Endow(Fund.InsuranceFund, new AssetId("USDC"), chance.OneIn(2) ? "1" : "100000", Fund.Cold));
            venue.Rich("bob");
            venue.Accept(Isolate("alice.2", "alice", Ether));
            venue.Accept(Move("alice", "alice.1", "1000"));
            venue.Accept(Move("alice", "alice.2", "500"));
            decimal size = 0.1m * (1 + chance.Below(30)), other = 1m + chance.Below(40);
            Try(venue, chance.OneIn(2) ? Fill("alice.1", "bob", Perpetual, size, 8000m) : Fill("bob", "alice.1", Perpetual, size, 8000m));
            Try(venue, chance.OneIn(2) ? Fill("alice.2", "bob", Ether, other, 200m) : Fill("bob", "alice.2", Ether, other, 200m));
            (string usdc, string btc) = (venue.Cash("alice", "USDC"), venue.Cash("alice", "BTC"));
            double left = 0;
            for (int tick = 0; tick < 12; tick++)
            {
                double jump = 0.4 + (1.4 * chance.Part());
                venue.Prices(decimal.Round(8000m * (decimal)jump, 2), decimal.Round(200m * (decimal)(0.3 + (1.9 * chance.Part())), 2));
                venue.Cash("alice", "USDC").ShouldBe(usdc, $"seed {seed}");
                venue.Cash("alice", "BTC").ShouldBe(btc, $"seed {seed}");
                venue.Loan("alice", "USDC").ShouldBe("0", $"seed {seed}");
                left = Math.Min(left, Math.Min(venue.Verdict("alice.1").Equity, venue.Verdict("alice.2").Equity));
            }

            left.ShouldBeGreaterThanOrEqualTo(0, $"seed {seed}: nobody is left owing what lies outside his isolated account");
            Replays(venue);
        }
    }

    private static void Try(TestVenue venue, ReportFill fill) => venue.Do(fill);

    private static ReportFill Fill(string buyer, string seller, string instrument, decimal size, decimal price) =>
        new(new AccountId(buyer), new AccountId(seller), new InstrumentId(instrument), size, price);

    private static OpenIsolated Isolate(string account, string owner, string instrument = Perpetual) =>
        new(new AccountId(account), new AccountId(owner), new InstrumentId(instrument), new AssetId("USDC"));

    private static MoveCollateral Move(string from, string to, string amount) =>
        new(new AccountId(from), new AccountId(to), new AssetId("USDC"), amount);

    /// <summary>Alice with money and BTC of her own, and an isolated account for the perpetual.</summary>
    private static TestVenue Isolating()
    {
        TestVenue venue = TestVenue.Open();
        venue.Account("alice");
        venue.Deposit("alice", "10000", "USDC");
        venue.Deposit("alice", "1", "BTC");
        venue.Accept(Isolate("alice.1", "alice"));

        return venue;
    }

    private static void Replays(TestVenue venue)
    {
        var again = new VenueKernel();
        foreach (JournalEntry entry in venue.Journal) again.Replay(entry);
        Snapshots.HashOf(again.State).ShouldBe(Snapshots.HashOf(venue.State));
        Snapshots.HashOf(Snapshots.Restore(Snapshots.Take(venue.Kernel)).State).ShouldBe(Snapshots.HashOf(venue.State));
    }
}
