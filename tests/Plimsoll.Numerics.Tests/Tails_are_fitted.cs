namespace Plimsoll.Numerics.Tests;

public class Tails_are_fitted
{
    [Theory]
    [InlineData(0.5, 2)]
    [InlineData(0.1, 1)]
    [InlineData(-0.2, 3)]
    public void A_sample_gives_its_own_shape_and_scale_back(double shape, double scale)
    {
        // Quantiles at even steps: the sample that is most like its distribution.
        double[] sample = [.. Enumerable.Range(0, 20_000).Select(k => scale / shape * Exact.ExpMinusOne(-shape * Exact.Log(1 - ((k + 0.5) / 20_000))))];

        ParetoTail tail = ParetoTail.Fit(sample, 0);

        tail.Shape.ShouldBe(shape, 0.01);
        tail.Scale.ShouldBe(scale, 0.02 * scale);
    }

    [Fact]
    public void An_exponential_sample_has_no_shape()
    {
        double[] sample = [.. Enumerable.Range(0, 20_000).Select(k => -Exact.Log(1 - ((k + 0.5) / 20_000)))];

        ParetoTail tail = ParetoTail.Fit(sample, 0);

        tail.Shape.ShouldBe(0, 0.005);
        tail.ValueAtRisk(0.99).ShouldBe(-Math.Log(0.01), 0.02);
    }

    [Fact]
    public void Quantiles_and_shortfalls_grow_with_the_probability_and_shift_and_scale_with_the_sample()
    {
        double[] sample = [.. Enumerable.Range(1, 500).Select(k => 100.0 / k)];
        ParetoTail tail = ParetoTail.Fit(sample, 1);
        ParetoTail doubled = ParetoTail.Fit([.. sample.Select(x => 2 * x)], 2);

        double last = tail.Threshold;
        for (double p = 0.85; p < 0.9999; p += 0.001)
        {
            double quantile = tail.ValueAtRisk(p);
            quantile.ShouldBeGreaterThan(last);
            tail.ExpectedShortfall(p).ShouldBeGreaterThan(quantile);
            doubled.ValueAtRisk(p).ShouldBe(2 * quantile, 1e-5 * quantile);
            last = quantile;
        }
    }

    [Fact]
    public void What_a_tail_cannot_say_it_refuses()
    {
        Should.Throw<ArgumentException>(() => ParetoTail.Fit([1, 2, 3], 0));
        Should.Throw<ArgumentException>(() => ParetoTail.Fit([.. Enumerable.Repeat(double.NaN, 20)], 0));
        ParetoTail tail = ParetoTail.Fit([.. Enumerable.Range(1, 100).Select(k => (double)k * k)], 2_500);
        Should.Throw<ArgumentOutOfRangeException>(() => tail.ValueAtRisk(0.2));
        Should.Throw<ArgumentOutOfRangeException>(() => tail.ValueAtRisk(1));
    }
}
