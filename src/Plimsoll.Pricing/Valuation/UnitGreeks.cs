using Plimsoll.Numerics;
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
                return InQuote(new OptionInputs(terms.Side, forward, terms.Strike, years, volatility));
            default:
                return InCoin(InQuote(new OptionInputs(terms.Side, forward, terms.Strike, years, volatility)), forward);
        }
    }

    /// <summary>
    /// Black's value and greeks. Those of higher order follow from gamma and vega, which carry the density:
    /// vanna = −vega·d₂/(Fs), volga = vega·d₁d₂/σ, charm = Γ·F·s·d₂/(2T), speed = −Γ/F·(1 + d₁/s), with s = σ√T.
    /// </summary>
    private static UnitGreeks InQuote(in OptionInputs option)
    {
        OptionGreeks quote = Black76.Greeks(option);
        double spread = option.Volatility * Math.Sqrt(option.Years);
        if (!(spread > 0) || quote.Gamma == 0) return new UnitGreeks(quote.Value, quote.Delta, quote.Gamma, quote.Vega, quote.Theta, quote.Rho);

        double near = (Exact.Log(option.Forward / option.Strike) / spread) + (0.5 * spread);
        double far = near - spread;

        return new UnitGreeks(
            quote.Value,
            quote.Delta,
            quote.Gamma,
            quote.Vega,
            quote.Theta,
            quote.Rho,
            -quote.Vega * far / (option.Forward * spread),
            quote.Vega * 0.01 * near * far / option.Volatility,
            quote.Gamma * option.Forward * spread * far / (2 * option.Years * 365),
            -quote.Gamma / option.Forward * (1 + (near / spread)));
    }

    /// <summary>The same divided by the forward: from C = vF follow C′ = v′F + v, C″ = v″F + 2v′, C‴ = v‴F + 3v″.</summary>
    private static UnitGreeks InCoin(in UnitGreeks quote, double forward)
    {
        double value = quote.Value / forward;
        double slope = (quote.Delta - value) / forward;
        double bend = (quote.Gamma - (2 * slope)) / forward;
        double vega = quote.Vega / forward;
        double theta = quote.Theta / forward;

        return new UnitGreeks(
            value,
            slope,
            bend,
            vega,
            theta,
            quote.Rho / forward,
            (quote.Vanna - vega) / forward,
            quote.Volga / forward,
            (quote.Charm - theta) / forward,
            (quote.Speed - (3 * bend)) / forward);
    }
}
