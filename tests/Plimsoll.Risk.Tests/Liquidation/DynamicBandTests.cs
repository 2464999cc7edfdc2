using Plimsoll.Risk.Liquidation.Breakers;

namespace Plimsoll.Risk.Tests.Liquidation;

public class DynamicBandTests
{
    private const long Minute = 60_000_000;

    [Fact]
    public void The_band_says_what_a_look_over_the_whole_hour_says()
    {
        for (ulong seed = 0; seed < 200; seed++)
        {
            var chance = new Chance(seed);
            var band = new DynamicBand(0.02, 60 * Minute);
            var past = new List<(long At, double Price)>();
            (long at, double price) = (0, 100);
            for (int k = 0; k < 300; k++)
            {
                at += chance.Below(12) * Minute;
                price *= 1 + chance.Between(-0.008, 0.008);
                var seen = past.Where(p => at - p.At <= 60 * Minute).Select(p => p.Price).DefaultIfEmpty(price).ToList();

                band.Trips(new Instant(at), price).ShouldBe(price < seen.Max() * 0.98 || price > seen.Min() * 1.02, $"seed {seed} price {k}");
                past.Add((at, price));
            }
        }
    }

    [Fact]
    public void A_price_from_before_the_last_one_or_not_above_nothing_is_refused()
    {
        var band = new DynamicBand(0.035, 60 * Minute);
        band.Trips(new Instant(Minute), 100).ShouldBeFalse();

        Should.Throw<InputException>(() => band.Trips(new Instant(0), 100));
        Should.Throw<InputException>(() => band.Trips(new Instant(2 * Minute), 0));
        Should.Throw<InputException>(() => band.Trips(new Instant(2 * Minute), double.NaN));
        Should.Throw<InputException>(() => new DynamicBand(0, 1));
    }
}
