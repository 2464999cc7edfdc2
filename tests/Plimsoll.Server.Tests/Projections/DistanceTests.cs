using Plimsoll.Risk.Margin;
using Plimsoll.Server.Projections;

namespace Plimsoll.Server.Tests.Projections;

public sealed class DistanceTests
{
    // Owns 2,000, holds 10,000 of a coin's future, must keep a tenth: health 1,000.
    private static readonly Verdict Trader = new(2_000, 2_000, 2_500, 0, 10_000, 500, 750, 1_000);

    [Fact]
    public void A_long_falls_until_what_is_left_is_a_tenth_of_what_is_left_of_the_price() =>
        Distance.Of(Trader, 10_000, 10_000).ShouldBe(1 / 9.0, 1e-12);

    [Fact]
    public void A_short_rises_until_what_is_left_is_a_tenth_of_the_higher_price() =>
        Distance.Of(Trader, -10_000, 10_000).ShouldBe(1 / 11.0, 1e-12);

    [Fact]
    public void Who_owns_his_coins_outright_is_never_liquidated() =>
        // 10,000 worth of coin counts 9,500; a tenth of it is required; both fall together, to nothing and no further.
        double.IsNaN(Distance.Of(new Verdict(10_000, 9_500, 2_375, 0, 0, 8_075, 8_312.5, 8_550), 9_500, 9_500)).ShouldBeTrue();

    [Fact]
    public void Who_is_under_water_has_no_distance_left() =>
        Distance.Of(Trader with { MaintenanceHealth = -1 }, 10_000, 10_000).ShouldBe(0);

    [Fact]
    public void Who_holds_nothing_that_moves_has_none() =>
        double.IsNaN(Distance.Of(new Verdict(5, 5, 0, Verdict.NoScenario, 0, 5, 5, 5), 0, 0)).ShouldBeTrue();
}
