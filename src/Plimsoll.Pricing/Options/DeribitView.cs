using Plimsoll.Numerics;

namespace Plimsoll.Pricing.Options;

/// <summary>How Deribit shows an option's figures, where that differs from the units of the house.</summary>
public static class DeribitView
{
    private const double DaysPerYear = 365;

    /// <summary>
    /// Theta in USD per day as the ticker shows it: an option cannot lose in a day more than it is worth, nor go on losing
    /// after its expiry, so it is −min(mark in USD, |θ|·min(1, days to expiry)).
    /// </summary>
    /// <param name="option">The option on the expiry's own future, undiscounted.</param>
    public static double Theta(in OptionInputs option)
    {
        var greeks = Black76.Greeks(option);
        var days = Math.Min(1, option.Years * DaysPerYear);
        return -Math.Min(greeks.Value, Math.Abs(greeks.Theta) * days);
    }

    /// <summary>Rho in USD per 1 % of rate by the spot convention: K·T·e^(−rT)·N(d₂)/100 for a call, its mirror image for a put.</summary>
    /// <param name="option">The option on the expiry's own future.</param>
    public static double Rho(in OptionInputs option) =>
        -Black76.RawGreeks(option).StrikeDelta * option.Strike * option.Years / 100;
}
