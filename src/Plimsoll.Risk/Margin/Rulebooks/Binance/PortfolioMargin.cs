using System.Collections.Immutable;

namespace Plimsoll.Risk.Margin.Rulebooks.Binance;

/// <summary>An asset in a portfolio-margin account.</summary>
/// <param name="Value">Signed value in USD, unrealised profit in the asset included.</param>
/// <param name="CollateralRate">The part of it that counts.</param>
public readonly record struct PortfolioAsset(decimal Value, decimal CollateralRate)
{
    /// <summary>min(value × rate, value): what is owed is not made smaller by a haircut.</summary>
    public decimal Counted => Math.Min(Value * CollateralRate, Value);
}

/// <summary>
/// A portfolio-margin account, which adds requirements and offsets nothing. Source: Binance, "Portfolio margin:
/// uniMMR": adjusted equity over the sum of maintenance margins of futures and loans.
/// </summary>
/// <param name="Assets">What is owned and owed, by asset.</param>
/// <param name="PositionMaintenance">Maintenance of all positions, in USD.</param>
/// <param name="Loans">Borrowed amounts, in USD, not below 0.</param>
/// <param name="LoanMaintenanceRate">Maintenance per borrowed amount.</param>
public sealed record PortfolioMargin(ImmutableArray<PortfolioAsset> Assets, decimal PositionMaintenance, ImmutableArray<decimal> Loans, decimal LoanMaintenanceRate)
{
    /// <summary>What counts of everything owned, less everything owed, in USD.</summary>
    public decimal AdjustedEquity => Assets.Sum(a => a.Counted);

    /// <summary>Maintenance of all positions and loans, in USD.</summary>
    public decimal Maintenance => PositionMaintenance + Loans.Sum(loan => LoanMaintenance(loan, LoanMaintenanceRate));

    /// <summary>Unified maintenance margin ratio: at or below 1.05 the account is liquidated; none without requirements.</summary>
    public decimal? UniMmr => Maintenance == 0 ? null : AdjustedEquity / Maintenance;

    /// <summary>Maintenance a margin loan asks for, in the loan's asset.</summary>
    /// <param name="borrowed">Borrowed amount, not below 0.</param>
    /// <param name="rate">Maintenance per borrowed amount.</param>
    public static decimal LoanMaintenance(decimal borrowed, decimal rate) => borrowed * rate;
}
