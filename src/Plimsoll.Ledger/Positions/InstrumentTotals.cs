namespace Plimsoll.Ledger.Positions;

/// <summary>The control totals of one instrument.</summary>
/// <param name="Long">Lots of all longs.</param>
/// <param name="Short">Lots of all shorts, as a positive number.</param>
/// <param name="Cost">The costs of all positions.</param>
internal readonly record struct InstrumentTotals(long Long, long Short, Amount Cost)
{
    /// <summary>The totals once a position became another; either may be of no lots.</summary>
    /// <exception cref="LawBrokenException">A limit would be passed.</exception>
    public InstrumentTotals After(Position before, Position after)
    {
        InstrumentTotals next = new(
            Long + Math.Max(after.Lots.Count, 0) - Math.Max(before.Lots.Count, 0),
            Short + Math.Max(-after.Lots.Count, 0) - Math.Max(-before.Lots.Count, 0),
            Cost + after.Cost - before.Cost);
        Law.Holds(next.Long <= PositionBook.MaxOpenInterest && next.Short <= PositionBook.MaxOpenInterest, "an instrument's open interest stays below the most");
        Law.Holds(FillEffect.IsInside(next.Cost), "an instrument's costs sum to less than the limit of 10^36 units");

        return next;
    }
}
