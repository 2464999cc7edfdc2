using System.Collections.Immutable;

namespace Plimsoll.Risk.Margin.Rulebooks.Binance;

/// <summary>A USDⓈ-M position in one-way mode under the bracket its notional falls in.</summary>
/// <param name="Size">Signed size in coins.</param>
/// <param name="Entry">Average price paid, in quote units.</param>
/// <param name="Mark">Mark price; not asked for where the position's own liquidation price is looked for.</param>
/// <param name="MaintenanceRate">Maintenance rate of the bracket.</param>
/// <param name="MaintenanceAmount">What the bracket takes off, "cum": <see cref="RateTiers.Deductions"/>.</param>
public readonly record struct FuturesPosition(decimal Size, decimal Entry, decimal Mark, decimal MaintenanceRate, decimal MaintenanceAmount)
{
    /// <summary>Maintenance margin at the mark, in the margin asset.</summary>
    public decimal Maintenance => (Math.Abs(Size) * Mark * MaintenanceRate) - MaintenanceAmount;

    /// <summary>Unrealised profit at the mark, in the margin asset.</summary>
    public decimal Profit => Rulebooks.Profit.Linear(Size, Entry, Mark);
}

/// <summary>
/// A cross-margin futures wallet. Source: Binance, "Liquidation price of USDⓈ-M futures contracts":
/// LP = (WB − TMM₁ + UPNL₁ + cum − s·Q·EP) / (Q·MMR − s·Q), with TMM₁ and UPNL₁ those of all other positions.
/// </summary>
/// <param name="WalletBalance">Wallet balance in the margin asset, unrealised profit not included.</param>
/// <param name="Others">The other cross positions that share the wallet.</param>
public sealed record FuturesAccount(decimal WalletBalance, ImmutableArray<FuturesPosition> Others)
{
    /// <summary>The price at which the position liquidates the wallet; none or not above 0 where none does.</summary>
    /// <param name="position">The position looked at; it is not among the others.</param>
    public decimal? LiquidationPrice(FuturesPosition position) => LinearLiquidation.Price(
        WalletBalance + Others.Sum(o => o.Profit),
        position.Size,
        position.Entry,
        position.MaintenanceRate,
        position.MaintenanceAmount,
        Others.Sum(o => o.Maintenance));
}
