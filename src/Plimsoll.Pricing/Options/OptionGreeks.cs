namespace Plimsoll.Pricing.Options;

/// <summary>An option's value and sensitivities in the units of the house, for a long position of one.</summary>
/// <param name="Value">Value in quote units.</param>
/// <param name="Delta">Change of value per unit of the forward (of the spot for <see cref="BlackScholes"/>).</param>
/// <param name="Gamma">Change of delta per unit of the same.</param>
/// <param name="Vega">Change of value per vol point, that is per 0.01 of volatility.</param>
/// <param name="Theta">Change of value per day of 365 to the year; negative when time costs the holder.</param>
/// <param name="Rho">Change of value per 1 % of rate, the forward held still (the spot for <see cref="BlackScholes"/>).</param>
/// <param name="Vanna">Change of delta per vol point, which is the change of vega per unit of the forward.</param>
/// <param name="Volga">Change of vega per vol point.</param>
/// <param name="Charm">Change of delta per day that passes.</param>
/// <param name="Speed">Change of gamma per unit of the forward.</param>
public readonly record struct OptionGreeks(
    double Value, double Delta, double Gamma, double Vega, double Theta, double Rho, double Vanna, double Volga, double Charm, double Speed)
{
    /// <summary>The same of a number of options, negative for a short position.</summary>
    public OptionGreeks Times(double size) => new(
        Value * size, Delta * size, Gamma * size, Vega * size, Theta * size, Rho * size, Vanna * size, Volga * size, Charm * size, Speed * size);

    /// <summary>The sum, answer by answer.</summary>
    public static OptionGreeks operator +(in OptionGreeks left, in OptionGreeks right) => new(
        left.Value + right.Value, left.Delta + right.Delta, left.Gamma + right.Gamma, left.Vega + right.Vega, left.Theta + right.Theta,
        left.Rho + right.Rho, left.Vanna + right.Vanna, left.Volga + right.Volga, left.Charm + right.Charm, left.Speed + right.Speed);
}

/// <summary>The same sensitivities in the units of mathematics, with those that other conventions are made of.</summary>
/// <param name="Value">Value in quote units.</param>
/// <param name="Delta">∂V/∂F (∂V/∂S for <see cref="BlackScholes"/>).</param>
/// <param name="Gamma">∂²V/∂F² (∂²V/∂S²).</param>
/// <param name="Vega">∂V/∂σ, per 1.00 of volatility.</param>
/// <param name="Theta">−∂V/∂T per year.</param>
/// <param name="Rho">∂V/∂r per 1.00 of rate.</param>
/// <param name="StrikeDelta">∂V/∂K: minus the discounted probability of exercise for a call, plus for a put.</param>
/// <param name="Vanna">∂²V/∂F∂σ.</param>
/// <param name="Volga">∂²V/∂σ².</param>
/// <param name="Charm">−∂²V/∂F∂T per year.</param>
/// <param name="Speed">∂³V/∂F³.</param>
public readonly record struct RawGreeks(
    double Value, double Delta, double Gamma, double Vega, double Theta, double Rho, double StrikeDelta,
    double Vanna, double Volga, double Charm, double Speed)
{
    /// <summary>One vol point, and one per cent of rate.</summary>
    internal const double Point = 0.01;

    /// <summary>One day as a part of a year.</summary>
    internal const double Day = 1.0 / 365.0;

    /// <summary>NaN in every place: the answer to arguments without meaning.</summary>
    internal static RawGreeks Nothing { get; } = new(
        double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);

    /// <summary>In the units of the house.</summary>
    public OptionGreeks InHouseUnits() => new(
        Value, Delta, Gamma, Vega * Point, Theta * Day, Rho * Point, Vanna * Point, Volga * (Point * Point), Charm * Day, Speed);
}
