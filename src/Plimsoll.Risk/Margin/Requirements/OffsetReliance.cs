using System.Collections.Immutable;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>One root's part in an account's worst case.</summary>
/// <param name="Root">What it all follows.</param>
/// <param name="Alone">The loss of its positions and coins in their own worst scenario, at least 0.</param>
/// <param name="Joint">Their gain in the account's worst joint scenario; a loss is negative.</param>
public readonly record struct RootLoss(AssetIndex Root, double Alone, double Joint);

/// <summary>
/// How much of an account's safety lives on correlations: what it would be required to have if the roots' prices went
/// their own ways. All in the numeraire.
/// </summary>
/// <param name="Alone">Σ of the roots' losses, each in its own worst scenario.</param>
/// <param name="Joint">The loss in the worst joint scenario.</param>
/// <param name="Believed">What would be required if correlations held as the grid has them (credit 1).</param>
/// <param name="Required">What is required: correlations at their floor.</param>
/// <param name="Broken">What would be required if no root's gain paid for another's loss (credit 0).</param>
/// <param name="Roots">The roots, in the order in which the account first touches them.</param>
public sealed record OffsetReliance(
    double Alone, double Joint, LineFigures Believed, LineFigures Required, LineFigures Broken, ImmutableArray<RootLoss> Roots)
{
    /// <summary>What roots pay for each other: alone − joint, at least 0.</summary>
    public double Offset => Math.Max(0, Alone - Joint);

    /// <summary>The offset as a part of what the roots would lose alone, 0 to 1.</summary>
    public double Part => Alone > 0 ? Offset / Alone : 0;
}
