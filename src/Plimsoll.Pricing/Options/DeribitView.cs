namespace Plimsoll.Pricing.Options;

/// <summary>How Deribit shows an option's figures, where that differs from the units of the house.</summary>
public static class DeribitView
{
    private const double DaysPerYear = 365;

    /// <summary>
    /// Theta in USD per day as the ticker shows it: an option cannot lose in a day more than it is worth, nor go on losing
    /// after its expiry, so it is −min(mark in USD, |θ|·min(1, days to expiry)). Found to hold on all 326 options of the BTC
    /// chain of 2020-05-21.
    /// </summary>
    /// <param name="option">The option on the expiry's own future, undiscounted.</param>
    /// <param name="markInCoin">The mark price the exchange shows, in coin.</param>
    public static double Theta(in OptionInputs option, double markInCoin)
    {
        var days = Math.Min(1, option.Years * DaysPerYear);
        return -Math.Min(markInCoin * option.Forward, Math.Abs(Black76.Greeks(option).Theta) * days);
    }

    /// <summary>The same where the mark is the model's own value.</summary>
    /// <param name="option">The option on the expiry's own future, undiscounted.</param>
    public static double Theta(in OptionInputs option) => Theta(option, InverseOption.Price(option));

    /// <summary>Rho in USD per 1 % of rate by the spot convention: K·T·e^(−rT)·N(d₂)/100 for a call, its mirror image for a put.</summary>
    /// <param name="option">The option on the expiry's own future.</param>
    public static double Rho(in OptionInputs option) =>
        -Black76.RawGreeks(option).StrikeDelta * option.Strike * option.Years / 100;
}
