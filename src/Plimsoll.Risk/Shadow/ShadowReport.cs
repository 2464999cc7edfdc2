using System.Collections.Immutable;
using Plimsoll.Risk.Margin;

namespace Plimsoll.Risk.Shadow;

/// <summary>An account under the set in force and under another.</summary>
/// <param name="Account">The account.</param>
/// <param name="Effect">What the other set would do to it.</param>
/// <param name="Before">Under the set in force.</param>
/// <param name="After">Under the other.</param>
public readonly record struct ShadowLine(int Account, ShadowEffect Effect, Verdict Before, Verdict After)
{
    /// <summary>What its maintenance health loses, in the numeraire; below 0 where it gains.</summary>
    public double Harm => Before.MaintenanceHealth - After.MaintenanceHealth;
}

/// <summary>Everybody together under one set, in the numeraire.</summary>
/// <param name="Counted">Collateral that counts.</param>
/// <param name="Initial">What opening requires.</param>
/// <param name="Target">What a liquidation restores.</param>
/// <param name="Maintenance">What must never be missed.</param>
public readonly record struct ShadowTotals(double Counted, double Initial, double Target, double Maintenance)
{
    internal ShadowTotals With(in Verdict verdict) => new(
        Counted + verdict.Counted,
        Initial + verdict.InitialRequirement,
        Target + verdict.TargetRequirement,
        Maintenance + verdict.MaintenanceRequirement);
}

/// <summary>What a set of parameters would do to everybody, before anybody commits to it.</summary>
/// <param name="Accounts">How many accounts were looked at.</param>
/// <param name="Liquidated">How many would be liquidated that are not under water now.</param>
/// <param name="Called">How many would be called that are not near their requirement now, those liquidated not among them.</param>
/// <param name="Restricted">How many more could open nothing any more.</param>
/// <param name="Released">How many would be let go.</param>
/// <param name="UnderWater">How many are under water now already, at these prices and under the set in force.</param>
/// <param name="Before">Everybody under the set in force.</param>
/// <param name="After">Everybody under the other.</param>
/// <param name="Lines">The accounts something would happen to, the most harmed first: by effect, then by how far maintenance would be missed, then by age.</param>
public sealed record ShadowReport(
    int Accounts,
    int Liquidated,
    int Called,
    int Restricted,
    int Released,
    int UnderWater,
    ShadowTotals Before,
    ShadowTotals After,
    ImmutableArray<ShadowLine> Lines)
{
    /// <summary>Whether nobody would be worse off than he is: nobody liquidated, called or restricted.</summary>
    public bool IsHarmless => Liquidated == 0 && Called == 0 && Restricted == 0;
}
