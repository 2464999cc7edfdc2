using System.Globalization;
using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Liquidations;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Oracles;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests;

/// <summary>What a hostile reader suspects of liquidation: rules changed in mid-plan, accounts in two roles, numbers at their ends.</summary>
public sealed class LiquidationAuditTests
{
    private static readonly AssetId Usdc = new("USDC");
    private static readonly AssetId Btc = new("BTC");

    private static PhaseTerms Halting { get; } = PhaseVenue.Slices with { Auction = PhaseVenue.Auction, Halt = true };

    [Fact]
    public void Another_asset_to_pay_in_leaves_an_auction_that_was_paid_into_in_the_one_it_had()
    {
        TestVenue venue = Auctioned();
        venue.Rich("bob");
        venue.Accept(Bid("bob", 0.25m)).Events.OfType<BidTaken>().Single().PaidIn.ShouldBe(Usdc);
        Amount reserved = venue.Case("alice")!.Auction!.Reserved;
        venue.Accept(new SetParameters(venue.State.Parameters! with { Phases = Halting with { Auction = PhaseVenue.Auction with { PaidIn = Btc } } }));

        AuctionQuote quote = AuctionQuote.Of(venue.State, venue.Index("alice"), 0.1m)!;
        quote.Mark.ShouldBe(0.1 * (venue.Verdict("alice").Equity - ((double)reserved.Units / 1e6)), 0.01);
        quote.Coins.ShouldHaveSingleItem().Amount.Sign.ShouldBe(1);
        BidTaken next = venue.Accept(Bid("bob", 0.1m)).Events.OfType<BidTaken>().Single();
        next.PaidIn.ShouldBe(Usdc, "what was reserved is not sold again, and units of one asset are not those of another");
        venue.Case("alice")!.Auction!.Reserved.ShouldBe(reserved + next.Paid);
    }

    [Fact]
    public void An_auction_whose_section_is_taken_away_is_over_at_its_end_and_locks_nobody_up()
    {
        TestVenue venue = Auctioned();
        venue.Rich("bob");
        venue.Accept(new SetParameters(venue.State.Parameters! with { Phases = PhaseVenue.Slices }));
        venue.Refuse(Bid("bob", 0.1m), Refusal.AuctionUnknown);
        for (int i = 0; i < 400 && venue.Case("alice") is not null; i++) venue.PassToDue();
        venue.Case("alice").ShouldBeNull();
        venue.Verdict("alice").MaintenanceHealth.ShouldBeGreaterThanOrEqualTo(0);
        venue.Accept(new Deposit(new AccountId("alice"), Usdc, "50000"));
        venue.Accept(new Withdraw(new AccountId("alice"), Usdc, "1"));
    }

    [Fact]
    public void All_phases_taken_away_while_an_auction_lives_end_it_and_its_reservation()
    {
        TestVenue venue = Auctioned();
        venue.Rich("bob");
        venue.Accept(Bid("bob", 0.25m));
        Outcome outcome = venue.Accept(new SetParameters(venue.State.Parameters! with { Phases = PhaseTerms.None }));
        outcome.Events.OfType<LiquidationEnded>().ShouldHaveSingleItem().Ending.ShouldBe(LiquidationEnding.Dropped);
        venue.Phase("alice").ShouldNotBe(AccountPhase.Auctioned);
        venue.State.Liquidations.IsAuctioned(venue.Index("alice")).ShouldBeFalse();
        venue.Verdict("alice").MaintenanceHealth.ShouldBeGreaterThanOrEqualTo(0);
        venue.State.NextDue.ShouldBeNull();
    }

    [Theory]
    [InlineData("backstop")]
    [InlineData("insurer")]
    public void Who_becomes_backstop_or_insurer_in_the_middle_of_his_own_liquidation_is_let_out_of_it(string role)
    {
        TestVenue venue = PhaseVenue.Open(PhaseVenue.Slices with { Auction = PhaseVenue.Auction, Halt = role == "backstop" });
        venue.Long("alice", "20000", 10m);
        venue.Prices(btc: role == "backstop" ? 6250m : 6600m, eth: 200m);
        venue.Case("alice").ShouldNotBeNull();
        RiskParameters rules = venue.State.Parameters!;
        venue.Accept(new SetParameters(role == "backstop"
            ? rules with { Phases = rules.Phases with { Backstop = PhaseVenue.Backstop with { Account = new AccountId("alice") } } }
            : rules with { Insurance = new InsuranceTerms { Layers = [new LayerTerms(InsuranceLayer.Cover)], Cover = new CoverTerms(new AccountId("alice"), 1000m) } }));
        for (int i = 0; i < 60 && venue.Case("alice") is not null; i++) venue.PassToDue();

        venue.Case("alice").ShouldBeNull();
        (venue.State.NextDue is null || venue.State.NextDue > venue.State.Now).ShouldBeTrue("nothing is due for ever");
        venue.State.Liquidations.IsAuctioned(venue.Index("alice")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("backstop", "2000")]
    [InlineData("liquidity", "2000")]
    public void Who_takes_what_others_lose_is_called_without_a_deadline_that_nobody_enforces(string name, string usdc)
    {
        TestVenue venue = PhaseVenue.Open(PhaseVenue.Slices with { Backstop = new BackstopTerms(new AccountId("backstop"), 2000m, 2000m, 1_000_000m, 100m) });
        venue.Account("backstop");
        if (name == "liquidity")
        {
            foreach ((string asset, string amount) in (ReadOnlySpan<(string, string)>)[("BTC", "100000"), ("ETH", "1000000"), ("USDC", "999998000")])
                venue.Accept(new Withdraw(new AccountId("liquidity"), new AssetId(asset), amount));
        }
        else
        {
            venue.Deposit(name, usdc, "USDC");
        }

        venue.Rich("bob");
        venue.Fill(name, "bob", PhaseVenue.Perpetual, 1m, 8000m);
        venue.Prices(btc: 6850m, eth: 200m);
        venue.Verdict(name).IsNear(0.8).ShouldBeTrue();
        venue.Phase(name).ShouldBe(AccountPhase.Called);
        venue.Case(name).ShouldBeNull();
        venue.State.NextDue.ShouldBeNull();
    }

    [Fact]
    public void A_bid_is_not_paid_in_coins_whose_price_nobody_vouches_for()
    {
        var feed = new OracleTerms(60_000_000) { LiveSources = 1, AssumedConfidence = 0.001, HaltAge = 20 };
        TestVenue venue = TestVenue.Open(rules => rules with
        {
            Phases = Halting with { Auction = PhaseVenue.Auction with { PaidIn = new AssetId("USDT") } },
            Oracles = new OracleRules(null, [new OracleLine(new AssetId("USDT"), feed)]),
        });
        venue.Long("alice", "20000", 10m);
        venue.Prices(btc: 6250m, eth: 200m);
        venue.Rich("bob");
        venue.Accept(Bid("bob", 0.1m));
        venue.Pass(150);
        venue.State.Oracles.StatusOf(venue.State.Asset(new AssetId("USDT"))).ShouldBe(OracleStatus.Stale);
        venue.Refuse(Bid("bob", 0.1m), Refusal.LiquidationHeld);
    }

    [Fact]
    public void Time_that_goes_back_changes_nothing_of_a_plan()
    {
        TestVenue venue = Auctioned();
        venue.Rich("bob");
        Hash256 before = Snapshots.HashOf(venue.State);
        venue.Do(new PassTime());
        LiquidationCase one = venue.Case("alice")!;
        Instant now = venue.State.Now;
        venue.DoAt(new Instant(now.UnixMicroseconds - 1), new PassTime()).Refusal.ShouldBe(Refusal.TimeWentBack);
        venue.DoAt(new Instant(now.UnixMicroseconds - 1), Bid("bob", 0.1m)).Refusal.ShouldBe(Refusal.TimeWentBack);
        venue.Case("alice").ShouldBe(one);
        venue.State.Now.ShouldBe(now);
        before.ShouldNotBe(Hash256.Zero);
    }

    [Fact]
    public void A_contract_that_expires_in_mid_plan_leaves_a_plan_that_ends()
    {
        TestVenue venue = PhaseVenue.Open(Halting with { Backstop = PhaseVenue.Backstop });
        venue.Account("backstop");
        venue.Deposit("backstop", "100000", "USDC");
        foreach ((string name, decimal price) in (ReadOnlySpan<(string, decimal)>)[("alice", 6250m), ("carol", 6250m)])
        {
            venue.Account(name);
            venue.Deposit(name, name == "alice" ? "20000" : "20100", "USDC");
            venue.Fill(name, "liquidity", "BTC_USDC-27MAR20", 10m, 8000m);
            price.ShouldBeGreaterThan(0);
        }

        venue.Prices(btc: 6250m, eth: 200m).Events.OfType<AuctionOpened>().Count().ShouldBe(2);
        venue.Clock = Instant.Utc(2020, 3, 27) + TimeSpan.FromHours(8);
        venue.Prices(btc: 5990m, eth: 200m);
        venue.Accept(new SettleExpiry(new InstrumentId("BTC_USDC-27MAR20"), 5990m));
        for (int i = 0; i < 60 && venue.State.Liquidations.Cases.Count > 0; i++) venue.PassToDue();

        venue.State.Liquidations.Cases.ShouldBeEmpty();
        venue.LotsOf("alice", "BTC_USDC-27MAR20").ShouldBe(0);
        venue.Verdict("alice").Equity.ShouldBe(0, 0.01, "what was owed was settled");
        venue.Verdict("carol").Equity.ShouldBe(0, 0.01);
        venue.State.NextDue.ShouldBeNull();
    }

    [Fact]
    public void Paying_in_during_an_auction_restores_and_taking_out_during_slices_is_refused()
    {
        TestVenue venue = Auctioned();
        venue.Accept(new Deposit(new AccountId("alice"), Usdc, "10000")).Events.OfType<AuctionEnded>().ShouldHaveSingleItem().Ending.ShouldBe(AuctionEnding.Restored);

        TestVenue sliced = PhaseVenue.Open(PhaseVenue.Slices);
        sliced.Long("alice", "20000", 10m);
        sliced.Prices(btc: 6600m, eth: 200m);
        sliced.Case("alice")!.Stage.ShouldBe(LiquidationStage.Slicing);
        sliced.Refuse(new Withdraw(new AccountId("alice"), Usdc, "0.000001"), Refusal.InitialMarginBreached);
        sliced.Accept(new Deposit(new AccountId("alice"), Usdc, "10000")).Events.OfType<LiquidationEnded>().ShouldHaveSingleItem().Ending.ShouldBe(LiquidationEnding.Restored);
        sliced.State.NextDue.ShouldBeNull();
    }

    [Fact]
    public void Two_accounts_of_one_owner_on_two_sides_go_each_its_own_way_and_the_owner_bids_for_neither()
    {
        TestVenue venue = PhaseVenue.Open(Halting);
        venue.Account("owner");
        venue.Deposit("owner", "1000000", "USDC");
        foreach (string name in (string[])["long", "short"])
        {
            venue.Accept(new OpenAccount(new AccountId(name), new AccountId("owner")));
            venue.Deposit(name, "20000", "USDC");
        }

        venue.Fill("long", "short", PhaseVenue.Perpetual, 10m, 8000m);
        venue.Prices(btc: 6250m, eth: 200m);
        venue.Phase("long").ShouldBe(AccountPhase.Auctioned);
        venue.Refuse(new Bid(new AccountId("long"), new AccountId("short"), 0.1m), Refusal.BidUnsuitable);
        venue.Refuse(new Bid(new AccountId("long"), new AccountId("owner"), 0.1m), Refusal.BidUnsuitable);
        venue.Prices(btc: 5900m, eth: 200m);
        Outcome outcome = venue.PassToDue();
        Deleveraged taken = outcome.Events.OfType<Deleveraged>().ShouldHaveSingleItem();
        taken.Shares.Select(share => share.Account.Value).ShouldBe(["short"], "its own other side is a counterparty like any other");
        venue.LotsOf("short", PhaseVenue.Perpetual).ShouldBe(0);
        venue.Verdict("short").Equity.ShouldBe(40_000, 0.1, "20,000 of its own and the 20,000 the other had");
    }

    [Fact]
    public void An_isolated_account_is_auctioned_alone_and_its_owner_owes_nothing_of_it()
    {
        TestVenue venue = PhaseVenue.Open(Halting);
        venue.Rich("owner");
        venue.Accept(new OpenIsolated(new AccountId("iso"), new AccountId("owner"), new InstrumentId(PhaseVenue.Perpetual), Usdc));
        venue.Accept(new MoveCollateral(new AccountId("owner"), new AccountId("iso"), Usdc, "20000"));
        venue.Fill("iso", "liquidity", PhaseVenue.Perpetual, 10m, 8000m);
        string before = venue.Cash("owner", "USDC");
        venue.Prices(btc: 6250m, eth: 200m);
        venue.Phase("iso").ShouldBe(AccountPhase.Auctioned);
        venue.Refuse(new MoveCollateral(new AccountId("iso"), new AccountId("owner"), Usdc, "1"), Refusal.AccountInAuction);
        venue.Prices(btc: 5900m, eth: 200m);
        for (int i = 0; i < 60 && venue.Case("iso") is not null; i++) venue.PassToDue();
        venue.Case("iso").ShouldBeNull();
        venue.Cash("owner", "USDC").ShouldBe(before);
        venue.Verdict("iso").Equity.ShouldBe(0, 0.01);
    }

    [Fact]
    public void Dust_of_eighteen_decimals_is_sold_without_a_loss_of_a_unit()
    {
        TestVenue venue = PhaseVenue.Open(PhaseVenue.Slices with { Slices = null });
        venue.Account("alice");
        venue.Deposit("alice", "0.000000000000000003", "ETH");
        venue.Deposit("alice", "10", "ETH");
        venue.Accept(new Borrow(new AccountId("alice"), Usdc, "1000"));
        venue.Accept(new Withdraw(new AccountId("alice"), Usdc, "1000"));
        for (decimal eth = 115m; eth > 1m; eth *= 0.7m)
        {
            venue.Prices(btc: 8000m, eth: decimal.Round(eth, 2));
            for (int i = 0; i < 20 && venue.State.NextDue is not null; i++) venue.PassToDue();
        }

        venue.Case("alice").ShouldBeNull();
        venue.Loan("alice", "USDC").ShouldBe("0");
        venue.Verdict("alice").Equity.ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public void One_coin_dear_beyond_measure_against_a_debt_in_one_that_is_worth_next_to_nothing_stops_nobody()
    {
        TestVenue venue = PhaseVenue.Open(new PhaseTerms { PeriodSeconds = 30 });
        venue.Accept(new ListAsset(new AssetId("DEAR"), 0, AssetClass.Alt));
        venue.Accept(new ListAsset(new AssetId("DUST"), 18, AssetClass.Alt));
        venue.Accept(new SetParameters(RiskParameters.Default(venue.State.Catalog) with { Phases = new PhaseTerms { PeriodSeconds = 30 } }));
        Price("DEAR", 1_000m);
        Price("DUST", 1m);
        venue.Deposit("liquidity", "1000000000", "DUST");
        venue.Account("alice");
        venue.Deposit("alice", "1", "DEAR");
        venue.Accept(new Borrow(new AccountId("alice"), new AssetId("DUST"), "300"));
        venue.Accept(new Withdraw(new AccountId("alice"), new AssetId("DUST"), "300"));
        Price("DUST", 3m);
        Price("DEAR", Units.Price.Max);
        Price("DUST", Units.Price.Min);
        Price("DEAR", 0.000_000_1m);
        Price("DUST", 1m);
        for (int i = 0; i < 20 && venue.Case("alice") is not null; i++) venue.PassToDue();
        Audit.Full(venue.State);

        void Price(string asset, decimal price) =>
            venue.Accept(new MovePrices([new AssetPrice(new AssetId(asset), price, venue.Clock, 0, new AccountId("test"))], []));
    }

    [Fact]
    public void A_lost_account_of_which_a_part_is_paused_is_closed_in_the_rest_and_what_it_cost_is_a_number()
    {
        TestVenue venue = TestVenue.Open(rules => rules with
        {
            Phases = new PhaseTerms { PeriodSeconds = 30 },
            Breakers = new BreakerTerms { Lines = [new BreakerLine(new InstrumentId(PhaseVenue.Perpetual), null, new BandTerms(0.1m, 0), null, 60, 0, 60)] },
        });
        venue.Accept(new Endow(Fund.InsuranceFund, Usdc, "100000", Fund.Hot));
        venue.Long("alice", "2000", 0.5m);
        venue.Fill("alice", "liquidity", "ETH_USDC-PERPETUAL", 20m, 200m);
        Outcome outcome = venue.Prices(btc: 5000m, eth: 110m);

        outcome.Events.OfType<PositionLiquidated>().ShouldHaveSingleItem().Instrument.Value.ShouldBe("ETH_USDC-PERPETUAL");
        LiquidationSliced slice = outcome.Events.OfType<LiquidationSliced>().ShouldHaveSingleItem();
        double.IsFinite(slice.ExpectedCost).ShouldBeTrue();
        outcome.Events.ShouldNotContain(e => e is FundDrawn, "nothing is settled before the last of it");
        venue.Pass(61).Events.ShouldContain(e => e is FundDrawn);
        venue.Case("alice").ShouldBeNull();
    }

    private static TestVenue Auctioned()
    {
        TestVenue venue = PhaseVenue.Open(Halting);
        venue.Long("alice", "20000", 10m);
        venue.Prices(btc: 6250m, eth: 200m).Events.ShouldContain(e => e is AuctionOpened);

        return venue;
    }

    private static Bid Bid(string bidder, decimal part) => new(new AccountId("alice"), new AccountId(bidder), part);
}
