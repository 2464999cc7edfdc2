using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Liquidation.Breakers;
using Plimsoll.Risk.Liquidation.Deleveraging;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Units;
using Shouldly;

namespace Plimsoll.Risk.Tests.Liquidation;

/// <summary>What lies exactly on a line, and which way a tie falls.</summary>
public sealed class LiquidationEdgeTests
{
    private static readonly AuctionPhaseTerms Auction = new(new AssetId("USDC"), 0.02m, 0.30m, 600, 60, 0.05m);

    [Fact]
    public void An_auction_steps_at_whole_steps_and_the_last_of_them_asks_the_end_discount()
    {
        AuctionClock.DiscountAt(Auction, 0).ShouldBe(0.02m);
        AuctionClock.DiscountAt(Auction, Seconds(60) - 1).ShouldBe(0.02m);
        AuctionClock.DiscountAt(Auction, Seconds(60)).ShouldBe(0.02m + (0.28m / 9));
        AuctionClock.DiscountAt(Auction, Seconds(540) - 1).ShouldBe(0.02m + (0.28m * 8 / 9));
        AuctionClock.DiscountAt(Auction, Seconds(540)).ShouldBe(0.30m);
        AuctionClock.DiscountAt(Auction, Seconds(6000)).ShouldBe(0.30m);
        AuctionClock.NextStep(Auction, 0).ShouldBe(Seconds(60));
        AuctionClock.NextStep(Auction, Seconds(60)).ShouldBe(Seconds(120));
        AuctionClock.NextStep(Auction, Seconds(539)).ShouldBe(Seconds(540));
        AuctionClock.NextStep(Auction, Seconds(540)).ShouldBeNull("at 600 it is over");
        AuctionClock.DiscountAt(Auction with { StepSeconds = 600 }, Seconds(599)).ShouldBe(0.02m, "of one step there is no second");
        AuctionClock.DiscountAt(Auction with { StepSeconds = 70 }, Seconds(560)).ShouldBe(0.30m, "the ninth step is the last, and shorter");
    }

    [Fact]
    public void On_the_bound_selling_makes_it_worse_already()
    {
        new SpiralReading(0.9, 0.9).IsBeyond.ShouldBeTrue();
        new SpiralReading(0.899_999, 0.9).IsBeyond.ShouldBeFalse();
    }

    [Fact]
    public void A_position_half_of_which_is_covered_is_hedged_and_one_less_is_not()
    {
        One(1, 10, exposure: 500).IsHedged.ShouldBeTrue();
        One(1, 10, exposure: 500.001).IsHedged.ShouldBeFalse();
    }

    [Fact]
    public void Scores_are_those_of_the_venues_for_winners_losers_and_shorts()
    {
        AdlCandidate winner = One(1, 10, profit: 200), loser = One(2, 10, profit: -200), bare = One(3, 10, profit: -200, equity: 0);
        AdlQueue.Scores(DeleveragingPolicy.BitMex, [winner, loser, bare]).ShouldBe([0.2 * 2, -0.2 / 2, 0]);
        AdlCandidate shorted = One(4, 10) with { Side = -1, MarkToEntry = 0.8 };
        AdlQueue.Scores(DeleveragingPolicy.Hyperliquid, [shorted, shorted with { Side = 1 }]).ShouldBe([1.25 * 2, 0.8 * 2]);
    }

    [Fact]
    public void Of_many_equals_the_older_is_asked_first()
    {
        AdlCandidate[] crowd = [.. Enumerable.Range(0, 200).Select(i => One(i, 10, profit: i % 3))];
        int[] order = AdlQueue.Order(AdlQueue.Scores(DeleveragingPolicy.BitMex, crowd), crowd, spareHedged: false);
        order.ShouldBe(Enumerable.Range(0, 200).OrderByDescending(i => i % 3).ThenBy(i => i));
    }

    [Fact]
    public void A_price_on_the_band_trips_nothing_and_beyond_it_does()
    {
        var band = new DynamicBand(0.25, 60_000_000);
        band.Trips(new Instant(0), 100).ShouldBeFalse();
        band.Trips(new Instant(1), 75).ShouldBeFalse("100 less a quarter");
        var second = new DynamicBand(0.25, 60_000_000);
        second.Trips(new Instant(0), 100).ShouldBeFalse();
        second.Trips(new Instant(1), 74.999).ShouldBeTrue();
        var rising = new DynamicBand(0.25, 60_000_000);
        rising.Trips(new Instant(0), 100).ShouldBeFalse();
        rising.Trips(new Instant(1), 125).ShouldBeFalse();
    }

    [Fact]
    public void A_trip_at_the_end_of_the_time_of_a_row_still_belongs_to_it_and_the_least_time_open_ends_at_its_end()
    {
        BreakerLine line = new(new InstrumentId("X"), null, new BandTerms(0.1m, 0), null, 60, 0, 30, new EscalationTerms(2m, 600, 200));
        TradingBreaker breaker = Reopened(line);
        breaker.PhaseAt(new Instant(Seconds(130) - 1)).ShouldBe(BreakerPhase.Reopened);
        breaker.PhaseAt(new Instant(Seconds(130))).ShouldBe(BreakerPhase.Trading);
        breaker.See(line, new Instant(Seconds(700)), 50);
        breaker.Asks(line, new Instant(Seconds(700))).ShouldNotBeNull().Level.ShouldBe(2, "600 s after it was traded again");
        TradingBreaker later = Reopened(line);
        later.See(line, new Instant(Seconds(701)), 50);
        later.Asks(line, new Instant(Seconds(701))).ShouldNotBeNull().Level.ShouldBe(1);
    }

    private static TradingBreaker Reopened(BreakerLine line)
    {
        var breaker = new TradingBreaker();
        breaker.See(line, new Instant(0), 100);
        breaker.See(line, new Instant(Seconds(40)), 80);
        PauseAsked asked = breaker.Asks(line, new Instant(Seconds(40))).ShouldNotBeNull();
        breaker.Pause(asked.Until, asked.Level, asked.Reason);
        breaker.Reopen(line, new Instant(Seconds(100)), 80, new Instant(Seconds(130)), "open");

        return breaker;
    }

    private static long Seconds(long seconds) => 1_000_000 * seconds;

    /// <summary>A long of so many lots worth 1000 together, on an equity of 500.</summary>
    private static AdlCandidate One(int account, long lots, double profit = 0, double equity = 500, double exposure = 1000) =>
        new(new AccountIndex(account), lots, 1, 1000, profit, 1000, 1, equity, 1000, exposure);
}
