namespace Plimsoll.Pricing.Options;

/// <summary>An inverse option's value and sensitivities in coin, for a long position of one coin of underlying.</summary>
/// <param name="Value">Value in coin.</param>
/// <param name="Delta">Change of the coin value per quote unit of forward.</param>
/// <param name="Gamma">Change of that delta per quote unit of forward.</param>
/// <param name="Vega">Change of the coin value per vol point.</param>
/// <param name="Theta">Change of the coin value per day; negative when time costs the holder.</param>
/// <param name="Rho">Change of the coin value per 1 % of rate, the forward held still.</param>
/// <param name="Vanna">Change of that delta per vol point.</param>
/// <param name="Volga">Change of that vega per vol point.</param>
/// <param name="Charm">Change of that delta per day that passes.</param>
/// <param name="Speed">Change of that gamma per quote unit of forward.</param>
public readonly record struct CoinGreeks(
    double Value, double Delta, double Gamma, double Vega, double Theta, double Rho, double Vanna, double Volga, double Charm, double Speed)
{
    /// <summary>
    /// The coin answers of quote answers, from C = F·v: v′ = (C′ − v)/F, v″ = (C″ − 2v′)/F, v‴ = (C‴ − 3v″)/F; vanna and charm as v′ of
    /// vega and theta; the rest divided by F.
    /// </summary>
    /// <param name="quote">Value and sensitivities in quote units.</param>
    /// <param name="forward">The forward F, above 0.</param>
    public static CoinGreeks Of(in OptionGreeks quote, double forward)
    {
        var (value, vega, theta) = (quote.Value / forward, quote.Vega / forward, quote.Theta / forward);
        var slope = (quote.Delta - value) / forward;
        var bend = (quote.Gamma - (2 * slope)) / forward;
        return new CoinGreeks(
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

    /// <summary>The same of a number of options, negative for a short position.</summary>
    public CoinGreeks Times(double size) => new(
        Value * size, Delta * size, Gamma * size, Vega * size, Theta * size, Rho * size, Vanna * size, Volga * size, Charm * size, Speed * size);

    /// <summary>The sum, answer by answer.</summary>
    public static CoinGreeks operator +(in CoinGreeks left, in CoinGreeks right) => new(
        left.Value + right.Value, left.Delta + right.Delta, left.Gamma + right.Gamma, left.Vega + right.Vega, left.Theta + right.Theta,
        left.Rho + right.Rho, left.Vanna + right.Vanna, left.Volga + right.Volga, left.Charm + right.Charm, left.Speed + right.Speed);
}

/// <summary>
/// Options that are quoted and settled in the coin they are written on: worth v = C/F coins, with C Black's undiscounted
/// value in quote units and F the expiry's own future. A call can never be worth more than one coin; a put has no bound.
/// </summary>
public static class InverseOption
{
    /// <summary>Value in coin.</summary>
    public static double Price(in OptionInputs option) => Black76.Price(option) / option.Forward;

    /// <summary>Sensitivities in coin.</summary>
    public static CoinGreeks Greeks(in OptionInputs option) => CoinGreeks.Of(Black76.Greeks(option), option.Forward);

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
