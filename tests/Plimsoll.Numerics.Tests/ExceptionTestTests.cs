namespace Plimsoll.Numerics.Tests;

public class ExceptionTestTests
{
    /// <summary>
    /// Numbers of exceptions that Kupiec's test does not reject at 5 %, both ends excluded: Kupiec (1995), as printed in
    /// Jorion, "Value at Risk". For 255 days at 1 % the table prints no lower end; none at all has a ratio of 5.1 there.
    /// </summary>
    [Theory]
    [InlineData(0.01, 255, 0, 7)]
    [InlineData(0.01, 510, 1, 11)]
    [InlineData(0.01, 1000, 4, 17)]
    [InlineData(0.025, 255, 2, 12)]
    [InlineData(0.025, 510, 6, 21)]
    [InlineData(0.025, 1000, 15, 36)]
    [InlineData(0.05, 255, 6, 21)]
    [InlineData(0.05, 510, 16, 36)]
    [InlineData(0.05, 1000, 37, 65)]
    [InlineData(0.10, 255, 16, 36)]
    [InlineData(0.10, 510, 38, 65)]
    [InlineData(0.10, 1000, 81, 120)]
    public void Kupiecs_published_regions_are_those_of_the_test(double probability, int trials, int above, int below)
    {
        int[] kept = [.. Enumerable.Range(0, trials).Where(x => Of(trials, x, probability).Kupiec.Probability > 0.05)];

        kept[0].ShouldBe(above + 1);
        kept[^1].ShouldBe(below - 1);
    }

    [Fact]
    public void Too_few_speak_against_a_bound_as_too_many_do()
    {
        Of(2000, 20, 0.01).Kupiec.Ratio.ShouldBe(0, 1e-12);
        Of(2000, 20, 0.01).Kupiec.Probability.ShouldBe(1, 1e-6);
        Of(2000, 0, 0.01).Kupiec.Ratio.ShouldBe(-2 * 2000 * Math.Log(0.99), 1e-9);
        Of(2000, 0, 0.01).Kupiec.Probability.ShouldBeLessThan(1e-8);
        Of(2000, 60, 0.01).Kupiec.Probability.ShouldBeLessThan(1e-8);
    }

    [Fact]
    public void Exceptions_in_clusters_are_told_from_the_same_number_scattered()
    {
        bool[] scattered = new bool[1000];
        for (int i = 25; i < 1000; i += 50) scattered[i] = true;
        bool[] clustered = new bool[1000];
        for (int i = 0; i < 20; i++) clustered[300 + i] = true;

        var apart = new ExceptionTest(scattered, 0.02);
        var together = new ExceptionTest(clustered, 0.02);

        apart.Kupiec.ShouldBe(together.Kupiec);
        apart.Independence.Probability.ShouldBeGreaterThan(0.3);
        together.Independence.Probability.ShouldBeLessThan(1e-10);
        together.ConditionalCoverage.Probability.ShouldBeLessThan(1e-10);
    }

    [Fact]
    public void Independence_is_the_ratio_of_a_chain_with_memory_to_one_without()
    {
        // 0 0 1 1 0 0 0 1 0 0: from quiet 4 stay and 2 break; from an exception 2 end and 1 goes on.
        var test = new ExceptionTest([false, false, true, true, false, false, false, true, false, false], 0.3);
        double apart = (4 * Math.Log(4 / 6.0)) + (2 * Math.Log(2 / 6.0)) + (2 * Math.Log(2 / 3.0)) + Math.Log(1 / 3.0);
        double together = (6 * Math.Log(6 / 9.0)) + (3 * Math.Log(3 / 9.0));

        test.Independence.Ratio.ShouldBe(2 * (apart - together), 1e-12);
    }

    [Fact]
    public void Chi_square_tails_are_the_tables()
    {
        ChiSquare.TailOfOne(3.841458820694124).ShouldBe(0.05, 1e-12);
        ChiSquare.TailOfOne(6.634896601021214).ShouldBe(0.01, 1e-12);
        ChiSquare.TailOfTwo(5.991464547107979).ShouldBe(0.05, 1e-12);
        ChiSquare.TailOfOne(0).ShouldBe(1);
        ChiSquare.TailOfTwo(-1).ShouldBe(1);
    }

    [Fact]
    public void Wilsons_interval_holds_the_coverage_and_stays_within_one()
    {
        // Wilson's interval of 90 of 100, as in every textbook: 0.8256 to 0.9448.
        (double low, double high) = Of(100, 10, 0.1).CoverageInterval;

        low.ShouldBe(0.82563, 1e-5);
        high.ShouldBe(0.94477, 1e-5);
        Of(50, 0, 0.01).CoverageInterval.High.ShouldBe(1, 1e-12);
        new ExceptionTest([], 0.01).CoverageInterval.ShouldBe((0, 1));
    }

    private static ExceptionTest Of(int trials, int exceptions, double probability)
    {
        bool[] series = new bool[trials];
        Array.Fill(series, true, 0, exceptions);

        return new ExceptionTest(series, probability);
    }
}
