namespace Plimsoll.Risk.Exposure;

/// <summary>One number for each <see cref="Greek"/>, in the numeraire.</summary>
public readonly record struct Greeks(
    double Delta,
    double Gamma,
    double Vega,
    double Theta,
    double Rho,
    double Vanna,
    double Volga,
    double Charm,
    double Speed,
    double Value,
    double Notional,
    double Coins)
{
    /// <summary>How many there are.</summary>
    public const int Count = 12;

    /// <summary>How many come first that every account is asked: a cache line of them, delta to charm.</summary>
    public const int First = 8;

    /// <summary>The number of one greek.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such greek.</exception>
    public double this[Greek greek] => greek switch
    {
        Greek.Delta => Delta,
        Greek.Gamma => Gamma,
        Greek.Vega => Vega,
        Greek.Theta => Theta,
        Greek.Rho => Rho,
        Greek.Vanna => Vanna,
        Greek.Volga => Volga,
        Greek.Charm => Charm,
        Greek.Speed => Speed,
        Greek.Value => Value,
        Greek.Notional => Notional,
        Greek.Coins => Coins,
        _ => throw new ArgumentOutOfRangeException(nameof(greek), greek, "There is no such greek."),
    };

    /// <summary>The same money in coins of a price; nothing where there is no price.</summary>
    /// <param name="price">The underlying's price in the numeraire.</param>
    public Greeks? InCoin(double price) => price > 0
        ? new Greeks(
            Delta / price, Gamma / price, Vega / price, Theta / price, Rho / price, Vanna / price, Volga / price,
            Charm / price, Speed / price, Value / price, Notional / price, Coins / price)
        : null;

    /// <summary>The numbers of a span, in the order of <see cref="Greek"/>.</summary>
    internal static Greeks Of(ReadOnlySpan<double> s) => new(s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7], s[8], s[9], s[10], s[11]);
}
