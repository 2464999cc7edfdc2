using System.Runtime.CompilerServices;
using Plimsoll.Numerics;

namespace Plimsoll.Pricing.Options;

/// <summary>
/// The volatility at which Black's formula gives a price, one option at a time; the same bits as <see cref="ImpliedVolBatch"/>. Where
/// the price still determines it, the volatility is right to 1e-12 of itself; elsewhere it reprices the option to the last digits.
/// </summary>
public static class ImpliedVol
{
    /// <summary>Solves for the volatility.</summary>
    /// <param name="option">The option; its own volatility is not read.</param>
    /// <param name="price">Its price in quote units, discounted when the option has a rate.</param>
    /// <returns>The volatility and how the search ended; never throws.</returns>
    public static ImpliedVolatility Solve(in OptionInputs option, double price)
    {
        var years = new Lane1(option.Years);
        var factor = option.Rate == 0 ? new Lane1(1) : BlackFormula.DiscountFactor(new Lane1(option.Rate), years);
        var row = new ImpliedRow<Lane1>(
            new Lane1(Black76.SignOf(option.Side)), new Lane1(option.Forward), new Lane1(option.Strike), years, factor, new Lane1(price));
        var spread = row.Status.Value == 0 ? Spread(row) : new Lane1(1);
        var volatility = ImpliedRow<Lane1>.Volatility(spread, years, row.Status, new Lane1(price), row.Floor);
        return new ImpliedVolatility(volatility.Value, (ImpliedStatus)row.Status.Value);
    }

    /// <summary>Solves for the volatility of an option that is quoted in the coin it is written on.</summary>
    /// <param name="option">The option on its expiry's own future; its own volatility is not read.</param>
    /// <param name="priceInCoin">Its price in coin.</param>
    /// <returns>The volatility and how the search ended; never throws.</returns>
    public static ImpliedVolatility SolveInverse(in OptionInputs option, double priceInCoin) => Solve(option, priceInCoin * option.Forward);

    private static Lane1 Spread(in ImpliedRow<Lane1> row)
    {
        var isRest = ImpliedFormula.AimsAtRest(row.Part);
        var goal = Lane1.Select(isRest, row.Rest, row.Part);
        var spread = Guess(row);
        for (var i = 0; i < ImpliedFormula.Rounds; i++)
        {
            var a = row.Distance / spread;
            var slope = ImpliedFormula.Slope(a, spread);
            spread = ImpliedFormula.Improve(a, spread, slope, Value(a, spread, slope, isRest), goal, isRest);
        }

        return spread;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Lane1 Guess(in ImpliedRow<Lane1> row)
    {
        var below = ImpliedFormula.Begin(row.Distance, row.Part, row.Rest, out var d);
        d = ImpliedFormula.Place(row.Distance, row.Part, below, d);
        for (var i = 0; i < ImpliedFormula.Sketches; i++) d = ImpliedFormula.Sketch(row.Distance, row.Part, below, d);
        return ImpliedFormula.Spread(row.Distance, below, d);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Lane1 Value(Lane1 a, Lane1 spread, Lane1 slope, Lane1 isRest) => ImpliedFormula.Value(a, spread, slope, isRest);
}
