using Plimsoll.Markets.Instruments;
using Plimsoll.Numerics;
using Plimsoll.Pricing.Options;

namespace Plimsoll.Pricing.Tests.Options;

public sealed class Implied_volatilities
{
    private const ulong Seed = 15;
    private const double Exactness = 1e-12;

    [Fact]
    public void Prices_give_back_the_volatilities_they_were_made_with_or_themselves() => ForMany(10_000, (option, _) =>
        Recovers(option).ShouldBeTrue($"seed {Seed}: {option}"));

    [Fact]
    public void From_a_millionth_of_total_volatility_to_ten_and_e_to_the_eighth_away_from_the_money()
    {
        // Out of the money the price carries the volatility in full, so nothing but the volatility itself will do.
        foreach (var x in new[] { 0, 1e-9, 1e-6, 1e-4, 0.001, 0.01, 0.1, 0.5, 1, 2, 4, 6, 8 })
            for (var power = -6.0; power <= 1.0001; power += 0.05)
                foreach (var side in new[] { OptionSide.Call, OptionSide.Put })
                {
                    var away = Exact.Exp(side == OptionSide.Call ? x : -x);
                    var option = new OptionInputs(side, 100, 100 * away, 0.25, Exact.Pow(10, power) / 0.5);
                    var price = Black76.Price(option);
                    if (price < 1e-290) continue;

                    var found = ImpliedVol.Solve(option, price);
                    found.Status.ShouldBe(ImpliedStatus.Ok, $"{option}");

                    // Near the most it can pay, a step of one ulp in the price is a long way in volatility.
                    var grid = Math.BitIncrement(price) - price;
                    var blur = grid / Black76.RawGreeks(option).Vega / option.Volatility;
                    Math.Abs((found.Volatility / option.Volatility) - 1).ShouldBeLessThan(Math.Max(4e-14, 8 * blur), $"{option}");
                    Recovers(option).ShouldBeTrue($"{option}");
                }
    }

    [Fact]
    public void Rows_of_a_batch_are_single_answers_to_the_last_bit()
    {
        foreach (var (count, discounted) in new[] { (1, true), (7, false), (1003, true), (20_001, false) })
        {
            var rows = new Rows(count);
            ForMany(count, (option, i) => rows.Set(i, discounted ? option : option with { Rate = 0 }, i));
            var (volatilities, statuses) = (new double[count], new ImpliedStatus[count]);
            void Check(string how)
            {
                for (var i = 0; i < count; i++)
                {
                    var single = ImpliedVol.Solve(rows.Options[i], rows.Price[i]);
                    statuses[i].ShouldBe(single.Status, $"{how} {rows.Options[i]}");
                    if (Bits(volatilities[i]) != Bits(single.Volatility)) Assert.Fail($"{how}: {volatilities[i]:R} is not {single.Volatility:R}: {rows.Options[i]} at {rows.Price[i]:R}");
                }
            }

            ImpliedVolBatch.Run<Lane1>(rows.Columns(discounted), volatilities, statuses);
            Check("one");
            ImpliedVolBatch.Run<Lane4>(rows.Columns(discounted), volatilities, statuses);
            Check("four");
            ImpliedVolBatch.Run<Lane8>(rows.Columns(discounted), volatilities, statuses);
            Check("eight");
            ImpliedVolBatch.Solve(rows.Columns(discounted), volatilities, statuses);
            Check("best");
        }
    }

    [Theory]
    [InlineData(OptionSide.Call, 110, 100, 1, 9.99, ImpliedStatus.BelowIntrinsic, double.NaN)]
    [InlineData(OptionSide.Put, 110, 100, 1, -0.01, ImpliedStatus.BelowIntrinsic, double.NaN)]
    [InlineData(OptionSide.Call, 110, 100, 1, 10, ImpliedStatus.Undetermined, 0)]
    [InlineData(OptionSide.Put, 110, 100, 1, 0, ImpliedStatus.Undetermined, 0)]
    [InlineData(OptionSide.Call, 110, 100, 0, 10, ImpliedStatus.Undetermined, 0)]
    [InlineData(OptionSide.Call, 110, 100, 0, 11, ImpliedStatus.Undetermined, double.NaN)]
    [InlineData(OptionSide.Call, 110, 100, 1, 110, ImpliedStatus.AboveMaximum, double.NaN)]
    [InlineData(OptionSide.Call, 110, 100, 1, 1e300, ImpliedStatus.AboveMaximum, double.NaN)]
    [InlineData(OptionSide.Put, 110, 100, 1, 100, ImpliedStatus.AboveMaximum, double.NaN)]
    [InlineData(OptionSide.Put, 110, 100, 1, 1e-305, ImpliedStatus.Undetermined, double.NaN)]
    [InlineData(OptionSide.Put, 0, 100, 1, 10, ImpliedStatus.BadInput, double.NaN)]
    [InlineData(OptionSide.Put, 110, -1, 1, 10, ImpliedStatus.BadInput, double.NaN)]
    [InlineData(OptionSide.Put, 110, 100, -1, 10, ImpliedStatus.BadInput, double.NaN)]
    [InlineData(OptionSide.Put, 110, 100, double.NaN, 10, ImpliedStatus.BadInput, double.NaN)]
    [InlineData(OptionSide.Put, 110, 100, 1, double.NaN, ImpliedStatus.BadInput, double.NaN)]
    [InlineData(OptionSide.Put, 110, 100, 1, double.PositiveInfinity, ImpliedStatus.BadInput, double.NaN)]
    [InlineData(OptionSide.Put, 110, double.PositiveInfinity, 1, 10, ImpliedStatus.BadInput, double.NaN)]
    public void A_price_that_means_no_volatility_says_why(
        OptionSide side, double forward, double strike, double years, double price, ImpliedStatus status, double volatility)
    {
        var found = ImpliedVol.Solve(new OptionInputs(side, forward, strike, years, double.NaN), price);
        (found.Status, found.Volatility).ShouldBe((status, volatility));

        // Among sound rows it spoils only its own.
        var rows = new Rows(9);
        for (var i = 0; i < 9; i++) rows.Set(i, new OptionInputs(OptionSide.Call, 100, 100, 1, 0.5), 0);
        rows.Set(4, new OptionInputs(side, forward, strike, years, 1), 0);
        rows.Price[4] = price;
        var (volatilities, statuses) = (new double[9], new ImpliedStatus[9]);
        ImpliedVolBatch.Solve(rows.Columns(discounted: false), volatilities, statuses);
        (statuses[4], volatilities[4]).ShouldBe((status, volatility));
        for (var i = 0; i < 9; i++)
            if (i != 4) volatilities[i].ShouldBe(0.5, 1e-14);
    }

    [Fact]
    public void A_rate_without_meaning_is_bad_input()
    {
        var option = new OptionInputs(OptionSide.Call, 100, 100, 1, 0.5, double.NaN);
        ImpliedVol.Solve(option, 10).Status.ShouldBe(ImpliedStatus.BadInput);
        ImpliedVol.Solve(option with { Rate = double.PositiveInfinity }, 10).Status.ShouldBe(ImpliedStatus.BadInput);
    }

    [Fact]
    public void A_price_in_coin_gives_the_same_volatility()
    {
        var option = new OptionInputs(OptionSide.Put, 60_000, 50_000, 0.1, 0.7);
        ImpliedVol.SolveInverse(option, InverseOption.Price(option)).Volatility.ShouldBe(0.7, 1e-14);
    }

    [Fact]
    public void Too_little_room_is_refused()
    {
        var rows = new Rows(4);
        Should.Throw<ArgumentException>(() => ImpliedVolBatch.Solve(rows.Columns(discounted: false), new double[3], new ImpliedStatus[4]));
        Should.Throw<ArgumentException>(() => ImpliedVolBatch.Solve(rows.Columns(discounted: false), new double[4], new ImpliedStatus[3]));
        ImpliedVolBatch.Solve(new Rows(0).Columns(discounted: false), [], []);
    }

    /// <summary>The volatility to 1e-12 of itself, or the price to 2 units in the last place.</summary>
    private static bool Recovers(in OptionInputs option)
    {
        var price = Black76.Price(option);
        var found = ImpliedVol.Solve(option, price);
        if (price < 1e-299 * Math.Min(option.Forward, option.Strike)) return true; // not looked into
        if (found.Status == ImpliedStatus.Undetermined) return found.Volatility == 0 && Black76.Price(option with { Volatility = 0 }) == price;
        if (found.Status == ImpliedStatus.AboveMaximum) return Black76.RawGreeks(option).Vega * option.Volatility < 1e-13 * price;
        if (found.Status != ImpliedStatus.Ok) return false;

        var again = Black76.Price(option with { Volatility = found.Volatility });
        return Math.Abs((found.Volatility / option.Volatility) - 1) <= Exactness
            || Math.Abs(BitConverter.DoubleToInt64Bits(again) - BitConverter.DoubleToInt64Bits(price)) <= 2;
    }

    private static long Bits(double value) => double.IsNaN(value) ? long.MinValue : BitConverter.DoubleToInt64Bits(value);

    private static void ForMany(int count, Action<OptionInputs, int> law)
    {
        var chance = new SeededStream(Seed);
        for (var i = 0; i < count; i++)
        {
            var forward = Exact.Exp((chance.NextDouble() * 20) - 5);
            var wild = chance.NextInt(4) == 0;
            law(
                new OptionInputs(
                    chance.NextDouble() < 0.5 ? OptionSide.Call : OptionSide.Put,
                    forward,
                    wild ? forward * Exact.Exp((chance.NextDouble() * 16) - 8) : forward * Exact.Exp(chance.NextNormal() * 0.3),
                    Exact.Exp((chance.NextDouble() * 9) - 7),
                    wild ? Exact.Exp((chance.NextDouble() * 14) - 11) : 0.05 + (2 * chance.NextDouble()),
                    (chance.NextDouble() * 0.2) - 0.05),
                i);
        }
    }

    private sealed class Rows(int count)
    {
        private readonly double[] _sign = new double[count];
        private readonly double[] _forward = new double[count];
        private readonly double[] _strike = new double[count];
        private readonly double[] _years = new double[count];
        private readonly double[] _rate = new double[count];

        public OptionInputs[] Options { get; } = new OptionInputs[count];

        public double[] Price { get; } = new double[count];

        /// <summary>Puts an option at its own price; every ninth at a price that is off.</summary>
        public void Set(int row, in OptionInputs option, int draw)
        {
            Options[row] = option;
            (_sign[row], _forward[row], _strike[row], _years[row], _rate[row]) = (Black76.SignOf(option.Side), option.Forward, option.Strike, option.Years, option.Rate);
            Price[row] = Black76.Price(option) * (draw % 9 == 1 ? 0.5 : draw % 9 == 2 ? 3 : 1);
        }

        public PricedColumns Columns(bool discounted) => new()
        {
            Sign = _sign,
            Forward = _forward,
            Strike = _strike,
            Years = _years,
            Price = Price,
            Rate = discounted ? _rate : [],
        };
    }
}
