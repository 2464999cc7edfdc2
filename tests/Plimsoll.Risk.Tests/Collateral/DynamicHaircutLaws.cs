using Plimsoll.Risk.Collateral;
using Plimsoll.Risk.Margin;

namespace Plimsoll.Risk.Tests.Collateral;

public sealed class DynamicHaircutLaws
{
    private const ulong Seeds = 10_000;

    [Fact]
    public void It_is_the_formula() => DynamicHaircut.Of(3, 0.04, 0.25, 2, 0.02, 0.002, 1, 0.2, 0.001, 0).ShouldBe(
        1 - (Math.Exp(-((3 * 0.04 * Math.Sqrt(0.25 + (2.0 / 3))) + 0.02)) * (1 - 0.001 - (2.0 / 3 * 0.04 * Math.Sqrt(0.2)) - 0.001)), 1e-14);

    [Fact]
    public void It_never_falls_when_holding_volatility_or_time_rise_and_stays_within_floor_and_one()
    {
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            var chance = new Chance(seed);
            double[] a = [chance.Between(0, 6), chance.Between(0, 0.5), chance.Between(0, 2), chance.Between(0, 30), chance.Between(0, 0.3), chance.Between(0, 0.1), chance.Between(0, 3), chance.Between(0, 5), chance.Between(0, 0.02), chance.Between(0, 0.2)];
            double before = Of(a);
            before.ShouldBeInRange(a[9], 1, $"seed {seed}");
            for (int i = 0; i < a.Length; i++)
            {
                double kept = a[i];
                a[i] += chance.Between(0, 1) * (1 + kept);
                double floor = Math.Min(a[9], 1);
                Of([.. a[..9], floor]).ShouldBeGreaterThanOrEqualTo(before - 1e-15, $"seed {seed} argument {i}");
                a[i] = kept;
            }
        }
    }

    [Fact]
    public void More_held_by_the_venue_asks_for_a_higher_haircut_through_both_time_and_impact()
    {
        var terms = new DynamicHaircutTerms(3m, 0.05m, 0.1m, 0.001m, 0m, 0.05m, 60, 0.94m, []);
        var market = new HaircutMarket(new AssetScope(null, null), 0.04m, 0.05m, 1_000_000m, 0.002m, 1m, 0m);
        double last = 0;
        foreach (double holding in (double[])[0, 1e3, 1e5, 1e6, 1e7, 1e9])
        {
            double haircut = DynamicHaircut.Of(terms, market, 0.01, holding);
            haircut.ShouldBeGreaterThan(last);
            last = haircut;
        }

        last.ShouldBe(1);
        DynamicHaircut.Of(terms, market, 0.01, 1e300).ShouldBe(1);
    }

    [Fact]
    public void It_rises_at_once_and_falls_by_so_much_a_day()
    {
        DynamicHaircut.Next(0.1, 0.4, 0, 0.05).ShouldBe(0.4);
        DynamicHaircut.Next(0.4, 0.1, 2, 0.05).ShouldBe(0.3, 1e-15);
        DynamicHaircut.Next(0.4, 0.1, 20, 0.05).ShouldBe(0.1);
    }

    private static double Of(double[] a) => DynamicHaircut.Of(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9]);
}
