using Plimsoll.Markets.Instruments;
using Plimsoll.Numerics;
using Plimsoll.Pricing.Options;

namespace Plimsoll.Pricing.Tests.Options;

public sealed class Laws_of_barriers_and_digitals
{
    private const ulong Seed = 11;

    [Fact]
    public void In_and_out_are_the_option_without_a_barrier() => ForMany((option, level) =>
    {
        foreach (var (inside, outside) in new[] { (BarrierKind.DownIn, BarrierKind.DownOut), (BarrierKind.UpIn, BarrierKind.UpOut) })
        {
            var sum = BarrierOption.Price(option, new BarrierTerms(inside, level)) + BarrierOption.Price(option, new BarrierTerms(outside, level));
            sum.ShouldBe(BlackScholes.Price(option), 1e-10 * option.Spot, $"{inside} at {level}: {option}");
        }
    });

    [Fact]
    public void A_knock_in_is_the_chance_weighted_mirror_of_what_the_path_pays_beyond() => ForMany((option, level) =>
    {
        // Averaging over where the touch happens needs no barrier formula: at the touch, an "in" becomes the option on a spot at the level.
        var kind = level < option.Spot ? BarrierKind.DownIn : BarrierKind.UpIn;
        const int steps = 4_000;
        var (sum, before) = (0.0, 0.0);
        for (var i = 1; i <= steps; i++)
        {
            var u = (double)i / steps;
            var years = option.Years * u * u;
            var chance = new HitLaw(option.Spot, level, level < option.Spot, years, option.Volatility, option.Rate, option.Yield).Chance;
            var middle = option.Years * (u - (0.5 / steps)) * (u - (0.5 / steps));
            var atTouch = BlackScholes.Price(option with { Spot = level, Years = option.Years - middle });
            sum += (chance - before) * Exact.Exp(-option.Rate * middle) * atTouch;
            before = chance;
        }

        BarrierOption.Price(option, new BarrierTerms(kind, level)).ShouldBe(sum, 2e-5 * option.Spot, $"{kind} at {level}: {option}");
    }, 60);

    [Fact]
    public void A_touch_and_no_touch_pay_the_sum_for_certain() => ForMany((option, level) =>
    {
        var touch = new TouchInputs(option.Spot, level, option.Years, option.Volatility, option.Rate, option.Yield);
        var sure = Exact.Exp(-option.Rate * option.Years);
        (TouchOption.OneTouchCash(touch, 1, TouchPayment.AtExpiry) + TouchOption.NoTouchCash(touch, 1)).ShouldBe(sure, 1e-12);
        (TouchOption.OneTouchAsset(touch, TouchPayment.AtExpiry) + TouchOption.NoTouchAsset(touch))
            .ShouldBe(option.Spot * Exact.Exp(-option.Yield * option.Years), 1e-11 * option.Spot);
    });

    [Fact]
    public void A_sum_at_the_touch_is_the_discounted_sum_over_when_it_comes() => ForMany((option, level) =>
    {
        // A rate of −150 % makes the root in the closed form imaginary.
        foreach (var rate in new[] { option.Rate, -1.5 })
        {
            const int steps = 4_000;
            var (sum, before) = (0.0, 0.0);
            for (var i = 1; i <= steps; i++)
            {
                var u = (double)i / steps;
                var chance = new HitLaw(option.Spot, level, level < option.Spot, option.Years * u * u, option.Volatility, rate, option.Yield).Chance;
                var middle = option.Years * (u - (0.5 / steps)) * (u - (0.5 / steps));
                sum += (chance - before) * Exact.Exp(-rate * middle);
                before = chance;
            }

            var touch = new TouchInputs(option.Spot, level, option.Years, option.Volatility, rate, option.Yield);
            TouchOption.OneTouchCash(touch, 1, TouchPayment.AtHit).ShouldBe(sum, 1e-5 * Math.Max(1, sum), $"rate {rate}, level {level}: {option}");
        }
    }, 60);

    [Fact]
    public void Calls_and_puts_of_cash_and_asset_add_up() => ForMany((option, _) =>
    {
        var (call, put) = (option with { Side = OptionSide.Call }, option with { Side = OptionSide.Put });
        (Digital.CashOrNothing(call, 7) + Digital.CashOrNothing(put, 7)).ShouldBe(7 * Exact.Exp(-option.Rate * option.Years), 1e-12);
        (Digital.AssetOrNothing(call) + Digital.AssetOrNothing(put)).ShouldBe(option.Spot * Exact.Exp(-option.Yield * option.Years), 1e-11 * option.Spot);
        Digital.Gap(option, option.Strike).ShouldBe(BlackScholes.Price(option), 1e-11 * (option.Spot + option.Strike));
    });

    [Theory]
    [InlineData(BarrierKind.DownOut, 120, 3)]
    [InlineData(BarrierKind.UpOut, 80, 3)]
    [InlineData(BarrierKind.DownOut, 100, 3)]
    [InlineData(BarrierKind.UpOut, 100, 3)]
    public void A_barrier_touched_already_pays_the_rebate_of_an_out(BarrierKind kind, double level, double value) =>
        BarrierOption.Price(Ordinary, new BarrierTerms(kind, level, 3)).ShouldBe(value);

    [Theory]
    [InlineData(BarrierKind.DownIn, 120)]
    [InlineData(BarrierKind.UpIn, 80)]
    [InlineData(BarrierKind.DownIn, 100)]
    public void A_barrier_touched_already_brings_an_in_to_life(BarrierKind kind, double level) =>
        BarrierOption.Price(Ordinary, new BarrierTerms(kind, level, 3)).ShouldBe(BlackScholes.Price(Ordinary));

    [Fact]
    public void Without_time_or_volatility_only_the_certain_path_counts()
    {
        var now = Ordinary with { Years = 0 };
        BarrierOption.Price(now, new BarrierTerms(BarrierKind.DownOut, 90)).ShouldBe(5);
        BarrierOption.Price(now, new BarrierTerms(BarrierKind.DownIn, 90, 2)).ShouldBe(2);

        // At 10 % the spot grows past 105 in half a year for certain, 4.879 months in.
        var certain = Ordinary with { Volatility = 0, Rate = 0.1, Yield = 0 };
        BarrierOption.Price(certain, new BarrierTerms(BarrierKind.UpOut, 105, 2)).ShouldBe(2 / 1.05, 1e-9);
        BarrierOption.Price(certain, new BarrierTerms(BarrierKind.UpIn, 105)).ShouldBe(BlackScholes.Price(certain));
        BarrierOption.Price(certain, new BarrierTerms(BarrierKind.UpOut, 106)).ShouldBe(BlackScholes.Price(certain));
    }

    [Fact]
    public void Little_volatility_comes_near_to_none()
    {
        foreach (var kind in Enum.GetValues<BarrierKind>())
            foreach (var level in new[] { 90.0, 104, 107 })
            {
                var certain = BarrierOption.Price(Ordinary with { Volatility = 0, Rate = 0.1 }, new BarrierTerms(kind, level, 1));
                foreach (var volatility in new[] { 1e-4, 1e-6, 1e-8 })
                    BarrierOption.Price(Ordinary with { Volatility = volatility, Rate = 0.1 }, new BarrierTerms(kind, level, 1)).ShouldBe(certain, 1e-3, $"{kind} {level} {volatility}");
            }
    }

    [Theory]
    [InlineData(double.NaN, 90, 0)]
    [InlineData(100, double.NaN, 0)]
    [InlineData(100, 0, 0)]
    [InlineData(-1, 90, 0)]
    [InlineData(100, 90, double.PositiveInfinity)]
    public void Arguments_without_meaning_answer_NaN(double spot, double level, double rebate)
    {
        foreach (var kind in Enum.GetValues<BarrierKind>())
            BarrierOption.Price(Ordinary with { Spot = spot }, new BarrierTerms(kind, level, rebate)).ShouldBe(double.NaN);
    }

    private static SpotOptionInputs Ordinary => new(OptionSide.Call, 100, 95, 0.5, 0.4, 0, 0);

    private static void ForMany(Action<SpotOptionInputs, double> law, int draws = 2_000)
    {
        var chance = new SeededStream(Seed);
        for (var i = 0; i < draws; i++)
        {
            var option = new SpotOptionInputs(
                chance.NextDouble() < 0.5 ? OptionSide.Call : OptionSide.Put,
                100,
                100 * Exact.Exp(chance.NextNormal() * 0.3),
                0.05 + (chance.NextDouble() * 2),
                0.1 + chance.NextDouble(),
                (chance.NextDouble() * 0.2) - 0.05,
                (chance.NextDouble() * 0.2) - 0.05);
            law(option, 100 * Exact.Exp(chance.NextNormal() * 0.3));
        }
    }
}
