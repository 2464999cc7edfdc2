using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;

namespace Plimsoll.Risk.Tests.Liquidation;

/// <summary>
/// The least close that restores a goal, as its rule is written and with nothing left out: every fraction is asked, halving
/// goes on to the last bit, and the penalty is asked of every trial. Its quick twin is <see cref="PartialClose"/>.
/// </summary>
internal static class PlainPartialClose
{
    private const int Rounds = 4;

    public static long[]? Solve(LiquidationTrial trial)
    {
        bool[] active = [.. trial.Positions.Select(p => p.IsPriced)];
        long[]? closes = Least(trial, active);
        if (closes is null) return null;

        for (int round = 0; round < Rounds && LeaveOut(trial, active, closes); round++) closes = Least(trial, active) ?? closes;
        for (int round = 0; round < Rounds && Trim(trial, closes); round++)
        {
        }

        return closes;
    }

    private static long[]? Least(LiquidationTrial trial, bool[] active)
    {
        for (double high = 1.0 / 16, low = 0; high <= 1; low = high, high += 1.0 / 16)
        {
            if (Restores(trial, Scaled(trial, active, high))) return Narrow(trial, active, low, high);
        }

        return null;
    }

    private static long[] Narrow(LiquidationTrial trial, bool[] active, double low, double high)
    {
        while (true)
        {
            double middle = 0.5 * (low + high);
            if (middle <= low || middle >= high) return Scaled(trial, active, high);

            if (Restores(trial, Scaled(trial, active, middle))) high = middle;
            else low = middle;
        }
    }

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
            bool better = without.Health(trial.Goal) >= health && without.MaintenanceHealth >= trial.Before.MaintenanceHealth;
            if (better) (active[p], any, health) = (false, true, without.Health(trial.Goal));
            else closes[p] = lots;
        }

        return any;
    }

    private static bool Trim(LiquidationTrial trial, long[] closes)
    {
        bool any = false;
        foreach (int p in Enumerable.Range(0, closes.Length).OrderByDescending(p => trial.Positions[p].Notional(closes[p])).ThenBy(p => p))
        {
            long all = closes[p];
            (long low, long high) = (-1, all);
            for (long step = 1; high > 0; step = Math.Min(2 * step, high))
            {
                low = closes[p] = Math.Max(0, high - step);
                if (!Restores(trial, closes)) break;
                (low, high) = (-1, closes[p]);
            }

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

    private static bool Restores(LiquidationTrial trial, long[] closes)
    {
        Verdict after = trial.Close(closes, []);

        return after.Health(trial.Goal) >= 0 && after.MaintenanceHealth >= trial.Before.MaintenanceHealth;
    }

    private static long[] Scaled(LiquidationTrial trial, bool[] active, double part) =>
    [
        .. trial.Positions.Select((position, p) => active[p] ? Math.Min(position.Lots.Size.Count, (long)Math.Round(part * position.Lots.Size.Count, MidpointRounding.ToEven)) : 0),
    ];
}
