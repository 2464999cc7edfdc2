namespace Plimsoll.Risk.Hedging;

/// <summary>The sensitivities a hedge can be asked to hold.</summary>
public enum HedgedGreek
{
    /// <summary>Worth of the coins of the underlying that the book moves like.</summary>
    Delta = 0,

    /// <summary>Change of delta when the underlying rises by 1 %.</summary>
    Gamma = 1,

    /// <summary>Change of worth, in the numeraire, per vol point.</summary>
    Vega = 2,
}

/// <summary>The three sensitivities of a book or of one unit of an instrument, to one underlying.</summary>
/// <remarks>A desk counts all three in the numeraire, as exposures and limits do; the planner only asks that all count alike.</remarks>
/// <param name="Delta">Worth of the coins that move alike.</param>
/// <param name="Gamma">Change of delta when the underlying rises by 1 %.</param>
/// <param name="Vega">Change of worth per vol point (0.01).</param>
public readonly record struct HedgedGreeks(double Delta, double Gamma, double Vega)
{
    /// <summary>How many there are.</summary>
    public const int Count = 3;

    /// <summary>The same from coins, coins per price and money per vol point, at a price of the underlying.</summary>
    public static HedgedGreeks InMoney(double delta, double gamma, double vega, double price) => new(delta * price, gamma * price * price * 0.01, vega);

    /// <summary>One of them.</summary>
    public double this[HedgedGreek greek] => greek switch
    {
        HedgedGreek.Delta => Delta,
        HedgedGreek.Gamma => Gamma,
        _ => Vega,
    };

    /// <summary>Whether all are numbers.</summary>
    public bool AreNumbers => double.IsFinite(Delta) && double.IsFinite(Gamma) && double.IsFinite(Vega);

    /// <summary>These and so many units of others.</summary>
    public HedgedGreeks Plus(double units, in HedgedGreeks unit) =>
        new(Delta + (units * unit.Delta), Gamma + (units * unit.Gamma), Vega + (units * unit.Vega));
}
