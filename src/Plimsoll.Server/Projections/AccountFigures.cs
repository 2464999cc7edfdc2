using Plimsoll.Engine;
using Plimsoll.Risk.Margin;

namespace Plimsoll.Server.Projections;

/// <summary>A figure at each of the three lines.</summary>
/// <param name="Initial">Where opening ends.</param>
/// <param name="Target">Where a liquidation stops.</param>
/// <param name="Maintenance">Where a liquidation begins.</param>
public sealed record Lines(double Initial, double Target, double Maintenance);

/// <summary>One account in the list; money in the numeraire.</summary>
/// <param name="Account">Its name.</param>
/// <param name="Kind">What kind of customer it is.</param>
/// <param name="Equity">What it is worth.</param>
/// <param name="Counted">What of it counts.</param>
/// <param name="Maintenance">The maintenance requirement.</param>
/// <param name="Initial">The initial requirement.</param>
/// <param name="Health">Counted less required.</param>
/// <param name="MarginRatio">Maintenance requirement over counted; 1 and above is under water; none where nothing counts.</param>
/// <param name="Distance">Estimated relative move of its largest underlying to liquidation; none where no move does it.</param>
/// <param name="Phase">the stage: <c>healthy</c>, <c>warned</c>, <c>called</c>, <c>liquidating</c>, <c>liquidated</c>, <c>auctioned</c>, <c>backstopped</c>, <c>deleveraged</c> or <c>bankrupt</c>.</param>
/// <param name="Notional">Size of its positions.</param>
public sealed record AccountRow(
    string Account,
    string Kind,
    double Equity,
    double Counted,
    double Maintenance,
    double Initial,
    Lines Health,
    double? MarginRatio,
    double? Distance,
    string Phase,
    double Notional)
{
    internal static AccountRow Of(string account, string kind, in Verdict verdict, AccountPhase phase, double distance) => new(
        account,
        kind,
        verdict.Equity,
        verdict.Counted,
        verdict.MaintenanceRequirement,
        verdict.InitialRequirement,
        new Lines(verdict.InitialHealth, verdict.TargetHealth, verdict.MaintenanceHealth),
        double.IsFinite(verdict.MarginRatio) ? verdict.MarginRatio : null,
        double.IsFinite(distance) ? distance : null,
        PhaseName.Of(phase),
        verdict.Notional);
}

/// <summary>A page of the account list.</summary>
/// <param name="Total">How many accounts there are in the list.</param>
/// <param name="Rows">The page.</param>
public sealed record AccountsPage(int Total, IReadOnlyList<AccountRow> Rows);
