using Plimsoll.Markets.Instruments;
using Plimsoll.Numerics;

namespace Plimsoll.Pricing.Options;

/// <summary>All that the generalised Black–Scholes formula asks about a European option on a spot.</summary>
/// <param name="Side">The right it gives.</param>
/// <param name="Spot">The spot in quote units, above 0.</param>
/// <param name="Strike">The strike in quote units, above 0.</param>
/// <param name="Years">Time to expiry in years, at least 0.</param>
/// <param name="Volatility">Annual volatility, 0.6 for 60 %, at least 0.</param>
/// <param name="Rate">Continuous rate of interest of the quote currency per year.</param>
/// <param name="Yield">Continuous yield of the underlying per year: dividends, staking, foreign interest.</param>
public readonly record struct SpotOptionInputs(
    OptionSide Side, double Spot, double Strike, double Years, double Volatility, double Rate, double Yield)
{
    /// <summary>The same option seen from its forward S·e^((r − q)T).</summary>
    public OptionInputs OnForward() => new(Side, Spot * Exact.Exp((Rate - Yield) * Years), Strike, Years, Volatility, Rate);
}

/// <summary>
/// European options on a spot with carry (Black and Scholes 1973, Merton 1973; Haug, "The Complete Guide to Option Pricing
/// Formulas", 1998, §1.1 and §1.3): Black's formula on the forward, sensitivities taken back to the spot.
/// </summary>
public static class BlackScholes
{
    /// <summary>Value in quote units.</summary>
    public static double Price(in SpotOptionInputs option) => Black76.Price(option.OnForward());

    /// <summary>Value and sensitivities to the spot in the units of the house.</summary>
    public static OptionGreeks Greeks(in SpotOptionInputs option) => RawGreeks(option).InHouseUnits();

    /// <summary>Value and sensitivities to the spot in the units of mathematics; rho moves forward and discount together.</summary>
    public static RawGreeks RawGreeks(in SpotOptionInputs option)
    {
        var f = Black76.RawGreeks(option.OnForward());
        var growth = Exact.Exp((option.Rate - option.Yield) * option.Years);
        var delta = f.Delta * growth;
        var (held, carry) = (option.Spot * delta, option.Rate - option.Yield);

        // Black's theta and charm hold the forward still; here the spot is, and the forward slides down the carry.
        return new RawGreeks(
            f.Value,
            delta,
            f.Gamma * growth * growth,
            f.Vega,
            f.Theta - (carry * held),
            option.Years * (held - f.Value),
            f.StrikeDelta,
            f.Vanna * growth,
            f.Volga,
            growth * (f.Charm - (carry * (f.Delta + (option.Spot * growth * f.Gamma)))),
            f.Speed * growth * growth * growth);
    }

    /// <summary>∂V/∂q per 1.00 of yield.</summary>
    public static double YieldRho(in SpotOptionInputs option) => -option.Years * option.Spot * RawGreeks(option).Delta;

    /// <summary>Elasticity: per cent of value per per cent of spot, S·Δ/V.</summary>
    public static double Elasticity(in SpotOptionInputs option)
    {
        var greeks = RawGreeks(option);
        return option.Spot * greeks.Delta / greeks.Value;
    }
}
