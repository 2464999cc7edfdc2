using Plimsoll.Risk.Margin;

namespace Plimsoll.Risk.Liquidation;

/// <summary>
/// The smallest proportionate close of a book that restores the goal.
/// </summary>
/// <remarks>
/// <para>(1) Scale the whole book by one fraction x, each position rounded to its nearest lot, so that a hedge stays a
/// hedge; find the least x that restores the goal, by a scan in sixteenths and then by halving down to single lots.</para>
/// <para>(2) Leave out every position whose close does not raise the goal's health, and scale the rest again; until nothing
/// is left out, at most <see cref="Rounds"/> times.</para>
/// <para>(3) Trim: position by position, the largest first, close the fewest lots that still restore the target, until
/// nothing more can be trimmed, at most <see cref="Rounds"/> times.</para>
/// <para>A trial that lowers maintenance health is never taken.</para>
/// </remarks>
internal static class PartialClose
{
    private const int Rounds = 4;
    private const int ScanSteps = 16;

    /// <summary>Lots to close per position, or none when no fraction restores the goal.</summary>
    public static long[]? Solve(LiquidationTrial trial)
    {
        var search = new Search(trial);
        var active = new bool[trial.Positions.Length];
        for (int p = 0; p < active.Length; p++) active[p] = trial.Positions[p].IsPriced;
        long[]? closes = Least(search, active);
        if (closes is null) return null;

        for (int round = 0; round < Rounds && LeaveOut(trial, active, closes); round++)
            closes = Least(search, active) ?? closes;

        for (int round = 0; round < Rounds && Trim(search, closes); round++)
        {
        }

        return closes;
    }

    private static long[]? Least(Search search, bool[] active)
    {
        (long[] low, long[] high) = (new long[active.Length], new long[active.Length]);
        for (int step = 1; step <= ScanSteps; step++)
        {
            search.Scale(active, (double)step / ScanSteps, high);
            if (search.Restores(high)) return Narrow(search, active, (step - 1.0) / ScanSteps, (double)step / ScanSteps, low, high);
        }

        return null;
    }

    /// <summary>
    /// Halves between a fraction that fails and one that restores. Whole lots change at few fractions: what scales to either end
    /// has that end's answer, and where the ends are one lot of one position apart there is nothing left between them.
    /// </summary>
    private static long[] Narrow(Search search, bool[] active, double low, double high, long[] most, long[] least)
    {
        search.Scale(active, low, most);
        var closes = new long[active.Length];
        while (Distance(most, least) > 1)
        {
            double middle = 0.5 * (low + high);
            if (middle <= low || middle >= high) break;

            search.Scale(active, middle, closes);
            bool isLeast = closes.AsSpan().SequenceEqual(least);
            if (isLeast || (!closes.AsSpan().SequenceEqual(most) && search.Restores(closes)))
            {
                high = middle;
                (least, closes) = isLeast ? (least, closes) : (closes, least);
            }
            else
            {
                low = middle;
                (most, closes) = (closes, most);
            }
        }

        return least;
    }

    /// <summary>Lots by which the greater differs from the less, all positions together.</summary>
    private static long Distance(long[] less, long[] greater)
    {
        long distance = 0;
        for (int p = 0; p < less.Length; p++) distance += greater[p] - less[p];

        return distance;
    }

    /// <summary>Takes positions out of the active set whose close, alone left out, would leave the goal's health no lower.</summary>
    private static bool LeaveOut(LiquidationTrial trial, bool[] active, long[] closes)
    {
        // Without its only close the account is what it was, which does not meet the goal.
        if (closes.AsSpan().Count(0) >= closes.Length - 1) return false;

        bool any = false;
        double health = trial.Close(closes, []).Health(trial.Goal);
        for (int p = 0; p < closes.Length; p++)
        {
            long lots = closes[p];
            if (lots == 0) continue;
            closes[p] = 0;
            Verdict without = trial.Close(closes, []);
            if (without.Health(trial.Goal) >= health && without.MaintenanceHealth >= trial.Before.MaintenanceHealth)
            {
                (active[p], any, health) = (false, true, without.Health(trial.Goal));
                continue;
            }

            closes[p] = lots;
        }

        return any;
    }

    private static bool Trim(Search search, long[] closes)
    {
        bool any = false;
        foreach (int p in search.BySize(closes))
        {
            long all = closes[p];
            (long low, long high) = Gallop(search, closes, p);
            while (high - low > 1)
            {
                long middle = low + ((high - low) / 2);
                closes[p] = middle;
                if (search.Restores(closes)) high = middle;
                else low = middle;
            }

            any |= high < all;
            closes[p] = high;
        }

        return any;
    }

    /// <summary>Bounds of the fewest lots: ever larger steps down, because mostly one lot fewer is already too few.</summary>
    private static (long Low, long High) Gallop(Search search, long[] closes, int p)
    {
        long high = closes[p];
        for (long step = 1; high > 0; step = Math.Min(2 * step, high))
        {
            closes[p] = Math.Max(0, high - step);
            if (!search.Restores(closes)) return (closes[p], high);
            high = closes[p];
        }

        return (-1, high);
    }

    /// <summary>Asks a trial, and remembers the last close that did not restore: it is asked again more often than any other.</summary>
    private sealed class Search(LiquidationTrial trial)
    {
        private readonly long[] failed = new long[trial.Positions.Length];
        private readonly int[] order = new int[trial.Positions.Length];
        private readonly double[] sizes = new double[trial.Positions.Length];
        private bool hasFailed;

        public bool Restores(long[] closes)
        {
            if (hasFailed && closes.AsSpan().SequenceEqual(failed)) return false;

            if (trial.Restores(closes)) return true;

            closes.CopyTo(failed, 0);
            hasFailed = true;

            return false;
        }

        public void Scale(bool[] active, double part, long[] closes)
        {
            for (int p = 0; p < closes.Length; p++)
            {
                long lots = trial.Positions[p].Lots.Size.Count;
                closes[p] = active[p] ? Math.Min(lots, (long)Math.Round(part * lots, MidpointRounding.ToEven)) : 0;
            }
        }

        /// <summary>Positions by the notional that is closed, the largest first, ties in their order.</summary>
        public int[] BySize(long[] closes)
        {
            for (int p = 0; p < order.Length; p++) (order[p], sizes[p]) = (p, -trial.Positions[p].Notional(closes[p]));
            for (int i = 1; i < order.Length; i++)
            {
                int p = order[i];
                int at = i;
                for (; at > 0 && sizes[p] < sizes[order[at - 1]]; at--) order[at] = order[at - 1];
                order[at] = p;
            }

            return order;
        }
    }
}
