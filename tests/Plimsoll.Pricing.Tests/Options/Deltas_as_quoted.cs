using Plimsoll.Markets.Instruments;
using Plimsoll.Numerics;
using Plimsoll.Pricing.Options;

namespace Plimsoll.Pricing.Tests.Options;

public sealed class Deltas_as_quoted
{
    private const ulong Seed = 12;

    [Fact]
    public void A_strike_found_from_a_delta_has_that_delta() => ForMany((market, side, convention, x) =>
    {
        var strike = market.Forward * Exact.Exp(market.Spread * x);
        if (side == OptionSide.Call && convention >= DeltaConvention.PremiumAdjustedSpot && strike < QuotedDelta.GreatestAt(market)) return;

        var delta = QuotedDelta.Of(side, convention, market, strike);
        var found = QuotedDelta.Strike(side, convention, market, delta);
        QuotedDelta.Of(side, convention, market, found).ShouldBe(delta, 1e-12 * (1 + Math.Abs(delta)), $"{market} {side} {convention} {strike}");
    });

    [Fact]
    public void Of_two_strikes_with_one_premium_adjusted_delta_the_right_one_is_meant() => ForMany((market, _, _, x) =>
    {
        var greatest = QuotedDelta.GreatestAt(market);
        var left = greatest * Exact.Exp(-market.Spread * Math.Abs(x));
        var delta = QuotedDelta.Of(OptionSide.Call, DeltaConvention.PremiumAdjustedForward, market, left);
        var right = QuotedDelta.Strike(OptionSide.Call, DeltaConvention.PremiumAdjustedForward, market, delta);
        right.ShouldBeGreaterThanOrEqualTo(greatest * (1 - 1e-6));
        QuotedDelta.Of(OptionSide.Call, DeltaConvention.PremiumAdjustedForward, market, right).ShouldBe(delta, 1e-12);
    });

    [Fact]
    public void With_premium_the_delta_is_the_delta_less_the_premium() => ForMany((market, side, _, x) =>
    {
        var strike = market.Forward * Exact.Exp(market.Spread * x);
        var premium = Black76.Price(new OptionInputs(side, market.Forward, strike, 1, market.Spread)) / market.Forward;
        QuotedDelta.Of(side, DeltaConvention.PremiumAdjustedForward, market, strike)
            .ShouldBe(QuotedDelta.Of(side, DeltaConvention.Forward, market, strike) - premium, 1e-12 * (1 + (strike / market.Forward)));
    });

    [Theory]
    [InlineData(OptionSide.Call, DeltaConvention.Spot, -0.2)]
    [InlineData(OptionSide.Call, DeltaConvention.Forward, 1)]
    [InlineData(OptionSide.Call, DeltaConvention.Forward, 1.5)]
    [InlineData(OptionSide.Call, DeltaConvention.PremiumAdjustedForward, 0.99)]
    [InlineData(OptionSide.Put, DeltaConvention.Forward, 0.2)]
    [InlineData(OptionSide.Put, DeltaConvention.Forward, -1)]
    [InlineData(OptionSide.Put, DeltaConvention.PremiumAdjustedSpot, double.NaN)]
    public void A_delta_no_strike_has_answers_NaN(OptionSide side, DeltaConvention convention, double delta) =>
        QuotedDelta.Strike(side, convention, new DeltaMarket(100, 0.99, 0.98, 0.3), delta).ShouldBe(double.NaN);

    [Fact]
    public void A_put_with_premium_has_a_strike_for_any_delta() =>
        QuotedDelta.Of(
            OptionSide.Put, DeltaConvention.PremiumAdjustedForward, new DeltaMarket(100, 1, 1, 0.2),
            QuotedDelta.Strike(OptionSide.Put, DeltaConvention.PremiumAdjustedForward, new DeltaMarket(100, 1, 1, 0.2), -7.5)).ShouldBe(-7.5, 1e-11);

    private static void ForMany(Action<DeltaMarket, OptionSide, DeltaConvention, double> law)
    {
        var chance = new SeededStream(Seed);
        for (var i = 0; i < 500; i++)
        {
            var market = new DeltaMarket(
                Exact.Exp((chance.NextDouble() * 12) - 2), 0.8 + (chance.NextDouble() * 0.25), 0.8 + (chance.NextDouble() * 0.25), Exact.Exp((chance.NextDouble() * 6) - 5));
            var (side, convention, x) = (chance.NextDouble() < 0.5 ? OptionSide.Call : OptionSide.Put, (DeltaConvention)chance.NextInt(4), chance.NextNormal() * 1.5);
            law(market, side, convention, x);
        }
    }
}
