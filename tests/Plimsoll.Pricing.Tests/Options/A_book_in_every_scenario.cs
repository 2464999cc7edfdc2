using Plimsoll.Numerics;
using Plimsoll.Pricing.Options;

namespace Plimsoll.Pricing.Tests.Options;

public sealed class A_book_in_every_scenario
{
    private const ulong Seed = 16;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 13)]
    [InlineData(60, 512)]
    [InlineData(33, 1_001)]
    public void Totals_are_the_sums_of_single_prices(int options, int scenarios)
    {
        var (sample, quantities, moves, factors) = Draw(options, scenarios);
        var totals = new double[scenarios];
        ScenarioRevaluation.Totals(sample.Columns(discounted: true), quantities, new ScenarioSet(moves, factors), totals);
        for (var s = 0; s < scenarios; s++)
        {
            var (sum, scale) = (0.0, 0.0);
            for (var i = 0; i < options; i++)
            {
                var option = sample[i, true];
                sum += quantities[i] * Black76.Price(option with { Forward = option.Forward * moves[s], Volatility = option.Volatility * factors[s] });
                scale += Math.Abs(quantities[i]) * ((option.Forward * moves[s]) + option.Strike) * Exact.Exp(-option.Rate * option.Years);
            }

            totals[s].ShouldBe(sum, 1e-14 * scale, $"seed {Seed}, scenario {s}");
        }
    }

    [Fact]
    public void Every_width_gives_the_same_bits()
    {
        var (sample, quantities, moves, factors) = Draw(200, 1_003);
        var set = new ScenarioSet(moves, factors);
        var (one, four, eight, best) = (new double[1_003], new double[1_003], new double[1_003], new double[1_003]);
        ScenarioRevaluation.Run<Lane1>(sample.Columns(discounted: true), quantities, set, one);
        ScenarioRevaluation.Run<Lane4>(sample.Columns(discounted: true), quantities, set, four);
        ScenarioRevaluation.Run<Lane8>(sample.Columns(discounted: true), quantities, set, eight);
        ScenarioRevaluation.Totals(sample.Columns(discounted: true), quantities, set, best);
        four.ShouldBe(one);
        eight.ShouldBe(one);
        best.ShouldBe(one);
    }

    [Fact]
    public void A_mirrored_book_has_mirrored_totals_and_an_empty_one_none()
    {
        var (sample, quantities, moves, factors) = Draw(50, 100);
        var set = new ScenarioSet(moves, factors);
        var (ours, theirs, nothing) = (new double[100], new double[100], new double[100]);
        ScenarioRevaluation.Totals(sample.Columns(discounted: false), quantities, set, ours);
        ScenarioRevaluation.Totals(sample.Columns(discounted: false), [.. quantities.Select(q => -q)], set, theirs);
        theirs.ShouldBe(ours.Select(v => -v));
        ScenarioRevaluation.Totals(new OptionColumns { Sign = [], Forward = [], Strike = [], Years = [], Volatility = [] }, [], set, nothing);
        nothing.ShouldAllBe(v => v == 0);
    }

    [Fact]
    public void An_option_without_meaning_spoils_the_totals_it_is_in()
    {
        var totals = new double[2];
        var set = new ScenarioSet([1, 1.1], [1, 1]);
        ScenarioRevaluation.Totals(
            new OptionColumns { Sign = [1.0, 1.0], Forward = [100.0, 100.0], Strike = [100.0, -1.0], Years = [1.0, 1.0], Volatility = [0.5, 0.5] }, [1, 1], set, totals);
        totals.ShouldAllBe(v => double.IsNaN(v));
    }

    [Fact]
    public void Scenarios_outside_their_bounds_are_refused()
    {
        Should.Throw<ArgumentException>(() => new ScenarioSet([1, 2], [1]));
        Should.Throw<ArgumentException>(() => new ScenarioSet([0], [1]));
        Should.Throw<ArgumentException>(() => new ScenarioSet([double.NaN], [1]));
        Should.Throw<ArgumentException>(() => new ScenarioSet([1], [-0.1]));
        Should.Throw<ArgumentException>(() => ScenarioRevaluation.Totals(new OptionSample(2, 1).Columns(false), [1], new ScenarioSet([1], [1]), new double[1]));
        Should.Throw<ArgumentException>(() => ScenarioRevaluation.Totals(new OptionSample(2, 1).Columns(false), [1, 1], new ScenarioSet([1], [1]), []));
    }

    private static (OptionSample Sample, double[] Quantities, double[] Moves, double[] Factors) Draw(int options, int scenarios)
    {
        var chance = new SeededStream(Seed);
        var quantities = Enumerable.Range(0, options).Select(_ => chance.NextNormal() * 10).ToArray();
        var moves = Enumerable.Range(0, scenarios).Select(_ => Exact.Exp(chance.NextNormal() * 0.3)).ToArray();
        var factors = Enumerable.Range(0, scenarios).Select(s => s % 17 == 3 ? 0 : Exact.Exp(chance.NextNormal() * 0.4)).ToArray();
        return (new OptionSample(options, Seed), quantities, moves, factors);
    }
}
