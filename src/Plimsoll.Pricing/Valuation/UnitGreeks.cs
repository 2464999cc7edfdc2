using Plimsoll.Pricing.Options;

namespace Plimsoll.Pricing.Valuation;

/// <summary>
/// What one unit of a contract answers to small moves of its underlying's index, in the numeraire. The settlement coin's
/// own move is not in it: it belongs to the coins held.
/// </summary>
/// <param name="Value">Worth of the unit.</param>
/// <param name="Delta">Coins of the underlying that move alike.</param>
/// <param name="Gamma">Change of delta per numeraire unit of the underlying's price.</param>
/// <param name="Vega">Change of worth per vol point (0.01).</param>
/// <param name="Theta">Change of worth per day; negative when time costs the holder.</param>
public readonly record struct UnitGreeks(double Value, double Delta, double Gamma, double Vega, double Theta)
{
    /// <summary>The greeks of one unit.</summary>
    /// <param name="terms">The contract.</param>
    /// <param name="forward">Its price in quote units; without one, all is 0.</param>
    /// <param name="volatility">Annual volatility; options only.</param>
    /// <param name="years">Years to expiry; options only.</param>
    /// <param name="settlementPrice">Price of the settlement asset in the numeraire.</param>
    /// <param name="underlyingPrice">Price of the underlying in the numeraire, which the forward keeps its ratio to.</param>
    public static UnitGreeks Of(
        in ContractTerms terms, double forward, double volatility, double years, double settlementPrice, double underlyingPrice)
    {
        if (!(forward > 0) || !(underlyingPrice > 0)) return default;

        (double value, double slope, double bend, double vega, double theta) = InSettlement(terms, forward, volatility, years);
        double forwardPerPrice = forward / underlyingPrice;

        return new UnitGreeks(
            value * settlementPrice,
            slope * forwardPerPrice * settlementPrice,
            bend * forwardPerPrice * forwardPerPrice * settlementPrice,
            vega * settlementPrice,
            theta * settlementPrice);
    }

    /// <summary>Value and derivatives by the forward, in settlement coins.</summary>
    private static (double Value, double Slope, double Bend, double Vega, double Theta) InSettlement(
        in ContractTerms terms, double forward, double volatility, double years)
    {
        switch (terms.Shape)
        {
            case ContractShape.LinearForward:
                return (forward, 1, 0, 0, 0);
            case ContractShape.InverseForward:
                return (-1 / forward, 1 / (forward * forward), -2 / (forward * forward * forward), 0, 0);
            case ContractShape.LinearOption:
                OptionGreeks quote = Black76.Greeks(new OptionInputs(terms.Side, forward, terms.Strike, years, volatility));

                return (quote.Value, quote.Delta, quote.Gamma, quote.Vega, quote.Theta);
            default:
                CoinGreeks coin = InverseOption.Greeks(new OptionInputs(terms.Side, forward, terms.Strike, years, volatility));

                return (coin.Value, coin.Delta, coin.Gamma, coin.Vega, coin.Theta);
        }
    }
}
