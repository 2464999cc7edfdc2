namespace Plimsoll.Numerics.Tests;

public sealed class Quantiles_and_roots
{
    private static readonly double[] OneToTen = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.25, 3.25)]
    [InlineData(0.5, 5.5)]
    [InlineData(0.95, 9.55)]
    [InlineData(1, 10)]
    public void Type_7_interpolates_as_R_does(double probability, double expected) =>
        Quantiles.Type7(OneToTen, probability).ShouldBe(expected, 1e-14);

    [Theory]
    [InlineData(0.99, 10)]
    [InlineData(0.9, 10)]
    [InlineData(0.8, 9)]
    [InlineData(0.75, 8)]
    [InlineData(0, 1)]
    public void The_order_statistic_is_the_kth_greatest(double probability, double expected) =>
        Quantiles.OrderStatistic(OneToTen, probability).ShouldBe(expected);

    [Theory]
    [InlineData(0.1, 10)]
    [InlineData(0.2, 9.5)]
    [InlineData(0.25, 9.2)] // (10 + 9 + ½·8)/2.5
    [InlineData(0.05, 10)]
    [InlineData(1, 5.5)]
    public void The_tail_mean_takes_the_next_loss_in_part(double share, double expected) =>
        Quantiles.UpperTailMean(OneToTen, share).ShouldBe(expected, 1e-14);

    [Fact]
    public void An_empty_sample_and_an_impossible_probability_are_refused()
    {
        Should.Throw<ArgumentException>(() => Quantiles.Type7([], 0.5));
        Should.Throw<ArgumentOutOfRangeException>(() => Quantiles.Type7(OneToTen, 1.5));
        Should.Throw<ArgumentOutOfRangeException>(() => Quantiles.UpperTailMean(OneToTen, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => Quantiles.Type7(OneToTen, double.NaN));
    }

    [Fact]
    public void Both_solvers_find_the_root_and_Brent_sooner()
    {
        static double Curve(double x) => (x * x * x) - (2 * x) - 5; // Wallis, 1685
        var slow = Solver.Bisect(Curve, 2, 3, 1e-14);
        var quick = Solver.Brent(Curve, 2, 3, 1e-14);
        slow.IsFound.ShouldBeTrue();
        quick.IsFound.ShouldBeTrue();
        slow.Value.ShouldBe(2.0945514815423265, 1e-13);
        quick.Value.ShouldBe(2.0945514815423265, 1e-13);
        quick.Evaluations.ShouldBeLessThan(slow.Evaluations / 3);
    }

    [Fact]
    public void Random_cubics_give_up_their_root_to_Brent()
    {
        const ulong Seed = 11;
        var chance = new SeededStream(Seed);
        for (var i = 0; i < 500; i++)
        {
            var (root, a, b) = (chance.NextNormal(), chance.NextDouble() + 0.01, chance.NextNormal());
            var found = Solver.Brent(x => (x - root) * ((a * (x - b) * (x - b)) + 0.001), -20, 20, 1e-12);
            found.IsFound.ShouldBeTrue($"seed {Seed}, draw {i}");
            found.Value.ShouldBe(root, 1e-9, $"seed {Seed}, draw {i}");
        }
    }

    [Fact]
    public void A_search_says_why_it_failed()
    {
        Solver.Brent(x => 1 + (x * x), -1, 1, 1e-9).Status.ShouldBe(RootStatus.NotBracketed);
        Solver.Brent(x => x < 0.9 ? -1 - x : 1, 0, 1, 1e-12, limit: 5).Status.ShouldBe(RootStatus.LimitReached);
        Solver.Brent(x => x is 0 ? -1 : x is 1 ? 1 : double.NaN, 0, 1, 1e-9).Status.ShouldBe(RootStatus.NotANumber);
        Solver.Bisect(x => x < 0.3 ? -1 : 1, 0, 1, 1e-12).Value.ShouldBe(0.3, 1e-11);
    }
}
