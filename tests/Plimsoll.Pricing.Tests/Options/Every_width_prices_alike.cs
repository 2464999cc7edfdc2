using Plimsoll.Numerics;
using Plimsoll.Pricing.Options;

namespace Plimsoll.Pricing.Tests.Options;

public sealed class Every_width_prices_alike
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(7, true)]
    [InlineData(128, false)]
    [InlineData(1003, true)]
    [InlineData(20_000, false)]
    [InlineData(20_001, true)]
    public void Scalar_twin_and_all_registers_give_the_same_bits(int count, bool discounted)
    {
        var sample = new OptionSample(count, 31);
        var (one, four, eight, best) = (new OptionAnswers(count), new OptionAnswers(count), new OptionAnswers(count), new OptionAnswers(count));
        Black76Tiles.Run<Lane1>(sample.Columns(discounted), one.Columns);
        Black76Tiles.Run<Lane4>(sample.Columns(discounted), four.Columns);
        Black76Tiles.Run<Lane8>(sample.Columns(discounted), eight.Columns);
        Black76Batch.Greeks(sample.Columns(discounted), best.Columns);

        for (var i = 0; i < count; i++)
        {
            var single = Black76.Greeks(sample[i, discounted]);
            double[] expected = [single.Value, single.Delta, single.Gamma, single.Vega, single.Theta];
            for (var a = 0; a < expected.Length; a++)
                foreach (var answers in new[] { one, four, eight, best })
                    if (Bits(answers.All[a][i]) != Bits(expected[a]))
                        Assert.Fail($"{answers.All[a][i]:R} is not {expected[a]:R}: seed {sample.Seed}, option {i}, {sample[i, discounted]}, answer {a}");
        }
    }

    [Fact]
    public void Values_alone_are_the_values_with_greeks()
    {
        var sample = new OptionSample(5_000, 32);
        var answers = new OptionAnswers(sample.Count);
        var values = new double[sample.Count];
        Black76Batch.Greeks(sample.Columns(discounted: true), answers.Columns);
        Black76Batch.Values(sample.Columns(discounted: true), values);
        values.ShouldBe(answers.All[0]);
    }

    [Fact]
    public void Columns_that_do_not_match_are_refused()
    {
        Should.Throw<ArgumentException>(() =>
            Black76Batch.Values(new OptionColumns { Sign = [1.0], Forward = [1.0, 2.0], Strike = [1.0, 2.0], Years = [1.0, 2.0], Volatility = [1.0, 2.0] }, new double[2]));
        Should.Throw<ArgumentException>(() =>
            Black76Batch.Values(new OptionColumns { Sign = [1.0, 1.0], Forward = [1.0, 2.0], Strike = [1.0, 2.0], Years = [1.0, 2.0], Volatility = [1.0, 2.0] }, new double[1]));
    }

    private static long Bits(double value) => double.IsNaN(value) ? long.MinValue : BitConverter.DoubleToInt64Bits(value);
}
