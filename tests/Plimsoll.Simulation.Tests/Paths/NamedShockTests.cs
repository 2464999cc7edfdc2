using Plimsoll.Simulation.Paths;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Tests.Paths;

public sealed class NamedShockTests
{
    private static readonly Instant Start = Instant.Utc(2026, 1, 5);

    private static readonly ShockedAsset[] Assets =
    [
        new(new AssetId("BTC"), 60_000m),
        new(new AssetId("ETH"), 3_000m, Beta: 1.2),
        new(new AssetId("USDC"), 1m, Pegged: true, Noise: 0.05),
        new(new AssetId("USDT"), 1m, Beta: 0, Pegged: true, Noise: 0),
    ];

    [Theory]
    [InlineData("flash-crash")]
    [InlineData("grind")]
    [InlineData("depeg")]
    public void The_same_seed_tells_the_same_story_and_another_seed_another(string name)
    {
        string Story(ulong seed) => string.Join('\n', NamedShock.Parse(name).Path(Assets, Start, seed).Ticks().Select(tick => $"{tick.At} {string.Join(' ', tick.Prices)}"));

        Story(7).ShouldBe(Story(7));
        Story(7).ShouldNotBe(Story(8));
    }

    [Fact]
    public void A_flash_crash_falls_by_its_depth_and_comes_most_of_the_way_back()
    {
        decimal[] btc = [.. Quiet("flash-crash", 0.5).Ticks().Select(tick => tick.Prices[0])];

        btc[0].ShouldBe(60_000m);
        btc.Min().ShouldBe(30_000m);
        btc[^1].ShouldBe(47_622.032m); // 60,000 × 0.5^(1/3)
    }

    [Fact]
    public void A_beta_falls_further()
    {
        Quiet("grind", 0.5).Ticks().Last().Prices[1].ShouldBe(1305.8258m); // 3,000 × 0.5^1.2
    }

    [Fact]
    public void A_depeg_moves_the_pegged_and_no_others()
    {
        PriceTick[] ticks = [.. Quiet("depeg", 0.12).Ticks()];

        ticks.Min(tick => tick.Prices[2]).ShouldBe(0.88m);
        ticks[^1].Prices[2].ShouldBe(1m);
        ticks.ShouldAllBe(tick => tick.Prices[0] == 60_000m && tick.Prices[3] == 1m);
    }

    [Fact]
    public void A_shock_is_always_labelled_synthetic()
    {
        PricePath path = NamedShock.Parse("grind").Path(Assets, Start, 42);

        path.Synthetic.ShouldBeTrue();
        path.Label.ShouldBe("grind, depth 55 % (synthetic, seed 42)");
        path.Ticks().Last().At.ShouldBe(path.End);
    }

    [Fact]
    public void An_unknown_name_and_a_depth_outside_its_range_are_refused()
    {
        Should.Throw<InputException>(() => NamedShock.Parse("crash")).Message.ShouldBe("shock: found 'crash', expected one of flash-crash, grind, depeg");
        Should.Throw<InputException>(() => NamedShock.Parse("grind", 1));
        Should.Throw<InputException>(() => NamedShock.Parse("grind", double.NaN));
        Should.Throw<InputException>(() => NamedShock.Parse("grind", 0.5, noisePerTick: 1));
    }

    private static PricePath Quiet(string name, double depth) => NamedShock.Parse(name, depth, noisePerTick: 0).Path(Assets, Start, 1);
}
