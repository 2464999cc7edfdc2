using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Collateral;
using Plimsoll.Risk.Listing;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Tests;

public class ListingCheckTests
{
    private static readonly ListingProposal Sound = new()
    {
        Instrument = "REEF_USDC-PERPETUAL",
        Class = AssetClass.Alt,
        LotSize = 1m,
        TickSize = 0.00001m,
        OpenInterestCap = 3_000_000m,
        PositionLimit = 250_000m,
        Initial = new Threshold(0.6m, 0.25m),
        Target = new Threshold(0.5m, 0.22m),
        Maintenance = new Threshold(0.4m, 0.2m),
    };

    private static readonly MarketFacts Deep = new()
    {
        MarketCap = 90_000_000m,
        Float = 38_000_000m,
        DailyVolume = 9_500_000m,
        Depth = 310_000m,
        DailyVolatility = 0.07m,
        TopHolders = 0.4m,
        DaysTraded = 400m,
        Sources = [.. Enumerable.Range(0, 5).Select(i => new ListingSource($"s{i}", 1m, 0.2m, 2m))],
    };

    [Fact]
    public void A_sound_proposal_passes_every_check()
    {
        ListingVerdict verdict = ListingCheck.Of(Sound, Deep);

        verdict.Grade.ShouldBe(ListingGrade.Pass, string.Join("; ", verdict.Findings.Where(f => f.Grade != ListingGrade.Pass).Select(f => f.Reason)));
    }

    /// <summary>MNGO, October 2022: 483 M of about a billion coins open at 0.0382, in a market a few millions moved.</summary>
    [Fact]
    public void The_market_that_sank_Mango_is_refused()
    {
        ListingVerdict verdict = ListingCheck.Of(
            Sound with { OpenInterestCap = 18_500_000m, PositionLimit = 18_500_000m },
            Deep with { MarketCap = 38_200_000m, Float = 38_200_000m, DailyVolume = 2_000_000m, Depth = 60_000m });

        Grade(verdict, "open interest to market cap").ShouldBe(ListingGrade.Refuse);
        Grade(verdict, "position to depth").ShouldBe(ListingGrade.Refuse);
    }

    /// <summary>JELLY, March 2025: one short of 4 M against a capitalisation of about 10 M.</summary>
    [Fact]
    public void The_market_that_nearly_sank_a_vault_is_refused()
    {
        ListingVerdict verdict = ListingCheck.Of(Sound with { OpenInterestCap = 4_000_000m, PositionLimit = 4_000_000m }, Deep with { MarketCap = 10_000_000m, Float = 9_500_000m });

        verdict.Grade.ShouldBe(ListingGrade.Refuse);
        Grade(verdict, "open interest to market cap").ShouldBe(ListingGrade.Refuse);
    }

    [Fact]
    public void Worse_facts_never_make_a_better_grade()
    {
        foreach (decimal worse in new[] { 0.5m, 0.1m, 0.01m })
        {
            ListingVerdict verdict = ListingCheck.Of(Sound, Deep with { MarketCap = Deep.MarketCap * worse, Float = Deep.Float * worse, DailyVolume = Deep.DailyVolume * worse, Depth = Deep.Depth * worse });
            ListingVerdict better = ListingCheck.Of(Sound, Deep);
            foreach ((ListingFinding bad, ListingFinding good) in verdict.Findings.Zip(better.Findings)) ((int)bad.Grade).ShouldBeGreaterThanOrEqualTo((int)good.Grade, bad.Check);
        }
    }

    [Fact]
    public void Stale_missing_and_divergent_sources_are_seen()
    {
        Grade(ListingCheck.Of(Sound, Deep with { Sources = [] }), "price sources").ShouldBe(ListingGrade.Refuse);
        Grade(ListingCheck.Of(Sound, Deep with { Sources = [.. Deep.Sources.Select((s, i) => i < 3 ? s with { AgeSeconds = 600m } : s)] }), "price sources").ShouldBe(ListingGrade.Refuse);
        Grade(ListingCheck.Of(Sound, Deep with { Sources = [.. Deep.Sources.Take(4), new ListingSource("odd", 1.1m, 0.2m, 1m)] }), "divergence").ShouldBe(ListingGrade.Refuse);
    }

    [Fact]
    public void Parameters_that_contradict_each_other_are_refused()
    {
        Grade(ListingCheck.Of(Sound with { Maintenance = new Threshold(0.7m, 0.2m) }, Deep), "thresholds").ShouldBe(ListingGrade.Refuse);
        Grade(ListingCheck.Of(Sound with { Haircuts = [new CollateralTier(0m, 0.5m), new CollateralTier(1m, 0.4m)] }, Deep), "haircuts").ShouldBe(ListingGrade.Refuse);
        Grade(ListingCheck.Of(Sound with { Instrument = "no name" }, Deep), "name").ShouldBe(ListingGrade.Refuse);
        ListingCheck.Of(Sound with { PositionLimit = 4_000_000m }, Deep).Grade.ShouldBe(ListingGrade.Refuse);
    }

    [Fact]
    public void Nothing_of_a_market_is_refused_and_impossible_figures_are_no_input()
    {
        ListingCheck.Of(Sound, Deep with { MarketCap = 0m, Float = 0m, DailyVolume = 0m, Depth = 0m }).Grade.ShouldBe(ListingGrade.Refuse);
        Should.Throw<InputException>(() => ListingCheck.Of(Sound, Deep with { Depth = -1m }));
        Should.Throw<InputException>(() => ListingCheck.Of(Sound, Deep with { TopHolders = 1.2m }));
        Should.Throw<InputException>(() => ListingCheck.Of(Sound with { OpenInterestCap = decimal.MaxValue }, Deep));
        Should.Throw<InputException>(() => ListingCheck.Of(Sound, Deep with { Float = Deep.MarketCap + 1m }));
    }

    private static ListingGrade Grade(ListingVerdict verdict, string check) => verdict.Findings.Single(f => f.Check == check).Grade;
}
