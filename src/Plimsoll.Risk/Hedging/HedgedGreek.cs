namespace Plimsoll.Risk.Hedging;

/// <summary>The sensitivities a hedge can be asked to hold.</summary>
public enum HedgedGreek
{
    /// <summary>Coins of the underlying that the book moves like.</summary>
    Delta = 0,

    /// <summary>Change of delta per numeraire unit of the underlying's price.</summary>
    Gamma = 1,

    /// <summary>Change of worth, in the numeraire, per vol point.</summary>
    Vega = 2,
}

/// <summary>The three sensitivities of a book or of one unit of an instrument, to one underlying.</summary>
/// <param name="Delta">Coins.</param>
/// <param name="Gamma">Coins per numeraire unit of price.</param>
/// <param name="Vega">Numeraire per vol point (0.01).</param>
public readonly record struct HedgedGreeks(double Delta, double Gamma, double Vega)
{
    /// <summary>How many there are.</summary>
    public const int Count = 3;

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
