using Plimsoll.Engine.Commands;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests;

public sealed class AuctionTests
{
    private static PhaseTerms Halting { get; } = PhaseVenue.Slices with { Auction = PhaseVenue.Auction, Halt = true };

    [Fact]
    public void Beyond_the_spiral_bound_nothing_is_sold_and_the_account_is_auctioned()
    {
        TestVenue venue = Auctioned(out Outcome outcome);

        AuctionOpened opened = outcome.Events.OfType<AuctionOpened>().ShouldHaveSingleItem();
        opened.Cause.ShouldBe(AuctionCause.Spiral);
        opened.LoanToValue.ShouldBeGreaterThanOrEqualTo(opened.Bound);
        opened.Form.ShouldBe(AuctionForm.Solvent);
        outcome.Events.ShouldNotContain(e => e is PositionLiquidated);
        venue.Phase("alice").ShouldBe(AccountPhase.Auctioned);
        venue.State.NextDue.ShouldBe(opened.EndsAt);
    }

    [Fact]
    public void Nobody_trades_for_an_auctioned_account_and_nothing_leaves_it()
    {
        TestVenue venue = Auctioned(out _);
        venue.Refuse(new ReportFill(new AccountId("liquidity"), new AccountId("alice"), new InstrumentId(PhaseVenue.Perpetual), 0.1m, 8000m), Refusal.AccountInAuction);
        venue.Refuse(new PlaceOrder(new AccountId("alice"), new CommandId("o"), new InstrumentId(PhaseVenue.Perpetual), -1m, 8000m), Refusal.AccountInAuction);
        venue.Refuse(new Withdraw(new AccountId("alice"), new AssetId("USDC"), "1"), Refusal.AccountInAuction);
        venue.Accept(new Deposit(new AccountId("alice"), new AssetId("USDC"), "1"));
    }

    [Fact]
    public void A_bidder_pays_the_mark_less_the_step_s_discount_and_takes_positions_and_collateral_alike()
    {
        TestVenue venue = Auctioned(out _);
        venue.Rich("bob");
        venue.Pass(125);
        double mark = venue.Verdict("alice").Equity;
        BidTaken taken = venue.Accept(Bid("bob", 0.25m)).Events.OfType<BidTaken>().ShouldHaveSingleItem();

        // Steps of 60 s from 2 % to 30 %: ten of them, and the third is at 2 + 2 × 28/9.
        const double Discount = 0.02 + (2 * 0.28 / 9);
        taken.Mark.ShouldBe(0.25 * mark, 0.01);
        ((double)taken.Paid.Units / 1e6).ShouldBe(taken.Mark * (1 - Discount), 0.01);
        venue.LotsOf("bob", PhaseVenue.Perpetual).ShouldBe(2500);
        venue.LotsOf("alice", PhaseVenue.Perpetual).ShouldBe(7500);
        venue.Verdict("alice").Equity.ShouldBe(mark - (0.25 * mark * Discount), 0.01);
        venue.Verdict("bob").Equity.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_bid_for_more_than_restores_the_target_gets_what_restores_it_and_the_auction_is_over()
    {
        TestVenue venue = Auctioned(out _);
        venue.Rich("bob");
        Outcome outcome = venue.Accept(Bid("bob", 1m));

        outcome.Events.OfType<BidTaken>().ShouldHaveSingleItem().Part.ShouldBeLessThan(1m);
        outcome.Events.OfType<AuctionEnded>().ShouldHaveSingleItem().Ending.ShouldBe(AuctionEnding.Restored);
        venue.Verdict("alice").TargetHealth.ShouldBeInRange(0, 20);
        venue.Case("alice").ShouldBeNull();
    }

    [Fact]
    public void Who_bids_must_be_somebody_else_who_can_carry_it()
    {
        TestVenue venue = Auctioned(out _);
        venue.Accept(new OpenAccount(new AccountId("sub"), new AccountId("alice")));
        venue.Account("poor");
        venue.Deposit("poor", "100", "USDC");
        venue.Rich("bob");
        venue.Refuse(Bid("alice", 0.5m), Refusal.BidUnsuitable);
        venue.Refuse(Bid("sub", 0.5m), Refusal.BidUnsuitable);
        venue.Refuse(Bid("poor", 0.5m), Refusal.InitialMarginBreached);
        venue.Refuse(Bid("nobody", 0.5m), Refusal.AccountUnknown);
        venue.Refuse(Bid("bob", 0m), Refusal.BidUnsuitable);
        venue.Refuse(Bid("bob", 1.5m), Refusal.BidUnsuitable);
        venue.Refuse(Bid("bob", 0.0000001m), Refusal.BidUnsuitable);
        venue.Refuse(Bid("bob", 0.01m), Refusal.BidUnsuitable);
        venue.Refuse(Bid("bob", 0.5m) with { Most = "1" }, Refusal.BidUnsuitable);
        venue.Refuse(Bid("bob", 0.5m) with { Most = "much" }, Refusal.AmountMalformed);
        venue.Refuse(new Bid(new AccountId("bob"), new AccountId("poor"), 1m), Refusal.AuctionUnknown);
    }

    [Fact]
    public void What_is_worth_less_than_nothing_is_taken_whole_and_the_fund_pays_its_taker()
    {
        TestVenue venue = Auctioned(out _);
        venue.Accept(new Endow(Fund.InsuranceFund, new AssetId("USDC"), "100000", Fund.Hot));
        venue.Rich("bob");
        venue.Prices(btc: 5900m, eth: 200m).Events.OfType<AuctionTurned>().ShouldHaveSingleItem().Form.ShouldBe(AuctionForm.Insolvent);
        venue.Pass(240);
        double debt = -venue.Verdict("alice").Equity;
        venue.Refuse(Bid("bob", 0.5m), Refusal.BidUnsuitable);
        double before = venue.Verdict("bob").Equity;
        Outcome outcome = venue.Accept(Bid("bob", 1m));

        outcome.Events.OfType<AuctionEnded>().ShouldHaveSingleItem().Ending.ShouldBe(AuctionEnding.Sold);
        double paid = -(double)outcome.Events.OfType<BidTaken>().Single().Paid.Units / 1e6;
        paid.ShouldBeGreaterThan(debt, "the debt, and more from step to step");
        outcome.Events.OfType<FundDrawn>().Sum(e => e.Worth).ShouldBe(paid, 0.01);
        venue.Verdict("bob").Equity.ShouldBe(before + paid - debt, 0.01);
        venue.Verdict("alice").Equity.ShouldBe(0, 0.001);
        venue.Phase("alice").ShouldBe(AccountPhase.Bankrupt);
        venue.LotsOf("alice", PhaseVenue.Perpetual).ShouldBe(0);
    }

    [Fact]
    public void A_fund_that_cannot_pay_pays_nobody()
    {
        TestVenue venue = Auctioned(out _);
        venue.Rich("bob");
        venue.Prices(btc: 5900m, eth: 200m);
        venue.Refuse(Bid("bob", 1m), Refusal.LimitReached);
    }

    [Fact]
    public void An_auction_ends_by_itself_when_the_account_recovers()
    {
        TestVenue venue = Auctioned(out _);
        venue.Prices(btc: 8000m, eth: 200m).Events.OfType<AuctionEnded>().ShouldHaveSingleItem().Ending.ShouldBe(AuctionEnding.Restored);
        venue.Phase("alice").ShouldBe(AccountPhase.Healthy);
    }

    [Fact]
    public void An_auction_nobody_bids_in_ends_in_the_last_resort_and_not_in_another_auction()
    {
        TestVenue venue = Auctioned(out _);
        Outcome outcome = venue.PassToDue();
        outcome.Events.OfType<AuctionEnded>().ShouldHaveSingleItem().Ending.ShouldBe(AuctionEnding.Unsold);
        outcome.Events.ShouldContain(e => e is LastResortReached);
        for (int i = 0; i < 400 && venue.Case("alice") is not null; i++) venue.PassToDue().Events.ShouldNotContain(e => e is AuctionOpened);

        venue.Case("alice").ShouldBeNull();
        venue.Verdict("alice").MaintenanceHealth.ShouldBeGreaterThanOrEqualTo(0);
    }

    /// <summary>Ten BTC bought at 8000 with 20,000; at 6250 there are 2500 left of a stake of 62,500, beyond the bound of a depth of 10,000 within 1 %.</summary>
    private static TestVenue Auctioned(out Outcome outcome)
    {
        TestVenue venue = PhaseVenue.Open(Halting);
        venue.Long("alice", "20000", 10m);
        outcome = venue.Prices(btc: 6250m, eth: 200m);

        return venue;
    }

    private static Bid Bid(string bidder, decimal part) => new(new AccountId("alice"), new AccountId(bidder), part);
}
