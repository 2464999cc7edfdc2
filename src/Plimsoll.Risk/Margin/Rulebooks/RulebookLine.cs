namespace Plimsoll.Risk.Margin.Rulebooks;

/// <summary>What one thing adds to the margin of a portfolio, in the numeraire; a requirement is negative. Lines sum to the whole.</summary>
/// <param name="What">In the rulebook's own words.</param>
/// <param name="Maintenance">Its part of the maintenance figure.</param>
/// <param name="Initial">Its part of the initial figure.</param>
public readonly record struct RulebookLine(string What, double Maintenance, double Initial);
