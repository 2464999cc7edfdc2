namespace Plimsoll.Numerics.Tests;

public sealed class Special_values_are_honoured
{
    private const double Infinity = double.PositiveInfinity;

    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(Infinity, Infinity)]
    [InlineData(-Infinity, 0.0)]
    [InlineData(710.0, Infinity)]
    [InlineData(1e308, Infinity)]
    [InlineData(-746.0, 0.0)]
    [InlineData(-745.0, double.Epsilon)]
    [InlineData(double.NaN, double.NaN)]
    public void Exp_at_the_edges(double x, double expected) => Exact.Exp(x).ShouldBe(expected);

    [Theory]
    [InlineData(1.0, 0.0)]
    [InlineData(0.0, -Infinity)]
    [InlineData(Infinity, Infinity)]
    [InlineData(-Infinity, double.NaN)]
    [InlineData(-1.0, double.NaN)]
    [InlineData(-double.Epsilon, double.NaN)]
    [InlineData(double.Epsilon, -744.4400719213812)]
    [InlineData(double.NaN, double.NaN)]
    public void Log_at_the_edges(double x, double expected) => Exact.Log(x).ShouldBe(expected);

    [Theory]
    [InlineData(0.0, 0.5)]
    [InlineData(Infinity, 1.0)]
    [InlineData(-Infinity, 0.0)]
    [InlineData(-39.0, 0.0)]
    [InlineData(1e308, 1.0)]
    [InlineData(double.NaN, double.NaN)]
    public void NormalCdf_at_the_edges(double x, double expected) => Exact.NormalCdf(x).ShouldBe(expected);

    [Theory]
    [InlineData(Infinity, 0.0)]
    [InlineData(-Infinity, Infinity)]
    [InlineData(-40.0, Infinity)]
    [InlineData(1e300, 9.999999999999999E-301)]
    [InlineData(double.NaN, double.NaN)]
    public void Mills_at_the_edges(double x, double expected) => Exact.Mills(x).ShouldBe(expected);

    [Theory]
    [InlineData(0.0, -Infinity)]
    [InlineData(1.0, Infinity)]
    [InlineData(0.5, 0.0)]
    [InlineData(-0.1, double.NaN)]
    [InlineData(1.1, double.NaN)]
    [InlineData(double.NaN, double.NaN)]
    public void NormalQuantile_at_the_edges(double p, double expected) => Exact.NormalQuantile(p).ShouldBe(expected);

    [Fact]
    public void Pow_agrees_with_the_base_library_on_every_special_pair()
    {
        double[] values = [0.0, -0.0, 1, -1, 2, -2, 0.5, -0.5, 3, -3, 1e300, -1e300, 1e-300, double.Epsilon, Infinity, -Infinity, double.NaN, 9007199254740993.0];
        foreach (var x in values)
            foreach (var y in values)
            {
                var (actual, expected) = (Exact.Pow(x, y), Math.Pow(x, y));
                if (double.IsNaN(expected)) actual.ShouldBe(double.NaN, $"{x} to the {y}");
                else if (!double.IsNormal(expected)) BitConverter.DoubleToInt64Bits(actual).ShouldBe(BitConverter.DoubleToInt64Bits(expected), $"{x} to the {y}");
                else actual.ShouldBe(expected, Math.Abs(expected) * 3e-16, $"{x} to the {y}");
            }
    }
}
