namespace Plimsoll.Risk.Liquidation.Deleveraging;

/// <summary>
/// Water-filling of factor-adjusted leverage: everybody's whole account is brought down to one leverage l*, each through the
/// position that is taken over and by no more than it holds: Σ clamp((exposure − l*·equity) ÷ notional of a lot, 0, lots) =
/// wanted. (Rule: arXiv:2603.15963.)
/// </summary>
/// <remarks>
/// The sum falls in l along straight lines, so that Newton's step inside a bracket finds l* in a few walks over the column,
/// without sorting. Those behind whom nothing stands go first, each in proportion to his size. A position that hedges its
/// account raises no leverage by being there and is not taken for it.
/// </remarks>
internal static class LeverageLevel
{
    private const int MaxSteps = 100;

    /// <summary>The part of what is wanted by which the sum may miss it; lots are rounded afterwards.</summary>
    private const double Exactness = 1e-13;

    /// <summary>Lots of each, not whole; less than wanted together where no more can be taken without raising somebody's leverage.</summary>
    public static double[] Lots(AdlCandidate[] group, double wanted)
    {
        double[] taken = new double[group.Length];
        double bare = 0;
        foreach (AdlCandidate one in group) bare += one.Equity > 0 ? 0 : one.Lots;
        for (int i = 0; i < taken.Length; i++)
            if (!(group[i].Equity > 0)) taken[i] = wanted < bare ? group[i].Lots * (wanted / bare) : group[i].Lots;
        if (wanted <= bare) return taken;

        double level = Level(group, wanted - bare);
        for (int i = 0; i < taken.Length; i++)
            if (group[i].Equity > 0) taken[i] = Taken(group[i], level);

        return taken;
    }

    private static double Level(AdlCandidate[] group, double wanted)
    {
        (double low, double high) = (0, 0);
        foreach (AdlCandidate one in group)
            if (one.Equity > 0) high = Math.Max(high, one.Exposure / one.Equity);
        double level = 0;
        for (int step = 0; step < MaxSteps; step++)
        {
            (double sum, double slope) = (0, 0);
            foreach (ref readonly AdlCandidate one in group.AsSpan())
            {
                if (!(one.Equity > 0)) continue;
                double taken = Taken(one, level);
                sum += taken;
                if (taken > 0 && taken < one.Lots) slope += one.Equity * (one.Lots / one.Notional);
            }

            if (Math.Abs(sum - wanted) <= Exactness * wanted || (level == 0 && sum <= wanted)) return level;
            if (sum > wanted) low = level;
            else high = level;

            double next = slope > 0 ? level + ((sum - wanted) / slope) : low;
            level = next > low && next < high ? next : 0.5 * (low + high);
            if (level <= low || level >= high) return high;
        }

        return high;
    }

    private static double Taken(in AdlCandidate one, double level) =>
        one.Notional > 0 ? Math.Clamp((one.Exposure - (level * one.Equity)) * (one.Lots / one.Notional), 0, one.Lots) : 0;
}
