using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Liquidation.Breakers;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;
using Plimsoll.Units.State;

namespace Plimsoll.Risk.Tests.Liquidation;

public class TradingBreakerTests
{
    private static readonly BreakerLine Line = new(
        null, AssetClass.Major, new BandTerms(0.2m, 86_400), new BandTerms(0.1m, 300), 60, 30, 120, new EscalationTerms(2m, 600, 150));

    [Fact]
    public void A_fall_below_the_band_of_the_last_minutes_pauses_and_says_why()
    {
        BreakerStep[] steps = Run((0, 100), (60, 99), (120, 89));

        BreakerStep trip = steps.ShouldHaveSingleItem();
        trip.Phase.ShouldBe(BreakerPhase.Paused);
        trip.Until.ShouldBe(At(180));
        trip.Reason.ShouldBe("89 lies 11 % below the highest price of the last 300 s, 100; the dynamic band is 10 %; paused for 60 s");
    }

    [Fact]
    public void A_slow_fall_passes_the_moving_band_and_meets_the_still_one()
    {
        (int, double)[] slow = [.. Enumerable.Range(0, 30).Select(i => (i * 100, 100.0 - i))];

        BreakerStep trip = Run(slow).First();

        trip.Broken!.Band.ShouldBe(BandKind.Static);
        trip.Price.ShouldBe(79);
        trip.Reason.ShouldBe("79 lies 21 % below the reference 100; the static band is 20 %; paused for 60 s");
    }

    [Fact]
    public void The_reference_is_renewed_to_the_last_price_of_the_day_before()
    {
        int day = 86_400;

        Run((day - 900, 100), (day - 500, 92), (day - 90, 85), (day + 300, 78), (day + 900, 71)).ShouldBeEmpty();
        Run((day - 900, 100), (day - 500, 92), (day - 90, 85), (day + 300, 78), (day + 900, 72), (day + 1800, 67)).ShouldHaveSingleItem().Reference.ShouldBe(85);
    }

    [Fact]
    public void It_pauses_gathers_reopens_and_is_open_for_its_least_time()
    {
        BreakerStep[] steps = Run((0, 100), (10, 85), (500, 84), (501, 70));

        steps.Select(step => step.Phase).ShouldBe([BreakerPhase.Paused, BreakerPhase.Batch, BreakerPhase.Reopened, BreakerPhase.Paused]);
        steps[1].At.ShouldBe(At(70));
        steps[2].At.ShouldBe(At(100));
        steps[2].Reference.ShouldBe(85);
        steps[2].Until.ShouldBe(At(220));
    }

    [Fact]
    public void Nothing_trips_in_the_least_time_open_whatever_the_prices_do()
    {
        (int, double)[] wild = [(0, 100), (10, 85), .. Enumerable.Range(100, 120).Select(i => (i, i % 2 == 0 ? 50.0 : 150.0))];

        Run(wild).Count(step => step.Phase == BreakerPhase.Paused).ShouldBe(1);
    }

    [Fact]
    public void Further_trips_of_a_row_pause_longer_up_to_the_most_and_a_quiet_time_ends_the_row()
    {
        (int, double)[] flapping = [.. Enumerable.Range(0, 3000).Select(i => (i, i / 10 % 2 == 0 ? 100.0 : 80.0))];

        BreakerStep[] trips = [.. Run(flapping).Where(step => step.Phase == BreakerPhase.Paused)];

        trips.Take(4).Select(step => step.Level).ShouldBe([1, 2, 3, 4]);
        trips.Take(4).Select(step => (step.Until - step.At).TotalSeconds).ShouldBe([60, 120, 150, 150]);
        Run([.. flapping, (8000, 80), (8010, 100)]).Last().Level.ShouldBe(1);
    }

    [Fact]
    public void However_the_price_flaps_trips_lie_a_pause_a_batch_and_the_least_time_open_apart()
    {
        for (ulong seed = 1; seed <= 50; seed++)
        {
            var chance = new Chance(seed);
            int at = 0;
            (int, double)[] path = [.. Enumerable.Range(0, 2000).Select(_ => (at += chance.Below(20), chance.Between(50, 150)))];

            BreakerStep[] trips = [.. Run(path).Where(step => step.Phase == BreakerPhase.Paused)];

            for (int i = 1; i < trips.Length; i++)
                (trips[i].At - trips[i - 1].Until).TotalSeconds.ShouldBeGreaterThanOrEqualTo(150, $"seed {seed}");
        }
    }

    [Fact]
    public void What_is_no_price_changes_nothing()
    {
        Run((0, 100), (1, 0), (2, -5), (3, double.NaN), (4, double.PositiveInfinity), (5, 100)).ShouldBeEmpty();
    }

    [Fact]
    public void Written_and_read_it_goes_on_as_if_nothing_had_been()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var chance = new Chance(seed);
            var breaker = new TradingBreaker();
            var twin = new TradingBreaker();
            for (int i = 0; i < 300; i++)
            {
                double price = chance.Between(80, 120);
                Step(breaker, i * 7, price);
                Step(twin, i * 7, price);
                if (i % 50 == 25) twin = Copy(twin);
                Bytes(twin).ShouldBe(Bytes(breaker), $"seed {seed}");
            }
        }
    }

    [Fact]
    public void A_steady_fall_keeps_a_bounded_past()
    {
        var band = new DynamicBand(0.5, 1_000_000_000);
        for (int i = 0; i < 10_000; i++) band.Trips(new Instant(i), 100_000 - i).ShouldBe(false);

        band.Highest.ShouldBe(100_000);
        using StateWriter writer = StateWriter.ToMemory();
        band.Write(writer);
        writer.Length.ShouldBeLessThan(17 * DynamicBand.MostKept);
    }

    [Theory]
    [InlineData("\"width\":0.2", "\"width\":1", "static.width")]
    [InlineData("\"seconds\":300", "\"seconds\":0", "dynamic.seconds")]
    [InlineData("\"pauseSeconds\":60", "\"pauseSeconds\":0", "pauseSeconds")]
    [InlineData("\"openSeconds\":120", "\"openSeconds\":0", "for ever")]
    [InlineData("\"factor\":2,\"seconds\":600", "\"factor\":0.5,\"seconds\":600", "escalation.factor")]
    [InlineData("\"mostSeconds\":150", "\"mostSeconds\":59", "escalation.mostSeconds")]
    [InlineData("\"class\":\"major\",\"static\"", "\"class\":\"major\",\"instrument\":\"BTC-PERPETUAL\",\"static\"", "either an instrument or a class")]
    [InlineData("\"periodSeconds\":60", "\"periodSeconds\":0", "throttles.periodSeconds")]
    [InlineData("\"liquidation\":1000", "\"liquidation\":0", "throttles.liquidation")]
    [InlineData("\"coverage\":0.9", "\"coverage\":1.1", "venue.coverage")]
    [InlineData("\"coverage\":0.9", "\"cover\":1", "venue")]
    public void Terms_that_contradict_themselves_are_refused_naming_the_field(string good, string bad, string named)
    {
        string json = System.Text.Encoding.UTF8.GetString(WithBreakers().ToJson());
        json.ShouldContain(good);

        Should.Throw<InputException>(() => RiskParameters.FromJson(json.Replace(good, bad, StringComparison.Ordinal))).Message.ShouldContain(named);
    }

    [Fact]
    public void The_section_is_canonical_and_absent_where_it_says_nothing()
    {
        byte[] once = WithBreakers().ToJson();

        RiskParameters.FromJson(once).ToJson().ShouldBe(once);
        System.Text.Encoding.UTF8.GetString((WithBreakers() with { Breakers = new BreakerTerms() }).ToJson()).ShouldNotContain("breakers");
    }

    private static RiskParameters WithBreakers() => new TestVenue().Model.Parameters with
    {
        Breakers = new BreakerTerms { Lines = [Line], Throttles = new ThrottleTerms(60, 1000.0m, null), Venue = new VenueBreakerTerms(0.90m, null, null, 60, 60) },
    };

    private static void Step(TradingBreaker breaker, int second, double price)
    {
        Instant at = At(second);
        if (breaker.IsHeld && breaker.Until <= at)
        {
            if (breaker.Phase == BreakerPhase.Paused) breaker.OpenBatch(at + TimeSpan.FromSeconds(30), "batch");
            else breaker.Reopen(Line, at, breaker.Price, at + TimeSpan.FromSeconds(120), "open");
        }

        breaker.See(Line, at, price);
        if (breaker.Asks(Line, at) is { } asked) breaker.Pause(asked.Until, asked.Level, asked.Reason);
    }

    private static TradingBreaker Copy(TradingBreaker breaker) => TradingBreaker.Read(new StateReader(Bytes(breaker)), Line);

    private static byte[] Bytes(TradingBreaker breaker)
    {
        using StateWriter writer = StateWriter.ToMemory();
        breaker.Write(writer);

        return writer.ToArray();
    }

    private static BreakerStep[] Run(params (int Second, double Price)[] path) => [.. BreakerRun.Over(Line, path.Select(point => (At(point.Second), point.Price)))];

    private static Instant At(int second) => Instant.Utc(2020, 3, 12) + TimeSpan.FromSeconds(second);
}
