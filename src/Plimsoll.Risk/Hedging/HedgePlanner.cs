namespace Plimsoll.Risk.Hedging;

/// <summary>
/// Proposes the trades that bring sensitivities inside their bands at the least cost.
/// <list type="number">
/// <item>The problem is solved in fractions of lots (<see cref="HedgeProgram"/>): nearest to the bands first, then cheapest.</item>
/// <item>Lots are made whole one instrument at a time, the coarsest first: both neighbours are tried, the rest is solved
/// again, and the better one stays.</item>
/// <item>Single lots are then added and taken away as long as that helps (<see cref="LotRepair"/>).</item>
/// <item>What breaks the law of <see cref="GreekBand.Allows"/> is not proposed: at worst nothing is traded.</item>
/// </list>
/// </summary>
public static class HedgePlanner
{
    /// <summary>The most instruments of one problem.</summary>
    public const int MaxInstruments = 1000;

    /// <summary>Instruments whose lots are made whole by solving again; the coarsest of more are rounded at once.</summary>
    private const int MostDives = 16;

    /// <summary>Instruments among which lots may still move to one that the fractional answer does not trade.</summary>
    private const int MostFree = 40;
    private const double Reached = 1e-6;

    /// <summary>The second pass may leave this part more of a breach than the first, and so trade as much less.</summary>
    private const double SlackOfProgram = 1e-8;

    /// <summary>The proposal for one underlying.</summary>
    /// <exception cref="ArgumentException">A figure is not a number, a band is upside down or named twice, or there are too many instruments.</exception>
    public static HedgeProposal Propose(HedgeProblem problem)
    {
        Check(problem);
        var program = new HedgeProgram(problem);
        FractionalHedge? fractional = program.Solve(out bool atLimit);
        var repair = new LotRepair(problem);
        long[] best = repair.Improve(new long[problem.Instruments.Count]);
        if (fractional is not null)
        {
            long[] whole = repair.Improve(Whole(problem, program, fractional));
            if (!repair.IsBetter(best, whole)) best = whole;
        }

        return Answer(problem, best, fractional, atLimit);
    }

    private static long[] Whole(HedgeProblem problem, HedgeProgram program, FractionalHedge fractional)
    {
        int[] order = [.. Enumerable.Range(0, problem.Instruments.Count).OrderByDescending(i => Coarseness(problem, i)).ThenBy(i => i)];
        if (order.Length > MostFree) LeaveOut(program, fractional, order);
        FractionalHedge current = RoundAtOnce(program, fractional, order);
        foreach (int i in order)
        {
            (double below, double above) = Neighbours(current.Lots[i]);
            if (below == above)
            {
                program.Fix(i, below);
                continue;
            }

            FractionalHedge? down = With(program, i, below), up = With(program, i, above);
            FractionalHedge? chosen = down is null || (up is not null && IsBetter(up, down)) ? up : down;
            program.Fix(i, chosen is null ? Math.Truncate(current.Lots[i]) : ReferenceEquals(chosen, up) ? above : below);
            current = chosen ?? current;
        }

        var whole = new long[problem.Instruments.Count];
        for (int i = 0; i < whole.Length; i++) whole[i] = program.FixedAt(i);

        return whole;
    }

    /// <summary>Of very many instruments those that the fractional answer does not trade stay out while lots are made whole.</summary>
    private static void LeaveOut(HedgeProgram program, FractionalHedge fractional, int[] order)
    {
        foreach (int i in order) if (Math.Abs(fractional.Lots[i]) <= Reached) program.Fix(i, 0);
    }

    /// <summary>
    /// Where more are traded than can be tried both ways, the coarsest go to the nearer whole lot together, or down where that is
    /// out of reach, and the rest is solved again.
    /// </summary>
    private static FractionalHedge RoundAtOnce(HedgeProgram program, FractionalHedge fractional, int[] order)
    {
        int[] open = [.. order.Where(i => Neighbours(fractional.Lots[i]) is var (below, above) && below != above)];
        if (open.Length <= MostDives) return fractional;

        foreach (Func<double, double> round in (Func<double, double>[])[Math.Round, Math.Truncate])
        {
            (double Least, double Most)[] free = [.. open.Select(program.RangeOf)];
            foreach (int i in open[..^MostDives])
            {
                double lots = round(fractional.Lots[i]);
                program.Fix(i, program.Allows(i, lots) ? lots : Math.Truncate(fractional.Lots[i]));
            }

            if (program.Solve(out _) is { } again) return again;
            for (int k = 0; k < open.Length; k++) program.Release(open[k], free[k].Least, free[k].Most);
        }

        return fractional;
    }

    /// <summary>The whole lots on either side; the same one twice where the program's own slack is all that is between.</summary>
    private static (double Below, double Above) Neighbours(double lots)
    {
        double near = Reached + (SlackOfProgram * Math.Abs(lots));
        double below = Math.Floor(lots + near), above = Math.Ceiling(lots - near);

        return below >= above ? (Math.Round(lots), Math.Round(lots)) : (below, above);
    }

    private static FractionalHedge? With(HedgeProgram program, int instrument, double lots)
    {
        if (!program.Allows(instrument, lots)) return null;

        (double Least, double Most) free = program.RangeOf(instrument);
        program.Fix(instrument, lots);
        FractionalHedge? answer = program.Solve(out _);
        program.Release(instrument, free.Least, free.Most);

        return answer;
    }

    private static bool IsBetter(FractionalHedge a, FractionalHedge b) =>
        a.LeftTotal < b.LeftTotal - Reached || (a.LeftTotal <= b.LeftTotal + Reached && a.Cost < b.Cost);

    /// <summary>How much of a band one lot takes up, at most.</summary>
    private static double Coarseness(HedgeProblem problem, int instrument)
    {
        HedgeInstrument traded = problem.Instruments[instrument];
        double coarsest = 0;
        foreach (GreekBand band in problem.Bands)
        {
            double now = problem.Current[band.Greek];
            double width = Math.Min(band.Upper - band.Lower, double.MaxValue) + band.Breach(now, now);
            double lot = Math.Abs((double)traded.LotSize * traded.Unit[band.Greek]);
            if (lot > 0) coarsest = Math.Max(coarsest, width > 0 ? lot / width : double.MaxValue);
        }

        return coarsest;
    }

    private static HedgeProposal Answer(HedgeProblem problem, long[] lots, FractionalHedge? fractional, bool atLimit)
    {
        HedgedGreeks after = LotRepair.After(problem, lots);
        var trades = new List<HedgeTrade>();
        HedgeCost cost = default;
        for (int i = 0; i < lots.Length; i++)
        {
            if (lots[i] == 0) continue;
            var trade = new HedgeTrade(problem.Instruments[i], lots[i], problem.Instruments[i].CostOf(lots[i]));
            trades.Add(trade);
            cost += trade.Cost;
        }

        HedgedBand[] bands = [.. problem.Bands.Select((band, k) => new HedgedBand(
            band,
            problem.Current[band.Greek],
            after[band.Greek],
            band.Breach(after[band.Greek], problem.Current[band.Greek]) == 0
                ? HedgeObstacle.None
                : atLimit || fractional is null ? HedgeObstacle.SearchLimit : Obstacle(problem, band, lots, fractional.Left[k])))];

        return new HedgeProposal(problem.Current, after, trades, bands, cost);
    }

    private static HedgeObstacle Obstacle(HedgeProblem problem, GreekBand band, long[] lots, double left)
    {
        int wanted = problem.Current[band.Greek] > band.Upper ? -1 : 1;
        bool moves = false, room = false;
        for (int i = 0; i < lots.Length; i++)
        {
            HedgeInstrument instrument = problem.Instruments[i];
            int side = Math.Sign(instrument.Unit[band.Greek]) * wanted;
            double depth = side > 0 ? instrument.BuyLots : side < 0 ? instrument.SellLots : 0;
            moves |= depth > 0;
            room |= depth > 0 && side * lots[i] < depth;
        }

        if (!moves) return HedgeObstacle.NothingMovesIt;
        if (left <= Reached) return HedgeObstacle.LotTooCoarse;

        return room ? HedgeObstacle.OtherBand : HedgeObstacle.DepthSpent;
    }

    private static void Check(HedgeProblem problem)
    {
        if (!problem.Current.AreNumbers) throw new ArgumentException("The book's sensitivities are not all numbers.", nameof(problem));
        if (problem.Instruments.Count > MaxInstruments) throw new ArgumentException($"At most {MaxInstruments} instruments.", nameof(problem));
        if (problem.Instruments.FirstOrDefault(i => !i.IsStated) is { } bad) throw new ArgumentException($"The figures of {bad.Name} are not all numbers at least 0.", nameof(problem));
        foreach (GreekBand band in problem.Bands)
        {
            if (!band.IsStated) throw new ArgumentException($"The band of {band.Greek} is upside down or not a number.", nameof(problem));
            if (problem.Bands.Count(other => other.Greek == band.Greek) > 1) throw new ArgumentException($"{band.Greek} has two bands.", nameof(problem));
        }
    }
}
