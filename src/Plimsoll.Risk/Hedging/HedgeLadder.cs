using Plimsoll.Units;

namespace Plimsoll.Risk.Hedging;

/// <summary>What a book gains over moves of price and volatility, every contract valued anew at every step.</summary>
public static class HedgeLadder
{
    /// <summary>The ladder of a book and of the same book hedged.</summary>
    /// <param name="before">The book.</param>
    /// <param name="after">The book with the trades.</param>
    /// <param name="underlying">What moves.</param>
    /// <param name="plan">The steps.</param>
    /// <param name="cost">What the trades cost, taken from every step after.</param>
    public static LadderReport Of(HedgeBook before, HedgeBook after, AssetIndex underlying, HedgePlan plan, double cost) => new(
        plan.SpotMoves,
        plan.VolatilityShifts,
        Rows(before, underlying, plan, 0),
        Rows(after, underlying, plan, cost));

    private static double[][] Rows(HedgeBook book, AssetIndex underlying, HedgePlan plan, double cost) =>
        [.. plan.VolatilityShifts.Select(shift => plan.SpotMoves.Select(move => book.GainAt(underlying, move, shift) - cost).ToArray())];
}
