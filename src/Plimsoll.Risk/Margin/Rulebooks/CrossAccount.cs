using System.Collections.Immutable;

namespace Plimsoll.Risk.Margin.Rulebooks;

/// <summary>A linear position under fixed fractions.</summary>
/// <param name="Size">Signed size in coins.</param>
/// <param name="Cost">What was paid for it, signed like the size, in the settlement asset.</param>
/// <param name="Mark">Price now, in quote units.</param>
/// <param name="InitialFraction">Initial margin per notional.</param>
/// <param name="MaintenanceFraction">Maintenance margin per notional.</param>
public readonly record struct CrossPosition(decimal Size, decimal Cost, decimal Mark, decimal InitialFraction, decimal MaintenanceFraction)
{
    /// <summary>Size at the mark, without sign.</summary>
    public decimal Notional => Math.Abs(Size * Mark);

    /// <summary>Profit not yet settled, in the settlement asset.</summary>
    public decimal Profit => (Size * Mark) - Cost;
}

/// <summary>
/// Cross margin at its plainest: one collateral, requirements add, every profit counts at once. The rule of
/// cross-margin-engine, and of any exchange before tiers, haircuts and offsets.
/// </summary>
/// <param name="Collateral">Balance in the settlement asset.</param>
/// <param name="Positions">The positions, of any sign.</param>
public sealed record CrossAccount(decimal Collateral, ImmutableArray<CrossPosition> Positions)
{
    /// <summary>Collateral and unsettled profit.</summary>
    public decimal Equity => Collateral + Positions.Sum(p => p.Profit);

    /// <summary>What a new position asks for.</summary>
    public decimal InitialMargin => Positions.Sum(p => p.Notional * p.InitialFraction);

    /// <summary>What must be kept.</summary>
    public decimal MaintenanceMargin => Positions.Sum(p => p.Notional * p.MaintenanceFraction);

    /// <summary>Whether it is to be liquidated: equity at or below maintenance with anything left to close.</summary>
    public bool IsLiquidatable => !Positions.IsEmpty && Equity <= MaintenanceMargin;

    /// <summary>Whether, seen after a trade, the trade was allowed.</summary>
    public bool MayTrade => Equity >= InitialMargin;
}
