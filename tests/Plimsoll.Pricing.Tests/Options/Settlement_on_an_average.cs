using Plimsoll.Markets.Instruments;
using Plimsoll.Numerics;
using Plimsoll.Pricing.Options;

namespace Plimsoll.Pricing.Tests.Options;

public sealed class Settlement_on_an_average
{
    private const ulong Seed = 14;

    [Fact]
    public void Simulated_averages_pay_what_the_formula_says()
    {
        // A window of 0.04 years at 100 % makes the averaging matter; half an hour would only hide mistakes.
        const int paths = 40_000;
        const int steps = 64;
        foreach (var (years, strike) in new[] { (0.1, 100.0), (0.04, 102.0), (0.02, 101.0), (0.005, 99.0) })
        {
            var window = new SettlementWindow(0.04, 101);
            var option = new OptionInputs(OptionSide.Call, 100, strike, years, 1);
            var (chance, sum) = (new SeededStream(Seed), 0.0);
            var open = Math.Min(1, years / window.Years);
            var before = Math.Max(0, years - window.Years);
            for (var path = 0; path < paths; path++)
            {
                var (price, total) = (Grow(100, before, chance.NextNormal()), 0.0);
                for (var step = 0; step < steps; step++)
                {
                    var next = Grow(price, Math.Min(years, window.Years) / steps, chance.NextNormal());
                    total += 0.5 * (price + next);
                    price = next;
                }

                sum += Math.Max(0, (open * total / steps) + (open < 1 ? (1 - open) * 101 : 0) - strike);
            }

            AveragedOption.Price(option, window).ShouldBe(sum / paths, 0.035 * Math.Max(1, sum / paths), $"{years} {strike}");
        }

        static double Grow(double price, double time, double normal) => price * Exact.Exp((-0.5 * time) + (Math.Sqrt(time) * normal));
    }

    [Fact]
    public void Greeks_are_what_bumped_values_say_while_the_average_fills() => ForMany((o, window) =>
    {
        var (df, dv, dt, unit) = (o.Forward * 1e-4, 1e-4, o.Years * 1e-5, o.Forward + o.Strike);
        var (raw, coin) = (AveragedOption.RawGreeks(o, window), AveragedOption.CoinGreeks(o, window));
        RawGreeks At(double f, double v) => AveragedOption.RawGreeks(o with { Forward = o.Forward + (f * df), Volatility = o.Volatility + (v * dv) }, window);
        CoinGreeks CoinAt(double f, double v) => AveragedOption.CoinGreeks(o with { Forward = o.Forward + (f * df), Volatility = o.Volatility + (v * dv) }, window);
        var (now, soon) = (o with { Years = o.Years - dt }, Filled(o, window, dt));
        Near(raw.Delta, (At(1, 0).Value - At(-1, 0).Value) / (2 * df), 1);
        Near(raw.Gamma * o.Forward, (At(1, 0).Delta - At(-1, 0).Delta) / (2 * df) * o.Forward, 1);
        Near(raw.Speed * o.Forward * o.Forward, (At(1, 0).Gamma - At(-1, 0).Gamma) / (2 * df) * o.Forward * o.Forward, 1);
        Near(raw.Vega, (At(0, 1).Value - At(0, -1).Value) / (2 * dv), unit);
        Near(raw.Vanna, (At(0, 1).Delta - At(0, -1).Delta) / (2 * dv), 1);
        Near(raw.Volga, (At(0, 1).Vega - At(0, -1).Vega) / (2 * dv), unit);
        Near(raw.Theta * o.Years, (AveragedOption.Price(now, soon) - raw.Value) / dt * o.Years, unit);
        Near(raw.Charm * o.Years, (AveragedOption.RawGreeks(now, soon).Delta - raw.Delta) / dt * o.Years, 1);
        Near(coin.Delta * o.Forward, (CoinAt(1, 0).Value - CoinAt(-1, 0).Value) / (2 * df) * o.Forward, 1);
        Near(coin.Gamma * o.Forward * o.Forward, (CoinAt(1, 0).Delta - CoinAt(-1, 0).Delta) / (2 * df) * o.Forward * o.Forward, 1);
        Near(coin.Vanna * o.Forward * 100, (CoinAt(0, 1).Delta - CoinAt(0, -1).Delta) / (2 * dv) * o.Forward, 1);
        Near(coin.Charm * 365 * o.Years * o.Forward, (AveragedOption.CoinGreeks(now, soon).Delta - coin.Delta) / dt * o.Years * o.Forward, 1);

        void Near(double ours, double theirs, double scale) => ours.ShouldBe(theirs, 3e-4 * (scale + Math.Abs(theirs)), $"{o} {window}");
    });

    [Fact]
    public void Calls_and_puts_differ_by_the_expected_settlement_price() => ForMany((o, window) =>
    {
        var gap = AveragedOption.Price(o with { Side = OptionSide.Call }, window) - AveragedOption.Price(o with { Side = OptionSide.Put }, window);
        gap.ShouldBe(Exact.Exp(-o.Rate * o.Years) * (window.EffectiveForward(o.Forward, o.Years) - o.Strike), 1e-12 * (o.Forward + o.Strike));
    });

    [Fact]
    public void A_window_far_away_only_takes_two_thirds_of_itself_from_the_time()
    {
        var option = new OptionInputs(OptionSide.Put, 60_000, 58_000, 0.25, 0.6);
        var window = new SettlementWindow(SettlementWindow.HalfHour);
        AveragedOption.Price(option, window).ShouldBe(Black76.Price(option with { Years = 0.25 - (SettlementWindow.HalfHour * 2 / 3) }), 1e-9);
    }

    [Fact]
    public void Delta_decays_to_nothing_as_the_average_fills()
    {
        var before = 1.0;
        foreach (var minutes in new[] { 30, 20, 10, 5, 1, 0 })
        {
            var option = new OptionInputs(OptionSide.Call, 60_000, 50_000, minutes / 525_600.0, 0.6);
            var delta = AveragedOption.Greeks(option, new SettlementWindow(SettlementWindow.HalfHour, 60_000)).Delta;
            delta.ShouldBe(minutes / 30.0, 1e-9);
            delta.ShouldBeLessThanOrEqualTo(before);
            before = delta;
        }
    }

    [Fact]
    public void What_is_fixed_beyond_the_strike_is_certain()
    {
        var option = new OptionInputs(OptionSide.Call, 60_000, 50_000, 5 / 525_600.0, 0.6);
        var window = new SettlementWindow(SettlementWindow.HalfHour, 61_000);
        AveragedOption.Price(option, window).ShouldBe(10_833.3333333, 1e-6);
        AveragedOption.Price(option with { Side = OptionSide.Put }, window).ShouldBe(0);
        AveragedOption.Price(option with { Years = 0 }, window).ShouldBe(11_000);
        AveragedOption.CoinGreeks(option with { Years = 0 }, window).Value.ShouldBe(11_000.0 / 61_000, 1e-15);
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(-1, 100)]
    [InlineData(double.NaN, 100)]
    [InlineData(0.02, 0)]
    [InlineData(0.02, double.NaN)]
    public void A_window_without_meaning_answers_NaN(double length, double average) =>
        AveragedOption.Price(new OptionInputs(OptionSide.Call, 100, 100, 0.01, 0.5), new SettlementWindow(length, average)).ShouldBe(double.NaN);

    /// <summary>The window a moment later, with the index standing still.</summary>
    private static SettlementWindow Filled(in OptionInputs o, in SettlementWindow window, double dt)
    {
        var (then, now) = (1 - window.OpenPart(o.Years), 1 - window.OpenPart(o.Years - dt));
        return now == 0 ? window : window with { FixedAverage = ((then * window.FixedAverage) + ((now - then) * o.Forward)) / now };
    }

    private static void ForMany(Action<OptionInputs, SettlementWindow> law)
    {
        var chance = new SeededStream(Seed);
        for (var i = 0; i < 1_000; i++)
        {
            var forward = 10 + (chance.NextDouble() * 1000);
            var window = new SettlementWindow(0.05 + chance.NextDouble(), forward * (0.9 + (0.2 * chance.NextDouble())));
            law(
                new OptionInputs(
                    chance.NextDouble() < 0.5 ? OptionSide.Call : OptionSide.Put,
                    forward,
                    forward * Exact.Exp(chance.NextNormal() * 0.2),
                    window.Years * (0.2 + (1.5 * chance.NextDouble())),
                    0.2 + chance.NextDouble(),
                    (chance.NextDouble() * 0.2) - 0.05),
                window);
        }
    }
}
