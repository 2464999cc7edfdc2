using Plimsoll.Numerics;

namespace Plimsoll.Pricing.Options;

/// <summary>The volatility at which Black's formula gives a price, one option at a time.</summary>
public static class ImpliedVol
{
    /// <summary>Solves for the volatility.</summary>
    /// <param name="option">The option; its own volatility is not read.</param>
    /// <param name="price">Its price in quote units, discounted when the option has a rate.</param>
    /// <returns>The volatility and how the search ended; never throws.</returns>
    public static ImpliedVolatility Solve(in OptionInputs option, double price)
    {
        var terms = option;
        var (sign, factor) = (Black76.SignOf(option.Side), option.Rate == 0 ? 1 : Exact.Exp(-option.Rate * option.Years));
        var (intrinsic, most) = (factor * Math.Max(0, sign * (option.Forward - option.Strike)), factor * (sign > 0 ? option.Forward : option.Strike));
        if (!double.IsFinite(price) || double.IsNaN(Black76.Price(option with { Volatility = 1 }))) return new(double.NaN, ImpliedStatus.BadInput);
        if (price < intrinsic) return new(double.NaN, ImpliedStatus.BelowIntrinsic);
        if (price >= most) return new(double.NaN, ImpliedStatus.AboveMaximum);
        if (price == intrinsic) return new(0, ImpliedStatus.Undetermined);
        if (option.Years == 0) return new(double.NaN, ImpliedStatus.Undetermined);

        var root = Math.Sqrt(option.Years);
        var found = Solver.Bisect(spread => Black76.Price(terms with { Volatility = spread / root }) - price, 1e-12, 80, 0);
        return found.IsFound ? new(found.Value / root, ImpliedStatus.Ok) : new(double.NaN, ImpliedStatus.Undetermined);
    }
}
