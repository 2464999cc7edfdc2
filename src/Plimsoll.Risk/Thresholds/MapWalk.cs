using Plimsoll.Markets.Prices;
using Plimsoll.Pricing.Responses;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Thresholds;

/// <summary>
/// Finds, for a stretch of accounts, the step of a grid at which each is first liquidated: steps 2 to 4 of
/// <see cref="VenueThresholds"/>. It has a market of its own, so that several can walk at once.
/// </summary>
internal sealed class MapWalk(
    SparseRows positions, SparseRows money, MarketState market, MarginModel model, AccountTerms? terms, MapSides sides, AssetIndex underlying)
{
    /// <summary>Stands for an account that is below maintenance today.</summary>
    public const short Sunk = -1;

    /// <summary>So many verdicts stay in the nearest cache while they are read.</summary>
    private const int Batch = 2048;

    private const short Done = -1;

    private readonly ResponseSet responses = new(model);
    private readonly Verdict[] verdicts = new Verdict[Batch];
    private readonly int[] asked = new int[Batch];

    /// <summary>Writes each account's first step, from 1 on, in both directions; 0 where there is none, <see cref="Sunk"/> in both for who is under water today.</summary>
    public void Run(int from, int to, int leftOut, MapGrid grid, short[] down, short[] up)
    {
        double[] today = new double[to - from];
        bool[] bends = new bool[to - from];
        short[] due = new short[to - from];
        responses.Rebuild(market);
        Array.Fill(due, (short)0);
        if (leftOut >= from && leftOut < to) due[leftOut - from] = Done;
        Ask(due, 0, from, (account, health) =>
        {
            today[account - from] = health;
            if (health < 0) down[account] = up[account] = Sunk;
        });
        for (int i = 0; i < bends.Length; i++) bends[i] = sides.Bends(from + i);
        foreach ((IReadOnlyList<double> ratios, short[] first) in new[] { (grid.Down, down), (grid.Up, up) })
        {
            for (int i = 0; i < due.Length; i++) due[i] = from + i == leftOut || first[from + i] == Sunk || !sides.Moves(from + i) ? Done : (short)0;
            if (ratios.Count > 0) Walk(from, ratios, today, bends, due, first);
        }
    }

    private void Walk(int from, IReadOnlyList<double> ratios, double[] today, bool[] bends, short[] due, short[] first)
    {
        // Every account waits for one step; those that never sink wait for none.
        double[] ends = new double[due.Length];
        double end = ratios[^1];
        responses.RebuildShifted(market, underlying, end);
        Ask(due, 0, from, (account, health) =>
        {
            int i = account - from;
            ends[i] = health;
            due[i] = bends[i] ? (short)0 : health < 0 ? StepOf(ratios, 0, 1, today[i], end, health) : Done;
        });

        for (short step = 0; step < ratios.Count; step++)
        {
            if (!due.AsSpan().Contains(step)) continue;

            double ratio = ratios[step];
            short next = (short)(step + 1);
            responses.RebuildShifted(market, underlying, ratio);
            Ask(due, step, from, (account, health) =>
            {
                int i = account - from;
                if (health < 0) (first[account], due[i]) = (next, Done);
                else due[i] = next >= ratios.Count ? Done : bends[i] ? next : StepOf(ratios, next, ratio, health, end, ends[i]);
            });
        }
    }

    /// <summary>Judges whoever waits for a step, in the order of the books.</summary>
    private void Ask(short[] due, short step, int from, Action<int, double> take)
    {
        int at = 0;
        while (true)
        {
            int count = 0;
            while (count < Batch)
            {
                int found = due.AsSpan(at).IndexOf(step);
                if (found < 0) break;
                at += found + 1;
                asked[count++] = from + at - 1;
            }

            if (count == 0) return;
            Judge.Accounts(asked.AsSpan(0, count), positions, money, responses, model, verdicts, 1, terms);
            for (int i = 0; i < count; i++) take(asked[i], verdicts[i].MaintenanceHealth);
            if (count < Batch) return;
        }
    }

    /// <summary>The first step at or after <paramref name="earliest"/> that lies where the straight line between two healths has reached zero.</summary>
    private static short StepOf(IReadOnlyList<double> ratios, int earliest, double ratio, double health, double end, double atEnd)
    {
        // A hair nearer, so that rounding never skips the step itself.
        double zero = ratio + ((end - ratio) * (health / (health - atEnd) * (1 - 1e-9)));
        int low = earliest, high = ratios.Count - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            bool reached = end < 1 ? ratios[middle] <= zero : ratios[middle] >= zero;
            if (reached) high = middle;
            else low = middle + 1;
        }

        return (short)low;
    }
}
