using Plimsoll.Risk.Liquidation.Terms;

namespace Plimsoll.Risk.Liquidation.Deleveraging;

/// <summary>
/// The order in which the other side is asked. Policies that ask everybody at once have a queue as well: it says who would
/// give the largest part first, and it is what an account is shown as its place.
/// </summary>
public static class AdlQueue
{
    /// <summary>What each is ranked by, the highest first: a venue's score, profit, leverage, or for pro rata the size of the position.</summary>
    /// <param name="policy">By which rule.</param>
    /// <param name="candidates">The other side.</param>
    public static double[] Scores(DeleveragingPolicy policy, ReadOnlySpan<AdlCandidate> candidates)
    {
        double[] scores = new double[candidates.Length];
        double[] quantiles = policy == DeleveragingPolicy.Binance ? LeverageQuantiles(candidates) : [];
        for (int i = 0; i < scores.Length; i++)
        {
            ref readonly AdlCandidate candidate = ref candidates[i];
            double score = policy switch
            {
                DeleveragingPolicy.BitMex => BitMex(candidate),
                DeleveragingPolicy.Hyperliquid => (candidate.Side < 0 ? 1 / candidate.MarkToEntry : candidate.MarkToEntry) * candidate.PositionLeverage,
                DeleveragingPolicy.Binance => RankScore.BitMex(candidate.ProfitPart, quantiles[i]),
                DeleveragingPolicy.ProRataProfit => candidate.Profit,
                DeleveragingPolicy.WaterFilling => candidate.Exposure > 0 ? candidate.FactorLeverage : 0,
                _ => candidate.Lots,
            };

            // A contract that has no price yet is worth nothing against nothing.
            scores[i] = double.IsNaN(score) ? 0 : score;
        }

        return scores;
    }

    /// <summary>Places in the order they are asked: the highest score first, of equals the one named first; whoever is spared comes behind all others.</summary>
    /// <param name="scores">One for each, none NaN.</param>
    /// <param name="candidates">The other side, older accounts first.</param>
    /// <param name="spareHedged">Whether hedged accounts come last.</param>
    public static int[] Order(ReadOnlySpan<double> scores, ReadOnlySpan<AdlCandidate> candidates, bool spareHedged)
    {
        int[] order = new int[scores.Length];
        double[] keys = new double[scores.Length];
        int front = 0;
        for (int i = 0; i < keys.Length; i++)
        {
            if (spareHedged && candidates[i].IsHedged) continue;
            (keys[front], order[front]) = (-scores[i], i);
            front++;
        }

        int back = front;
        for (int i = 0; back < keys.Length; i++)
        {
            if (!candidates[i].IsHedged) continue;
            (keys[back], order[back]) = (-scores[i], i);
            back++;
        }

        Sort(keys.AsSpan(0, front), order.AsSpan(0, front));
        Sort(keys.AsSpan(front), order.AsSpan(front));

        return order;
    }

    // Sorting is not stable, so that equals are put back into the order they were named in.
    private static void Sort(Span<double> keys, Span<int> places)
    {
        keys.Sort(places);
        for (int from = 0; from < keys.Length;)
        {
            int to = from + 1;
            while (to < keys.Length && keys[to] == keys[from]) to++;
            if (to - from > 1) places[from..to].Sort();
            from = to;
        }
    }

    // An account worth nothing is geared without end: with a profit it stands first, with none it does not matter.
    private static double BitMex(in AdlCandidate candidate) => RankScore.BitMex(candidate.ProfitPart, candidate.Leverage);

    /// <summary>The part of all candidates whose leverage is no higher, above 0 to 1.</summary>
    private static double[] LeverageQuantiles(ReadOnlySpan<AdlCandidate> candidates)
    {
        double[] sorted = new double[candidates.Length];
        for (int i = 0; i < sorted.Length; i++) sorted[i] = candidates[i].Leverage;
        double[] keys = (double[])sorted.Clone();
        int[] places = new int[sorted.Length];
        for (int i = 0; i < places.Length; i++) places[i] = i;
        Array.Sort(keys, places);
        for (int from = 0; from < keys.Length;)
        {
            int to = from + 1;
            while (to < keys.Length && keys[to] == keys[from]) to++;
            for (int i = from; i < to; i++) sorted[places[i]] = (double)to / keys.Length;
            from = to;
        }

        return sorted;
    }
}
