namespace Plimsoll.Risk.Margin.Rulebooks.Bybit;

/// <summary>
/// An inverse contract's requirements in coin, valued at its entry. Source: Bybit help centre, "Initial margin (inverse
/// contract)" and "Maintenance margin (inverse contract)": position value = contracts ÷ entry; initial = value ÷ leverage;
/// maintenance = the slices of the value at the rates of the risk-limit tiers.
/// </summary>
/// <param name="Contracts">Size in quote units (one contract is one dollar), not below 0.</param>
/// <param name="Entry">Average price paid, above 0.</param>
/// <param name="Leverage">Chosen leverage, above 0.</param>
/// <param name="RiskLimits">Maintenance rates by position value in coin.</param>
public sealed record InversePosition(decimal Contracts, decimal Entry, decimal Leverage, RateTiers RiskLimits)
{
    /// <summary>Value in coin.</summary>
    public decimal Value => Contracts / Entry;

    /// <summary>Initial margin in coin.</summary>
    public decimal InitialMargin => Value / Leverage;

    /// <summary>Maintenance margin in coin; what lies above the last tier is not covered, see <see cref="IsBeyondRiskLimit"/>.</summary>
    public decimal MaintenanceMargin => RiskLimits.Amount(Value);

    /// <summary>Whether the position is larger than the last tier allows.</summary>
    public bool IsBeyondRiskLimit => Value > RiskLimits.Limit;
}
