using Plimsoll.Treasury.Backing;

namespace Plimsoll.Server.Projections;

/// <summary>What takes longer than a view may, from the last whole copy of the book.</summary>
internal sealed record TreasuryReports(
    CoverageReport Coverage, ExpectedShortfall? Shortfall, IReadOnlyList<ThresholdMap> Thresholds, IReadOnlyList<CascadeFigures> Cascades, Attested? Attested)
{
    public static TreasuryReports None { get; } = new(CoverageReport.None, null, [], [], null);
}
