using Plimsoll.Simulation.Paths;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Tests.Paths;

public sealed class BentPathTests
{
    private static readonly AssetId Btc = new("BTC");
    private static readonly AssetId Eth = new("ETH");
    private static readonly AssetId Steth = new("stETH");
    private static readonly AssetId Usdc = new("USDC");
    private static readonly PricePath Fall = Given((0, 100, 10), (30, 50, 10), (60, 80, 20));

    [Fact]
    public void A_heavier_path_scales_log_returns_and_says_that_it_is_synthetic()
    {
        PricePath heavier = Fall.Heavier(2);

        heavier.Synthetic.ShouldBeTrue();
        heavier.Label.ShouldBe("given, log returns × 2 (synthetic)");
        Prices(heavier).ShouldBe(["100 10", "25 10", "64 40"]);
    }

    [Fact]
    public void A_factor_of_one_bends_nothing() => Fall.Heavier(1).ShouldBeSameAs(Fall);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(5.1)]
    [InlineData(double.NaN)]
    public void A_factor_outside_its_range_is_refused(double factor) =>
        Should.Throw<InputException>(() => Fall.Heavier(factor));

    [Fact]
    public void Finer_steps_run_in_straight_lines_and_keep_every_given_tick()
    {
        PricePath finer = Fall.Finer(TimeSpan.FromMinutes(10));

        finer.Ticks().Select(tick => $"{(tick.At - finer.Start).TotalMinutes} {tick.Prices[0]}").ShouldBe(["0 100", "10 83.333333", "20 66.666667", "30 50", "40 60", "50 70", "60 80"]);
        finer.Ticks().Where((_, i) => i % 3 == 0).Select(tick => string.Join(' ', tick.Prices)).ShouldBe(Prices(Fall));
    }

    [Fact]
    public void A_follower_takes_its_beta_of_the_leader_s_log_return()
    {
        PricePath path = Fall.WithRules([PriceRule.Following(new AssetId("LINK"), Btc, 2, 4m), PriceRule.Fixed(Usdc, 1m)]);

        path.Assets.ShouldBe([Btc, Eth, new AssetId("LINK"), Usdc]);
        Prices(path).ShouldBe(["100 10 4 1", "50 10 1 1", "80 20 2.56 1"]);
        path.Notes.ShouldContain("Priced by rule, not by a market: LINK, USDC.");
    }

    [Fact]
    public void A_claim_sells_at_a_discount_that_widens_as_its_leader_falls()
    {
        PricePath path = Fall.WithRules([PriceRule.Discounted(Steth, Btc, 0.01m, 0.1m)]);

        path.Ticks().Select(tick => tick.Prices[2]).ShouldBe([99m, 47m, 77.6m]);
    }

    [Fact]
    public void A_rule_for_a_priced_asset_or_after_an_unknown_leader_is_refused()
    {
        Should.Throw<InputException>(() => Fall.WithRules([PriceRule.Fixed(Btc, 1m)])).Message.ShouldStartWith("rule BTC: ");
        Should.Throw<InputException>(() => Fall.WithRules([PriceRule.Following(Steth, Usdc, 1, 1m)])).Message.ShouldBe("rule stETH: found leader USDC, expected one of BTC ETH");
    }

    [Fact]
    public void A_rule_s_parameters_have_ranges()
    {
        Should.Throw<InputException>(() => PriceRule.Following(Eth, Btc, double.NaN, 1m));
        Should.Throw<InputException>(() => PriceRule.Following(Eth, Btc, 1, 0m));
        Should.Throw<InputException>(() => PriceRule.Discounted(Eth, Btc, -0.1m));
        Should.Throw<InputException>(() => PriceRule.Discounted(Eth, Btc, 0.5m, 0.5m));
    }

    [Fact]
    public void A_path_that_breaks_its_laws_stops()
    {
        Should.Throw<LawBrokenException>(() => Given((30, 1, 1), (30, 1, 1)).Ticks().Count());
        Should.Throw<LawBrokenException>(() => Given((0, 1, 0), (30, 1, 1)).Ticks().Count());
    }

    [Fact]
    public void A_story_is_taken_up_after_the_moment_it_was_left()
    {
        Fall.TicksAfter(Fall.Start).Count().ShouldBe(2);
        Fall.TicksAfter(Fall.Start + TimeSpan.FromMinutes(29)).Count().ShouldBe(2);
        Fall.TicksAfter(Fall.End).ShouldBeEmpty();
        Fall.ProgressAt(Fall.Start + TimeSpan.FromMinutes(15)).ShouldBe(0.25);
        Fall.ProgressAt(Fall.End + TimeSpan.FromDays(1)).ShouldBe(1);
        Fall.ProgressAt(default).ShouldBe(0);
    }

    private static PricePath Given(params (int Minute, decimal First, decimal Second)[] rows)
    {
        Instant start = Instant.Utc(2020, 3, 11);
        PriceTick[] ticks = [.. rows.Select(row => new PriceTick(start + TimeSpan.FromMinutes(row.Minute), [row.First, row.Second]))];

        return new PricePath("given", synthetic: false, [Btc, Eth], ticks[0].At, ticks[^1].At, () => ticks);
    }

    private static IEnumerable<string> Prices(PricePath path) => path.Ticks().Select(tick => string.Join(' ', tick.Prices));
}
