using Plimsoll.Markets.Instruments;
using Plimsoll.Numerics;

namespace Plimsoll.Pricing.Options;

/// <summary>
/// European options that settle on an average of the index over the window before expiry. With w the open part of the average and
/// A the mean so far:
/// <list type="number">
/// <item>w·mean + (1 − w)·A − K = w·(mean − K′), K′ = (K − (1 − w)A)/w: w options on the mean of the open part, with strike K′.</item>
/// <item>That mean is taken as lognormal with mean F and variance σ²T′, T′ of <see cref="SettlementWindow.EffectiveYears"/>: the first
/// order in the window's own variance, which is below 1e-3 at 300 % volatility and half an hour.</item>
/// <item>Where the fixed part alone exceeds the strike (K′ ≤ 0) a call is w forwards and a put is worth nothing.</item>
/// <item>Theta and charm let the index stand still while the average goes on filling with it; so delta decays to 0.</item>
/// </list>
/// Arguments without meaning (also a window entered without a mean so far) answer NaN.
/// </summary>
public static class AveragedOption
{
    /// <summary>Value in quote units.</summary>
    /// <param name="option">The option on the forward of its expiry.</param>
    /// <param name="window">The averaging window.</param>
    public static double Price(in OptionInputs option, in SettlementWindow window) => RawGreeks(option, window).Value;

    /// <summary>Value and sensitivities in the units of the house.</summary>
    /// <param name="option">The option on the forward of its expiry.</param>
    /// <param name="window">The averaging window.</param>
    public static OptionGreeks Greeks(in OptionInputs option, in SettlementWindow window) => RawGreeks(option, window).InHouseUnits();

    /// <summary>Value and sensitivities in the units of mathematics.</summary>
    /// <param name="option">The option on the forward of its expiry.</param>
    /// <param name="window">The averaging window.</param>
    public static RawGreeks RawGreeks(in OptionInputs option, in SettlementWindow window)
    {
        if (!window.HasMeaning(option.Years) || double.IsNaN(Black76.Price(option))) return Options.RawGreeks.Nothing;

        var open = window.OpenPart(option.Years);
        if (open == 0) return Settled(option, window.FixedAverage);

        var strike = open == 1 ? option.Strike : (option.Strike - ((1 - open) * window.FixedAverage)) / open;
        var inside = option.Years < window.Years;
        var mean = option with { Strike = strike, Years = window.EffectiveYears(option.Years), Rate = 0 };
        var one = strike > 0 ? Black76.RawGreeks(mean) : Certain(mean);
        var (theta, charm) = (one.Theta, one.Charm);
        if (inside)
        {
            // Per year that passes, 1/W of the average fills with F: w falls and K′ moves towards what is left to reach.
            theta = (open * one.Theta / 3) - (option.Forward / window.Years * (one.Delta + one.StrikeDelta));
            var perStrike = strike > 0 ? -option.Forward / strike * one.Gamma : 0;
            charm = (open * one.Charm / 3) + (((perStrike * (strike - option.Forward)) - one.Delta) / window.Years);
        }

        var factor = option.Rate == 0 ? 1 : Exact.Exp(-option.Rate * option.Years);
        var (value, delta, share) = (factor * open * one.Value, factor * open * one.Delta, factor * open);
        return new RawGreeks(
            value,
            delta,
            share * one.Gamma,
            share * one.Vega,
            (factor * theta) + (option.Rate * value),
            -option.Years * value,
            factor * one.StrikeDelta,
            share * one.Vanna,
            share * one.Volga,
            (factor * charm) + (option.Rate * delta),
            share * one.Speed);
    }

    /// <summary>
    /// Value and sensitivities in coin of an option that pays in coin at the settlement price: the quote value over
    /// G = <see cref="SettlementWindow.EffectiveForward"/>, which moves by w per unit of the forward.
    /// </summary>
    /// <param name="option">The option on the forward of its expiry.</param>
    /// <param name="window">The averaging window.</param>
    public static CoinGreeks CoinGreeks(in OptionInputs option, in SettlementWindow window)
    {
        var quote = Greeks(option, window);
        var (open, settles) = (window.OpenPart(option.Years), window.EffectiveForward(option.Forward, option.Years));
        var closing = option.Years < window.Years && option.Years > 0 ? Options.RawGreeks.Day / window.Years : 0;
        var (value, vega, theta) = (quote.Value / settles, quote.Vega / settles, quote.Theta / settles);
        var slope = (quote.Delta - (open * value)) / settles;
        var bend = (quote.Gamma - (2 * open * slope)) / settles;
        return new CoinGreeks(
            value,
            slope,
            bend,
            vega,
            theta,
            quote.Rho / settles,
            (quote.Vanna - (open * vega)) / settles,
            quote.Volga / settles,
            (quote.Charm - (open * theta) + (closing * value)) / settles,
            (quote.Speed - (3 * open * bend)) / settles);
    }

    /// <summary>
    /// Delta less the coin premium, the open part of it: the futures that hedge the holder once the premium itself is counted;
    /// <see cref="InverseOption.NetTransactionDelta"/> before the window.
    /// </summary>
    /// <param name="option">The option on the forward of its expiry.</param>
    /// <param name="window">The averaging window.</param>
    public static double NetTransactionDelta(in OptionInputs option, in SettlementWindow window)
    {
        var quote = RawGreeks(option, window);
        return quote.Delta - (window.OpenPart(option.Years) * quote.Value / window.EffectiveForward(option.Forward, option.Years));
    }

    /// <summary>An option on the open part that is sure to be exercised, or sure not to be.</summary>
    private static RawGreeks Certain(in OptionInputs mean) => mean.Side == OptionSide.Call
        ? new RawGreeks(mean.Forward - mean.Strike, 1, 0, 0, 0, 0, -1, 0, 0, 0, 0)
        : default;

    private static RawGreeks Settled(in OptionInputs option, double average)
    {
        var sign = Black76.SignOf(option.Side);
        var gain = sign * (average - option.Strike);
        return gain > 0 ? new RawGreeks(gain, 0, 0, 0, 0, 0, -sign, 0, 0, 0, 0) : default;
    }
}
