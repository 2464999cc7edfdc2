using Plimsoll.Risk.Thresholds;
using Plimsoll.Simulation.Cascades;
using Plimsoll.Units;
using Shouldly;
using Xunit;

namespace Plimsoll.Simulation.Tests.Cascades;

public sealed class CascadeWalkTests
{
    [Fact]
    public void Where_every_percent_forces_as_much_the_multiplier_is_that_of_a_geometric_series()
    {
        // 1 M at every per cent: F′ = 100 M per 1. With κ = 4e-9 the slope is 0.4, and 1 ÷ (1 − 0.4) = 5/3.
        LiquidationMap map = Even(perStep: 1_000_000);

        CascadeStep step = CascadeWalk.Of(map, 4e-9, [0.03])[0];

        step.Multiplier.ShouldBe(5.0 / 3, 1e-6);
        step.Diverges.ShouldBeFalse();
        step.Forced.ShouldBe(5_000_000, 10);
    }

    [Fact]
    public void Where_selling_moves_the_price_by_more_than_set_it_off_it_diverges()
    {
        CascadeStep step = CascadeWalk.Of(Even(perStep: 1_000_000), 1.1e-8, [0.01])[0];

        step.Diverges.ShouldBeTrue();
        step.Multiplier.ShouldBe(double.PositiveInfinity);
    }

    [Fact]
    public void A_market_without_impact_multiplies_nothing()
    {
        CascadeWalk.Of(Even(perStep: 1_000_000), 0, [0.01, 0.1]).ShouldAllBe(step => step.Multiplier == 1 && step.Extra == 0);
    }

    [Fact]
    public void Rises_are_fed_by_what_must_be_bought()
    {
        CascadeStep up = CascadeWalk.Of(Even(perStep: 1_000_000), 4e-9, [0.03], up: true)[0];

        // The map holds longs only: a rise forces nobody.
        up.Forced.ShouldBe(0);
        up.Multiplier.ShouldBe(1);
    }

    [Fact]
    public void Collateral_that_falls_to_be_sold_feeds_a_fall_like_contracts_and_no_rise()
    {
        LiquidationMap sold = Even(perStep: 0, collateral: 1_000_000), closed = Even(perStep: 1_000_000);

        CascadeWalk.Of(sold, 4e-9, [0.03])[0].ShouldBe(CascadeWalk.Of(closed, 4e-9, [0.03])[0]);
        CascadeWalk.Of(sold, 4e-9, [0.03], up: true)[0].Forced.ShouldBe(0);
    }

    private static LiquidationMap Even(double perStep, double collateral = 0)
    {
        MapStep none = new(1, 100, 0, 0, 0, 0);
        MapStep[] down = [.. CascadeMap.Grid.Down.Select(ratio => new MapStep(ratio, 100 * ratio, 1, perStep, -perStep, collateral))];
        MapStep[] up = [.. CascadeMap.Grid.Up.Select(ratio => new MapStep(ratio, 100 * ratio, 0, 0, 0, 0))];

        return new LiquidationMap(new AssetIndex(0), 100, none, none, down, up);
    }
}
