using Plimsoll.Pricing.Valuation;

namespace Plimsoll.Pricing.Futures;

/// <summary>
/// What funding does to a position in a perpetual. One number says it: the money that moves, per 8 hours, when the rate is
/// one basis point. The exposure of a book is the sum of its positions'; where every long has its short it is nothing.
/// </summary>
public static class FundingExposure
{
    /// <summary>One basis point.</summary>
    public const double BasisPoint = 1e-4;

    /// <summary>What one unit held long receives in one period: less than 0 while longs pay.</summary>
    /// <param name="terms">A perpetual.</param>
    /// <param name="mark">The price its notional is taken at, in quote units; 0 or less for none, which pays nothing.</param>
    /// <param name="rate">For the period.</param>
    /// <returns>Settlement coins.</returns>
    public static double Received(in ContractTerms terms, double mark, FundingRate rate) => -Notional(terms, mark) * rate.Rate;

    /// <summary>What one unit held long receives, in the numeraire, per 8 hours for each basis point of the 8-hour rate.</summary>
    /// <param name="terms">A perpetual.</param>
    /// <param name="mark">The price its notional is taken at, in quote units.</param>
    /// <param name="settlementPrice">Price of the settlement asset in the numeraire.</param>
    /// <returns>Below 0: a long loses when the rate rises.</returns>
    public static double PerUnit(in ContractTerms terms, double mark, double settlementPrice) =>
        -Notional(terms, mark) * settlementPrice * BasisPoint;

    private static double Notional(in ContractTerms terms, double mark) =>
        !(mark > 0) ? 0 : terms.IsInverseForward ? 1 / mark : mark;
}
