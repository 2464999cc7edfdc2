using Plimsoll.Pricing.Options;
using Plimsoll.Pricing.Pools;

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
/// <param name="Rho">Change of worth per 1 % of rate, the forward held still.</param>
/// <param name="Vanna">Change of delta per vol point.</param>
/// <param name="Volga">Change of vega per vol point.</param>
/// <param name="Charm">Change of delta per day.</param>
/// <param name="Speed">Change of gamma per numeraire unit of the underlying's price.</param>
public readonly record struct UnitGreeks(
    double Value,
    double Delta,
    double Gamma,
    double Vega,
    double Theta,
    double Rho = 0,
    double Vanna = 0,
    double Volga = 0,
    double Charm = 0,
    double Speed = 0)
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

        UnitGreeks paid = InSettlement(terms, forward, volatility, years);
        double ratio = forward / underlyingPrice;

        return new UnitGreeks(
            paid.Value * settlementPrice,
            paid.Delta * ratio * settlementPrice,
            paid.Gamma * ratio * ratio * settlementPrice,
            paid.Vega * settlementPrice,
            paid.Theta * settlementPrice,
            paid.Rho * settlementPrice,
            paid.Vanna * ratio * settlementPrice,
            paid.Volga * settlementPrice,
            paid.Charm * ratio * settlementPrice,
            paid.Speed * ratio * ratio * ratio * settlementPrice);
    }

    /// <summary>Value and derivatives by the forward, in settlement coins.</summary>
    private static UnitGreeks InSettlement(in ContractTerms terms, double forward, double volatility, double years)
    {
        switch (terms.Shape)
        {
            case ContractShape.LinearForward:
                return new UnitGreeks(forward, 1, 0, 0, 0);
            case ContractShape.InverseForward:
                double square = forward * forward;

                return new UnitGreeks(-1 / forward, 1 / square, -2 / (square * forward), 0, 0, Speed: 6 / (square * square));
            case ContractShape.Pool:
                PoolRange range = terms.Range;

                return new UnitGreeks(range.ValueAt(forward), range.DeltaAt(forward), range.GammaAt(forward), 0, 0, Speed: range.SpeedAt(forward));
            case ContractShape.LinearOption:
                OptionGreeks quote = Black76.Greeks(new OptionInputs(terms.Side, forward, terms.Strike, years, volatility));

                return new UnitGreeks(
                    quote.Value, quote.Delta, quote.Gamma, quote.Vega, quote.Theta, quote.Rho, quote.Vanna, quote.Volga, quote.Charm, quote.Speed);
            default:
                CoinGreeks coin = InverseOption.Greeks(new OptionInputs(terms.Side, forward, terms.Strike, years, volatility));

                return new UnitGreeks(
                    coin.Value, coin.Delta, coin.Gamma, coin.Vega, coin.Theta, coin.Rho, coin.Vanna, coin.Volga, coin.Charm, coin.Speed);
        }
    }
}
