using Plimsoll.Markets.Instruments;
using Plimsoll.Numerics;
using Plimsoll.Pricing.Options;

namespace Plimsoll.Pricing.Tests.Options;

public sealed class Laws_of_option_values
{
    private const ulong Seed = 5;

    [Fact]
    public void Call_less_put_is_forward_less_strike() => ForMany(option =>
    {
        var call = Black76.Price(option with { Side = OptionSide.Call });
        var put = Black76.Price(option with { Side = OptionSide.Put });
        var factor = Exact.Exp(-option.Rate * option.Years);
        return Near(call - put, factor * (option.Forward - option.Strike), 1e-15 * factor * (option.Forward + option.Strike));
    });

    [Fact]
    public void A_value_lies_between_intrinsic_and_the_most_it_can_pay() => ForMany(option =>
    {
        var value = Black76.Price(option with { Rate = 0 });
        var sign = Black76.SignOf(option.Side);
        var most = option.Side == OptionSide.Call ? option.Forward : option.Strike;
        return value >= Math.Max(0, sign * (option.Forward - option.Strike)) && value <= most * (1 + 1e-15);
    });

    [Fact]
    public void Value_is_forward_times_delta_plus_strike_times_strike_delta() => ForMany(option =>
    {
        var raw = Black76.RawGreeks(option);
        return Near(raw.Value, (option.Forward * raw.Delta) + (option.Strike * raw.StrikeDelta), 2e-15 * (option.Forward + option.Strike));
    });

    [Fact]
    public void Swapping_forward_and_strike_turns_a_call_into_a_put() => ForMany(option =>
        Near(
            Black76.Price(new OptionInputs(OptionSide.Call, option.Forward, option.Strike, option.Years, option.Volatility)),
            Black76.Price(new OptionInputs(OptionSide.Put, option.Strike, option.Forward, option.Years, option.Volatility)),
            1e-15 * (option.Forward + option.Strike)));

    [Fact]
    public void Sensitivities_are_the_slopes_of_the_value() => ForMany(o =>
    {
        var (raw, df, dv, dt, dr) = (Black76.RawGreeks(o), o.Forward * 1e-5, 1e-5, o.Years * 1e-5, 1e-5);
        double Slope(OptionInputs up, OptionInputs down, double width) => (Black76.Price(up) - Black76.Price(down)) / (2 * width);
        var scale = o.Forward + o.Strike;
        var deltaUp = Black76.RawGreeks(o with { Forward = o.Forward + df }).Delta;
        var deltaDown = Black76.RawGreeks(o with { Forward = o.Forward - df }).Delta;
        return Near(raw.Delta, Slope(o with { Forward = o.Forward + df }, o with { Forward = o.Forward - df }, df), 1e-6)
            && Near(raw.Gamma * o.Forward, (deltaUp - deltaDown) / (2 * df) * o.Forward, 1e-5 * (1 + (raw.Gamma * o.Forward)))
            && Near(raw.Vega, Slope(o with { Volatility = o.Volatility + dv }, o with { Volatility = o.Volatility - dv }, dv), 1e-6 * scale)
            && Near(raw.Theta, -Slope(o with { Years = o.Years + dt }, o with { Years = o.Years - dt }, dt), 1e-6 * scale / o.Years)
            && Near(raw.Rho, Slope(o with { Rate = o.Rate + dr }, o with { Rate = o.Rate - dr }, dr), 1e-6 * scale);
    });

    [Fact]
    public void Spot_sensitivities_are_the_slopes_of_the_value() => ForMany(o =>
    {
        var spot = new SpotOptionInputs(o.Side, o.Forward, o.Strike, o.Years, o.Volatility, 0.07, 0.03);
        var (raw, ds, dt, dr, scale) = (BlackScholes.RawGreeks(spot), o.Forward * 1e-5, o.Years * 1e-5, 1e-5, o.Forward + o.Strike);
        double Slope(SpotOptionInputs up, SpotOptionInputs down, double width) => (BlackScholes.Price(up) - BlackScholes.Price(down)) / (2 * width);
        return Near(raw.Delta, Slope(spot with { Spot = spot.Spot + ds }, spot with { Spot = spot.Spot - ds }, ds), 1e-6)
            && Near(raw.Theta, -Slope(spot with { Years = o.Years + dt }, spot with { Years = o.Years - dt }, dt), 1e-6 * scale / o.Years)
            && Near(raw.Rho, Slope(spot with { Rate = 0.07 + dr }, spot with { Rate = 0.07 - dr }, dr), 1e-6 * scale)
            && Near(BlackScholes.YieldRho(spot), Slope(spot with { Yield = 0.03 + dr }, spot with { Yield = 0.03 - dr }, dr), 1e-6 * scale);
    });

    [Fact]
    public void Coin_sensitivities_are_the_slopes_of_the_coin_value() => ForMany(option =>
    {
        var o = option with { Rate = 0 };
        var (coin, df) = (InverseOption.Greeks(o), o.Forward * 1e-4);
        var (up, here, down) = (InverseOption.Price(o with { Forward = o.Forward + df }), InverseOption.Price(o), InverseOption.Price(o with { Forward = o.Forward - df }));
        var scale = (1 + (o.Strike / o.Forward)) / o.Forward;
        var curve = (up - (2 * here) + down) / (df * df);
        return Near(coin.Value, here, 0)
            && Near(coin.Delta, (up - down) / (2 * df), 1e-4 * scale)
            && Near(coin.Gamma, curve, (1e-3 * Math.Abs(curve)) + (1e-3 * scale / o.Forward))
            && Near(InverseOption.NetTransactionDelta(o), Black76.RawGreeks(o).Delta - here, 1e-14 * (1 + (o.Strike / o.Forward)));
    });

    [Theory]
    [InlineData(OptionSide.Call, 110, 100, 10, 1)]
    [InlineData(OptionSide.Call, 90, 100, 0, 0)]
    [InlineData(OptionSide.Call, 100, 100, 0, 0.5)]
    [InlineData(OptionSide.Put, 110, 100, 0, 0)]
    [InlineData(OptionSide.Put, 90, 100, 10, -1)]
    [InlineData(OptionSide.Put, 100, 100, 0, -0.5)]
    public void At_expiry_or_without_volatility_an_option_is_worth_its_intrinsic_value(OptionSide side, double forward, double strike, double value, double delta)
    {
        foreach (var option in new[] { new OptionInputs(side, forward, strike, 0, 0.6), new OptionInputs(side, forward, strike, 1, 0), new OptionInputs(side, forward, strike, 0, 0) })
        {
            var greeks = Black76.Greeks(option);
            greeks.Value.ShouldBe(value);
            greeks.Delta.ShouldBe(delta, 1e-15);
            greeks.Gamma.ShouldBe(0);
            greeks.Theta.ShouldBe(0);
        }
    }

    [Theory]
    [InlineData(-1, 100, 1, 0.5)]
    [InlineData(0, 100, 1, 0.5)]
    [InlineData(100, 0, 1, 0.5)]
    [InlineData(100, -5, 1, 0.5)]
    [InlineData(-100, -5, 1, 0.5)]
    [InlineData(100, 100, -1, 0.5)]
    [InlineData(100, 100, 1, -0.5)]
    [InlineData(double.NaN, 100, 1, 0.5)]
    [InlineData(100, double.NaN, 1, 0.5)]
    [InlineData(100, 100, double.NaN, 0.5)]
    [InlineData(100, 100, 1, double.NaN)]
    [InlineData(double.PositiveInfinity, 100, 1, 0.5)]
    [InlineData(100, double.PositiveInfinity, 1, 0.5)]
    [InlineData(100, 100, double.PositiveInfinity, 0.5)]
    public void Arguments_without_meaning_answer_NaN(double forward, double strike, double years, double volatility)
    {
        foreach (var side in new[] { OptionSide.Call, OptionSide.Put })
        {
            var raw = Black76.RawGreeks(new OptionInputs(side, forward, strike, years, volatility));
            foreach (var number in new[] { raw.Value, raw.Delta, raw.Gamma, raw.Vega, raw.Theta, raw.StrikeDelta })
                number.ShouldBe(double.NaN);
        }
    }

    private static bool Near(double a, double b, double tolerance) => Math.Abs(a - b) <= tolerance;

    private static void ForMany(Func<OptionInputs, bool> law)
    {
        var chance = new SeededStream(Seed);
        for (var i = 0; i < 2_000; i++)
        {
            var forward = 10 + (chance.NextDouble() * 1000);
            var option = new OptionInputs(
                chance.NextDouble() < 0.5 ? OptionSide.Call : OptionSide.Put,
                forward,
                forward * Exact.Exp(chance.NextNormal() * 0.4),
                0.05 + (chance.NextDouble() * 2),
                0.1 + chance.NextDouble(),
                (chance.NextDouble() * 0.2) - 0.05);
            law(option).ShouldBeTrue($"seed {Seed}, draw {i}: {option}");
        }
    }
}
