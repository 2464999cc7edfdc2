using System.Collections.Immutable;

namespace Plimsoll.Risk.Margin.Rulebooks.Derive;

/// <summary>How volatilities move in a scenario. Source: Derive v2, <c>PMRMLib_2</c>, "VolShockParams".</summary>
/// <param name="RangeUp">Relative rise at 30 days.</param>
/// <param name="RangeDown">Relative fall at 30 days.</param>
/// <param name="ShortTermPower">How fast the move grows below 30 days.</param>
/// <param name="LongTermPower">How fast it falls beyond.</param>
/// <param name="LeastDays">Terms shorter than this count as this long.</param>
/// <param name="LeastShocked">The least a volatility is after a rise, annual.</param>
public sealed record VolatilityShock(
    double RangeUp, double RangeDown, double ShortTermPower, double LongTermPower, double LeastDays, double LeastShocked)
{
    private const double Month = 30;

    /// <summary>What volatilities are multiplied by when they rise.</summary>
    /// <param name="days">Days to expiry.</param>
    public double Up(double days) => 1 + Shock(RangeUp, days);

    /// <summary>What volatilities are multiplied by when they fall; not below 0.</summary>
    /// <param name="days">Days to expiry.</param>
    public double Down(double days) => Math.Max(0, 1 - Shock(RangeDown, days));

    private double Shock(double range, double days) =>
        TermShock.Of(range, Math.Max(days, LeastDays), days <= Month ? ShortTermPower : LongTermPower);
}

/// <summary>What a positive worth is marked down by and a negative one marked up by before the worst scenario is taken. Source: Derive v2, "MarginParameters".</summary>
/// <param name="Long">The part of a positive worth that counts at expiry: 0.95.</param>
/// <param name="LongRateScale">How much of the rate it loses per year.</param>
/// <param name="LongRateAdded">What it loses per year besides.</param>
/// <param name="Short">What a negative worth counts at expiry: 1.04.</param>
/// <param name="ShortRateScale">How much of the rate it gains per year.</param>
/// <param name="ShortRateAdded">What it gains per year besides.</param>
public sealed record StaticDiscount(
    double Long, double LongRateScale, double LongRateAdded, double Short, double ShortRateScale, double ShortRateAdded);

/// <summary>How a skew scenario changes the smile. Source: Derive v2, "SkewShockParameters".</summary>
/// <param name="Cap">The most a volatility moves, relative, at no time.</param>
/// <param name="CapPerRootYear">What the most gains per √year.</param>
public readonly record struct SkewLimit(double Cap, double CapPerRootYear)
{
    /// <summary>The most a volatility moves at a term.</summary>
    /// <param name="rootYears">√years to expiry.</param>
    public double At(double rootYears) => (CapPerRootYear * rootYears) + Cap;
}

/// <summary>Both skew scenarios. Source: Derive v2, "SkewShockParameters".</summary>
/// <param name="Linear">Limit of the tilt.</param>
/// <param name="Absolute">Limit of the bend.</param>
/// <param name="LeastWidth">The least log-moneyness at which the limit is reached.</param>
/// <param name="WidthScale">That log-moneyness in units of a typical total volatility.</param>
/// <param name="TypicalVolatility">The typical annual volatility at no time.</param>
/// <param name="TypicalPerRootYear">What it gains per √year.</param>
public sealed record SkewShock(
    SkewLimit Linear, SkewLimit Absolute, double LeastWidth, double WidthScale, double TypicalVolatility, double TypicalPerRootYear)
{
    /// <summary>Log-moneyness at which the limit is reached.</summary>
    /// <param name="rootYears">√years to expiry.</param>
    public double Width(double rootYears) =>
        Math.Max(LeastWidth, rootYears * WidthScale * (TypicalVolatility + (rootYears * TypicalPerRootYear)));
}

/// <summary>The charge for calendar spreads: every expiry moved alone, up or down. Source: Derive v2, "BasisContingencyParameters".</summary>
/// <param name="SpotUp">Spot as a multiple, up.</param>
/// <param name="SpotDown">Spot as a multiple, down.</param>
/// <param name="Added">The part of the loss that counts at expiry.</param>
/// <param name="PerYear">What that part gains per year.</param>
public sealed record BasisContingency(double SpotUp, double SpotDown, double Added, double PerYear);

/// <summary>Charges beside the scenarios. Source: Derive v2, "OtherContingencyParameters".</summary>
/// <param name="Peg">What the initial loss factor gains when the stablecoin loses its peg.</param>
/// <param name="Confidence">Initial charge on doubtful prices.</param>
/// <param name="PerpMaintenance">Maintenance per perpetual notional.</param>
/// <param name="PerpInitial">Initial per perpetual notional, beside maintenance.</param>
/// <param name="NakedMaintenance">Maintenance per spot value of uncovered short options.</param>
/// <param name="NakedInitial">Initial per spot value of uncovered short options, beside maintenance.</param>
public sealed record OtherContingency(
    PegLoss Peg, ConfidenceCharge Confidence, double PerpMaintenance, double PerpInitial, double NakedMaintenance, double NakedInitial);

/// <summary>All parameters of PMRM_2, one set per underlying.</summary>
/// <param name="Volatility">How volatilities move.</param>
/// <param name="Discount">Static discount.</param>
/// <param name="Skew">How smiles change.</param>
/// <param name="Basis">Calendar-spread charge.</param>
/// <param name="Other">Charges beside the scenarios.</param>
/// <param name="MaintenanceLossFactor">The part of the worst loss maintenance asks for.</param>
/// <param name="InitialLossFactor">The part of the worst loss initial margin asks for.</param>
/// <param name="Grid">The scenarios.</param>
public sealed record PortfolioParameters(
    VolatilityShock Volatility,
    StaticDiscount Discount,
    SkewShock Skew,
    BasisContingency Basis,
    OtherContingency Other,
    double MaintenanceLossFactor,
    double InitialLossFactor,
    ImmutableArray<SpotVolScenario> Grid);
