namespace Plimsoll.Ledger.Positions;

/// <summary>
/// What a fill does to a position.
/// <para>
/// Where a share of the cost or of the value is no whole number of units, what is closed counts as dearer, so the realised
/// profit is rounded down, against the account; the fraction stays in the cost of what is left open, so nothing is lost:
/// whatever the rounding, the cost moves by exactly the value plus the profit realised.
/// </para>
/// </summary>
/// <param name="After">The position afterwards; of no lots and no cost where it closed.</param>
/// <param name="Realised">The realised profit, + a profit.</param>
internal readonly record struct FillEffect(Position After, Amount Realised)
{
    /// <summary>Works out a fill of <paramref name="change"/> lots worth <paramref name="value"/>, signed by the change.</summary>
    /// <exception cref="LawBrokenException">No lots, or a limit would be passed.</exception>
    public static FillEffect Of(Position before, Lots change, Amount value)
    {
        Law.Holds(change.Count is not 0 and >= -Lots.Max and <= Lots.Max, "a fill is of some lots, at most the largest size");
        Law.Holds(IsInside(value), "a fill's value lies inside the limit of 10^36 units");
        FillEffect effect = Unchecked(before, change, value);
        Law.Holds(effect.After.Lots.Count is >= -Lots.Max and <= Lots.Max, "a position is at most the largest size");
        Law.Holds(IsInside(effect.After.Cost) && IsInside(effect.Realised), "a cost and a profit lie inside the limit of 10^36 units");

        return effect;
    }

    /// <summary>Whether an amount lies inside <see cref="AssetScale.Limit"/>.</summary>
    internal static bool IsInside(Amount amount) => amount.Units < AssetScale.Limit && amount.Units > -AssetScale.Limit;

    private static FillEffect Unchecked(Position before, Lots change, Amount value)
    {
        long open = Math.Abs(before.Lots.Count);
        long filled = Math.Abs(change.Count);
        Lots lots = before.Lots + change;
        if (before.Lots.Sign != -change.Sign) return new(before with { Lots = lots, Cost = before.Cost + value }, Amount.Zero);

        if (filled <= open)
        {
            Amount released = before.Cost.Share(filled, open, Rounding.ForTheAccount);

            return new(before with { Lots = lots, Cost = before.Cost - released }, -(value + released));
        }

        Amount closing = value.Share(open, filled, Rounding.ForTheAccount);

        return new(before with { Lots = lots, Cost = value - closing }, -(closing + before.Cost));
    }
}
