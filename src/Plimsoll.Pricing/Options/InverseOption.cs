namespace Plimsoll.Pricing.Options;

/// <summary>An inverse option's value and sensitivities in coin, for a long position of one coin of underlying.</summary>
/// <param name="Value">Value in coin.</param>
/// <param name="Delta">Change of the coin value per quote unit of forward.</param>
/// <param name="Gamma">Change of that delta per quote unit of forward.</param>
/// <param name="Vega">Change of the coin value per vol point.</param>
/// <param name="Theta">Change of the coin value per day; negative when time costs the holder.</param>
public readonly record struct CoinGreeks(double Value, double Delta, double Gamma, double Vega, double Theta);

/// <summary>
/// Options that are quoted and settled in the coin they are written on: worth v = C/F coins, with C Black's undiscounted
/// value in quote units and F the expiry's own future. A call can never be worth more than one coin; a put has no bound.
/// </summary>
public static class InverseOption
{
    /// <summary>Value in coin.</summary>
    public static double Price(in OptionInputs option) => Black76.Price(option) / option.Forward;

    /// <summary>
    /// Sensitivities in coin: v′ = (Δ − v)/F, v″ = Γ/F − 2(Δ − v)/F²; vega and theta divided by F.
    /// </summary>
    public static CoinGreeks Greeks(in OptionInputs option)
    {
        var quote = Black76.Greeks(option);
        var value = quote.Value / option.Forward;
        var slope = (quote.Delta - value) / option.Forward;
        return new CoinGreeks(
            value,
            slope,
            (quote.Gamma / option.Forward) - (2 * slope / option.Forward),
            quote.Vega / option.Forward,
            quote.Theta / option.Forward);
    }

    /// <summary>
    /// Delta less the coin premium: the futures that hedge the holder once the premium itself is counted (Deribit's "net
    /// transaction delta", the premium-adjusted forward delta of the currency markets). Equals (K/F)·N(d₂) for a call.
    /// </summary>
    public static double NetTransactionDelta(in OptionInputs option)
    {
        var raw = Black76.RawGreeks(option);
        return -raw.StrikeDelta * (option.Strike / option.Forward);
    }
}
