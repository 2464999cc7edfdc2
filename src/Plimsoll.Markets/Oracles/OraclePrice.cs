using System.Collections.Immutable;
using Plimsoll.Units;

namespace Plimsoll.Markets.Oracles;

/// <summary>What became of one report.</summary>
/// <param name="Source">Who sent it.</param>
/// <param name="Fault">Why it was not used.</param>
public readonly record struct ReportVerdict(AccountId Source, ReportFault Fault);

/// <summary>A price made of many reports.</summary>
/// <param name="Status">How far it may be relied on.</param>
/// <param name="Price">In the numeraire; the last one where no report was fit.</param>
/// <param name="Confidence">Half the width of what the sources together are sure of, as a part of the price.</param>
/// <param name="ObservedAt">When the oldest report that carries it was seen.</param>
/// <param name="Sources">How many reports carry it.</param>
/// <param name="Divergence">How far the farthest report that was used lies from it, as a part of it.</param>
/// <param name="Reports">What became of each report, in the order given.</param>
public sealed record OraclePrice(
    OracleStatus Status, double Price, double Confidence, Instant ObservedAt, int Sources, double Divergence, ImmutableArray<ReportVerdict> Reports)
{
    /// <summary>Half the width of what contradicting sources said together, as a part of their median; 0 where they do not.</summary>
    public double Apart { get; init; }

    /// <summary>What one unit of collateral is worth to whoever must sell it: price less so many confidences.</summary>
    public double ForCollateral(double confidences) => Math.Max(Price * (1 - (confidences * Confidence)), 0);

    /// <summary>What one unit of debt costs to whoever must buy it back: price and so many confidences.</summary>
    public double ForDebt(double confidences) => Price * (1 + (confidences * Confidence));
}
