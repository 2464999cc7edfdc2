namespace Plimsoll.Pricing.Volatility;

/// <summary>What it costs to trade volatility: an option's fee, and the futures that hedge it.</summary>
public sealed record HedgingCost
{
    private const double RootOfTwoOverPi = 0.79788456080286536;

    /// <summary>Cost of a hedge, one way, as a part of what is traded: half the spread and the fee. 5 basis points without it.</summary>
    public double HedgeRate { get; init; } = 0.0005;

    /// <summary>Hours between hedges.</summary>
    public double HoursBetweenHedges { get; init; } = 8;

    /// <summary>Fee of an option as a part of its underlying's price. 3 basis points without it.</summary>
    public double OptionFee { get; init; } = 0.0003;

    /// <summary>
    /// The volatility at which selling and hedging breaks even (Leland 1985): σ√(1 + A) with A = √(2/π)·2c/(σ√Δt), c the one-way
    /// rate and Δt the time between hedges.
    /// </summary>
    public double ForSeller(double volatility) => volatility * Math.Sqrt(1 + Leland(volatility));

    /// <summary>The same for buying: σ√(1 − A), 0 where hedging eats everything.</summary>
    public double ForBuyer(double volatility) => volatility * Math.Sqrt(Math.Max(0, 1 - Leland(volatility)));

    private double Leland(double volatility) =>
        volatility > 0 ? RootOfTwoOverPi * 2 * HedgeRate / (volatility * Math.Sqrt(HoursBetweenHedges / (24 * 365.0))) : 0;
}
