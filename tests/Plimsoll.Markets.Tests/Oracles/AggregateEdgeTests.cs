using Plimsoll.Markets.Oracles;
using Plimsoll.Units;

namespace Plimsoll.Markets.Tests.Oracles;

/// <summary>The edges of how reports are joined: what lies exactly on a line, and a figure for every weight.</summary>
public sealed class AggregateEdgeTests
{
    private const long Minute = 60_000_000;
    private static readonly Instant Now = Instant.Utc(2025, 10, 10, 21);
    private static readonly OracleTerms Terms = new(Minute) { LiveSources = 1 };

    [Fact]
    public void An_age_that_is_exactly_the_most_is_not_too_old_and_a_moment_more_is()
    {
        OracleTerms terms = new(Minute) { MostAge = 1.5, HaltAge = 24 };
        Instant seen = Back(1.5 * Minute), held = Back(24.0 * Minute);
        terms.IsTooOld(seen, Now).ShouldBeFalse();
        terms.IsTooOld(new Instant(seen.UnixMicroseconds - 1), Now).ShouldBeTrue();
        terms.TooOldAt(seen).UnixMicroseconds.ShouldBe(Now.UnixMicroseconds + 1);
        terms.IsGone(held, Now).ShouldBeFalse();
        terms.IsGone(new Instant(held.UnixMicroseconds - 1), Now).ShouldBeTrue();
        terms.GoneAt(held).UnixMicroseconds.ShouldBe(Now.UnixMicroseconds + 1);
    }

    [Fact]
    public void As_sure_as_a_live_price_must_be_is_live_and_as_unsure_as_any_may_be_is_used()
    {
        OracleTerms terms = new(Minute) { LiveSources = 2, LiveConfidence = 0.01, MostConfidence = 0.05 };
        terms.StatusOf(2, 0.01).ShouldBe(OracleStatus.Live);
        terms.StatusOf(2, 0.010_000_1).ShouldBe(OracleStatus.Degraded);
        terms.StatusOf(1, 0).ShouldBe(OracleStatus.Degraded);
        terms.StatusOf(0, 0).ShouldBe(OracleStatus.Stale);
        Of(terms, Say("a", 100) with { Confidence = 0.05 }).Reports[0].Fault.ShouldBe(ReportFault.None);
        Of(terms, Say("a", 100) with { Confidence = 0.050_000_1 }).Reports[0].Fault.ShouldBe(ReportFault.TooUncertain);
    }

    [Fact]
    public void The_confidence_is_the_farther_of_the_two_weighted_quartiles()
    {
        OraclePrice price = Of(Terms, Say("a", 100), Say("b", 101), Say("c", 104));
        price.Price.ShouldBe(101);
        price.Confidence.ShouldBe((104 - (104 * 0.001) - 101) / 101, 1e-12);
    }

    [Fact]
    public void The_anchor_has_its_stated_part_and_the_market_the_rest()
    {
        Of(Terms with { Anchor = new RedemptionAnchor(120, 0.25) }, Say("a", 100)).Price.ShouldBe(105, 1e-12);
    }

    [Fact]
    public void A_source_loses_half_its_voice_with_the_age_it_may_have()
    {
        // Of a depth of 1.2 seen as long ago as may be six tenths are left: less than one of 1 that is fresh.
        PriceReport old = Say("b", 102) with { Depth = 1.2, ObservedAt = Back(1.5 * Minute) };
        Of(Terms, Say("a", 100) with { Depth = 1 }, old).Price.ShouldBeInRange(99.9, 100.1);
        Of(Terms, Say("a", 100) with { Depth = 1 }, old with { ObservedAt = Now }).Price.ShouldBeInRange(101.8, 102.2);
    }

    [Fact]
    public void A_price_is_as_old_as_the_oldest_report_that_carries_it()
    {
        Instant older = Back(Minute);
        Of(Terms, Say("a", 100), Say("b", 100) with { ObservedAt = older }, Say("c", 100)).ObservedAt.ShouldBe(older);
    }

    [Fact]
    public void On_a_stale_price_any_jump_is_believed()
    {
        OracleTerms terms = Terms with { MostJump = 0.1 };
        OraclePrice last = Of(terms, Say("a", 100));
        OracleAggregate.Of([Say("a", 200)], terms, Now, last with { Status = OracleStatus.Stale }).Price.ShouldBe(200);
        OracleAggregate.Of([Say("a", 200), Say("b", 100)], terms, Now, last with { Status = OracleStatus.Stale }).Reports[0].Fault.ShouldBe(ReportFault.None);
        OracleAggregate.Of([Say("a", 200), Say("b", 100)], terms, Now, last).Reports[0].Fault.ShouldBe(ReportFault.Jump);
    }

    [Fact]
    public void Exactly_two_thirds_that_jump_are_believed()
    {
        OracleTerms terms = Terms with { MostJump = 0.1, MostConfidence = 0.9 };
        OraclePrice last = Of(terms, Say("a", 100));
        OraclePrice up = OracleAggregate.Of([Say("a", 120), Say("b", 120), Say("c", 100)], terms, Now, last);
        up.Reports.Take(2).ShouldAllBe(verdict => verdict.Fault == ReportFault.None);
        OraclePrice fewer = OracleAggregate.Of([Say("a", 120), Say("b", 120), Say("c", 100), Say("d", 100)], terms, Now, last);
        fewer.Reports.Take(2).ShouldAllBe(verdict => verdict.Fault == ReportFault.Jump);
    }

    [Fact]
    public void Who_repeats_himself_stands_still_only_where_two_and_two_thirds_have_moved_away()
    {
        OracleTerms terms = Terms with { FrozenMove = 0.05, MostConfidence = 0.9, OutlierScore = 1e6 };
        PriceReport frozen = Say("a", 100) with { OthersThen = 100 };
        Of(terms, frozen, Say("b", 120)).Reports[0].Fault.ShouldBe(ReportFault.None, "one is not two");
        Of(terms, frozen, Say("b", 120), Say("c", 120)).Reports[0].Fault.ShouldBe(ReportFault.Frozen);
        Of(terms, frozen, Say("b", 120), Say("c", 120), Say("d", 100)).Reports[0].Fault.ShouldBe(ReportFault.Frozen, "two thirds");
        Of(terms, frozen, Say("b", 120), Say("c", 120), Say("d", 100), Say("e", 100)).Reports[0].Fault.ShouldBe(ReportFault.None, "a half");
        Of(terms, frozen, Say("b", 120), Say("c", 80)).Reports[0].Fault.ShouldBe(ReportFault.None, "to two sides");
    }

    [Fact]
    public void An_outlier_is_measured_in_median_distances_of_which_one_is_two_thirds_of_a_standard_deviation()
    {
        // Median 101.5, distances 1.5, 0.5, 0.5 and d: a median distance of 1, and 3.5 ÷ 0.6745 of them is 5.19.
        OracleTerms terms = Terms with { MostConfidence = 0.9 };
        Of(terms, Say("a", 100), Say("b", 101), Say("c", 102), Say("d", 106.6)).Reports[3].Fault.ShouldBe(ReportFault.None);
        Of(terms, Say("a", 100), Say("b", 101), Say("c", 102), Say("d", 106.8)).Reports[3].Fault.ShouldBe(ReportFault.Outlier);
    }

    [Fact]
    public void Within_what_a_live_price_may_be_unsure_of_nobody_is_an_outlier()
    {
        OracleTerms terms = Terms with { LiveConfidence = 0.01 };
        Of(terms, Sure("a", 100), Sure("b", 100), Sure("c", 100), Sure("d", 101)).Reports[3].Fault.ShouldBe(ReportFault.None);
        Of(terms, Sure("a", 100), Sure("b", 100), Sure("c", 100), Sure("d", 101.001)).Reports[3].Fault.ShouldBe(ReportFault.Outlier);
    }

    [Fact]
    public void Depths_beyond_counting_do_not_make_contradictions_sure()
    {
        OracleTerms terms = Terms with { LiveSources = 3, OutlierScore = 100 };
        OraclePrice price = Of(terms, Say("a", 80) with { Depth = 1.7e308 }, Say("b", 100) with { Depth = 1.7e308 }, Say("c", 120) with { Depth = 1.7e308 });
        price.Status.ShouldBe(OracleStatus.Halted, "they contradict each other, and there was no price before");
        price.Apart.ShouldBeGreaterThan(0.05);
        Of(terms, Say("a", 80), Say("b", 100), Say("c", 120)).Apart.ShouldBe(price.Apart, 1e-12);
    }

    private static Instant Back(double microseconds) => new(Now.UnixMicroseconds - (long)microseconds);

    private static OraclePrice Of(OracleTerms terms, params PriceReport[] reports) => OracleAggregate.Of(reports, terms, Now);

    private static PriceReport Say(string source, double price) => new(new AccountId(source), price, 0.001, Now);

    private static PriceReport Sure(string source, double price) => Say(source, price) with { Confidence = 1e-6 };
}
