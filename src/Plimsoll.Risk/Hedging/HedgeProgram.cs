using Plimsoll.Numerics;

namespace Plimsoll.Risk.Hedging;

/// <summary>
/// A hedge as a programme in lots. Variables: lots bought and lots sold of each instrument, then for each breached band what
/// remains of the breach. First the breaches that remain are made as small as they can be, each as a part of what it was; then
/// the cost, with no more of any breach. Trading nothing satisfies every row, so there always is an answer.
/// </summary>
internal sealed class HedgeProgram
{
    private const double Slack = 1e-9;

    /// <summary>What each place further down the list costs more, so that equals are not mixed: a ten-millionth.</summary>
    private const double Preference = 1e-7;
    private readonly HedgeProblem problem;
    private readonly List<(GreekBand Band, double Breach)> bands = [];
    private readonly double[][] perLot;
    private readonly double[] least;
    private readonly double[] most;

    public HedgeProgram(HedgeProblem problem)
    {
        this.problem = problem;
        foreach (GreekBand band in problem.Bands)
            bands.Add((band, band.Breach(problem.Current[band.Greek], problem.Current[band.Greek])));
        perLot = [.. problem.Instruments.Select(i => bands.Select(b => (double)i.LotSize * i.Unit[b.Band.Greek]).ToArray())];
        least = [.. problem.Instruments.Select(i => -i.SellLots)];
        most = [.. problem.Instruments.Select(i => i.BuyLots)];
    }

    /// <summary>Holds an instrument to a number of lots.</summary>
    public void Fix(int instrument, double lots) => (least[instrument], most[instrument]) = (lots, lots);

    /// <summary>Gives an instrument its room back.</summary>
    public void Release(int instrument, double fewest, double largest) => (least[instrument], most[instrument]) = (fewest, largest);

    /// <summary>The fewest and the most lots allowed, − sold.</summary>
    public (double Least, double Most) RangeOf(int instrument) => (least[instrument], most[instrument]);

    /// <summary>The lots an instrument is held to.</summary>
    public long FixedAt(int instrument) => (long)least[instrument];

    /// <summary>Whether that many lots are allowed.</summary>
    public bool Allows(int instrument, double lots) => lots >= least[instrument] && lots <= most[instrument];

    /// <summary>The cheapest fractions of lots; none where what is fixed breaks the law or the search ended at its limit.</summary>
    public FractionalHedge? Solve(out bool atLimit)
    {
        ConvexProgram program = Build();
        int trades = 2 * perLot.Length;
        double[] linear = (double[])program.Linear.Clone();
        double[] curvature = (double[])program.Curvature.Clone();
        double[] left = new double[bands.Count];
        if (program.Variables > trades)
        {
            Array.Clear(program.Linear);
            Array.Clear(program.Curvature);
            int next = trades;
            foreach ((_, double breach) in bands) if (breach > 0) program.Linear[next++] = 1 / breach;
            ProgramAnswer nearest = program.Solve();
            atLimit = nearest.Status == ProgramStatus.LimitReached;
            if (!nearest.IsSolved) return null;

            next = trades;
            for (int k = 0; k < bands.Count; k++)
            {
                if (bands[k].Breach == 0) continue;
                left[k] = nearest.Point[next] / bands[k].Breach;
                program.Upper[next] = Math.Min(program.Upper[next], nearest.Point[next] + (Slack * bands[k].Breach));
                next++;
            }

            linear.CopyTo(program.Linear, 0);
            curvature.CopyTo(program.Curvature, 0);
        }

        ProgramAnswer cheapest = program.Solve();
        atLimit = cheapest.Status == ProgramStatus.LimitReached;
        if (!cheapest.IsSolved) return null;

        var lots = new double[perLot.Length];
        for (int i = 0; i < lots.Length; i++) lots[i] = cheapest.Point[2 * i] - cheapest.Point[(2 * i) + 1];

        return new FractionalHedge(lots, left, cheapest.Cost);
    }

    private ConvexProgram Build()
    {
        int breached = bands.Count(b => b.Breach > 0);
        var program = new ConvexProgram((2 * perLot.Length) + breached, bands.Count + breached);
        for (int i = 0; i < perLot.Length; i++)
        {
            HedgeInstrument instrument = problem.Instruments[i];
            double lot = (double)instrument.LotSize;
            for (int side = 0; side < 2; side++)
            {
                int j = (2 * i) + side;
                program.Linear[j] = lot * (instrument.HalfSpread + instrument.Fee) * (1 + (i * Preference));
                program.Curvature[j] = 2 * instrument.Impact * lot * lot;
                program.Lower[j] = Math.Max(0, side == 0 ? least[i] : -most[i]);
                program.Upper[j] = Math.Max(0, side == 0 ? most[i] : -least[i]);
            }
        }

        int row = 0, left = 2 * perLot.Length;
        for (int k = 0; k < bands.Count; k++)
        {
            if (bands[k].Breach > 0) AddBreached(program, k, ref row, ref left);
            else AddRow(program, k, row++, bands[k].Band.Lower, bands[k].Band.Upper);
        }

        return program;
    }

    /// <summary>Two rows: what remains of the breach takes up what is beyond the near end, and the far end holds as it is.</summary>
    private void AddBreached(ConvexProgram program, int k, ref int row, ref int left)
    {
        (GreekBand band, double breach) = bands[k];
        double now = problem.Current[band.Greek];
        bool above = now > band.Upper;
        // A band that holds zero also bars a breached figure from coming out larger with the other sign.
        double far = above
            ? (band.HoldsZero ? Math.Max(band.Lower, -now) : band.Lower)
            : (band.HoldsZero ? Math.Min(band.Upper, -now) : band.Upper);
        program.Upper[left] = breach;
        AddRow(program, k, row, above ? double.NegativeInfinity : band.Lower, above ? band.Upper : double.PositiveInfinity);
        program[row++, left++] = above ? -1 : 1;
        AddRow(program, k, row++, above ? far : double.NegativeInfinity, above ? double.PositiveInfinity : far);
    }

    private void AddRow(ConvexProgram program, int k, int row, double lower, double upper)
    {
        double now = problem.Current[bands[k].Band.Greek];
        for (int i = 0; i < perLot.Length; i++) (program[row, 2 * i], program[row, (2 * i) + 1]) = (perLot[i][k], -perLot[i][k]);
        (program.RowLower[row], program.RowUpper[row]) = (lower - now, upper - now);
    }
}

/// <summary>A hedge in fractions of lots.</summary>
/// <param name="Lots">Lots of each instrument, + bought.</param>
/// <param name="Left">Per band the part of the breach that remains.</param>
/// <param name="Cost">What it costs.</param>
internal sealed record FractionalHedge(double[] Lots, double[] Left, double Cost)
{
    /// <summary>All parts of breaches that remain.</summary>
    public double LeftTotal => Left.Sum();
}
