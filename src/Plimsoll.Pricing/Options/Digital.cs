using Plimsoll.Markets.Instruments;

namespace Plimsoll.Pricing.Options;

/// <summary>
/// European options that pay all or nothing at expiry (Rubinstein and Reiner, "Unscrambling the binary code", 1991; Haug
/// 1998, §2.11). At no time or no volatility they are worth what the forward says; exactly at the strike they count half,
/// the limit from every side. Arguments without meaning answer NaN.
/// </summary>
public static class Digital
{
    /// <summary>Pays a sum when the spot ends above (call) or below (put) the strike.</summary>
    /// <param name="option">The option; its strike is the level.</param>
    /// <param name="cash">The sum in quote units.</param>
    /// <returns>Value in quote units.</returns>
    public static double CashOrNothing(in SpotOptionInputs option, double cash) => cash * ExerciseValue(option);

    /// <summary>Pays the asset itself when the spot ends above (call) or below (put) the strike.</summary>
    /// <param name="option">The option; its strike is the level.</param>
    /// <returns>Value in quote units.</returns>
    public static double AssetOrNothing(in SpotOptionInputs option)
    {
        var onForward = option.OnForward();
        var raw = Black76.RawGreeks(onForward);
        return Math.Abs(raw.Delta) * onForward.Forward;
    }

    /// <summary>
    /// Pays spot − <paramref name="paidStrike"/> (call) or <paramref name="paidStrike"/> − spot (put) when the spot ends above
    /// (call) or below (put) the option's own strike, be the payment positive or negative.
    /// </summary>
    /// <param name="option">The option; its strike triggers the payment.</param>
    /// <param name="paidStrike">The strike the payment is reckoned from, in quote units.</param>
    /// <returns>Value in quote units; may be negative.</returns>
    public static double Gap(in SpotOptionInputs option, double paidStrike) =>
        Black76.SignOf(option.Side) * (AssetOrNothing(option) - CashOrNothing(option, paidStrike));

    /// <summary>Value now of one quote unit paid on exercise: e^(−rT)·N(±d₂).</summary>
    private static double ExerciseValue(in SpotOptionInputs option) => Math.Abs(Black76.RawGreeks(option.OnForward()).StrikeDelta);
}
