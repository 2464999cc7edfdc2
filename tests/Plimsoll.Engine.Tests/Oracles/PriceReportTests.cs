using Plimsoll.Engine.Commands;
using Plimsoll.Markets.Oracles;
using Plimsoll.Units;

namespace Plimsoll.Engine.Tests.Oracles;

/// <summary>What becomes of reports, good and bad.</summary>
public sealed class PriceReportTests
{
    [Fact]
    public void Three_sources_make_one_price_and_say_so()
    {
        TestVenue venue = FedVenue.Open();
        venue.Clock += TimeSpan.FromSeconds(5);

        Outcome outcome = venue.Report(venue.Say("a", 8100m), venue.Say("b", 8102m), venue.Say("c", 8099m));

        JoinedAssetPrice joined = outcome.Events.OfType<PricesReported>().Single().Prices.Single();
        joined.Price!.Value.Value.ShouldBe(8100m);
        (joined.Sources, joined.Rejected.Count).ShouldBe((3, 0));
        venue.PriceOf(FedVenue.Btc).ShouldBe(8100);
        venue.StatusOf(FedVenue.Btc).ShouldBe(OracleStatus.Live);
        venue.State.Market.Quote(venue.State.Asset(FedVenue.Btc))!.Source.ShouldBe("oracles");
    }

    [Theory]
    [InlineData(0, 0.001, ReportFault.NotPositive)]
    [InlineData(-8100, 0.001, ReportFault.NotPositive)]
    [InlineData(8100, -0.001, ReportFault.TooUncertain)]
    [InlineData(8100, 0.06, ReportFault.TooUncertain)]
    [InlineData(9000, 0.001, ReportFault.Outlier)]
    public void A_report_that_cannot_be_is_named_and_moves_nothing(double price, double confidence, ReportFault fault)
    {
        TestVenue venue = FedVenue.Open();
        venue.Clock += TimeSpan.FromSeconds(5);

        Outcome outcome = venue.Report(venue.Say("a", (decimal)price, confidence: confidence), venue.Say("b", 8000m), venue.Say("c", 8001m));

        outcome.Events.OfType<PricesReported>().Single().Prices.Single().Rejected.ShouldBe([new RejectedReport(new AccountId("a"), fault)]);
        venue.PriceOf(FedVenue.Btc).ShouldBeInRange(8000, 8001);
        venue.StatusOf(FedVenue.Btc).ShouldBe(OracleStatus.Live);
    }

    [Fact]
    public void A_report_without_confidence_is_used_only_where_one_is_assumed()
    {
        TestVenue assumed = FedVenue.Open();
        assumed.Clock += TimeSpan.FromSeconds(5);
        TestVenue strict = FedVenue.Open(btc: terms => terms with { AssumedConfidence = null });
        strict.Clock += TimeSpan.FromSeconds(5);

        SourcePrice[] Bare(TestVenue venue) => [venue.Say("a", 8100m, confidence: 0), venue.Say("b", 8100m, confidence: 0), venue.Say("c", 8100m, confidence: 0)];

        assumed.Report(Bare(assumed)).Events.OfType<PricesReported>().Single().Prices.Single().Confidence.ShouldBe(0.001, 1e-9);
        strict.Report(Bare(strict)).Events.OfType<PricesReported>().Single().Prices.Single().Rejected.ShouldAllBe(r => r.Fault == ReportFault.WithoutConfidence);
        strict.PriceOf(FedVenue.Btc).ShouldBe(8000);
        strict.StatusOf(FedVenue.Btc).ShouldBe(OracleStatus.Stale);
    }

    [Fact]
    public void What_comes_from_the_future_is_ignored_and_does_not_silence_its_source()
    {
        TestVenue venue = FedVenue.Open();
        venue.Clock += TimeSpan.FromSeconds(5);

        Outcome both = venue.Report(venue.Say("a", 9999m) with { ObservedAt = venue.Clock + TimeSpan.FromHours(1) }, venue.Say("b", 8000m));
        both.Events.OfType<ReportsIgnored>().Single().Reports.Single().Fault.ShouldBe(ReportFault.FromTheFuture);
        venue.Report(venue.Say("a", 9999m) with { ObservedAt = venue.Clock + TimeSpan.FromHours(1) }).Refusal.ShouldBe(Refusal.QuoteInvalid);
        venue.Report(venue.Say("a", 8001m)).Refusal.ShouldBe(Refusal.None);

        venue.Feed(FedVenue.Btc).Reports.Select(kept => kept.Report.Price).ShouldBe([8001, 8000, 8000]);
    }

    [Fact]
    public void Sources_that_contradict_each_other_make_no_price_and_the_last_one_stands()
    {
        TestVenue venue = FedVenue.Open();
        venue.Clock += TimeSpan.FromSeconds(5);

        Outcome outcome = venue.Report(venue.Say("a", 4000m), venue.Say("b", 8000m), venue.Say("c", 16000m));

        OracleStatusChanged change = outcome.Events.OfType<OracleStatusChanged>().Single();
        (change.From, change.To).ShouldBe((OracleStatus.Live, OracleStatus.Stale));
        change.Reason.ShouldContain("contradict each other");
        venue.PriceOf(FedVenue.Btc).ShouldBe(8000);
    }

    [Fact]
    public void Duplicates_change_nothing_whether_alone_or_beside_news()
    {
        TestVenue venue = FedVenue.Open();
        venue.Clock += TimeSpan.FromSeconds(20);
        SourcePrice[] said = [venue.Say("a", 8100m), venue.Say("b", 8102m), venue.Say("c", 8099m)];
        venue.Report(said);
        Hash256 before = venue.Known();

        venue.Report(said).Refusal.ShouldBe(Refusal.QuoteStale);
        venue.Clock += TimeSpan.FromSeconds(20);
        venue.Report(said).Refusal.ShouldBe(Refusal.QuoteStale);
        venue.Known().ShouldBe(before);

        Outcome twice = venue.Report(venue.Say("a", 8101m), said[0], venue.Say("a", 8101m));
        twice.Events.OfType<ReportsIgnored>().Single().Reports.Count.ShouldBe(2);
        twice.Events.OfType<PricesReported>().Single().Reports.Count.ShouldBe(1);
    }

    [Fact]
    public void Reports_in_any_order_end_in_the_same_state_as_long_as_each_sources_last_is_the_same()
    {
        for (ulong seed = 1; seed <= 40; seed++)
        {
            (TestVenue one, TestVenue other) = (Damped(), Damped());
            var chance = new Storms.Chance(seed);
            for (int step = 0; step < 8; step++)
            {
                one.Clock += TimeSpan.FromSeconds(15);
                other.Clock = one.Clock;
                SourcePrice[] said = [.. new[] { "a", "b", "c", "d" }.SelectMany(source => new[] { 2, 1, 0 }.Select(age => one.Say(source, 8000m + chance.Below(40)) with { ObservedAt = one.Clock + TimeSpan.FromSeconds(-age) }))];
                SourcePrice[] shuffled = [.. said.OrderBy(_ => chance.Below(1_000_000))];

                // One gets them in order, in one command; the other in any order, one by one and some twice.
                one.Report([.. said]);
                foreach (SourcePrice report in shuffled)
                {
                    other.Report(report);
                    if (chance.OneIn(3)) other.Report(report);
                }
            }

            other.Known().ShouldBe(one.Known(), $"seed {seed}");
            other.PriceOf(FedVenue.Btc).ShouldBe(one.PriceOf(FedVenue.Btc), $"seed {seed}");
        }
    }

    [Fact]
    public void Prices_moved_for_an_asset_with_terms_are_one_report_of_their_source()
    {
        TestVenue venue = FedVenue.Open();
        venue.Clock += TimeSpan.FromSeconds(5);

        Outcome outcome = venue.DoAt(venue.Clock, new MovePrices([new AssetPrice(FedVenue.Btc, 9500m, venue.Clock, 0.001, new AccountId("a")), new AssetPrice(new AssetId("USDT"), 0.99m, venue.Clock, 0, new AccountId("a"))], []));

        outcome.Events.OfType<PricesMoved>().Single().Assets.Single().Asset.Value.ShouldBe("USDT");
        outcome.Events.OfType<PricesReported>().Single().Prices.Single().Rejected.Single().ShouldBe(new RejectedReport(new AccountId("a"), ReportFault.Outlier));
        venue.PriceOf(FedVenue.Btc).ShouldBe(8000);
        venue.PriceOf(new AssetId("USDT")).ShouldBe(0.99);
        venue.StatusOf(new AssetId("USDT")).ShouldBe(OracleStatus.Live);
    }

    [Fact]
    public void Assets_without_terms_take_no_reports_and_no_more_sources_come_than_are_kept()
    {
        TestVenue venue = FedVenue.Open();
        venue.Clock += TimeSpan.FromSeconds(5);

        venue.Report(venue.Say("a", 1m, new AssetId("USDT"))).Refusal.ShouldBe(Refusal.OracleTermsMissing);
        venue.Report().Refusal.ShouldBe(Refusal.NothingToDo);
        venue.Report([.. Enumerable.Range(0, AssetFeed.MaxSources).Select(i => venue.Say($"s{i}", 8000m))]).Refusal.ShouldBe(Refusal.LimitReached);
        venue.Report([.. Enumerable.Range(0, AssetFeed.MaxSources - 3).Select(i => venue.Say($"s{i}", 8000m))]).Refusal.ShouldBe(Refusal.None);
        venue.Report(venue.Say("one.more", 8000m)).Refusal.ShouldBe(Refusal.LimitReached);
    }

    [Fact]
    public void A_source_silent_for_longer_than_a_price_lives_is_forgotten()
    {
        TestVenue venue = FedVenue.Open();
        venue.Clock += TimeSpan.FromHours(11);

        venue.Report(venue.Say("a", 8000m), venue.Say("b", 8000m));

        venue.Feed(FedVenue.Btc).Reports.Select(kept => kept.Source.Value).ShouldBe(["a", "b"]);
        venue.Report(venue.Say("c", 8000m) with { ObservedAt = venue.Clock + TimeSpan.FromHours(-10.5) }).Refusal.ShouldBe(Refusal.QuoteStale);
    }

    private static TestVenue Damped() => FedVenue.Open(
        rules => rules with { Damping = new Risk.Liquidation.DampingTerms(0.06m, 0.0003m) }, terms => terms with { FrozenMove = 0.02 });
}
