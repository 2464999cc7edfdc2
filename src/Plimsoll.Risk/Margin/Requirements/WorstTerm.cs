namespace Plimsoll.Risk.Margin;

/// <summary>What the worst case of an account is made of; they compete, and the largest binds.</summary>
public enum WorstTerm : byte
{
    /// <summary>Nothing loses.</summary>
    None = 0,

    /// <summary>A scenario of the grid, offsets between roots counted by the part the rulebook credits.</summary>
    Scenarios = 1,

    /// <summary>Forwards drift from their index.</summary>
    Basis = 2,

    /// <summary>Smiles tilt or curl.</summary>
    Skew = 3,

    /// <summary>Pegs break.</summary>
    Depeg = 4,

    /// <summary>Each instrument at its own worst: an account that offsets nothing.</summary>
    Apart = 5,
}

/// <summary>The losses that compete for an account's worst case, all in the numeraire and at least 0.</summary>
/// <param name="Joint">In the worst joint scenario.</param>
/// <param name="Alone">Of all roots, each in its own worst scenario.</param>
/// <param name="Scenarios">Joint, and the part of the difference to <paramref name="Alone"/> that is not credited.</param>
/// <param name="Basis">When forwards drift, expiry by expiry.</param>
/// <param name="Skew">When smiles tilt or curl, expiry by expiry.</param>
/// <param name="Depeg">When the worst pegs break.</param>
/// <param name="Apart">Of an account that offsets nothing, every instrument at its own worst and its coins together: stands in place of scenarios, basis and skew; else 0.</param>
public readonly record struct WorstCase(
    double Joint, double Alone, double Scenarios, double Basis, double Skew, double Depeg, double Apart = 0)
{
    /// <summary>The one that binds: the largest, the first of equals.</summary>
    public WorstTerm Term
    {
        get
        {
            (WorstTerm term, double most) = (WorstTerm.None, 0);
            if (Scenarios > most) (term, most) = (WorstTerm.Scenarios, Scenarios);
            if (Basis > most) (term, most) = (WorstTerm.Basis, Basis);
            if (Skew > most) (term, most) = (WorstTerm.Skew, Skew);
            if (Depeg > most) (term, most) = (WorstTerm.Depeg, Depeg);

            return Apart > most ? WorstTerm.Apart : term;
        }
    }

    /// <summary>The loss that binds.</summary>
    public double Loss => Term switch
    {
        WorstTerm.Scenarios => Scenarios,
        WorstTerm.Basis => Basis,
        WorstTerm.Skew => Skew,
        WorstTerm.Depeg => Depeg,
        WorstTerm.Apart => Apart,
        _ => 0,
    };
}
