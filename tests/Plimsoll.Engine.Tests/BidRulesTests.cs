using System.Globalization;
using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Liquidations;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests;

/// <summary>What an auction asks, to the unit, and the edges of what it lets a bidder have.</summary>
public sealed class BidRulesTests
{
    private static PhaseTerms Halting { get; } = PhaseVenue.Slices with { Auction = PhaseVenue.Auction, Halt = true };

    [Fact]
    public void The_bound_is_that_of_penalty_slippage_and_the_depth_that_selling_all_of_it_moves()
    {
        Auctioned(out Outcome outcome);
        AuctionOpened opened = outcome.Events.OfType<AuctionOpened>().ShouldHaveSingleItem();

        // 62,500 at stake and 2500 behind it; a per cent per 10,000; half a per cent of penalty, 0.05 % of slippage.
        opened.LoanToValue.ShouldBe(0.96, 1e-12);
        opened.Bound.ShouldBe(1 / (1.0055 * 1.0625), 1e-12);
    }

    [Fact]
    public void A_bidder_gets_lots_and_debts_rounded_up_and_credits_down_and_pays_what_is_asked_rounded_up()
    {
        TestVenue venue = Auctioned(out _);
        venue.Rich("bob");
        venue.Deposit("alice", "0.000005", "USDC");
        Amount owned = NetWorth.Of(venue.State, venue.Index("alice"))[venue.State.Asset(new AssetId("USDC")).Value];
        venue.Pass(125);
        BidTaken taken = venue.Accept(Bid("bob", 0.123457m)).Events.OfType<BidTaken>().Single();

        taken.Positions.ShouldHaveSingleItem().Change.Count.ShouldBe(-1235, "1234.57 lots");
        Amount coins = taken.Coins.ShouldHaveSingleItem().Amount;
        coins.Units.ShouldBe((Int128)decimal.Floor((decimal)owned.Units * 0.123457m));
        coins.Units.ShouldNotBe((Int128)decimal.Ceiling((decimal)owned.Units * 0.123457m));
        decimal asked = (decimal)coins.Units * (1m - (0.02m + (2 * 0.28m / 9)));
        taken.Paid.Units.ShouldBe((Int128)decimal.Ceiling(asked));
        taken.Paid.Units.ShouldNotBe((Int128)decimal.Floor(asked));
    }

    [Fact]
    public void What_bidders_paid_is_not_sold_again()
    {
        TestVenue venue = Auctioned(out _);
        venue.Rich("bob");
        Amount paid = venue.Accept(Bid("bob", 0.25m)).Events.OfType<BidTaken>().Single().Paid;
        double equity = venue.Verdict("alice").Equity;
        BidTaken next = venue.Accept(Bid("bob", 0.1m)).Events.OfType<BidTaken>().Single();

        next.Mark.ShouldBe(0.1 * (equity - ((double)paid.Units / 1e6)), 0.01);
        venue.Case("alice")!.Auction!.Reserved.ShouldBe(paid + next.Paid);
    }

    [Fact]
    public void Nobody_is_paid_for_a_loss_out_of_what_bidders_paid_before()
    {
        TestVenue venue = Auctioned(out _);
        venue.Rich("bob");
        venue.Accept(Bid("bob", 0.25m));
        venue.Prices(btc: 5960m, eth: 200m).Events.ShouldNotContain(e => e is AuctionTurned, "what was paid keeps the account above nothing");
        venue.Case("alice")!.Auction!.Reserved.ShouldBeGreaterThan(Amount.Zero);
        venue.Verdict("alice").Equity.ShouldBeInRange(1, (double)venue.Case("alice")!.Auction!.Reserved.Units / 1e6);

        AuctionQuote quote = AuctionQuote.Of(venue.State, venue.Index("alice"), 0.5m)!;
        quote.Mark.ShouldBeLessThan(0);
        quote.Paid.ShouldBe(Amount.Zero);
    }

    [Fact]
    public void Exactly_what_is_asked_is_enough_and_a_unit_less_is_not()
    {
        TestVenue venue = Auctioned(out _);
        venue.Rich("bob");
        Amount asked = AuctionQuote.Of(venue.State, venue.Index("alice"), 0.25m)!.Paid;
        venue.Refuse(Bid("bob", 0.25m) with { Most = Usdc(asked - new Amount(1)) }, Refusal.BidUnsuitable);
        venue.Accept(Bid("bob", 0.25m) with { Most = Usdc(asked) });
    }

    [Fact]
    public void The_least_bid_is_taken_and_so_is_less_where_less_restores()
    {
        TestVenue venue = Auctioned(out _);
        venue.Rich("bob");
        venue.Refuse(Bid("bob", 0.049999m), Refusal.BidUnsuitable);
        venue.Accept(Bid("bob", 0.05m));
        decimal largest = AuctionQuote.Of(venue.State, venue.Index("alice"), 1m)!.LargestPart;
        venue.Accept(Bid("bob", decimal.Round(largest * 0.985m, 6)));
        AuctionQuote rest = AuctionQuote.Of(venue.State, venue.Index("alice"), 1m)!;
        rest.LargestPart.ShouldBeLessThan(0.05m);
        rest.LeastPart.ShouldBe(rest.LargestPart);
        venue.Refuse(Bid("bob", rest.LargestPart - 0.000001m), Refusal.BidUnsuitable);

        Outcome last = venue.Accept(Bid("bob", rest.LargestPart));
        last.Events.OfType<AuctionEnded>().ShouldHaveSingleItem().Ending.ShouldBe(AuctionEnding.Restored);
    }

    [Fact]
    public void The_largest_part_is_the_least_that_restores()
    {
        TestVenue venue = Auctioned(out _);
        venue.Rich("bob");
        AuctionQuote quote = AuctionQuote.Of(venue.State, venue.Index("alice"), 1m)!;
        quote.Part.ShouldBe(quote.LargestPart);
        quote.LargestPart.ShouldBeInRange(0.5m, 0.999999m);

        venue.Accept(Bid("bob", quote.LargestPart - 0.000001m)).Events.ShouldNotContain(e => e is AuctionEnded);
        venue.Verdict("alice").TargetHealth.ShouldBeInRange(-1, -1e-9);
    }

    [Fact]
    public void In_its_last_moment_an_auction_sells_and_at_its_end_no_more()
    {
        TestVenue venue = Auctioned(out Outcome opened);
        venue.Rich("bob");
        Instant ends = opened.Events.OfType<AuctionOpened>().Single().EndsAt;
        venue.DoAt(new Instant(ends.UnixMicroseconds - 1), Bid("bob", 0.05m)).Refusal.ShouldBe(Refusal.None);
        venue.DoAt(ends, Bid("bob", 0.05m)).Refusal.ShouldBe(Refusal.AuctionUnknown);
        venue.Pass(0).Events.OfType<AuctionEnded>().ShouldHaveSingleItem().Ending.ShouldBe(AuctionEnding.Unsold);
    }

    [Fact]
    public void Who_is_auctioned_himself_bids_for_nobody()
    {
        TestVenue venue = PhaseVenue.Open(Halting);
        venue.Long("alice", "20000", 10m);
        venue.Long("carol", "20000", 10m);
        venue.Prices(btc: 6250m, eth: 200m);
        venue.Phase("carol").ShouldBe(AccountPhase.Auctioned);
        venue.Refuse(Bid("carol", 0.1m), Refusal.AccountInAuction);
    }

    [Fact]
    public void What_is_held_by_two_persons_is_not_bid_for()
    {
        TestVenue venue = Auctioned(out _);
        venue.Rich("bob");
        venue.Do(new ProposeOverride(new AccountId("alice"), OverrideKind.HoldLiquidation, "he pays in", venue.Clock + TimeSpan.FromMinutes(5)), by: "anna").Refusal.ShouldBe(Refusal.None);
        venue.Do(new ConfirmOverride(1), by: "ben").Refusal.ShouldBe(Refusal.None);
        venue.Refuse(Bid("bob", 0.1m), Refusal.LiquidationHeld);
        venue.Pass(301);
        venue.Accept(Bid("bob", 0.1m));
    }

    [Fact]
    public void What_is_paused_is_not_bid_for()
    {
        TestVenue venue = Auctioned(out _, paused: new BreakerLine(new InstrumentId(PhaseVenue.Perpetual), null, new BandTerms(0.22m, 0), null, 60, 0, 60));
        venue.Rich("bob");
        venue.Prices(btc: 6230m, eth: 200m).Events.ShouldContain(e => e is BreakerTripped);
        venue.Refuse(Bid("bob", 0.1m), Refusal.LiquidationHeld);
        venue.Pass(61);
        venue.Accept(Bid("bob", 0.1m));
    }

    [Fact]
    public void No_more_goes_to_bidders_in_a_period_than_its_cap()
    {
        TestVenue venue = Auctioned(out _, phases => phases with { Caps = new PhaseCaps(Auction: 10_000m), PeriodSeconds = 3600, Auction = PhaseVenue.Auction with { Seconds = 7200 } });
        venue.Rich("bob");
        venue.Accept(Bid("bob", 0.1m)).Events.OfType<BidTaken>().Single().Notional.ShouldBe(6250, 1);
        venue.Refuse(Bid("bob", 0.1m), Refusal.LimitReached);
        venue.Accept(Bid("bob", 0.06m)).Events.OfType<BidTaken>().Single().Notional.ShouldBe(3375, 10);
        venue.Pass(3600);
        venue.Accept(Bid("bob", 0.1m));
    }

    [Fact]
    public void A_bidder_must_meet_the_initial_requirement_with_what_he_takes_and_not_only_maintenance()
    {
        TestVenue venue = Auctioned(out _);
        int refused = 0;
        for (int usdc = 100; usdc <= 2000; usdc += 50)
        {
            string name = $"b{usdc}";
            venue.Account(name);
            venue.Deposit(name, usdc.ToString(CultureInfo.InvariantCulture), "USDC");
            Outcome asked = venue.Do(Bid(name, 0.1m));
            if (asked.Refusal == Refusal.InitialMarginBreached)
            {
                refused++;
                continue;
            }

            asked.Refusal.ShouldBe(Refusal.None);
            refused.ShouldBeGreaterThan(10);
            venue.Verdict(name).InitialHealth.ShouldBeInRange(0, 50, "and the one with 50 less was refused");
            return;
        }

        Assert.Fail("nobody was rich enough");
    }

    [Fact]
    public void Who_may_hold_something_else_alone_bids_for_nothing()
    {
        TestVenue venue = Auctioned(out _);
        venue.Rich("bob");
        venue.Accept(new OpenIsolated(new AccountId("i1"), new AccountId("bob"), new InstrumentId("ETH_USDC-PERPETUAL"), new AssetId("USDC")));
        venue.Accept(new MoveCollateral(new AccountId("bob"), new AccountId("i1"), new AssetId("USDC"), "100000"));
        venue.Refuse(Bid("i1", 0.1m), Refusal.LimitReached);
    }

    [Fact]
    public void A_bid_that_the_books_have_no_room_for_is_refused()
    {
        TestVenue venue = Auctioned(out _);
        venue.Rich("bob");
        Amount room = new Amount(BookLimits.Most) - venue.State.Ledger.ControlTotal(Purse.Cash, venue.State.Asset(new AssetId("USDC")));
        venue.Deposit("bob", venue.State.Catalog[venue.State.Asset(new AssetId("USDC"))].Scale.Format(room), "USDC");
        venue.Refuse(Bid("bob", 0.1m), Refusal.AmountTooLarge);
    }

    [Fact]
    public void An_auction_is_not_over_before_the_target_is_met_though_maintenance_is()
    {
        TestVenue venue = Auctioned(out _);
        venue.Prices(btc: 6850m, eth: 200m).Events.ShouldNotContain(e => e is AuctionEnded);
        venue.Verdict("alice").MaintenanceHealth.ShouldBeGreaterThan(0);
        venue.Verdict("alice").TargetHealth.ShouldBeLessThan(0);
        venue.Phase("alice").ShouldBe(AccountPhase.Auctioned);
    }

    [Fact]
    public void Worth_exactly_nothing_is_taken_whole()
    {
        TestVenue venue = Auctioned(out _);
        Outcome turned = venue.Prices(btc: 6000m, eth: 200m);
        venue.Verdict("alice").Equity.ShouldBe(0);
        turned.Events.OfType<AuctionTurned>().ShouldHaveSingleItem().Form.ShouldBe(AuctionForm.Insolvent);
    }

    [Fact]
    public void The_taker_of_a_debt_is_paid_by_steps_from_when_it_turned_and_down_to_the_unit()
    {
        TestVenue venue = Auctioned(out Outcome opened);
        venue.Accept(new Endow(Fund.InsuranceFund, new AssetId("USDC"), "100000", Fund.Hot));
        venue.Rich("bob");
        venue.Pass(200);
        venue.Prices(btc: 5911.37m, eth: 200m).Events.OfType<AuctionTurned>().ShouldHaveSingleItem();
        Instant since = venue.State.Now;
        double length = (opened.Events.OfType<AuctionOpened>().Single().EndsAt.UnixMicroseconds - since.UnixMicroseconds) / 1e6;
        venue.Case("alice")!.Auction!.InsolventSince.ShouldBe(since);

        Amount first = Quoted(venue);
        Worth(venue, 0).ShouldBe(-first);
        venue.Pass(59);
        Quoted(venue).ShouldBe(first, "within a step nothing changes");
        venue.Pass(62);
        Worth(venue, 120 / length).ShouldBe(-Quoted(venue));
        Amount asked = Quoted(venue);
        venue.Accept(Bid("bob", 1m)).Events.OfType<BidTaken>().Single().Paid.ShouldBe(asked);

        // Paid is rounded down: the equity, and of the maintenance requirement the part of the time that has passed.
        static Amount Worth(TestVenue venue, double part)
        {
            (double equity, double maintenance) = (venue.Verdict("alice").Equity, venue.Verdict("alice").MaintenanceHealth);

            return new Amount((Int128)Math.Floor(-(equity + ((maintenance - equity) * part)) * 1e6));
        }
    }

    private static Amount Quoted(TestVenue venue) => AuctionQuote.Of(venue.State, venue.Index("alice"), 1m)!.Paid;

    private static string Usdc(Amount amount) => ((decimal)amount.Units / 1_000_000m).ToString(CultureInfo.InvariantCulture);

    private static TestVenue Auctioned(out Outcome outcome, Func<PhaseTerms, PhaseTerms>? change = null, BreakerLine? paused = null)
    {
        TestVenue venue = TestVenue.Open(rules => rules with
        {
            Phases = change is null ? Halting : change(Halting),
            Breakers = paused is null ? BreakerTerms.None : new BreakerTerms { Lines = [paused] },
        });
        venue.Long("alice", "20000", 10m);
        outcome = venue.Prices(btc: 6250m, eth: 200m);
        outcome.Events.ShouldContain(e => e is AuctionOpened);

        return venue;
    }

    private static Bid Bid(string bidder, decimal part) => new(new AccountId("alice"), new AccountId(bidder), part);
}
