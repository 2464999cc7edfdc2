using Plimsoll.Markets.Oracles;
using Plimsoll.Units;

namespace Plimsoll.Markets.Tests.Oracles;

public class OracleAggregateTests
{
    private const long Minute = 60_000_000;

    private static readonly Instant Now = Instant.Utc(2025, 10, 10, 21);
    private static readonly OracleTerms Terms = new OracleTerms(Minute) { LiveSources = 3, MostJump = 0.1, OwnBook = new AccountId("venue") }.Checked();

    [Fact]
    public void Sources_of_one_mind_make_a_live_price_between_the_lowest_and_the_highest()
    {
        OraclePrice price = Of(Say("a", 100), Say("b", 100.2), Say("c", 99.9));

        price.Status.ShouldBe(OracleStatus.Live);
        price.Price.ShouldBe(100);
        price.Sources.ShouldBe(3);
        price.Divergence.ShouldBe(0.002, 1e-12);
    }

    [Theory]
    [InlineData(0, ReportFault.NotPositive)]
    [InlineData(-5, ReportFault.NotPositive)]
    [InlineData(double.NaN, ReportFault.NotPositive)]
    [InlineData(double.PositiveInfinity, ReportFault.NotPositive)]
    [InlineData(150, ReportFault.Outlier)]
    [InlineData(1e-9, ReportFault.Outlier)]
    public void A_price_that_cannot_be_is_left_out_by_name_and_moves_nothing(double lie, ReportFault fault)
    {
        OraclePrice honest = Of(Say("a", 100), Say("b", 100.2), Say("c", 99.9), Say("d", 100.1));
        OraclePrice price = Of(Say("a", 100), Say("b", 100.2), Say("c", 99.9), Say("d", 100.1), Say("liar", lie));

        price.Reports[^1].ShouldBe(new ReportVerdict(new AccountId("liar"), fault));
        (price.Price, price.Confidence, price.Status).ShouldBe((honest.Price, honest.Confidence, honest.Status));
    }

    [Fact]
    public void What_is_old_unsure_repeated_or_from_the_future_is_named_so()
    {
        OraclePrice price = OracleAggregate.Of(
            [
                Say("old", 100) with { ObservedAt = new Instant(Now.UnixMicroseconds - (2 * Minute)) },
                Say("early", 100) with { ObservedAt = new Instant(Now.UnixMicroseconds + 1) },
                Say("unsure", 100) with { Confidence = 0.2 },
                Say("none", 100) with { Confidence = double.NaN },
                Say("twice", 99) with { ObservedAt = new Instant(Now.UnixMicroseconds - 5) },
                Say("twice", 100),
            ],
            Terms,
            Now);

        price.Reports.Select(r => r.Fault).ShouldBe(
            [ReportFault.TooOld, ReportFault.FromTheFuture, ReportFault.TooUncertain, ReportFault.TooUncertain, ReportFault.Repeated, ReportFault.None]);
        price.Sources.ShouldBe(1);
        price.Status.ShouldBe(OracleStatus.Degraded);
    }

    [Fact]
    public void A_jump_of_one_is_not_believed_and_a_jump_of_two_thirds_is()
    {
        OraclePrice before = Of(Say("a", 100), Say("b", 100), Say("c", 100));

        OraclePrice one = OracleAggregate.Of([Say("a", 60), Say("b", 100), Say("c", 100)], Terms, Now, before);
        OraclePrice two = OracleAggregate.Of([Say("a", 60), Say("b", 61), Say("c", 100)], Terms, Now, before);

        one.Reports[0].Fault.ShouldBe(ReportFault.Jump);
        one.Price.ShouldBe(100);
        two.Price.ShouldBeInRange(60, 61);
        two.Reports[2].Fault.ShouldBe(ReportFault.Outlier);
    }

    [Fact]
    public void The_venues_own_book_makes_no_price_alone_and_at_most_a_third_of_one()
    {
        Of(Say("venue", 0.65), Say("a", 0.99)).Reports[0].Fault.ShouldBe(ReportFault.OwnBook);
        Of(Say("venue", 0.65)).Status.ShouldBe(OracleStatus.Halted);

        // Its book may be a hundred times as deep as the others: the price stays theirs.
        OraclePrice price = OracleAggregate.Of(
            [Say("venue", 0.97) with { Depth = 1e9 }, Say("a", 0.99), Say("b", 0.991)], Terms with { MostJump = null, OutlierScore = 1e9 }, Now);
        price.Price.ShouldBe(0.99);
    }

    [Fact]
    public void A_feed_that_stopped_at_its_least_answer_is_not_believed()
    {
        OracleTerms floored = Terms with { LeastAnswer = 0.1, MostJump = null };

        OraclePrice price = OracleAggregate.Of([Say("feed", 0.1), Say("other", 0.1)], floored, Now, Of(Say("a", 0.2), Say("b", 0.2)));

        price.Reports.ShouldAllBe(r => r.Fault == ReportFault.AtTheLeastAnswer);
        price.Status.ShouldBe(OracleStatus.Stale);
    }

    [Fact]
    public void Silence_ages_a_price_from_stale_to_nothing()
    {
        OraclePrice live = Of(Say("a", 100), Say("b", 100), Say("c", 100));

        OraclePrice soon = OracleAggregate.Of([], Terms, Now + TimeSpan.FromMinutes(10), live);
        OraclePrice late = OracleAggregate.Of([], Terms, Now + TimeSpan.FromMinutes(30), soon);
        OraclePrice never = OracleAggregate.Of([], Terms, Now);

        (soon.Status, soon.Price).ShouldBe((OracleStatus.Stale, 100));
        late.Status.ShouldBe(OracleStatus.Halted);
        (never.Status, never.Price).ShouldBe((OracleStatus.Halted, 0));
    }

    [Fact]
    public void A_redemption_value_takes_its_part_and_what_differs_from_it_shows()
    {
        OraclePrice price = OracleAggregate.Of([Say("a", 0.65), Say("b", 0.65), Say("c", 0.66)], Terms with { Anchor = new RedemptionAnchor(1, 0.5), MostJump = null }, Now);

        price.Price.ShouldBe(0.825);
        price.Divergence.ShouldBeGreaterThan(0.2);
    }

    [Fact]
    public void The_order_of_reports_changes_nothing_and_fewer_than_half_cannot_move_the_price_beyond_the_others()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            var chance = new Random(seed);
            PriceReport[] honest = [.. Enumerable.Range(0, 7).Select(i => Say($"h{i}", 100 + chance.NextDouble()))];
            PriceReport[] liars = [.. Enumerable.Range(0, 3).Select(i => Say($"l{i}", Math.Exp((20 * chance.NextDouble()) - 5)))];
            PriceReport[] all = [.. honest, .. liars];

            OraclePrice price = OracleAggregate.Of(all, Terms with { MostJump = null }, Now);
            chance.Shuffle(all);
            OraclePrice shuffled = OracleAggregate.Of(all, Terms with { MostJump = null }, Now);

            (shuffled.Price, shuffled.Confidence, shuffled.Status).ShouldBe((price.Price, price.Confidence, price.Status), $"seed {seed}");
            price.Price.ShouldBeInRange(99, 102.1, $"seed {seed}");
        }
    }

    [Fact]
    public void A_worse_status_never_allows_more()
    {
        foreach (OracleAction action in Enum.GetValues<OracleAction>())
        {
            bool last = true;
            foreach (OracleStatus status in Enum.GetValues<OracleStatus>())
            {
                bool allows = ActionMatrix.House.Allows(action, status);
                (allows && !last).ShouldBeFalse($"{action} {status}");
                last = allows;
            }
        }

        ActionMatrix.House.Allows(OracleAction.Repay, OracleStatus.Halted).ShouldBeTrue();
        ActionMatrix.House.Allows(OracleAction.Open, OracleStatus.Degraded).ShouldBeFalse();
        Should.Throw<InputException>(() => new ActionMatrix(new Dictionary<OracleAction, OracleStatus> { [OracleAction.Repay] = OracleStatus.Live }));
    }

    [Fact]
    public void Sources_that_contradict_each_other_make_no_price()
    {
        OraclePrice before = Of(Say("a", 100), Say("b", 100));

        OraclePrice two = OracleAggregate.Of([Say("a", 80), Say("b", 120)], Terms with { MostJump = null }, Now, before);
        OraclePrice three = OracleAggregate.Of([Say("a", 50), Say("b", 100), Say("c", 200)], Terms with { MostJump = null }, Now);

        (two.Status, two.Price, two.Sources).ShouldBe((OracleStatus.Stale, 100, 0));
        two.Apart.ShouldBe(0.2, 0.01);
        (three.Status, three.Price).ShouldBe((OracleStatus.Halted, 0));
    }

    [Fact]
    public void Fewer_sources_than_are_asked_for_leave_the_last_price_standing()
    {
        OracleTerms two = Terms with { LeastSources = 2 };
        OraclePrice before = OracleAggregate.Of([Say("a", 100), Say("b", 100)], two, Now);

        (OracleAggregate.Of([Say("a", 99)], two, Now, before) is { Status: OracleStatus.Stale, Price: 100, Sources: 0 }).ShouldBeTrue();
    }

    [Fact]
    public void A_source_that_states_no_confidence_is_used_only_where_one_is_assumed()
    {
        PriceReport bare = Say("a", 100) with { Confidence = 0 };

        Of(bare).Reports[0].Fault.ShouldBe(ReportFault.WithoutConfidence);
        OracleAggregate.Of([bare], Terms with { AssumedConfidence = 0.004 }, Now).Confidence.ShouldBe(0.004, 1e-12);
    }

    [Fact]
    public void Who_repeats_himself_while_two_thirds_of_the_others_move_stands_still_and_one_mover_freezes_nobody()
    {
        OracleTerms watched = Terms with { FrozenMove = 0.02, MostJump = null, OutlierScore = 1e9 };
        PriceReport same = Say("a", 100) with { OthersThen = 100 };

        OracleAggregate.Of([same, Say("b", 95), Say("c", 96)], watched, Now).Reports[0].Fault.ShouldBe(ReportFault.Frozen);
        OracleAggregate.Of([same, Say("b", 98.5), Say("c", 96)], watched, Now).Reports[0].Fault.ShouldBe(ReportFault.None);
        OracleAggregate.Of([same, Say("b", 95), Say("c", 105)], watched, Now).Reports[0].Fault.ShouldBe(ReportFault.None);
        OracleAggregate.Of([same, same with { Source = new AccountId("b") }, Say("c", 95)], watched, Now).Reports.ShouldAllBe(r => r.Fault == ReportFault.None);
    }

    [Fact]
    public void The_first_moment_of_every_age_is_told_to_the_microsecond()
    {
        foreach (double heartbeats in new[] { 1.0, 1.5, 1.0000001, 3.3333333 })
        {
            OracleTerms terms = (Terms with { MostAge = heartbeats, HaltAge = heartbeats }).Checked();
            Instant at = terms.TooOldAt(Now);

            (terms.IsTooOld(Now, at), terms.IsTooOld(Now, new Instant(at.UnixMicroseconds - 1))).ShouldBe((true, false));
            terms.GoneAt(Now).ShouldBe(at);
        }
    }

    [Fact]
    public void Joining_allocates_nothing_for_as_many_reports_as_are_kept()
    {
        PriceReport[] reports = [.. Enumerable.Range(0, OracleAggregate.UsualReports).Select(i => Say($"s{i}", 100 + (0.001 * i)))];
        var faults = new ReportFault[reports.Length];
        OracleAggregate.Join(reports, Terms, Now, default, faults);

        long before = GC.GetAllocatedBytesForCurrentThread();
        OracleAggregate.Join(reports, Terms, Now, default, faults);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Terms_that_make_no_sense_are_refused_by_name()
    {
        Should.Throw<InputException>(() => new OracleTerms(0).Checked()).Message.ShouldContain("heartbeat");
        Should.Throw<InputException>(() => (Terms with { LiveSources = 0 }).Checked()).Message.ShouldContain("liveSources");
        Should.Throw<InputException>(() => (Terms with { LiveConfidence = 0.2 }).Checked()).Message.ShouldContain("liveConfidence");
        Should.Throw<InputException>(() => (Terms with { Anchor = new RedemptionAnchor(0, 1) }).Checked()).Message.ShouldContain("anchor");
    }

    private static OraclePrice Of(params PriceReport[] reports) => OracleAggregate.Of(reports, Terms, Now);

    private static PriceReport Say(string source, double price) => new(new AccountId(source), price, 0.001, Now);
}
