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
        var spread = Guess(row.Distance, row.Part, row.Rest);
        for (var i = 0; i < ImpliedFormula.Rounds; i++) spread = Improve(row.Distance, goal, isRest, spread);
        return spread;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Lane1 Guess(Lane1 distance, Lane1 part, Lane1 rest) => ImpliedFormula.Guess(distance, part, rest);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Lane1 Improve(Lane1 distance, Lane1 goal, Lane1 isRest, Lane1 spread) => ImpliedFormula.Improve(distance, goal, isRest, spread);
}
