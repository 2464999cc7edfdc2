using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Plimsoll.Risk.Margin;

/// <summary>
/// The sums of one account by root, for the kernel. A root with one entry needs no sum: its worst scenario is the entry's
/// own least or most gain. Only a second entry makes it a column of 32.
/// </summary>
internal unsafe ref struct RootScratch
{
    /// <summary>Numbers kept beside the gains of each root.</summary>
    public const int Width = ScenarioGrid.MaxScenarios;

    private readonly int* slotOf;
    private readonly int* ids;
    private readonly double** rows;
    private readonly double* quantities;
    private readonly double* alone;
    private readonly double* deltas;
    private readonly double* vegas;
    private readonly double* gains;
    private int count;

    /// <summary>Over scratch columns; the first has a zero for each asset and keeps them.</summary>
    public RootScratch(int* slotOf, int* ids, double** rows, double* numbers, double* gains)
    {
        this.slotOf = slotOf;
        this.ids = ids;
        this.rows = rows;
        this.gains = gains;
        quantities = numbers;
        alone = numbers + KernelScratch.Slots;
        deltas = alone + KernelScratch.Slots;
        vegas = deltas + KernelScratch.Slots;
    }

    /// <summary>How many roots have come up.</summary>
    public readonly int Count => count;

    /// <summary>Adds an entry to its root.</summary>
    /// <param name="root">The root.</param>
    /// <param name="quantity">How much.</param>
    /// <param name="row">Gains of one.</param>
    /// <param name="least">The least of them, at most 0.</param>
    /// <param name="most">The most, at least 0.</param>
    /// <param name="delta">Delta of one.</param>
    /// <param name="vega">Vega of one.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int root, double quantity, double* row, double least, double most, double delta, double vega)
    {
        unchecked
        {
            int slot = slotOf[root] - 1;
            if (slot < 0)
            {
                slot = count++;
                (slotOf[root], ids[slot], quantities[slot]) = (slot + 1, root, quantity);
                rows[slot] = row;
                alone[slot] = quantity * (quantity > 0 ? least : most);
                deltas[slot] = quantity * delta;
                vegas[slot] = quantity * vega;

                return;
            }

            Merge(slot, quantity, row);
            deltas[slot] += quantity * delta;
            vegas[slot] += quantity * vega;
        }
    }

    /// <summary>Ends the walk: losses alone and closing costs in the order in which roots came up; the columns are clean again.</summary>
    public void End(CloseOut* terms, bool closes, out double loss, out double cost, ref double excess)
    {
        unchecked
        {
            (loss, cost) = (0, 0);
            for (int slot = 0; slot < count; slot++)
            {
                int root = ids[slot];
                loss += RequirementTally.Loss(rows[slot] == null ? Least(gains + (slot * Width)) : alone[slot]);
                slotOf[root] = 0;
                if (!closes) continue;
                cost += terms[root].Cost(deltas[slot], vegas[slot]);
                excess += terms[root].Excess(deltas[slot]);
            }

            count = 0;
        }
    }

    private readonly void Merge(int slot, double quantity, double* row)
    {
        unchecked
        {
            double* sums = gains + (slot * Width);
            Vector512<double> q = Vector512.Create(quantity);
            if (rows[slot] != null)
            {
                Vector512<double> first = Vector512.Create(quantities[slot]);
                for (int k = 0; k < Width; k += 8) (first * Vector512.Load(rows[slot] + k)).Store(sums + k);
                rows[slot] = null;
            }

            for (int k = 0; k < Width; k += 8) (Vector512.Load(sums + k) + (q * Vector512.Load(row + k))).Store(sums + k);
        }
    }

    private static double Least(double* sums)
    {
        Vector512<double> m = Vector512.MinNative(
            Vector512.MinNative(Vector512.Load(sums), Vector512.Load(sums + 8)), Vector512.MinNative(Vector512.Load(sums + 16), Vector512.Load(sums + 24)));
        Vector256<double> h = Vector256.MinNative(m.GetLower(), m.GetUpper());
        Vector128<double> d = Vector128.MinNative(h.GetLower(), h.GetUpper());

        return double.MinNative(d[0], d[1]);
    }
}
