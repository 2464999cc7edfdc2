using Plimsoll.Markets.Instruments;
using Plimsoll.Pricing.Options;

namespace Plimsoll.Simulation.Hedging;

/// <summary>
/// A call and a put at one strike, as their seller sees them in the currency he counts in. Paid in the quote currency, the
/// hedge is coins, and a coin's price is F. Paid in coin, the hedge is quote units, whose price in coin is 1/F: to be long one
/// is to be short one dollar of inverse perpetual. So both are the same problem: hold q of something priced p.
/// </summary>
internal readonly record struct ShortStraddle(double Strike, double Volatility, bool InCoin)
{
    /// <summary>The price p of the hedge's unit, in the currency counted in.</summary>
    public double PriceOf(double forward) => InCoin ? 1 / forward : forward;

    /// <summary>What the straddle is worth to its holder with so much time left.</summary>
    public double ValueAt(double forward, double years)
    {
        OptionInputs call = At(OptionSide.Call, forward, years), put = At(OptionSide.Put, forward, years);

        return InCoin ? InverseOption.Price(call) + InverseOption.Price(put) : Black76.Price(call) + Black76.Price(put);
    }

    /// <summary>What it pays its holder at the end.</summary>
    public double PayoffAt(double forward) => Math.Abs(forward - Strike) * (InCoin ? 1 / forward : 1);

    /// <summary>Slope and bend of the value by p, for its holder.</summary>
    public (double Slope, double Bend) SlopesAt(double forward, double years)
    {
        OptionInputs call = At(OptionSide.Call, forward, years), put = At(OptionSide.Put, forward, years);
        if (!InCoin)
        {
            (OptionGreeks c, OptionGreeks p) = (Black76.Greeks(call), Black76.Greeks(put));

            return (c.Delta + p.Delta, c.Gamma + p.Gamma);
        }

        (CoinGreeks a, CoinGreeks b) = (InverseOption.Greeks(call), InverseOption.Greeks(put));
        double slope = a.Delta + b.Delta, bend = a.Gamma + b.Gamma, square = forward * forward;

        // p = 1/F: dv/dp = −F²·v′ and d²v/dp² = F⁴·v″ + 2F³·v′.
        return (-square * slope, square * square * bend + (2 * square * forward * slope));
    }

    private OptionInputs At(OptionSide side, double forward, double years) => new(side, forward, Strike, years, Volatility);
}
