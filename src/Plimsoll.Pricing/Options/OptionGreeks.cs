namespace Plimsoll.Pricing.Options;

/// <summary>An option's value and first sensitivities in the units of the house, for a long position of one.</summary>
/// <param name="Value">Value in quote units.</param>
/// <param name="Delta">Change of value per unit of the forward (of the spot for <see cref="BlackScholes"/>).</param>
/// <param name="Gamma">Change of delta per unit of the same.</param>
/// <param name="Vega">Change of value per vol point, that is per 0.01 of volatility.</param>
/// <param name="Theta">Change of value per day of 365 to the year; negative when time costs the holder.</param>
/// <param name="Rho">Change of value per 1 % of rate, the forward held still (the spot for <see cref="BlackScholes"/>).</param>
public readonly record struct OptionGreeks(double Value, double Delta, double Gamma, double Vega, double Theta, double Rho);

/// <summary>The same sensitivities in the units of mathematics, with those that other conventions are made of.</summary>
/// <param name="Value">Value in quote units.</param>
/// <param name="Delta">∂V/∂F (∂V/∂S for <see cref="BlackScholes"/>).</param>
/// <param name="Gamma">∂²V/∂F² (∂²V/∂S²).</param>
/// <param name="Vega">∂V/∂σ, per 1.00 of volatility.</param>
/// <param name="Theta">−∂V/∂T per year.</param>
/// <param name="Rho">∂V/∂r per 1.00 of rate.</param>
/// <param name="StrikeDelta">∂V/∂K: minus the discounted probability of exercise for a call, plus for a put.</param>
public readonly record struct RawGreeks(
    double Value, double Delta, double Gamma, double Vega, double Theta, double Rho, double StrikeDelta)
{
    /// <summary>One vol point, and one per cent of rate.</summary>
    internal const double Point = 0.01;

    /// <summary>One day as a part of a year.</summary>
    internal const double Day = 1.0 / 365.0;

    /// <summary>In the units of the house.</summary>
    public OptionGreeks InHouseUnits() => new(Value, Delta, Gamma, Vega * Point, Theta * Day, Rho * Point);
}
