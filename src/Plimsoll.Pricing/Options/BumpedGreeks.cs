namespace Plimsoll.Pricing.Options;

/// <summary>
/// Greeks of anything that has a value, by central differences: for contracts whose closed form is not worth deriving by hand. The
/// forward is bumped by 0.1 % of itself, volatility by 0.1 point, time by 1 % of what is left, at most a day; so answers are good to
/// three digits or four, and mean little within a bump of a barrier or, close to expiry, of a strike.
/// </summary>
public static class BumpedGreeks
{
    private const double Move = 1e-3;
    private const double VolatilityStep = 1e-3;
    private const double RateStep = 1e-4;

    /// <summary>All Greeks in the units of the house.</summary>
    /// <param name="value">The value of a contract at given inputs, in quote units.</param>
    /// <param name="at">Where it stands; time and volatility above 0.</param>
    public static OptionGreeks Of(Func<OptionInputs, double> value, in OptionInputs at)
    {
        ArgumentNullException.ThrowIfNull(value);
        var (here, step, time, sigma) = (at, at.Forward * Move, Math.Min(0.01 * at.Years, RawGreeks.Day), Math.Min(VolatilityStep, 0.5 * at.Volatility));
        double At(double moves, double volatility = 0, double years = 0, double rate = 0) => value(here with
        {
            Forward = here.Forward + (moves * step),
            Volatility = here.Volatility + (volatility * sigma),
            Years = here.Years + (years * time),
            Rate = here.Rate + (rate * RateStep),
        });
        double Delta(double volatility = 0, double years = 0) => (At(1, volatility, years) - At(-1, volatility, years)) / (2 * step);

        var (middle, calm, wild) = (At(0), At(0, -1), At(0, 1));
        var raw = new RawGreeks(
            middle,
            Delta(),
            (At(1) - (2 * middle) + At(-1)) / (step * step),
            (wild - calm) / (2 * sigma),
            (At(0, years: -1) - At(0, years: 1)) / (2 * time),
            (At(0, rate: 1) - At(0, rate: -1)) / (2 * RateStep),
            0,
            (Delta(1) - Delta(-1)) / (2 * sigma),
            (wild - (2 * middle) + calm) / (sigma * sigma),
            (Delta(0, -1) - Delta(0, 1)) / (2 * time),
            (At(2) - (2 * At(1)) + (2 * At(-1)) - At(-2)) / (2 * step * step * step));
        return raw.InHouseUnits();
    }
}
