using Plimsoll.Numerics;
using Plimsoll.Pricing.Pools;

namespace Plimsoll.Pricing.Tests.Pools;

/// <summary>Seeded positions and prices below, in and above their ranges; the failing draw is named.</summary>
internal static class PoolSample
{
    private const ulong Seed = 11;

    public static void ForMany(Func<PoolPosition, double, SeededStream, bool> law, int draws = 2_000)
    {
        var chance = new SeededStream(Seed);
        for (var i = 0; i < draws; i++)
        {
            var middle = Exact.Exp((chance.NextDouble() * 24) - 12);
            var position = new PoolPosition(1 + (chance.NextDouble() * 1e6), RangeAround(middle, chance));
            var price = middle * Exact.Exp(chance.NextNormal());
            law(position, price, chance).ShouldBeTrue($"seed {Seed}, draw {i}: {position} at {price:R}");
        }
    }

    public static bool Near(double a, double b, double tolerance) => Math.Abs(a - b) <= tolerance;

    private static PoolRange RangeAround(double middle, SeededStream chance) => chance.NextDouble() switch
    {
        < 0.1 => PoolRange.Whole,
        < 0.2 => PoolRange.Between(0, middle),
        < 0.3 => PoolRange.Between(middle, double.PositiveInfinity),
        _ => PoolRange.Between(middle * Exact.Exp(-0.01 - chance.NextDouble()), middle * Exact.Exp(0.01 + chance.NextDouble())),
    };
}
