using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Plimsoll.Risk.Margin;

/// <summary>
/// What the venue thinks of one account, all in the numeraire. Health is what is counted less what is required; below
/// zero at a line, the line is crossed.
/// </summary>
/// <remarks>Law: initial health ≤ target health ≤ maintenance health.</remarks>
/// <param name="Equity">Everything owned less everything owed, at market prices.</param>
/// <param name="Counted">Equity after haircuts on what is owned.</param>
/// <param name="ScenarioLoss">Loss in the worst case, at least 0: of the scenarios, or of what competes with them.</param>
/// <param name="BindingScenario">Place of that scenario in the grid; −1 when nothing loses, and −<see cref="WorstTerm"/> when another term is worse than every scenario.</param>
/// <param name="Notional">Size of all positions without their sides; of a long option no more than its worth.</param>
/// <param name="InitialHealth">Counted less the initial requirement.</param>
/// <param name="TargetHealth">Counted less the target requirement.</param>
/// <param name="MaintenanceHealth">Counted less the maintenance requirement.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct Verdict(
    double Equity,
    double Counted,
    double ScenarioLoss,
    short BindingScenario,
    double Notional,
    double InitialHealth,
    double TargetHealth,
    double MaintenanceHealth)
{
    /// <summary>No scenario loses anything.</summary>
    public const short NoScenario = -1;

    /// <summary>Which of the losses that compete is the worst.</summary>
    public WorstTerm Worst => BindingScenario switch
    {
        >= 0 => WorstTerm.Scenarios,
        NoScenario => WorstTerm.None,
        var other => (WorstTerm)(-other),
    };

    /// <summary>What maintenance requires, at least 0.</summary>
    public double MaintenanceRequirement => Counted - MaintenanceHealth;

    /// <summary>What opening requires, at least 0.</summary>
    public double InitialRequirement => Counted - InitialHealth;

    /// <summary>What a liquidation restores, at least 0.</summary>
    public double TargetRequirement => Counted - TargetHealth;

    /// <summary>Maintenance requirement ÷ counted collateral: 1 or more is under water; +∞ where nothing counts but something is required or owed.</summary>
    public double MarginRatio => Counted > 0
        ? MaintenanceRequirement / Counted
        : MaintenanceHealth < 0 ? double.PositiveInfinity : 0;

    /// <summary>Counted collateral ÷ maintenance requirement: below 1 is under water; +∞ where nothing is required.</summary>
    public double HealthFactor => MaintenanceRequirement > 0
        ? Counted / MaintenanceRequirement
        : MaintenanceHealth < 0 ? 0 : double.PositiveInfinity;

    /// <summary>
    /// Health in one figure, 0 to 100: the part of the counted collateral that maintenance leaves free. 100 where nothing
    /// is required, 0 at the line of liquidation and below it.
    /// </summary>
    public double Score => IsLiquidatable ? 0 : 100 * Math.Clamp(1 - MarginRatio, 0, 1);

    /// <summary>Whether the account must be liquidated.</summary>
    public bool IsLiquidatable => MaintenanceHealth < 0;

    /// <summary>Whether maintenance takes up so large a part of what counts that the account must be called: each that is liquidatable is.</summary>
    /// <param name="callAt">The part, above 0 and at most 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsNear(double callAt) =>
        (MaintenanceRequirement >= callAt * Counted) & ((MaintenanceRequirement > 0) | (Counted < 0));

    /// <summary>Health at one line.</summary>
    public double Health(MarginLine line) => line switch
    {
        MarginLine.Initial => InitialHealth,
        MarginLine.Target => TargetHealth,
        _ => MaintenanceHealth,
    };
}
