namespace Plimsoll.Numerics.Tests;

public sealed class Downhill
{
    [Fact]
    public void A_banana_shaped_valley_is_walked_to_its_end()
    {
        double[] at = [-1.2, 1];
        var low = DownhillSimplex.Descend(Banana, at, [0.5, 0.5], 500, 1e-14);
        low.ShouldBeLessThan(1e-12);
        at[0].ShouldBe(1, 1e-5);
        at[1].ShouldBe(1, 1e-5);
    }

    [Fact]
    public void Places_that_may_not_be_asked_are_walked_around()
    {
        double[] at = [3, 3];
        DownhillSimplex.Descend(x => x[0] + x[1] < 1 ? double.NaN : (x[0] * x[0]) + (x[1] * x[1]), at, [0.5, 0.3], 400, 1e-14);
        (at[0] + at[1]).ShouldBe(1, 1e-3);
        at[0].ShouldBe(0.5, 0.02);
    }

    [Fact]
    public void The_limit_of_evaluations_is_kept()
    {
        var asked = 0;
        double[] at = [-1.2, 1];
        DownhillSimplex.Descend(x => { asked++; return Banana(x); }, at, [0.5, 0.5], 40, 0);
        asked.ShouldBeLessThanOrEqualTo(43);
    }

    [Fact]
    public void As_many_steps_as_variables_are_needed() =>
        Should.Throw<ArgumentException>(() => DownhillSimplex.Descend(Banana, new double[2], [0.1], 10, 0));

    private static double Banana(ReadOnlySpan<double> x)
    {
        var (across, along) = (x[1] - (x[0] * x[0]), 1 - x[0]);
        return (100 * across * across) + (along * along);
    }
}
