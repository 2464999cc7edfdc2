namespace Plimsoll.Numerics.Tests;

public sealed class Exact_functions_are_accurate
{
    private const ulong Seed = 20240607;

    [Fact]
    public void The_reference_knows_pi_and_e()
    {
        BigReal.Pi.UlpsFrom(Math.PI).ShouldBeLessThanOrEqualTo(0.5);
        BigReal.Exp(BigReal.One).UlpsFrom(Math.E).ShouldBeLessThanOrEqualTo(0.5);
        BigReal.Mills(0).UlpsFrom(1.2533141373155003).ShouldBeLessThanOrEqualTo(0.5);
    }

    [Fact]
    public void Exp_is_within_one_unit_over_its_whole_range() =>
        Worst(2000, chance => (chance.NextDouble() * 1454) - 744.5, Exact.Exp, x => BigReal.Exp(BigReal.Of(x))).ShouldBeLessThan(1.0);

    [Fact]
    public void Exp_is_within_one_unit_near_zero() =>
        Worst(1000, chance => (chance.NextDouble() - 0.5) * 2, Exact.Exp, x => BigReal.Exp(BigReal.Of(x))).ShouldBeLessThan(1.0);

    [Fact]
    public void ExpMinusOne_is_within_three_units_however_small_its_argument() =>
        Worst(1000, Signed(-20, 2), Exact.ExpMinusOne, x => BigReal.Exp(BigReal.Of(x)) - BigReal.One).ShouldBeLessThan(3.0);

    [Fact]
    public void Log_is_within_one_unit_for_any_positive_number() =>
        Worst(1000, chance => BitConverter.Int64BitsToDouble((long)(chance.NextUInt64() >> 1) % 0x7FF0000000000000L), Exact.Log, BigReal.Log).ShouldBeLessThan(1.0);

    [Fact]
    public void Log_is_within_one_unit_near_one() =>
        Worst(1000, chance => 1 + Signed(-15, -0.5)(chance), Exact.Log, BigReal.Log).ShouldBeLessThan(1.0);

    [Fact]
    public void LogOnePlus_is_within_three_units_however_small_its_argument() =>
        Worst(500, chance => Math.Abs(Signed(-8, 3)(chance)), Exact.LogOnePlus, LogOnePlus).ShouldBeLessThan(3.0);

    [Fact]
    public void Pow_is_within_one_unit()
    {
        var chance = new SeededStream(Seed);
        var worst = 0.0;
        for (var i = 0; i < 300; i++)
        {
            var x = BitConverter.Int64BitsToDouble((long)(chance.NextUInt64() >> 1) % 0x7FF0000000000000L);
            var y = (chance.NextDouble() - 0.5) * 1400 / Math.Log(x);
            var power = BigReal.Exp(BigReal.Of(y) * BigReal.Log(x));
            worst = Math.Max(worst, power.UlpsFrom(Exact.Pow(x, y)));
        }

        worst.ShouldBeLessThan(1.0);
    }

    [Fact]
    public void Mills_is_within_four_units() =>
        Worst(600, chance => Math.Abs(Signed(-6, 3)(chance)), Exact.Mills, BigReal.Mills).ShouldBeLessThan(4.0);

    [Fact]
    public void The_log_of_a_ratio_is_within_two_units_however_near_the_ratio_is_to_one()
    {
        var chance = new SeededStream(Seed);
        var worst = 0.0;
        for (var i = 0; i < 1000; i++)
        {
            var x = Math.Exp((chance.NextDouble() - 0.5) * 600);
            var y = i % 2 == 0 ? Math.Exp((chance.NextDouble() - 0.5) * 600) : x * (1 + Signed(-15, 0)(chance));
            if (x == y || y <= 0) continue;
            worst = Math.Max(worst, (BigReal.Log(x) - BigReal.Log(y)).UlpsFrom(Exact.LogRatio(x, y)));
        }

        worst.ShouldBeLessThan(2.0);
        Exact.LogRatio(3, 3).ShouldBe(0);
    }

    [Fact]
    public void The_fall_of_the_Mills_ratio_is_within_two_dozen_units_however_small_the_step()
    {
        var chance = new SeededStream(Seed);
        var worst = 0.0;
        for (var i = 0; i < 600; i++)
        {
            // Multiples of 2⁻³⁰ and powers of 2, so that y + step is exact.
            var y = Math.Round(Math.Abs(Signed(-6, 1.6)(chance)) * (1 << 30)) / (1 << 30);
            var step = Math.ScaleB(1, chance.NextInt(34) - 30);
            worst = Math.Max(worst, (BigReal.Mills(y) - BigReal.Mills(y + step)).UlpsFrom(Exact.MillsFall(y, step)));
        }

        worst.ShouldBeLessThan(24.0);
    }

    [Fact]
    public void The_rise_of_the_Mills_ratio_across_zero_is_within_two_units() =>
        Worst(
            500,
            chance => 0.3 * chance.NextDouble(),
            Rise<Lane1>,
            y => (BigReal.Sqrt(BigReal.Pi * BigReal.Of(2)) * BigReal.Exp(BigReal.Of(y) * BigReal.Of(y) * BigReal.Of(0.5))) - BigReal.Mills(y) - BigReal.Mills(y)).ShouldBeLessThan(2.0);

    [Fact]
    public void NormalDensity_is_within_two_units_far_into_the_tail() =>
        Worst(400, chance => (chance.NextDouble() - 0.5) * 77, Exact.NormalDensity, BigReal.Density).ShouldBeLessThan(2.0);

    [Fact]
    public void NormalCdf_is_within_five_units_of_its_own_size_down_to_the_least_subnormal() =>
        Worst(400, chance => (chance.NextDouble() * 46) - 38.4, Exact.NormalCdf, BigReal.Cdf).ShouldBeLessThan(5.0);

    [Fact]
    public void The_normal_quantile_undoes_the_distribution()
    {
        var chance = new SeededStream(Seed);
        for (var i = 0; i < 2000; i++)
        {
            var x = (chance.NextDouble() * 44) - 37;
            var p = Exact.NormalCdf(x);
            // Near 1 the probability itself is a grid of 1.1e-16, which is a step of 1.1e-16/φ(x) in x.
            var grid = x > 0 ? 1.2e-16 / Exact.NormalDensity(x) : 0;
            Exact.NormalQuantile(p).ShouldBe(x, (4e-15 * Math.Max(1, Math.Abs(x))) + grid, $"seed {Seed}, draw {i}");
        }
    }

    private static double Rise<T>(double y) where T : struct, IReal<T>
    {
        var answer = new double[T.Lanes];
        T.Store(T.MillsRiseBounded(T.Of(y)), ref answer[0]);
        return answer[0];
    }

    private static double Worst(int draws, Func<SeededStream, double> argument, Func<double, double> actual, Func<double, BigReal> expected)
    {
        var chance = new SeededStream(Seed);
        var worst = 0.0;
        for (var i = 0; i < draws; i++)
        {
            var x = argument(chance);
            var ulps = expected(x).UlpsFrom(actual(x));
            if (ulps > worst) (worst, _) = (ulps, x);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"worst error {worst:F3} ulp");
        return worst;
    }

    private static Func<SeededStream, double> Signed(double fromPower, double toPower) => chance =>
    {
        var size = Math.Pow(10, fromPower + (chance.NextDouble() * (toPower - fromPower)));
        return chance.NextDouble() < 0.5 ? -size : size;
    };

    /// <summary>ln(1 + x) = 2·artanh(x/(2 + x)) where 1 + x would round, else the logarithm by Newton's method.</summary>
    private static BigReal LogOnePlus(double x)
    {
        var y = BigReal.Of(Math.Log(1 + x));
        for (var i = 0; i < 4; i++) y = y + ((BigReal.One + BigReal.Of(x)) * BigReal.Exp(-y)) - BigReal.One;
        return y;
    }
}
