using Plimsoll.Markets.Instruments;
using Plimsoll.Pricing.Options;

namespace Plimsoll.Pricing.Tests.Options;

/// <summary>A few published figures typed in as facts, for those who have only the repository.</summary>
public sealed class Figures_from_the_books
{
    // Haug, "The Complete Guide to Option Pricing Formulas" (1998), pp. 2-8.
    [Theory]
    [InlineData(OptionSide.Call, 60, 65, 0.25, 0.30, 0.08, 0.00, 2.1334)]
    [InlineData(OptionSide.Put, 100, 95, 0.50, 0.20, 0.10, 0.05, 2.4648)]
    [InlineData(OptionSide.Call, 19, 19, 0.75, 0.28, 0.10, 0.10, 1.7011)]
    [InlineData(OptionSide.Put, 75, 70, 0.50, 0.35, 0.10, 0.05, 4.0870)]
    public void Haug_values(OptionSide side, double spot, double strike, double years, double volatility, double rate, double yield, double expected) =>
        BlackScholes.Price(new SpotOptionInputs(side, spot, strike, years, volatility, rate, yield)).ShouldBe(expected, 1e-4);

    // Haug (1998), pp. 11-16: theta per year, vega per 1.00 of volatility.
    [Fact]
    public void Haug_greeks()
    {
        var futures = new SpotOptionInputs(OptionSide.Call, 105, 100, 0.5, 0.36, 0.1, 0.1);
        BlackScholes.RawGreeks(futures).Delta.ShouldBe(0.5946, 1e-4);
        BlackScholes.RawGreeks(futures with { Side = OptionSide.Put }).Delta.ShouldBe(-0.3566, 1e-4);
        BlackScholes.Elasticity(futures with { Side = OptionSide.Put }).ShouldBe(-4.8775, 1e-4);

        var stock = new SpotOptionInputs(OptionSide.Call, 55, 60, 0.75, 0.30, 0.1, 0);
        BlackScholes.RawGreeks(stock).Gamma.ShouldBe(0.0278, 1e-4);
        BlackScholes.RawGreeks(stock).Vega.ShouldBe(18.9358, 1e-4);

        var index = new SpotOptionInputs(OptionSide.Put, 430, 405, 1.0 / 12, 0.20, 0.07, 0.05);
        BlackScholes.RawGreeks(index).Theta.ShouldBe(-31.1924, 1e-4);
        BlackScholes.RawGreeks(new SpotOptionInputs(OptionSide.Call, 72, 75, 1, 0.19, 0.09, 0)).Rho.ShouldBe(38.7325, 1e-4);
        BlackScholes.YieldRho(new SpotOptionInputs(OptionSide.Put, 500, 490, 0.25, 0.15, 0.08, 0.05)).ShouldBe(42.2254, 1e-4);
    }

    // Deribit's ticker of BTC-27SEP24-40000-C on 2023-11-10, as printed in ccxt pull request 19908.
    [Fact]
    public void A_live_Deribit_ticker()
    {
        var option = new OptionInputs(OptionSide.Call, 39165.86, 40000, 0.882498996955861, 0.6086);
        var greeks = Black76.Greeks(option);
        InverseOption.Price(option).ShouldBe(0.2169, 5e-5);
        greeks.Delta.ShouldBe(0.59833, 5e-5);
        greeks.Gamma.ShouldBe(2e-5, 5e-6);
        greeks.Vega.ShouldBe(142.30124, 0.05);
        DeribitView.Theta(option).ShouldBe(-13.4441, 0.05);
        DeribitView.Rho(option).ShouldBe(131.82621, 0.05);
    }

    // The textbook formula evaluated with 60 digits (mpmath): value, delta, gamma, vega per point, theta per day.
    [Theory]
    [InlineData(OptionSide.Put, 60000.0, 10000.0, 0.25, 0.3, 1.0423781578208626e-30, -1.3937920581766108e-33, 1.874207972403264e-36, 5.0603615254888127e-30, -8.3184025076528424e-31)]
    [InlineData(OptionSide.Put, 60000.0, 20000.0, 0.125, 0.5, 2.4078200433867385e-7, -1.4589603040829975e-10, 8.8784333027874948e-14, 1.9976474931271863e-7, -1.0946013660970884e-7)]
    [InlineData(OptionSide.Call, 60000.0, 250000.0, 0.0625, 0.75, 3.9465626195528528e-11, 2.7908833489981518e-14, 1.8968633190238125e-17, 3.2009568508526836e-11, -5.2618468781140004e-11)]
    [InlineData(OptionSide.Call, 100.0, 99.0, 2.0, 1.5, 71.26052401914906, 0.85665205695313186, 0.0010661685953473368, 0.31985057860420104, -0.032861360815500107)]
    [InlineData(OptionSide.Put, 100.0, 400.0, 0.5, 0.25, 300.00000000000001, -0.99999999999999554, 1.9893016886220878e-15, 2.4866271107776097e-14, -1.7031692539572669e-15)]
    [InlineData(OptionSide.Call, 100.0, 100.0, 4.0, 8.0, 99.999999999999876, 0.99999999999999938, 3.1576694272105577e-18, 1.0104542167073785e-14, -2.7683677170065163e-15)]
    [InlineData(OptionSide.Call, 100.0, 90.0, 0.015625, 0.5, 10.11220975007852, 0.95701208128812902, 0.014616623044177718, 0.011419236753263842, -0.050056928233485337)]
    public void Sixty_digit_references_in_and_out_of_the_money(
        OptionSide side, double forward, double strike, double years, double volatility, double value, double delta, double gamma, double vega, double theta)
    {
        var greeks = Black76.Greeks(new OptionInputs(side, forward, strike, years, volatility));
        Relative(greeks.Value, value);
        Relative(greeks.Delta, delta);
        Relative(greeks.Gamma, gamma);
        Relative(greeks.Vega, vega);
        Relative(greeks.Theta, theta);
    }

    // The textbook formula evaluated with 80 digits (mpmath): time value of nearly nothing, where N(d1) and N(d2) all but cancel.
    [Theory]
    [InlineData(OptionSide.Call, 100.0, 100.0, 0.25, 2e-06, 3.98942280401416e-05)]
    [InlineData(OptionSide.Put, 100.0, 100.0, 1.0, 1e-09, 3.989422804014327e-08)]
    [InlineData(OptionSide.Call, 100.0, 100.000001, 0.25, 1e-07, 1.5344731901547165e-06)]
    [InlineData(OptionSide.Call, 100.0, 100.0002, 0.25, 2e-06, 8.490756606373426e-07)]
    [InlineData(OptionSide.Put, 100.0, 99.9999, 0.0625, 4e-06, 8.331534959705722e-06)]
    [InlineData(OptionSide.Call, 60000.0, 60001.0, 0.0009765625, 0.01, 6.990865912919884)]
    [InlineData(OptionSide.Call, 100.0, 100.5, 0.25, 0.004, 0.00040965224682870476)]
    [InlineData(OptionSide.Put, 100.0, 90.0, 1.0, 0.25, 5.272057641846082)]
    [InlineData(OptionSide.Call, 100.0, 100.01, 4.0, 0.125, 9.94314313990666)]
    [InlineData(OptionSide.Call, 100.0, 103.0, 1.0, 0.3, 10.66064505350578)]
    [InlineData(OptionSide.Call, 100.0, 101.0, 1.0, 0.7, 27.005627811321567)]
    [InlineData(OptionSide.Put, 100.0, 99.0, 1.0, 3.0, 85.70558389606036)]
    public void Eighty_digit_values_however_little_volatility_is_left(OptionSide side, double forward, double strike, double years, double volatility, double value)
    {
        var price = Black76.Price(new OptionInputs(side, forward, strike, years, volatility));
        price.ShouldBe(value, value * 3e-15);
    }

    // Deep in a tail the formula itself magnifies the last bit of ln(F/K)/s some d² times.
    private static void Relative(double actual, double expected) => actual.ShouldBe(expected, Math.Abs(expected) * 2e-13);
}
