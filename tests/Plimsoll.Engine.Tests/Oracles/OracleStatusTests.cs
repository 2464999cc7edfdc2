using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Journal;
using Plimsoll.Markets.Oracles;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests.Oracles;

/// <summary>How a price's status follows reports, silence and terms, and how all of it is kept.</summary>
public sealed class OracleStatusTests
{
    [Fact]
    public void Silence_ages_a_price_step_by_step_and_every_step_is_announced_beforehand()
    {
        TestVenue venue = FedVenue.Open(rules => rules with { Lines = [rules.Lines[0]] });
        var seen = new List<(OracleStatus, double)>();
        Instant last = venue.Clock;
        while (venue.State.Oracles.NextDue is { } due)
        {
            TimeSpan wait = due - venue.Clock;
            if (wait > TimeSpan.FromMicroseconds(1)) venue.Wait(wait - TimeSpan.FromMicroseconds(1)).Events.OfType<OracleStatusChanged>().ShouldBeEmpty("a moment too early");
            OracleStatusChanged change = venue.Wait(due - venue.Clock).Events.OfType<OracleStatusChanged>().Single();
            seen.Add((change.To, (venue.Clock - last).TotalSeconds));
        }

        // Three sources are too old after 90 seconds, and the price after 600 heartbeats.
        seen.ShouldBe([(OracleStatus.Stale, 90.000001), (OracleStatus.Halted, 36_000.000001)]);
        venue.State.Oracles.ReasonOf(venue.Feed(FedVenue.Btc)).ShouldContain("too old to go by");
        venue.PriceOf(FedVenue.Btc).ShouldBe(8000);
    }

    [Fact]
    public void A_price_loses_its_sources_one_by_one_and_is_live_again_with_the_next_reports()
    {
        TestVenue venue = FedVenue.Open();
        venue.Clock += TimeSpan.FromSeconds(80);
        venue.Report(venue.Say("a", 8000m), venue.Say("a", 200m, FedVenue.Eth), venue.Say("a", 1m, FedVenue.Usdc));

        venue.Wait(TimeSpan.FromSeconds(11)).Events.OfType<OracleStatusChanged>().Select(e => (e.Asset.Value, e.To)).ShouldBe([("USDC", OracleStatus.Degraded), ("BTC", OracleStatus.Degraded), ("ETH", OracleStatus.Degraded)], ignoreOrder: true);
        venue.State.Oracles.ReasonOf(venue.Feed(FedVenue.Btc)).ShouldBe("1 of 2 sources; b is too old, c is too old");
        venue.All(8010m, 201m).Events.OfType<OracleStatusChanged>().Count(e => e.To == OracleStatus.Live).ShouldBe(3);
    }

    [Fact]
    public void Silence_is_seen_by_whatever_command_comes_next_even_one_that_is_refused()
    {
        TestVenue venue = FedVenue.Open();
        venue.Clock += TimeSpan.FromMinutes(5);

        Outcome refused = venue.Do(new OpenAccount(new AccountId("liquidity")));

        refused.Refusal.ShouldBe(Refusal.AccountExists);
        refused.Events.OfType<OracleStatusChanged>().Count().ShouldBe(3);
        Replayed(venue);
    }

    [Fact]
    public void A_feed_at_its_least_answer_never_replaces_the_last_good_price()
    {
        TestVenue venue = FedVenue.Open(btc: terms => terms with { LeastAnswer = 100 });
        venue.Clock += TimeSpan.FromSeconds(10);

        venue.Report(venue.Say("a", 100m), venue.Say("b", 99m), venue.Say("c", 100m));

        (venue.PriceOf(FedVenue.Btc), venue.StatusOf(FedVenue.Btc)).ShouldBe((8000, OracleStatus.Stale));
        venue.State.Oracles.ReasonOf(venue.Feed(FedVenue.Btc)).ShouldContain("a stands at its least answer");
        venue.Wait(TimeSpan.FromHours(11));
        (venue.PriceOf(FedVenue.Btc), venue.StatusOf(FedVenue.Btc)).ShouldBe((8000, OracleStatus.Halted));
    }

    [Fact]
    public void A_source_that_repeats_itself_while_the_others_move_stands_still_until_it_moves()
    {
        TestVenue venue = FedVenue.Open(btc: terms => terms with { FrozenMove = 0.02, OutlierScore = 1000 });
        venue.Clock += TimeSpan.FromSeconds(30);
        venue.Report(venue.Say("a", 8000m), venue.Say("b", 7900m), venue.Say("c", 7900m)).Events.OfType<PricesReported>().Single().Prices[0].Rejected.ShouldNotContain(r => r.Fault == ReportFault.Frozen);
        venue.Clock += TimeSpan.FromSeconds(30);

        Outcome frozen = venue.Report(venue.Say("a", 8000m), venue.Say("b", 7700m), venue.Say("c", 7705m));
        frozen.Events.OfType<PricesReported>().Single().Prices[0].Rejected.ShouldContain(new RejectedReport(new AccountId("a"), ReportFault.Frozen));
        venue.PriceOf(FedVenue.Btc).ShouldBeInRange(7700, 7705);

        venue.Clock += TimeSpan.FromSeconds(30);
        venue.Report(venue.Say("a", 7702m)).Events.OfType<PricesReported>().Single().Prices[0].Rejected.ShouldNotContain(r => r.Fault == ReportFault.Frozen);
    }

    [Fact]
    public void One_liar_that_moves_does_not_make_honest_sources_that_repeat_stand_still()
    {
        TestVenue venue = FedVenue.Open(rules => rules with { Lines = [.. rules.Lines.Select(line => line with { Terms = line.Terms with { FrozenMove = 0.01 } })] });
        venue.Clock += TimeSpan.FromSeconds(30);
        venue.Report(venue.Say("a", 1m, FedVenue.Usdc), venue.Say("b", 1m, FedVenue.Usdc), venue.Say("c", 0.97m, FedVenue.Usdc));

        venue.Feed(FedVenue.Usdc).Reports.Where(kept => kept.Fault == ReportFault.Frozen).ShouldBeEmpty();
        venue.PriceOf(FedVenue.Usdc).ShouldBe(1);
    }

    [Fact]
    public void A_wrapped_asset_is_anchored_at_the_price_of_what_it_is_redeemed_for_of_the_same_moment()
    {
        TestVenue venue = FedVenue.Open(rules => rules with
        {
            Lines = [rules.Lines[0] with { Terms = FedVenue.Terms with { Anchor = new RedemptionAnchor(40, 0.5) }, RedeemedFor = FedVenue.Eth }, rules.Lines[1], rules.Lines[2]],
        });
        venue.Clock += TimeSpan.FromSeconds(10);

        venue.Report(venue.Say("a", 6500m), venue.Say("b", 6500m), venue.Say("a", 210m, FedVenue.Eth), venue.Say("b", 210m, FedVenue.Eth), venue.Say("c", 210m, FedVenue.Eth), venue.Say("c", 6500m));
        venue.PriceOf(FedVenue.Btc).ShouldBe((0.5 * 40 * 210) + (0.5 * 6500));

        venue.Clock += TimeSpan.FromMinutes(3);
        venue.Report(venue.Say("a", 6500m), venue.Say("b", 6500m), venue.Say("c", 6500m));
        venue.StatusOf(FedVenue.Eth).ShouldBe(OracleStatus.Stale);
        venue.PriceOf(FedVenue.Btc).ShouldBe(6500, "an anchor on a stale price is none");
    }

    [Fact]
    public void The_venues_own_book_makes_no_price_alone()
    {
        TestVenue venue = FedVenue.Open(btc: terms => terms with { OwnBook = new AccountId("a") });
        venue.Clock += TimeSpan.FromMinutes(2);

        Outcome outcome = venue.Report(venue.Say("a", 5000m));

        outcome.Events.OfType<PricesReported>().Single().Prices.Single().Rejected.ShouldContain(new RejectedReport(new AccountId("a"), ReportFault.OwnBook));
        venue.PriceOf(FedVenue.Btc).ShouldBe(8000);
    }

    [Fact]
    public void Terms_that_come_later_adopt_the_price_that_was_there_and_terms_that_go_leave_it()
    {
        TestVenue venue = TestVenue.Open();
        venue.StatusOf(FedVenue.Btc).ShouldBe(OracleStatus.Live);
        venue.Accept(new SetParameters(venue.State.Parameters! with { Oracles = new OracleRules(new OracleLine(null, FedVenue.Terms), []) }));

        venue.StatusOf(FedVenue.Btc).ShouldBe(OracleStatus.Degraded, "one source where two are live");
        venue.Feed(FedVenue.Btc).Reports.Single().Source.Value.ShouldBe("test");
        venue.Accept(new SetParameters(venue.State.Parameters! with { Oracles = OracleRules.None }));
        venue.StatusOf(FedVenue.Btc).ShouldBe(OracleStatus.Live);
        venue.State.Oracles.Feeds.ShouldBeEmpty();
        Replayed(venue);
    }

    [Fact]
    public void Without_terms_the_state_has_the_bytes_it_always_had()
    {
        TestVenue venue = TestVenue.Open();
        using Units.State.StateWriter writer = Units.State.StateWriter.ToMemory();
        venue.State.Oracles.Write(writer);

        writer.ToArray().ShouldBeEmpty();
    }

    [Fact]
    public void Replay_verification_and_snapshots_know_the_same_as_the_venue()
    {
        TestVenue venue = FedVenue.Open(rules => rules with { Damping = new DampingTerms(0.06m, 0.0003m) }, terms => terms with { FrozenMove = 0.01, MostJump = 0.2 });
        for (int step = 0; step < 12; step++)
        {
            venue.Clock += TimeSpan.FromSeconds(step % 4 == 3 ? 400 : 25);
            if (step == 6) venue.Report(venue.Say("a", 0m), venue.Say("b", -1m), venue.Say("c", 8000m, confidence: 1), venue.Say("d", 0m));
            venue.Report(venue.Say("a", 8000m), venue.Say("b", 8000m + (10 * step)), venue.Say(step % 2 == 0 ? "c" : "d", 8000m - (7 * step)));
        }

        Replayed(venue);
        VenueKernel restored = Snapshots.Restore(Snapshots.Take(venue.Kernel));
        Snapshots.HashOf(restored.State).ShouldBe(Snapshots.HashOf(venue.State));
        restored.State.Oracles.NextDue.ShouldBe(venue.State.Oracles.NextDue);
        restored.State.NextDue.ShouldBe(venue.State.NextDue);
    }

    private static void Replayed(TestVenue venue)
    {
        (VenueKernel replayed, VenueKernel verified) = (new VenueKernel(), new VenueKernel());
        foreach (JournalEntry entry in venue.Journal)
        {
            replayed.Replay(entry);
            verified.Verify(entry);
        }

        Snapshots.HashOf(replayed.State).ShouldBe(Snapshots.HashOf(venue.State));
        Snapshots.HashOf(verified.State).ShouldBe(Snapshots.HashOf(venue.State));
        replayed.State.Oracles.NextDue.ShouldBe(venue.State.Oracles.NextDue);
    }
}
