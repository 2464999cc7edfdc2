using Plimsoll.Markets.Instruments;
using Plimsoll.Numerics;
using Plimsoll.Pricing.Options;

namespace Plimsoll.Pricing.Surfaces;

/// <summary>Volatility from the value of an option that is out of the money.</summary>
internal static class TimeValue
{
    private const double Lowest = 1e-4;
    private const double Highest = 50;

    /// <summary>The volatility at which Black's formula gives the value; NaN where none does.</summary>
    public static double Volatility(double value, OptionSide side, double forward, double strike, double years)
    {
        var found = Solver.Brent(
            volatility => Black76.Price(new OptionInputs(side, forward, strike, years, volatility)) - value, Lowest, Highest, 1e-12);
        return found.IsFound ? found.Value : double.NaN;
    }
}
