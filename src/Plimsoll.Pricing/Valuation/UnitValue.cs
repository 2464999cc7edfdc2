using Plimsoll.Pricing.Options;

namespace Plimsoll.Pricing.Valuation;

/// <summary>
/// What one unit of a contract is worth in the asset it settles in. A forward is worth what its price says, without
/// discounting: profit and loss of margined contracts are paid as they arise.
/// </summary>
public static class UnitValue
{
    /// <summary>The worth of one unit.</summary>
    /// <param name="terms">The contract.</param>
    /// <param name="forward">The price it is valued at, in quote units; 0 or less for a contract without a price, which is worth nothing.</param>
    /// <param name="volatility">Annual volatility; read for options only.</param>
    /// <param name="years">Years to expiry, at least 0; read for options only.</param>
    /// <returns>Units of the settlement asset, per coin or, for inverse forwards, per quote unit, for pools per unit of liquidity.</returns>
    public static double Of(in ContractTerms terms, double forward, double volatility, double years)
    {
        if (!(forward > 0)) return 0;

        return terms.Shape switch
        {
            ContractShape.LinearForward => forward,
            ContractShape.InverseForward => -1 / forward,
            ContractShape.Pool => terms.Range.ValueAt(forward),
            ContractShape.LinearOption => Option(terms, forward, volatility, years),
            _ => Option(terms, forward, volatility, years) / forward,
        };
    }

    /// <summary>The size of one unit in the quote asset, without its side: what floors, penalties and slippage are measured by.</summary>
    /// <param name="terms">The contract.</param>
    /// <param name="forward">Its price in quote units; an option's size is that of the coin under it, a pool's what it holds.</param>
    public static double NotionalInQuote(in ContractTerms terms, double forward)
    {
        if (!(forward > 0)) return 0;

        return terms.Shape switch
        {
            ContractShape.InverseForward => 1,
            ContractShape.Pool => terms.Range.ValueAt(forward),
            _ => forward,
        };
    }

    private static double Option(in ContractTerms terms, double forward, double volatility, double years) =>
        Black76.Price(new OptionInputs(terms.Side, forward, terms.Strike, years, volatility));
}
