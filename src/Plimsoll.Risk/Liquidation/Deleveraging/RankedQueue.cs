namespace Plimsoll.Risk.Liquidation.Deleveraging;

/// <summary>Somebody on the other side of a bankrupt position.</summary>
/// <param name="Lots">What he holds, without sign.</param>
/// <param name="Score">His place in the queue: the highest is closed first.</param>
public readonly record struct RankedHolder(long Lots, double Score);

/// <summary>
/// The queue: the highest score is closed whole, then the next, until the position is covered. Of equal scores the one that
/// stands first in the list goes first, so that the order of a list of accounts decides and never chance.
/// </summary>
public static class RankedQueue
{
    /// <summary>Lots closed of each holder, in the order given; fewer than wanted together where the holders have fewer.</summary>
    /// <param name="holders">The other side.</param>
    /// <param name="wanted">Lots to be closed, not below 0.</param>
    public static long[] Close(IReadOnlyList<RankedHolder> holders, long wanted)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(wanted);
        long[] closed = new long[holders.Count];
        foreach (int place in Enumerable.Range(0, holders.Count).OrderByDescending(i => holders[i].Score))
        {
            if (wanted == 0) break;
            closed[place] = Math.Min(Math.Max(holders[place].Lots, 0), wanted);
            wanted -= closed[place];
        }

        return closed;
    }
}
