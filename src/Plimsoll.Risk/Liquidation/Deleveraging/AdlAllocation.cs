using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation.Deleveraging;

/// <summary>
/// How many lots of a bankrupt position each of the other side takes over, under any policy.
/// </summary>
/// <remarks>Laws: what is taken adds up to what is wanted, or to all they hold where that is less; nobody takes more than he
/// holds, so that no position grows or flips; equal inputs give equal answers, ties going to the older account.</remarks>
public static class AdlAllocation
{
    /// <summary>Shares a position out.</summary>
    /// <param name="terms">The policy.</param>
    /// <param name="candidates">The other side, each once, older accounts first.</param>
    /// <param name="wanted">Lots to be taken over, not below 0.</param>
    /// <returns>Lots each takes, in the order given.</returns>
    public static long[] Share(DeleveragingTerms terms, ReadOnlySpan<AdlCandidate> candidates, long wanted)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(wanted);
        long[] taken = new long[candidates.Length];
        if (terms.Policy is DeleveragingPolicy.BitMex or DeleveragingPolicy.Hyperliquid or DeleveragingPolicy.Binance)
        {
            Queue(AdlQueue.Order(AdlQueue.Scores(terms.Policy, candidates), candidates, terms.SpareHedged), candidates, wanted, taken);

            return taken;
        }

        long left = wanted;
        if (terms.SpareHedged) left -= Level(terms.Policy, candidates, left, taken, hedged: false);
        Level(terms.Policy, candidates, left, taken, hedged: terms.SpareHedged ? true : null);

        return taken;
    }

    private static void Queue(ReadOnlySpan<int> order, ReadOnlySpan<AdlCandidate> candidates, long wanted, Span<long> taken)
    {
        foreach (int place in order)
        {
            if (wanted == 0) return;
            taken[place] = Math.Min(candidates[place].Lots, wanted);
            wanted -= taken[place];
        }
    }

    /// <summary>Takes of those who are hedged, of those who are not, or of all; returns how much.</summary>
    private static long Level(DeleveragingPolicy policy, ReadOnlySpan<AdlCandidate> candidates, long wanted, Span<long> taken, bool? hedged)
    {
        int[] places = new int[candidates.Length];
        int count = 0;
        Int128 all = 0;
        for (int i = 0; i < candidates.Length; i++)
        {
            if (hedged is { } asked && candidates[i].IsHedged != asked) continue;
            places[count++] = i;
            all += candidates[i].Lots;
        }

        wanted = (long)Int128.Min(wanted, all);
        if (wanted == 0) return 0;

        var group = new AdlCandidate[count];
        for (int i = 0; i < count; i++) group[i] = candidates[places[i]];
        long[] lots = policy switch
        {
            DeleveragingPolicy.ProRataProfit => ByProfit(group, wanted),
            DeleveragingPolicy.WaterFilling => ByLeverage(group, wanted),
            _ => ProRataShares.Of(group, wanted),
        };
        for (int i = 0; i < count; i++) taken[places[i]] = lots[i];

        return wanted;
    }

    /// <summary>Winners in proportion to what they have won, none beyond what he holds; when they have no more, the others by what they hold.</summary>
    private static long[] ByProfit(AdlCandidate[] group, long wanted)
    {
        double[] weights = new double[group.Length];
        double[] most = new double[group.Length];
        double winners = 0;
        for (int i = 0; i < group.Length; i++)
        {
            weights[i] = Math.Max(0, group[i].Profit);
            most[i] = weights[i] > 0 ? group[i].Lots : 0;
            winners += most[i];
        }

        double[] parts = wanted >= winners ? most : CappedShares.Of(weights, most, wanted);

        return Rounded(group, parts, wanted);
    }

    private static long[] ByLeverage(AdlCandidate[] group, long wanted) => Rounded(group, LeverageLevel.Lots(group, wanted), wanted);

    /// <summary>Whole lots: each part rounded down, the rest one by one to the largest remainders, and what a policy left untaken pro rata to what is still held.</summary>
    private static long[] Rounded(AdlCandidate[] group, double[] parts, long wanted)
    {
        long[] lots = new long[group.Length];
        double[] remainders = new double[group.Length];
        Int128 left = wanted;
        double planned = 0;
        for (int i = 0; i < group.Length; i++)
        {
            double part = Math.Clamp(parts[i], 0, group[i].Lots);
            lots[i] = (long)Int128.Min(Math.Min((long)part, group[i].Lots), Int128.Max(left, 0));
            remainders[i] = lots[i] < group[i].Lots ? part - lots[i] : -1;
            left -= lots[i];
            planned += part;
        }

        if (left <= group.Length && planned >= wanted - 1) LargestRemainders.Give(remainders, ref left, lots);
        if (left > 0) AddProRata(group, lots, (long)left);

        return lots;
    }

    private static void AddProRata(AdlCandidate[] group, long[] lots, long left)
    {
        var rest = new List<AdlCandidate>(group.Length);
        var places = new List<int>(group.Length);
        for (int i = 0; i < group.Length; i++)
        {
            if (lots[i] == group[i].Lots) continue;
            rest.Add(group[i] with { Lots = group[i].Lots - lots[i] });
            places.Add(i);
        }

        long[] more = ProRataShares.Of([.. rest], left);
        for (int i = 0; i < more.Length; i++) lots[places[i]] += more[i];
    }
}
