using System.Collections.Immutable;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>How far a pegged asset may leave its peg.</summary>
/// <param name="Scope">The asset, or a class: then all of it that promise something (stablecoins, staked coins, whatever follows another asset).</param>
/// <param name="Down">Relative fall, 0 to 0.99.</param>
/// <param name="Up">Relative rise, 0 to 10: what hurts those who owe it.</param>
public sealed record DepegLine(AssetScope Scope, decimal Down, decimal Up);

/// <summary>
/// Pegged assets leave their pegs, one after another with all else still: collateral, settlement and quote move together,
/// and so does what follows the asset. The worst competes with the scenarios.
/// </summary>
/// <param name="Cover">How many fail at once, the worst ones: 1 or 2.</param>
/// <param name="Lines">Which, and how far; a line for an asset goes before its class's.</param>
public sealed record DepegTerms(int Cover, ImmutableArray<DepegLine> Lines)
{
    internal void Check(string field)
    {
        Ranges.Check($"{field}.cover", Cover, 1m, 2m);
        if (Lines.IsDefault) throw new InputException($"{field}.lines", "is missing");
        AssetScope.CheckAll(Lines.Select(l => l.Scope), $"{field}.lines");
        foreach (DepegLine line in Lines)
        {
            Ranges.Check($"{field}.lines.{line.Scope}.down", line.Down, 0m, 0.99m);
            Ranges.Check($"{field}.lines.{line.Scope}.up", line.Up, 0m, 10m);
        }
    }

    internal DepegTerms Canonical() => this with
    {
        Lines = [.. Lines.OrderBy(l => l.Scope).Select(l => l with { Down = Price.Canonical(l.Down), Up = Price.Canonical(l.Up) })],
    };
}
