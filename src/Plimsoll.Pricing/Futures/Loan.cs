using Plimsoll.Numerics;

namespace Plimsoll.Pricing.Futures;

/// <summary>Coins lent at a rate that floats; a debt is a negative principal.</summary>
/// <param name="Principal">Coins, above 0 for the lender.</param>
/// <param name="AnnualRate">Simple, 0.05 for 5 % a year.</param>
public readonly record struct Loan(double Principal, double AnnualRate)
{
    /// <summary>Interest of a time without compounding, in coins: received by the lender.</summary>
    /// <param name="years">At least 0.</param>
    public double Interest(double years) => Principal * AnnualRate * years;

    /// <summary>
    /// Interest when each period's is added to the principal, as the venue charges it: P·((1 + r·h)ⁿ − 1), without
    /// cancellation for small rates.
    /// </summary>
    /// <param name="years">At least 0.</param>
    /// <param name="periodsPerYear">Charges per year, above 0.</param>
    public double InterestCompounded(double years, double periodsPerYear) =>
        Principal * Exact.ExpMinusOne(years * periodsPerYear * Exact.LogOnePlus(AnnualRate / periodsPerYear));

    /// <summary>Rate exposure: what the lender gains in the numeraire per year for each basis point that the rate rises.</summary>
    /// <param name="price">Price of the coin in the numeraire.</param>
    public double PerBasisPoint(double price) => Principal * price * FundingExposure.BasisPoint;
}
