using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation.Deleveraging;

/// <summary>In proportion to what each holds, exact to the lot: <see cref="AutoDeleveraging"/> asked about one side.</summary>
internal static class ProRataShares
{
    /// <summary>Lots of each, in the order given; all they hold where that is less.</summary>
    public static long[] Of(AdlCandidate[] group, long wanted)
    {
        var holders = new Counterparty[group.Length];
        for (int i = 0; i < group.Length; i++) holders[i] = new Counterparty(group[i].Account, new Lots(group[i].Lots));
        AdlPlan plan = AutoDeleveraging.Share(default, new Lots(wanted), 0m, holders);
        long[] taken = new long[group.Length];
        int place = 0;
        foreach (Counterparty share in plan.Shares)
        {
            while (group[place].Account != share.Account) place++;
            taken[place] = share.Lots.Size.Count;
        }

        return taken;
    }
}

/// <summary>One lot more to each of the largest remainders, ties to the one named first.</summary>
internal static class LargestRemainders
{
    /// <summary>Gives at most one to each whose remainder is not below 0.</summary>
    public static void Give(double[] remainders, ref Int128 left, long[] lots)
    {
        if (left <= 0) return;

        double[] sorted = (double[])remainders.Clone();
        Array.Sort(sorted);
        int count = (int)Int128.Min(left, sorted.Length);
        double least = sorted[^count];
        int equal = count;
        foreach (double remainder in sorted.AsSpan(sorted.Length - count)) equal -= remainder > least ? 1 : 0;
        for (int i = 0; i < remainders.Length && left > 0; i++)
        {
            if (remainders[i] < 0 || remainders[i] < least || (remainders[i] == least && equal-- <= 0)) continue;
            lots[i]++;
            left--;
        }
    }
}
