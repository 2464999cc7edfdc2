using Plimsoll.Numerics;
using Plimsoll.Pricing.Valuation;

namespace Plimsoll.Pricing.Futures;

/// <summary>How far a dated future stands from the coin it delivers: what buying it and selling the future earns.</summary>
/// <param name="Forward">The future's price, above 0.</param>
/// <param name="Spot">The coin's price in the same quote, above 0.</param>
/// <param name="Years">Years of 365 days to the expiry.</param>
public readonly record struct Basis(double Forward, double Spot, double Years)
{
    /// <summary>In quote units: above 0 in contango.</summary>
    public double Absolute => Forward - Spot;

    /// <summary>As a part of the coin's price, without cancellation where the two are near.</summary>
    public double Relative => (Forward - Spot) / Spot;

    /// <summary>
    /// Per year and compounded continuously, ln(F/S) ÷ T: the rate that makes the future fair. NaN once nothing of the
    /// time is left.
    /// </summary>
    public double Annualised => Years > 0 ? Exact.LogOnePlus(Relative) / Years : double.NaN;

    /// <summary>Per year and simple, (F/S − 1) ÷ T, as venues print it; NaN once nothing of the time is left.</summary>
    public double AnnualisedSimple => Years > 0 ? Relative / Years : double.NaN;

    /// <summary>What buying the coin with a loan and selling the future earns per year over the loan's rate, compounded continuously.</summary>
    /// <param name="loanRate">Annual and continuous.</param>
    public double OverLoan(double loanRate) => Annualised - loanRate;

    /// <summary>The forward an annualised basis makes: S·e^(basis·T).</summary>
    /// <param name="spot">The coin's price, above 0.</param>
    /// <param name="annualised">Continuous, as <see cref="Annualised"/>.</param>
    /// <param name="years">Years to the expiry, at least 0.</param>
    public static double ForwardOf(double spot, double annualised, double years) => spot * Exact.Exp(annualised * years);

    /// <summary>
    /// Basis exposure: what one unit of a contract gains in the numeraire when the annualised basis of its expiry rises by
    /// one basis point and the coin stands still. Futures and options answer alike: through their forward.
    /// </summary>
    /// <param name="greeks">The unit's greeks, whose delta is taken in coins of the underlying at its own price.</param>
    /// <param name="underlyingPrice">Price of the underlying in the numeraire.</param>
    /// <param name="years">Years to the expiry; 0 for contracts without one.</param>
    public static double ExposurePerUnit(in UnitGreeks greeks, double underlyingPrice, double years) =>
        greeks.Delta * underlyingPrice * years * FundingExposure.BasisPoint;
}
