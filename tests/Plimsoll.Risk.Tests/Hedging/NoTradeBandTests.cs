using Plimsoll.Risk.Hedging;

namespace Plimsoll.Risk.Tests.Hedging;

public sealed class NoTradeBandTests
{
    [Fact]
    public void The_half_width_is_the_cube_root_of_the_published_expression()
    {
        // 3/2 · e^(−0.05) · 0.01 · 100 · 0.02² / 1 = 5.7073…e-4, whose cube root is 0.08295.
        double half = NoTradeBand.HalfWidth(0.01, 100, 0.02, 1, rate: 0.05, years: 1);

        (half * half * half).ShouldBe(1.5 * 0.951229424500714 * 0.01 * 100 * 0.0004, 1e-15);
        half.ShouldBe(0.08295, 1e-5);
    }

    [Fact]
    public void Eightfold_cost_doubles_the_band_and_eightfold_aversion_halves_it()
    {
        double half = NoTradeBand.HalfWidth(0.0005, 60_000, 1e-4, 0.001);

        NoTradeBand.HalfWidth(0.004, 60_000, 1e-4, 0.001).ShouldBe(2 * half, 1e-12);
        NoTradeBand.HalfWidth(0.0005, 60_000, 1e-4, 0.008).ShouldBe(half / 2, 1e-12);
        NoTradeBand.HalfWidth(0.0005, 60_000, -1e-4, 0.001).ShouldBe(half);
        NoTradeBand.HalfWidth(0.0005, 60_000, 0, 0.001).ShouldBe(0);
    }

    [Fact]
    public void A_position_ten_times_as_large_with_a_tenth_of_the_aversion_has_ten_times_the_band() =>
        NoTradeBand.HalfWidth(0.0005, 60_000, 1e-3, 0.0001).ShouldBe(10 * NoTradeBand.HalfWidth(0.0005, 60_000, 1e-4, 0.001), 1e-12);

    [Theory]
    [InlineData(-1, 1, 1, 1)]
    [InlineData(1, 0, 1, 1)]
    [InlineData(1, 1, double.NaN, 1)]
    [InlineData(1, 1, 1, 0)]
    public void Arguments_that_mean_nothing_give_no_band(double cost, double price, double gamma, double aversion) =>
        NoTradeBand.HalfWidth(cost, price, gamma, aversion).ShouldBe(double.NaN);

    [Theory]
    [InlineData(0.2, 0.5, 0.1, 0.4)]
    [InlineData(0.45, 0.5, 0.1, 0.45)]
    [InlineData(0.7, 0.5, 0.1, 0.6)]
    public void A_hedge_goes_to_the_nearer_edge_or_stays(double held, double ideal, double half, double expected) =>
        NoTradeBand.Rebalanced(held, ideal, half).ShouldBe(expected);
}
