using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Journal;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Risk.Exposure;
using Plimsoll.Risk.Limits;
using Plimsoll.Risk.Liquidation.Breakers;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests;

public sealed class BreakerTests
{
    private const string Perpetual = "BTC_USDC-PERPETUAL";
    private const string Other = "ETH_USDC-PERPETUAL";

    private static readonly BreakerLine Line = new(
        new InstrumentId(Perpetual), null, null, new BandTerms(0.1m, 300), PauseSeconds: 60, AuctionSeconds: 30, OpenSeconds: 120, new EscalationTerms(2m, 600, 200));

    [Fact]
    public void A_price_outside_the_band_is_taken_and_pauses_the_instrument_with_a_reason()
    {
        TestVenue venue = Paused(out Outcome crash);

        BreakerTripped trip = crash.Events.OfType<BreakerTripped>().ShouldHaveSingleItem();
        trip.Reason.ShouldStartWith("6800 lies 15 % below the highest price of the last 300 s, 8000; the dynamic band is 10 %; paused for 60 s");
        trip.Until.ShouldBe(crash.At + TimeSpan.FromSeconds(60));
        crash.Events[0].ShouldBeOfType<PricesMoved>();
        venue.State.Market.PriceOf(venue.State.Asset(new AssetId("BTC"))).ShouldBe(6800);
        venue.State.Breakers.Allows(Index(venue, Perpetual)).ShouldBeFalse();
        venue.State.Breakers.Allows(Index(venue, Other)).ShouldBeTrue();
        venue.State.NextDue.ShouldBe(trip.Until);
    }

    [Fact]
    public void In_a_pause_nothing_opens_and_nothing_is_filled_and_what_helps_is_always_possible()
    {
        TestVenue venue = Paused(out _);

        venue.Do(new ReportFill(new AccountId("bob"), new AccountId("carl"), new InstrumentId(Perpetual), 0.1m, 6800m)).Refusal.ShouldBe(Refusal.TradingPaused);
        venue.Do(Order("carl", "o1", 1m, 6800m)).Refusal.ShouldBe(Refusal.TradingPaused);
        Outcome opening = venue.Do(Order("alice", "o2", 0.5m, 6800m));
        opening.Refusal.ShouldBe(Refusal.TradingPaused);
        opening.Detail!.ShouldContain("BTC_USDC-PERPETUAL is paused until");
        venue.Accept(Order("alice", "o3", -0.6m, 6900m));
        venue.Do(Order("alice", "o4", -0.5m, 6900m)).Refusal.ShouldBe(Refusal.TradingPaused);
        venue.Accept(Order("alice", "o5", -0.4m, 6900m));
        venue.Accept(new CancelOrder(new AccountId("alice"), new CommandId("o3")));
        venue.Deposit("alice", "10", "USDC");
        venue.Accept(new Withdraw(new AccountId("carl"), new AssetId("USDC"), "10"));
        venue.Fill("bob", "carl", Other, 1m, 200m);
    }

    [Fact]
    public void A_liquidation_in_a_paused_instrument_waits_and_follows_when_it_is_traded_again()
    {
        TestVenue venue = Paused(out Outcome crash);
        crash.Events.OfType<PositionLiquidated>().ShouldBeEmpty();
        venue.Prices(btc: 6_500m, eth: 200m).Events.OfType<PositionLiquidated>().ShouldBeEmpty();
        venue.Verdict("alice").IsLiquidatable.ShouldBeTrue();

        Pass(venue).Events.ShouldHaveSingleItem().ShouldBeOfType<BatchOpened>();
        Outcome open = Pass(venue);

        open.Events.OfType<Reopened>().ShouldHaveSingleItem().Reference.ShouldBe(6500);
        open.Events.OfType<PositionLiquidated>().ShouldNotBeEmpty();
        venue.State.Breakers.PhaseOf(Index(venue, Perpetual)).ShouldBe(BreakerPhase.Reopened);
        venue.State.NextDue.ShouldBeNull();
    }

    [Fact]
    public void Orders_that_gathered_cross_at_one_price_by_the_path_of_every_fill()
    {
        TestVenue venue = Paused(out _);
        venue.Accept(Order("alice", "sell", -1m, 6_790m));
        Pass(venue);
        venue.Accept(Order("carl", "buy", 0.4m, 6_900m));
        venue.Accept(Order("bob", "buy", 0.3m, 6_795m));
        venue.Do(new ReportFill(new AccountId("bob"), new AccountId("carl"), new InstrumentId(Perpetual), 0.1m, 6800m)).Refusal.ShouldBe(Refusal.TradingPaused);

        Outcome open = Pass(venue);

        open.Events.OfType<Filled>().Select(f => (f.Buyer.Value, f.Lots.Count, f.Price.Value, f.Source)).ShouldBe([("carl", 400L, 6_795m, FillSource.Batch), ("bob", 300L, 6_795m, (FillSource?)FillSource.Batch)]);
        Reopened reopened = open.Events.OfType<Reopened>().ShouldHaveSingleItem();
        reopened.Price.ShouldBe(6_795m);
        reopened.Lots.Count.ShouldBe(700);
        reopened.Reference.ShouldBe(6_795);
        reopened.Reason.ShouldBe("700 lots crossed at 6795; the bands lie around 6795 from now on");
        venue.LotsOf("alice", Perpetual).ShouldBe(300);
        venue.State.Orders.Of(venue.Index("alice")).ShouldHaveSingleItem().Lots.Count.ShouldBe(-300);
    }

    [Fact]
    public void A_pair_of_odd_orders_does_not_move_the_bands()
    {
        TestVenue venue = Paused(out _);
        Pass(venue);
        venue.Accept(Order("carl", "buy", 0.001m, 3_000m));
        venue.Accept(Order("bob", "sell", -0.001m, 3_000m));

        Reopened open = Pass(venue).Events.OfType<Reopened>().ShouldHaveSingleItem();

        open.Price.ShouldBe(3_000m);
        open.Reference.ShouldBe(6_800);
    }

    [Fact]
    public void A_batch_fill_that_a_limit_refuses_does_not_happen_and_its_orders_stand()
    {
        TestVenue venue = Paused(out _);
        venue.Account("dora");
        venue.Deposit("dora", "1000", "USDC");
        Pass(venue);
        venue.Accept(Order("dora", "buy", 0.5m, 6_800m));
        venue.Accept(Order("carl", "sell", -0.5m, 6_800m));
        venue.Accept(new SetLimit(new LimitId("small"), LimitScope.Account, Measured.Notional, "dora", true, null, null, null, 10));

        Outcome open = Pass(venue);

        open.Events.OfType<Filled>().ShouldBeEmpty();
        open.Events.OfType<Reopened>().ShouldHaveSingleItem().Price.ShouldBeNull();
        venue.State.Orders.Count(venue.Index("carl")).ShouldBe(1);
    }

    /// <summary>Fault test: a feed that flaps over the band every second, and a clock that is asked whenever something is due.</summary>
    [Fact]
    public void A_price_that_flaps_for_an_hour_trips_ever_more_rarely_and_every_pause_ends()
    {
        TestVenue venue = Guarded(Line);
        var trips = new List<(Instant At, Instant Until)>();
        int reopened = 0;
        for (int i = 0; i < 3600; i++)
        {
            if (venue.State.NextDue is { } due && due <= venue.Clock + TimeSpan.FromSeconds(1)) Note(venue.DoAt(due > venue.Clock ? due : venue.Clock, new PassTime()));
            venue.State.NextDue?.ShouldBeGreaterThan(venue.State.Now);
            Note(venue.Prices(btc: i % 2 == 0 ? 8000m : 7000m, eth: 200m));
        }

        trips.Count.ShouldBeInRange(8, 20);
        reopened.ShouldBeInRange(trips.Count - 1, trips.Count);
        for (int i = 1; i < trips.Count; i++) (trips[i].At - trips[i - 1].Until).TotalSeconds.ShouldBeGreaterThanOrEqualTo(150);
        trips.Max(trip => (trip.Until - trip.At).TotalSeconds).ShouldBe(200);

        void Note(Outcome outcome)
        {
            trips.AddRange(outcome.Events.OfType<BreakerTripped>().Select(trip => (outcome.At, trip.Until)));
            reopened += outcome.Events.OfType<Reopened>().Count();
        }
    }

    [Fact]
    public void Replay_verification_and_a_snapshot_in_the_middle_of_a_pause_lead_to_the_same_venue()
    {
        TestVenue venue = Paused(out _);
        venue.Accept(Order("alice", "sell", -1m, 6_700m));
        SnapshotRecord middle = Snapshots.Take(venue.Kernel);
        int at = venue.Journal.Count;
        venue.Prices(btc: 6_600m, eth: 200m);
        Pass(venue);
        venue.Accept(Order("carl", "buy", 0.4m, 6_900m));
        Pass(venue);
        venue.Clock += TimeSpan.FromMinutes(5);
        venue.Prices(btc: 6_000m, eth: 200m);
        venue.Prices(btc: 5_000m, eth: 200m).Events.OfType<BreakerTripped>().ShouldHaveSingleItem().Level.ShouldBe(2);

        var replayed = new VenueKernel();
        var verified = new VenueKernel();
        VenueKernel restored = Snapshots.Restore(middle);
        foreach (JournalEntry entry in venue.Journal)
        {
            replayed.Replay(entry);
            verified.Verify(entry);
        }

        foreach (JournalEntry entry in venue.Journal.Skip(at)) restored.Verify(entry);

        foreach (VenueKernel kernel in (VenueKernel[])[replayed, verified, restored]) Snapshots.HashOf(kernel.State).ShouldBe(Snapshots.HashOf(venue.State));
        Snapshots.HashOf(Snapshots.Restore(Snapshots.Take(venue.Kernel)).State).ShouldBe(Snapshots.HashOf(venue.State));
    }

    [Fact]
    public void A_rulebook_without_the_line_reopens_at_once()
    {
        TestVenue venue = Paused(out _);

        Outcome set = venue.Accept(new SetParameters(venue.State.Parameters! with { Breakers = BreakerTerms.None }));

        set.Events.OfType<Reopened>().ShouldHaveSingleItem().Reason.ShouldBe("the rulebook has no breaker for it any more");
        venue.State.Breakers.All.ShouldBeEmpty();
        venue.State.NextDue.ShouldBeNull();
        Snapshots.HashOf(Snapshots.Restore(Snapshots.Take(venue.Kernel)).State).ShouldBe(Snapshots.HashOf(venue.State));
    }

    [Fact]
    public void What_is_liquidated_beyond_the_throttle_waits_for_the_next_period()
    {
        TestVenue venue = Guarded(null, new BreakerTerms { Throttles = new ThrottleTerms(60, 1_000m, null) });
        foreach (string name in (string[])["alice", "anna"])
        {
            venue.Account(name);
            venue.Deposit(name, "2000", "USDC");
            venue.Fill(name, "bob", Perpetual, 1m, 8000m);
        }

        venue.Clock = Instant.Utc(2020, 3, 12);
        Outcome crash = venue.Prices(btc: 6_600m, eth: 200m);
        crash.Events.OfType<PositionLiquidated>().Select(e => e.Account.Value).Distinct().ShouldHaveSingleItem();
        venue.State.Breakers.LiquidationRoom.ShouldBe(0);
        venue.State.NextDue.ShouldBe(Instant.Utc(2020, 3, 12) + TimeSpan.FromMinutes(1));

        Outcome next = Pass(venue);

        next.Events.OfType<ThrottleLifted>().ShouldHaveSingleItem().Liquidated.ShouldBeGreaterThan(0);
        next.Events.OfType<PositionLiquidated>().ShouldNotBeEmpty();
        Verified(venue);
    }

    [Fact]
    public void A_venue_whose_fund_is_depleted_stands_still_then_only_reduces_and_goes_on_when_it_is_filled_up()
    {
        TestVenue venue = Guarded(null, new BreakerTerms { Venue = new VenueBreakerTerms(null, 0.5m, null, 60, 600) });
        venue.Fill("carl", "bob", Perpetual, 1m, 8000m);
        venue.Accept(new Endow(Fund.InsuranceFund, new AssetId("USDC"), "1000", Fund.Cold));
        venue.Prices(btc: 8000m, eth: 200m);
        Outcome drained = venue.Accept(new MoveCapital(new AssetId("USDC"), "600", Fund.InsuranceFund, Fund.OwnFunds));

        drained.Events.OfType<VenueHalted>().ShouldHaveSingleItem().Reason.ShouldBe("the insurance funds are worth 400, 40 % of the most they were, 1000; the least is 50 %");
        venue.Do(new ReportFill(new AccountId("bob"), new AccountId("carl"), new InstrumentId(Perpetual), 0.1m, 8000m)).Refusal.ShouldBe(Refusal.VenueHalted);
        venue.Do(Order("bob", "o1", -0.1m, 8000m)).Refusal.ShouldBe(Refusal.VenueHalted);
        venue.Do(new Borrow(new AccountId("bob"), new AssetId("USDC"), "1")).Refusal.ShouldBe(Refusal.VenueHalted);
        venue.Accept(new Withdraw(new AccountId("bob"), new AssetId("USDC"), "1"));
        Pass(venue).Events.OfType<HaltEased>().ShouldHaveSingleItem();
        venue.Fill("bob", "carl", Perpetual, 0.1m, 8000m);
        venue.Do(new ReportFill(new AccountId("carl"), new AccountId("bob"), new InstrumentId(Perpetual), 0.1m, 8000m)).Refusal.ShouldBe(Refusal.VenueHalted);

        Outcome filled = venue.Accept(new Endow(Fund.InsuranceFund, new AssetId("USDC"), "200", Fund.Cold));

        filled.Events.OfType<VenueResumed>().ShouldHaveSingleItem().Reason.ShouldBe("the insurance funds are worth 600");
        venue.Fill("carl", "bob", Perpetual, 0.1m, 8000m);
        venue.Accept(new MoveCapital(new AssetId("USDC"), "500", Fund.InsuranceFund, Fund.OwnFunds)).Events.OfType<VenueHalted>().ShouldBeEmpty();
        Verified(venue);
    }

    [Fact]
    public void A_venue_that_covers_too_little_lets_nobody_leave_first()
    {
        TestVenue venue = Guarded(null, new BreakerTerms { Venue = new VenueBreakerTerms(1m, null, null, 60, 600) });
        venue.Accept(new Endow(Fund.OwnFunds, new AssetId("USDC"), "1000", Fund.Cold));
        venue.State.Breakers.Venue.Coverage.ShouldBeGreaterThan(1);
        venue.State.Breakers.Venue.IsHalted.ShouldBeFalse();
        venue.Accept(new MoveCapital(new AssetId("USDC"), "1000", Fund.OwnFunds, Fund.Fees));
        venue.Account("dora");
        venue.Deposit("dora", "2000", "USDC");
        venue.Accept(new Borrow(new AccountId("dora"), new AssetId("BTC"), "0.1"));
        venue.Accept(new Withdraw(new AccountId("dora"), new AssetId("BTC"), "0.1"));

        Outcome crash = venue.Prices(btc: 800_000m, eth: 200m);

        crash.Events.OfType<LossBorne>().ShouldNotBeEmpty();
        VenueHalted halted = crash.Events.OfType<VenueHalted>().ShouldHaveSingleItem();
        (halted.Cause, halted.Figure < 1).ShouldBe((HaltCause.Coverage, true));
        venue.Do(new Withdraw(new AccountId("bob"), new AssetId("USDC"), "1")).Refusal.ShouldBe(Refusal.VenueHalted);
        venue.Deposit("bob", "1", "USDC");
        Pass(venue);
        venue.Do(new Withdraw(new AccountId("bob"), new AssetId("USDC"), "1")).Refusal.ShouldBe(Refusal.VenueHalted);
        venue.Accept(new Endow(Fund.OwnFunds, new AssetId("USDC"), "1000000", Fund.Cold)).Events.OfType<VenueResumed>().ShouldHaveSingleItem();
        venue.Accept(new Withdraw(new AccountId("bob"), new AssetId("USDC"), "1"));
    }

    [Fact]
    public void A_feed_that_repeats_itself_trips_nothing()
    {
        TestVenue venue = Guarded(Line);

        for (int i = 0; i < 20; i++) venue.Prices(btc: 8000m, eth: 200m).Events.OfType<BreakerTripped>().ShouldBeEmpty();
    }

    private static TestVenue Guarded(BreakerLine? line, BreakerTerms? terms = null)
    {
        TestVenue venue = TestVenue.Open(rules => rules with { Breakers = terms ?? new BreakerTerms { Lines = [line!] } });
        venue.Rich("bob");
        venue.Rich("carl");

        return venue;
    }

    /// <summary>Alice is long one bitcoin from 8,000 and bitcoin has just fallen to 6,800.</summary>
    private static TestVenue Paused(out Outcome crash)
    {
        TestVenue venue = Guarded(Line);
        venue.Account("alice");
        venue.Deposit("alice", "2000", "USDC");
        venue.Fill("alice", "bob", Perpetual, 1m, 8000m);
        crash = venue.Prices(btc: 6_800m, eth: 200m);

        return venue;
    }

    private static Outcome Pass(TestVenue venue) => venue.DoAt(venue.State.NextDue!.Value, new PassTime());

    private static void Verified(TestVenue venue)
    {
        var verified = new VenueKernel();
        foreach (JournalEntry entry in venue.Journal) verified.Verify(entry);
        Snapshots.HashOf(Snapshots.Restore(Snapshots.Take(venue.Kernel)).State).ShouldBe(Snapshots.HashOf(venue.State));
    }

    private static PlaceOrder Order(string account, string id, decimal size, decimal price) =>
        new(new AccountId(account), new CommandId(id), new InstrumentId(Perpetual), size, price);

    private static InstrumentIndex Index(TestVenue venue, string name) => venue.State.Instrument(new InstrumentId(name));
}
