using Plimsoll.Numerics;

namespace Plimsoll.Pricing.Options;

/// <summary>When a touch pays.</summary>
public enum TouchPayment : byte
{
    /// <summary>The moment the level is touched.</summary>
    AtHit = 0,

    /// <summary>At expiry, if the level was touched before.</summary>
    AtExpiry = 1,
}

/// <summary>All that a touch asks about. A level under the spot is touched from above, one over it from below; one at the spot is touched now.</summary>
/// <param name="Spot">The spot in quote units, above 0.</param>
/// <param name="Level">The level in quote units, above 0.</param>
/// <param name="Years">Time to expiry in years, at least 0.</param>
/// <param name="Volatility">Annual volatility, 0.6 for 60 %, at least 0.</param>
/// <param name="Rate">Continuous rate of interest of the quote currency per year.</param>
/// <param name="Yield">Continuous yield of the underlying per year.</param>
public readonly record struct TouchInputs(double Spot, double Level, double Years, double Volatility, double Rate, double Yield)
{
    internal bool HaveMeaning =>
        Spot > 0 && double.IsFinite(Spot) && Level > 0 && double.IsFinite(Level) && Years >= 0 && double.IsFinite(Years)
        && Volatility >= 0 && double.IsFinite(Volatility) && double.IsFinite(Rate) && double.IsFinite(Yield);

    internal HitLaw Law => new(Spot, Level, Level < Spot, Years, Volatility, Rate, Yield);
}

/// <summary>
/// American digitals: they pay when a level is touched, or when it is not, watched continuously until expiry (Rubinstein and
/// Reiner 1991; Haug 1998, §2.10.5). Arguments without meaning answer NaN.
/// </summary>
public static class TouchOption
{
    /// <summary>Pays a sum if the level is touched.</summary>
    /// <param name="touch">The level and the market.</param>
    /// <param name="cash">The sum in quote units.</param>
    /// <param name="payment">When it is paid.</param>
    /// <returns>Value in quote units.</returns>
    public static double OneTouchCash(in TouchInputs touch, double cash, TouchPayment payment) => !touch.HaveMeaning
        ? double.NaN
        : cash * (payment == TouchPayment.AtHit ? touch.Law.ValueAtHit : Exact.Exp(-touch.Rate * touch.Years) * touch.Law.Chance);

    /// <summary>Pays the asset if the level is touched.</summary>
    /// <param name="touch">The level and the market.</param>
    /// <param name="payment">When it is paid; at the touch it is worth the level.</param>
    /// <returns>Value in quote units.</returns>
    public static double OneTouchAsset(in TouchInputs touch, TouchPayment payment) => !touch.HaveMeaning
        ? double.NaN
        : payment == TouchPayment.AtHit
            ? touch.Level * touch.Law.ValueAtHit
            : touch.Spot * Exact.Exp(-touch.Yield * touch.Years) * touch.Law.AssetChance;

    /// <summary>Pays a sum at expiry unless the level is touched.</summary>
    /// <param name="touch">The level and the market.</param>
    /// <param name="cash">The sum in quote units.</param>
    /// <returns>Value in quote units.</returns>
    public static double NoTouchCash(in TouchInputs touch, double cash) => !touch.HaveMeaning
        ? double.NaN
        : cash * Exact.Exp(-touch.Rate * touch.Years) * Math.Max(0, 1 - touch.Law.Chance);

    /// <summary>Pays the asset at expiry unless the level is touched.</summary>
    /// <param name="touch">The level and the market.</param>
    /// <returns>Value in quote units.</returns>
    public static double NoTouchAsset(in TouchInputs touch) => !touch.HaveMeaning
        ? double.NaN
        : touch.Spot * Exact.Exp(-touch.Yield * touch.Years) * Math.Max(0, 1 - touch.Law.AssetChance);
}
