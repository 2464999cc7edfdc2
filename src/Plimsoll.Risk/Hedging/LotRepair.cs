namespace Plimsoll.Risk.Hedging;

/// <summary>
/// Makes whole lots better one lot at a time. Better is, in this order: lawful; less of the breaches left, each as a part of
/// what it was; cheaper. The best step of a round is made, the first among equals, until none helps.
/// </summary>
internal sealed class LotRepair(HedgeProblem problem)
{
    private const int MostRounds = 64;
    private const double Same = 1e-9;
    private static readonly long[] Steps = [1, -1, 2, -2, 8, -8, 64, -64, 1024, -1024];

    /// <summary>What the book has after so many lots; the same sum in the same order wherever it is asked.</summary>
    public static HedgedGreeks After(HedgeProblem problem, long[] lots)
    {
        HedgedGreeks after = problem.Current;
        for (int i = 0; i < lots.Length; i++)
        {
            if (lots[i] != 0) after = after.Plus((double)(lots[i] * problem.Instruments[i].LotSize), problem.Instruments[i].Unit);
        }

        return after;
    }

    /// <summary>The best that single steps reach from there; nothing traded, where that is not lawful.</summary>
    public long[] Improve(long[] start)
    {
        var lots = (long[])start.Clone();
        for (int round = 0; round < MostRounds; round++)
        {
            HedgedGreeks after = After(problem, lots);
            double cost = CostOf(lots);
            Grade best = GradeOf(after, cost);
            (int Instrument, long Lots) found = (-1, 0);
            for (int i = 0; i < lots.Length; i++)
            {
                foreach (long step in Steps) Try(i, lots[i] + step);
                if (lots[i] != 0) Try(i, 0);
            }

            if (found.Instrument < 0) break;
            lots[found.Instrument] = found.Lots;

            void Try(int i, long to)
            {
                HedgeInstrument traded = problem.Instruments[i];
                if (to > traded.BuyLots || -to > traded.SellLots) return;
                HedgedGreeks moved = after.Plus((double)((to - lots[i]) * traded.LotSize), traded.Unit);
                Grade grade = GradeOf(moved, cost - traded.CostOf(lots[i]).Total + traded.CostOf(to).Total);
                if (grade.IsBetterThan(best)) (found, best) = ((i, to), grade);
            }
        }

        return GradeOf(After(problem, lots), 0).Broken > 0 ? new long[lots.Length] : lots;
    }

    /// <summary>Whether one is better than the other.</summary>
    public bool IsBetter(long[] one, long[] other) =>
        GradeOf(After(problem, one), CostOf(one)).IsBetterThan(GradeOf(After(problem, other), CostOf(other)));

    private double CostOf(long[] lots)
    {
        double cost = 0;
        for (int i = 0; i < lots.Length; i++) cost += problem.Instruments[i].CostOf(lots[i]).Total;

        return cost;
    }

    private Grade GradeOf(in HedgedGreeks after, double cost)
    {
        double broken = 0, left = 0;
        foreach (GreekBand band in problem.Bands)
        {
            (double before, double value) = (problem.Current[band.Greek], after[band.Greek]);
            (double was, double now) = (band.Breach(before, before), band.Breach(value, before));
            if (was > 0) left += now / was;
            if (band.Allows(before, value)) continue;
            // How badly the law is broken leads the way back: as a part of the breach, or of the band where there was none.
            double size = was > 0 ? was : Math.Min(band.Upper - band.Lower, double.MaxValue);
            double excess = was > 0 ? Math.Max(Math.Max(now - was, Math.Abs(value) - Math.Abs(before)), Same * was) : now;
            broken += size > 0 ? excess / size : excess;
        }

        return new Grade(broken, left, cost);
    }

    private readonly record struct Grade(double Broken, double Left, double Cost)
    {
        public bool IsBetterThan(Grade other)
        {
            if (Broken != other.Broken) return Broken < other.Broken;
            if (Math.Abs(Left - other.Left) > Same) return Left < other.Left;

            return Cost < other.Cost - (Same * other.Cost);
        }
    }
}
