using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>The three lines drawn on an account's health.</summary>
public enum MarginLine : byte
{
    /// <summary>Below it nothing may be opened.</summary>
    Initial = 0,

    /// <summary>Where a liquidation stops.</summary>
    Target = 1,

    /// <summary>Below it the account is liquidated.</summary>
    Maintenance = 2,
}

/// <summary>
/// What one line requires: the larger of a part of the worst scenario's loss and a part of the notional.
/// </summary>
/// <param name="Factor">Part of the worst scenario's loss that must be covered, at least 0.</param>
/// <param name="Floor">Part of the notional that must be covered whatever the scenarios say, at least 0.</param>
public readonly record struct Threshold(decimal Factor, decimal Floor)
{
    internal void Check(string field)
    {
        if (Factor is < 0m or > 10m) throw new InputException($"parameters {field}.factor", $"{Factor} lies outside 0 to 10");
        if (Floor is < 0m or > 1m) throw new InputException($"parameters {field}.floor", $"{Floor} lies outside 0 to 1");
    }

    internal Threshold Canonical() => new(Price.Canonical(Factor), Price.Canonical(Floor));
}
