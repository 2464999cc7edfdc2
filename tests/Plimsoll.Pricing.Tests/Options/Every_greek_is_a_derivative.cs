using Plimsoll.Markets.Instruments;
using Plimsoll.Numerics;
using Plimsoll.Pricing.Options;

namespace Plimsoll.Pricing.Tests.Options;

/// <summary>Nine Greeks against slopes carried by dual numbers through the textbook formula, and against prices at bumped inputs.</summary>
public sealed class Every_greek_is_a_derivative
{
    private const ulong Seed = 13;

    private enum Along
    {
        Forward,
        Years,
        Volatility,
        Rate,
    }

    [Fact]
    public void Greeks_are_what_dual_numbers_carry() => ForMany(o =>
    {
        var raw = Black76.RawGreeks(o);
        var (f, scale) = (o.Forward, o.Forward + o.Strike);
        Meets(raw.Value, Textbook.Black(Black76.SignOf(o.Side), new Plain(f), o.Strike, new Plain(o.Years), new Plain(o.Volatility), new Plain(o.Rate)).Value, scale);
        Meets(raw.Delta, Slope(o, Along.Forward), 1);
        Meets(raw.Gamma, Slope(o, Along.Forward, Along.Forward), 1 / f);
        Meets(raw.Vega, Slope(o, Along.Volatility), scale);
        Meets(raw.Theta, -Slope(o, Along.Years), scale);
        Meets(raw.Rho, Slope(o, Along.Rate), scale);
        Meets(raw.Vanna, Slope(o, Along.Forward, Along.Volatility), 1);
        Meets(raw.Volga, Slope(o, Along.Volatility, Along.Volatility), scale);
        Meets(raw.Charm, -Slope(o, Along.Forward, Along.Years), 1);
        Meets(raw.Speed, Speed(o), 1 / (f * f));

        void Meets(double ours, double theirs, double unit) => ours.ShouldBe(theirs, 1e-11 * (unit + Math.Abs(theirs)), $"{o}");
    });

    [Fact]
    public void Greeks_are_what_bumped_prices_say() => ForMany(o =>
    {
        var (df, dv, dt, dr) = (o.Forward * 1e-4, 1e-4, o.Years * 1e-4, 1e-4);
        var (raw, scale) = (Black76.RawGreeks(o), o.Forward + o.Strike);
        RawGreeks At(double f, double v, double t, double r) =>
            Black76.RawGreeks(o with { Forward = o.Forward + (f * df), Volatility = o.Volatility + (v * dv), Years = o.Years + (t * dt), Rate = o.Rate + (r * dr) });
        var (up, down) = (At(1, 0, 0, 0), At(-1, 0, 0, 0));
        var (calm, wild) = (At(0, -1, 0, 0), At(0, 1, 0, 0));
        var (sooner, later) = (At(0, 0, -1, 0), At(0, 0, 1, 0));
        Near(raw.Delta, (up.Value - down.Value) / (2 * df), 1);
        Near(raw.Gamma, (up.Value - (2 * raw.Value) + down.Value) / (df * df), 1 / o.Forward);
        Near(raw.Speed, (up.Gamma - down.Gamma) / (2 * df), 1 / (o.Forward * o.Forward));
        Near(raw.Vega, (wild.Value - calm.Value) / (2 * dv), scale);
        Near(raw.Volga, (wild.Vega - calm.Vega) / (2 * dv), scale);
        Near(raw.Vanna, (wild.Delta - calm.Delta) / (2 * dv), 1);
        Near(raw.Theta, (sooner.Value - later.Value) / (2 * dt), scale);
        Near(raw.Charm, (sooner.Delta - later.Delta) / (2 * dt), 1);
        Near(raw.Rho, (At(0, 0, 0, 1).Value - At(0, 0, 0, -1).Value) / (2 * dr), scale);

        void Near(double ours, double theirs, double unit) => ours.ShouldBe(theirs, 1e-4 * (unit + Math.Abs(theirs)), $"{o}");
    });

    [Fact]
    public void Spot_greeks_are_what_bumped_prices_say() => ForMany(o =>
    {
        var spot = new SpotOptionInputs(o.Side, o.Forward, o.Strike, o.Years, o.Volatility, 0.07, 0.03);
        var (ds, dv, dt, scale) = (o.Forward * 1e-4, 1e-4, o.Years * 1e-4, o.Forward + o.Strike);
        var raw = BlackScholes.RawGreeks(spot);
        RawGreeks At(double s, double v, double t) =>
            BlackScholes.RawGreeks(spot with { Spot = spot.Spot + (s * ds), Volatility = spot.Volatility + (v * dv), Years = spot.Years + (t * dt) });
        Near(raw.Gamma, (At(1, 0, 0).Delta - At(-1, 0, 0).Delta) / (2 * ds), 1 / o.Forward);
        Near(raw.Speed, (At(1, 0, 0).Gamma - At(-1, 0, 0).Gamma) / (2 * ds), 1 / (o.Forward * o.Forward));
        Near(raw.Vega, (At(0, 1, 0).Value - At(0, -1, 0).Value) / (2 * dv), scale);
        Near(raw.Volga, (At(0, 1, 0).Vega - At(0, -1, 0).Vega) / (2 * dv), scale);
        Near(raw.Vanna, (At(0, 1, 0).Delta - At(0, -1, 0).Delta) / (2 * dv), 1);
        Near(raw.Charm, (At(0, 0, -1).Delta - At(0, 0, 1).Delta) / (2 * dt), 1);

        void Near(double ours, double theirs, double unit) => ours.ShouldBe(theirs, 1e-4 * (unit + Math.Abs(theirs)), $"{spot}");
    });

    [Fact]
    public void Coin_greeks_are_what_bumped_coin_values_say() => ForMany(o =>
    {
        var (df, dv, dt, unit) = (o.Forward * 1e-4, 1e-4, o.Years * 1e-4, 1 + (o.Strike / o.Forward));
        var coin = InverseOption.Greeks(o);
        CoinGreeks At(double f, double v, double t) =>
            InverseOption.Greeks(o with { Forward = o.Forward + (f * df), Volatility = o.Volatility + (v * dv), Years = o.Years + (t * dt) });
        var (f1, day, point) = (o.Forward, 1.0 / 365, 0.01);
        Near(coin.Delta * f1, (At(1, 0, 0).Value - At(-1, 0, 0).Value) / (2 * df) * f1);
        Near(coin.Gamma * f1 * f1, (At(1, 0, 0).Delta - At(-1, 0, 0).Delta) / (2 * df) * f1 * f1);
        Near(coin.Speed * f1 * f1 * f1, (At(1, 0, 0).Gamma - At(-1, 0, 0).Gamma) / (2 * df) * f1 * f1 * f1);
        Near(coin.Vega / point, (At(0, 1, 0).Value - At(0, -1, 0).Value) / (2 * dv));
        Near(coin.Volga / point, (At(0, 1, 0).Vega - At(0, -1, 0).Vega) / (2 * dv));
        Near(coin.Vanna * f1 / point, (At(0, 1, 0).Delta - At(0, -1, 0).Delta) / (2 * dv) * f1);
        Near(coin.Theta / day, (At(0, 0, -1).Value - At(0, 0, 1).Value) / (2 * dt));
        Near(coin.Charm * f1 / day, (At(0, 0, -1).Delta - At(0, 0, 1).Delta) / (2 * dt) * f1);

        void Near(double ours, double theirs) => ours.ShouldBe(theirs, 1e-4 * (unit + Math.Abs(theirs)), $"{o}");
    });

    [Fact]
    public void Greeks_of_call_and_put_differ_as_parity_says() => ForMany(o =>
    {
        var (call, put) = (Black76.RawGreeks(o with { Side = OptionSide.Call }), Black76.RawGreeks(o with { Side = OptionSide.Put }));
        var (factor, gap) = (Exact.Exp(-o.Rate * o.Years), o.Forward - o.Strike);
        (call.Delta - put.Delta).ShouldBe(factor, 1e-13);
        (call.Theta - put.Theta).ShouldBe(o.Rate * factor * gap, 1e-12 * (o.Forward + o.Strike));
        (call.Charm - put.Charm).ShouldBe(o.Rate * factor, 1e-12);
        (put.Gamma, put.Vega, put.Vanna, put.Volga, put.Speed).ShouldBe((call.Gamma, call.Vega, call.Vanna, call.Volga, call.Speed));

        // Inverse: call less put is 1 − K/F coins, and so are its slopes.
        var plain = o with { Rate = 0 };
        var (coin, coinPut) = (InverseOption.Greeks(plain with { Side = OptionSide.Call }), InverseOption.Greeks(plain with { Side = OptionSide.Put }));
        (coin.Value - coinPut.Value).ShouldBe(gap / o.Forward, 1e-14 * (1 + (o.Strike / o.Forward)));
        (coin.Delta - coinPut.Delta).ShouldBe(o.Strike / (o.Forward * o.Forward), 1e-13 * (1 + (o.Strike / o.Forward)) / o.Forward);
        (coin.Gamma - coinPut.Gamma).ShouldBe(-2 * o.Strike / (o.Forward * o.Forward * o.Forward), 1e-12 * (1 + (o.Strike / o.Forward)) / (o.Forward * o.Forward));
    });

    [Fact]
    public void Doubling_forward_and_strike_doubles_the_value_and_halves_gamma() => ForMany(o =>
    {
        var (one, two) = (Black76.RawGreeks(o), Black76.RawGreeks(o with { Forward = 2 * o.Forward, Strike = 2 * o.Strike }));
        two.ShouldBe(new RawGreeks(
            2 * one.Value, one.Delta, one.Gamma / 2, 2 * one.Vega, 2 * one.Theta, 2 * one.Rho, one.StrikeDelta, one.Vanna, 2 * one.Volga, one.Charm, one.Speed / 4));
    });

    [Fact]
    public void A_mirrored_position_mirrors_every_greek() => ForMany(o =>
    {
        var (usd, coin) = (Black76.Greeks(o), InverseOption.Greeks(o));
        (usd.Times(2.5) + usd.Times(-2.5)).ShouldBe(default);
        coin.Times(-1).ShouldBe(new CoinGreeks(
            -coin.Value, -coin.Delta, -coin.Gamma, -coin.Vega, -coin.Theta, -coin.Rho, -coin.Vanna, -coin.Volga, -coin.Charm, -coin.Speed));
        (usd.Times(1.5) + usd.Times(1)).Vega.ShouldBe(usd.Times(2.5).Vega, 1e-14 * Math.Abs(usd.Vega));
    });

    private static double Slope(in OptionInputs o, Along first) =>
        Textbook.Black(
            Black76.SignOf(o.Side), Seed1(o.Forward, first == Along.Forward), o.Strike, Seed1(o.Years, first == Along.Years),
            Seed1(o.Volatility, first == Along.Volatility), Seed1(o.Rate, first == Along.Rate)).Slope.Value;

    private static double Slope(in OptionInputs o, Along first, Along second)
    {
        Dual<Dual<Plain>> On(double value, Along along) => new(Seed1(value, along == second), Dual<Plain>.Of(along == first ? 1 : 0));
        return Textbook.Black(
            Black76.SignOf(o.Side), On(o.Forward, Along.Forward), o.Strike, On(o.Years, Along.Years), On(o.Volatility, Along.Volatility), On(o.Rate, Along.Rate)).Slope.Slope.Value;
    }

    private static double Speed(in OptionInputs o)
    {
        var forward = new Dual<Dual<Dual<Plain>>>(new(Seed1(o.Forward, true), Dual<Plain>.Of(1)), Dual<Dual<Plain>>.Of(1));
        static Dual<Dual<Dual<Plain>>> Still(double value) => Dual<Dual<Dual<Plain>>>.Of(value);
        return Textbook.Black(Black76.SignOf(o.Side), forward, o.Strike, Still(o.Years), Still(o.Volatility), Still(o.Rate)).Slope.Slope.Slope.Value;
    }

    private static Dual<Plain> Seed1(double value, bool seeded) => new(new Plain(value), new Plain(seeded ? 1 : 0));

    private static void ForMany(Action<OptionInputs> law)
    {
        var chance = new SeededStream(Seed);
        for (var i = 0; i < 2_000; i++)
        {
            var forward = 10 + (chance.NextDouble() * 1000);
            law(new OptionInputs(
                chance.NextDouble() < 0.5 ? OptionSide.Call : OptionSide.Put,
                forward,
                forward * Exact.Exp(chance.NextNormal() * 0.4),
                0.05 + (chance.NextDouble() * 2),
                0.1 + chance.NextDouble(),
                (chance.NextDouble() * 0.2) - 0.05));
        }
    }
}
