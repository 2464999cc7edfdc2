using Plimsoll.Units;

namespace Plimsoll.Risk.Limits;

/// <summary>A limit and what is measured against it.</summary>
/// <param name="Terms">The limit.</param>
/// <param name="Account">Whose, where the limit holds every account by itself.</param>
/// <param name="Value">What is measured, in the numeraire, at least 0.</param>
public readonly record struct LimitReading(LimitTerms Terms, AccountId? Account, double Value)
{
    /// <summary>How far it is used.</summary>
    public LimitLevel Level => Terms.LevelOf(Value);

    /// <summary>Part of the hard line, or of the soft one where there is no hard.</summary>
    public double Utilisation => Terms.UtilisationOf(Value);
}

/// <summary>What a trade would do to a limit.</summary>
/// <param name="Terms">The limit.</param>
/// <param name="Account">Whose, where the limit holds every account by itself.</param>
/// <param name="Before">What is measured now.</param>
/// <param name="After">What would be.</param>
public readonly record struct LimitChange(LimitTerms Terms, AccountId? Account, double Before, double After)
{
    /// <summary>Whether the trade is refused for it.</summary>
    public bool Refuses => Terms.Refuses(Before, After);
}
