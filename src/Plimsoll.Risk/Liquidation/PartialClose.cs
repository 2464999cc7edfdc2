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
        bool[] active = [.. trial.Positions.Select(p => p.IsPriced)];
        long[]? closes = Least(trial, active);
        if (closes is null) return null;

        for (int round = 0; round < Rounds && LeaveOut(trial, active, closes); round++)
            closes = Least(trial, active) ?? closes;

        for (int round = 0; round < Rounds && Trim(trial, closes); round++)
        {
        }

        return closes;
    }

    private static long[]? Least(LiquidationTrial trial, bool[] active)
    {
        for (int step = 1; step <= ScanSteps; step++)
        {
            if (!Restores(trial, Scaled(trial, active, (double)step / ScanSteps))) continue;

            return Narrow(trial, active, (step - 1.0) / ScanSteps, (double)step / ScanSteps);
        }

        return null;
    }

    private static long[] Narrow(LiquidationTrial trial, bool[] active, double low, double high)
    {
        long[] least = Scaled(trial, active, high);
        long[] most = Scaled(trial, active, low);
        while (!least.AsSpan().SequenceEqual(most))
        {
            double middle = 0.5 * (low + high);
            if (middle <= low || middle >= high) break;
            long[] closes = Scaled(trial, active, middle);
            if (Restores(trial, closes)) (high, least) = (middle, closes);
            else (low, most) = (middle, closes);
        }

        return least;
    }

    /// <summary>Takes positions out of the active set whose close, alone left out, would leave the goal's health no lower.</summary>
    private static bool LeaveOut(LiquidationTrial trial, bool[] active, long[] closes)
    {
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

    private static bool Trim(LiquidationTrial trial, long[] closes)
    {
        bool any = false;
        foreach (int p in Enumerable.Range(0, closes.Length).OrderByDescending(p => trial.Positions[p].Notional(closes[p])).ThenBy(p => p))
        {
            long all = closes[p];
            (long low, long high) = Gallop(trial, closes, p);
            while (high - low > 1)
            {
                long middle = low + ((high - low) / 2);
                closes[p] = middle;
                if (Restores(trial, closes)) high = middle;
                else low = middle;
            }

            any |= high < all;
            closes[p] = high;
        }

        return any;
    }

    /// <summary>Bounds of the fewest lots: ever larger steps down, because mostly one lot fewer is already too few.</summary>
    private static (long Low, long High) Gallop(LiquidationTrial trial, long[] closes, int p)
    {
        long high = closes[p];
        for (long step = 1; high > 0; step = Math.Min(2 * step, high))
        {
            closes[p] = Math.Max(0, high - step);
            if (!Restores(trial, closes)) return (closes[p], high);
            high = closes[p];
        }

        return (-1, high);
    }

    private static bool Restores(LiquidationTrial trial, long[] closes)
    {
        Verdict after = trial.Close(closes, []);

        return after.Health(trial.Goal) >= 0 && after.MaintenanceHealth >= trial.Before.MaintenanceHealth;
    }

    private static long[] Scaled(LiquidationTrial trial, bool[] active, double part)
    {
        var closes = new long[active.Length];
        for (int p = 0; p < closes.Length; p++)
        {
            long lots = trial.Positions[p].Lots.Size.Count;
            closes[p] = active[p] ? Math.Min(lots, (long)Math.Round(part * lots, MidpointRounding.ToEven)) : 0;
        }

        return closes;
    }
}
