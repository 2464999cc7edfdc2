using Plimsoll.Markets.Oracles;

namespace Plimsoll.Markets.Tests.Oracles;

public class TwapManipulationTests
{
    [Fact]
    public void Holding_the_price_so_long_moves_the_average_so_far()
    {
        double geometric = TwapManipulation.Geometric(1.3, 100, 7);
        double arithmetic = TwapManipulation.Arithmetic(1.3, 100, 7)!.Value;

        Math.Pow(geometric, 7.0 / 100).ShouldBe(1.3, 1e-12);
        (((7 * arithmetic) + 93) / 100).ShouldBe(1.3, 1e-12);
    }

    [Fact]
    public void No_price_above_nothing_pulls_an_arithmetic_average_down_in_one_block() =>
        TwapManipulation.Arithmetic(0.5, 150, 1).ShouldBeNull();

    [Fact]
    public void What_goes_into_a_pool_comes_out_on_the_way_back() =>
        TwapManipulation.Capital(1_000, 4, 9).ShouldBe(-TwapManipulation.Capital(1_000, 9, 4));

    [Theory]
    [InlineData(0, 10, 1)]
    [InlineData(1.2, 10, 0)]
    [InlineData(1.2, 10, 11)]
    [InlineData(double.NaN, 10, 1)]
    public void Nonsense_is_refused(double target, int blocks, int held) =>
        Should.Throw<Plimsoll.Units.InputException>(() => TwapManipulation.Geometric(target, blocks, held));
}
