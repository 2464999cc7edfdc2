using Plimsoll.Ledger.Accounts;
using Plimsoll.Treasury.Attestation;
using Plimsoll.Treasury.Matching;
using Plimsoll.Units;
using static Plimsoll.Treasury.Tests.Matching.Venue;

namespace Plimsoll.Treasury.Tests.Matching;

public sealed class AssetCoverageTests
{
    [Fact]
    public void The_ladder_of_a_Friday_evening_waits_for_Monday_morning_at_the_bank()
    {
        AssetCoverage usd = Measure(1000, StressedRun.Basel, FridayEvening, (Fund.Hot, 50), (Fund.Cold, 100), (Fund.Staked, 200), (Fund.Lent, 150), (Fund.Bank, 520));

        // Hot now; cold after 24 h; the bank on Monday 08:00, 61 h on; lent after 72 h; staked after 168 h.
        usd.Hourly.Select(rung => (rung.Hours, (long)rung.Available.Units / 100)).ShouldBe(
            [(0, 50), (1, 50), (4, 50), (24, 150), (72, 820), (168, 1020), (336, 1020)]);
        usd.Hourly[3].Coverage.ShouldBe(0.15);
        usd.Coverage.ShouldBe(1.02);
        usd.Holdings.ShouldBe(Whole(1020));
        usd.ByPlace.Select(place => place.Place).ShouldBe([Fund.Hot, Fund.Cold, Fund.Staked, Fund.Lent, Fund.Bank]);
        usd.ByPlace[4].AvailableAt.ShouldBe(Instant.Utc(2025, 2, 3, 8));
    }

    [Fact]
    public void The_same_books_two_hours_earlier_have_the_bank_at_once()
    {
        AssetCoverage usd = Measure(1000, StressedRun.Basel, Instant.Utc(2025, 1, 31, 17), (Fund.Hot, 50), (Fund.Bank, 520));

        usd.Hourly[0].Available.ShouldBe(Whole(570));
    }

    [Fact]
    public void Survival_is_the_exact_moment_at_which_the_run_asks_for_more()
    {
        // The published case surv-02: hot 100, run of 50 % a day on 1000: dry at 0.2 days.
        Measure(1000, HalfInADay, FridayEvening, (Fund.Hot, 100), (Fund.Cold, 800)).SurvivalHours.ShouldBe(4.8);
        // One second of this run asks for 500/86400 of a unit: 1 unit is 172.8 s.
        Measure(1000, HalfInADay, FridayEvening, (Fund.Hot, 1)).SurvivalHours.ShouldBe(172.8 / 3600);
    }

    [Fact]
    public void Coins_that_arrive_when_they_are_needed_are_in_time()
    {
        // The run has asked for exactly 500 when the cold coins come, at 24 h; afterwards it stops.
        Measure(1000, HalfInADay, FridayEvening, (Fund.Hot, 500)).SurvivalHours.ShouldBeNull();
        var goesOn = new StressedRun("half a day, all in two", [new(24, 0.5m), new(48, 1m)]);
        Measure(1000, goesOn, FridayEvening, (Fund.Hot, 500), (Fund.Cold, 1)).SurvivalHours.ShouldBe(24 + 0.048);
        Measure(1000, goesOn, FridayEvening, (Fund.Hot, 499), (Fund.Cold, 501)).SurvivalHours.ShouldBe(23.952);
        Measure(1000, goesOn, FridayEvening, (Fund.Hot, 500), (Fund.Cold, 500)).SurvivalHours.ShouldBeNull();
    }

    [Fact]
    public void A_venue_covered_twice_can_still_die_over_a_weekend()
    {
        AssetCoverage usd = Measure(1000, StressedRun.Ftx2022, FridayEvening, (Fund.Hot, 100), (Fund.Bank, 1900));

        usd.Coverage.ShouldBe(2.0);
        // 25 % in 24 h is 250/24 an hour: 100 last 9.6 hours.
        usd.SurvivalHours.ShouldBe(9.6);
        Measure(1000, StressedRun.Ftx2022, Instant.Utc(2025, 1, 31, 17), (Fund.Hot, 100), (Fund.Bank, 1900)).SurvivalHours.ShouldBeNull();
    }

    [Fact]
    public void A_corner_of_the_run_changes_its_speed()
    {
        // FTX: 250 by 24 h, then 46 in the next day: the 23 beyond 250 last 12 hours more.
        Measure(1000, StressedRun.Ftx2022, FridayEvening, (Fund.Hot, 273)).SurvivalHours.ShouldBe(36);
    }

    [Fact]
    public void Nothing_held_is_dry_at_once_and_nothing_claimed_never()
    {
        Measure(1000, HalfInADay, FridayEvening).SurvivalHours.ShouldBe(0);
        AssetCoverage unclaimed = Measure(0, HalfInADay, FridayEvening, (Fund.Hot, 5));
        (unclaimed.SurvivalHours, unclaimed.Coverage, unclaimed.Hourly[0].Coverage).ShouldBe((null, null, null));
    }

    [Fact]
    public void A_place_that_is_overdrawn_is_owed_for_at_once()
    {
        AssetCoverage usd = Measure(1000, HalfInADay, FridayEvening, (Fund.Hot, 100), (Fund.Bank, -40));

        usd.Hourly[0].Available.ShouldBe(Whole(60));
        usd.Holdings.ShouldBe(Whole(60));
        usd.SurvivalHours.ShouldBe(2.88);
    }

    [Fact]
    public void The_exact_answer_agrees_with_walking_through_time_minute_by_minute() => Seeded.Holds(200, chance =>
    {
        (int first, int second) = (1 + chance.Below(48), 50 + chance.Below(200));
        decimal part = chance.Below(500) / 1000m;
        var run = new StressedRun("any", [new(first, part), new(second, part + (chance.Below(500) / 1000m))]);
        (long hot, long cold, long lent) = (chance.Below(500), chance.Below(300), chance.Below(300));
        double? exact = Measure(1000, run, FridayEvening, (Fund.Hot, hot), (Fund.Cold, cold), (Fund.Lent, lent)).SurvivalHours;

        decimal Asked(decimal hour) => 1000 * (hour <= first
            ? run.Points[0].Fraction * hour / first
            : run.Points[0].Fraction + ((run.Points[1].Fraction - run.Points[0].Fraction) * (Math.Min(hour, second) - first) / (second - first)));
        decimal Available(decimal hour) => hot + (hour >= 24 ? cold : 0) + (hour >= 72 ? lent : 0);
        int? minute = null;
        for (int m = 0; m <= 720 * 60 && minute is null; m++)
            if (Asked(m / 60m) > Available(m / 60m)) minute = m;

        if (minute is null) exact.ShouldBeNull();
        else exact.ShouldNotBeNull().ShouldBeInRange(((minute.Value - 1) / 60.0) - 1e-9, minute.Value / 60.0);
    });

    [Fact]
    public void More_coins_sooner_never_shorten_survival() => Seeded.Holds(100, chance =>
    {
        (long hot, long cold) = (chance.Below(300), chance.Below(300));
        double less = Measure(1000, StressedRun.Svb2023, FridayEvening, (Fund.Hot, hot), (Fund.Cold, cold)).SurvivalHours ?? 720;
        long moved = chance.Below((int)cold + 1);
        double more = Measure(1000, StressedRun.Svb2023, FridayEvening, (Fund.Hot, hot + moved), (Fund.Cold, cold - moved)).SurvivalHours ?? 720;

        more.ShouldBeGreaterThanOrEqualTo(less);
    });

    [Fact]
    public void The_largest_amounts_there_are_do_not_overflow()
    {
        var huge = new Amount(AssetScale.Limit - 1);
        PlaceHolding[] places = [new(Fund.Hot, new Amount(huge.Units / 4), FridayEvening)];

        AssetCoverage.Of(Usd, new CustomerClaims(huge, Amount.Zero), places, HalfInADay, FridayEvening).SurvivalHours.ShouldNotBeNull().ShouldBe(12, 1e-9);
    }

    [Fact]
    public void Claims_are_summed_by_sign()
    {
        NetEquity[] equities = [Equity("a", 100), Equity("b", -30), Equity("c", 7)];

        CustomerClaims.Sum(equities, 1).ShouldBe([new CustomerClaims(new Amount(107), new Amount(30))]);
    }

    [Fact]
    public void An_asset_can_have_a_rule_of_its_own()
    {
        var rules = new AvailabilityRules([.. Funds.Places.ToArray().Select(place => new AvailabilityRule(place, 1)), new AvailabilityRule(Fund.Staked, 408, Asset: new AssetId("ETH"))]);

        rules.AvailableAt(Fund.Staked, new AssetId("ETH"), FridayEvening).ShouldBe(FridayEvening + TimeSpan.FromHours(408));
        rules.AvailableAt(Fund.Staked, new AssetId("SOL"), FridayEvening).ShouldBe(FridayEvening + TimeSpan.FromHours(1));
    }

    [Fact]
    public void Rules_and_runs_that_make_no_sense_are_refused_by_name()
    {
        AvailabilityRule[] all = [.. Funds.Places.ToArray().Select(place => new AvailabilityRule(place, 0))];

        Refused(() => new AvailabilityRules(all[1..])).ShouldBe("availability Hot: found no rule that holds for all assets");
        Refused(() => new AvailabilityRules([.. all, all[0]])).ShouldBe("availability Hot: found two rules for all assets");
        Refused(() => new AvailabilityRules([.. all, new AvailabilityRule(Fund.Fees, 0)])).ShouldBe("availability place: Fees is not a place where coins lie");
        Refused(() => new AvailabilityRules([new AvailabilityRule(Fund.Hot, -1)])).ShouldBe("availability Hot latency: found -1 hours, expected 0 to 87600");
        Refused(() => new StressedRun("r", [])).ShouldBe("run points: found none, expected at least one");
        Refused(() => new StressedRun("r", [new(5, 0.1m), new(5, 0.2m)])).ShouldBe("run hours: found 5 after 5, expected later hours");
        Refused(() => new StressedRun("r", [new(5, 0.2m), new(6, 0.1m)])).ShouldBe("run fraction: found 0.1, expected 0.2 to 1");
        Refused(() => new StressedRun("r", [new(5, 1.01m)])).ShouldBe("run fraction: found 1.01, expected 0 to 1");
    }

    private static NetEquity Equity(string account, Int128 units) => new(new AccountId(account), [new Amount(units)]);

    private static string Refused(Action action) => Should.Throw<InputException>(action).Message;
}
