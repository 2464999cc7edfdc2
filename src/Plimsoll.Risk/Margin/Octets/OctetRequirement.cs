using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Plimsoll.Risk.Margin;

/// <content>Step 4: the optional sections, position by position in all lanes.</content>
internal readonly unsafe partial struct OctetKernel
{
    /// <summary>Floors, doubt, naked shorts, and what roots have in sum; which lanes stay within every limit.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private uint Walk(int positions, bool strikesMeet)
    {
        unchecked
        {
            Vector512<double> zero = Vector512<double>.Zero, beyond = zero;
            Vector512<double> initial = zero, target = zero, maintenance = zero, doubt = zero, bound = zero, naked = zero;
            double* records = _market.Records;
            bool hasCloseOut = _market.HasCloseOut;
            for (int p = 0; p < positions; p++)
            {
                int* at = (int*)(_s + OctetScratch.Contracts) + (8 * p);
                Vector512<double> quantity = Load(OctetScratch.Quantities + (8 * p)), size = Load(OctetScratch.Sizes + (8 * p));
                Lanes.Turn(records + ContractRecords.Initial, at, out Vector512<double> a, out Vector512<double> b, out Vector512<double> c, out Vector512<double> d);
                a *= size;
                initial += a + (Vector512.MaxNative(zero, size - a) * d);
                target += size * b;
                maintenance += size * c;
                Lanes.Turn(records + ContractRecords.Vega, at, out Vector512<double> vega, out Vector512<double> spot, out c, out d);
                doubt += size * c;
                beyond |= Vector512.GreaterThan(size, d);
                Lanes.Turn(records + ContractRecords.Delta, at, out Vector512<double> delta, out a, out b, out c);
                Loss(Vector512.MinNative(quantity * a, quantity * b)).StoreAligned(_s + OctetScratch.Losses + (8 * p));
                bound += Vector512.Abs(quantity) * c;
                spot *= quantity;
                if (strikesMeet) AddToStrike(p, spot);
                else naked += Loss(spot);
                if (hasCloseOut) AddToRoot(p, quantity * delta, quantity * vega);
            }

            if (strikesMeet)
                for (int p = 0; p < positions; p++) naked += Loss(Load(OctetScratch.Nakeds + (8 * p)));
            initial.StoreAligned(_s + OctetScratch.Initial);
            target.StoreAligned(_s + OctetScratch.Target);
            maintenance.StoreAligned(_s + OctetScratch.Maintenance);
            doubt.StoreAligned(_s + OctetScratch.Doubt);
            bound.StoreAligned(_s + OctetScratch.Bound);
            naked.StoreAligned(_s + OctetScratch.Naked);

            return ~Bits(beyond);
        }
    }

    /// <summary>Adds a position to the first that has its root: a place whose root has come up before stays empty.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddToRoot(int p, Vector512<double> delta, Vector512<double> vega)
    {
        unchecked
        {
            Vector512<long> root = LoadKeys(OctetScratch.Keys + (8 * p)) & Vector512.Create(OctetKeys.RootMask), known = default;
            for (int r = 0; r < p; r++)
            {
                Vector512<long> same = Vector512.Equals(LoadKeys(OctetScratch.RootsSeen + (8 * r)), root);
                Vector512<double> d = Load(OctetScratch.Deltas + (8 * r)), v = Load(OctetScratch.Vegas + (8 * r));
                Vector512.ConditionalSelect(same.AsDouble(), d + delta, d).StoreAligned(_s + OctetScratch.Deltas + (8 * r));
                Vector512.ConditionalSelect(same.AsDouble(), v + vega, v).StoreAligned(_s + OctetScratch.Vegas + (8 * r));
                known |= same;
            }

            (root | known).AsDouble().StoreAligned(_s + OctetScratch.RootsSeen + (8 * p));
            Vector512.AndNot(delta, known.AsDouble()).StoreAligned(_s + OctetScratch.Deltas + (8 * p));
            Vector512.AndNot(vega, known.AsDouble()).StoreAligned(_s + OctetScratch.Vegas + (8 * p));
        }
    }

    /// <summary>The same by strike.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddToStrike(int p, Vector512<double> worth)
    {
        unchecked
        {
            Vector512<long> strike = LoadKeys(OctetScratch.Keys + (8 * p)) & Vector512.Create(OctetKeys.StrikeMask), known = default;
            for (int r = 0; r < p; r++)
            {
                Vector512<long> same = Vector512.Equals(LoadKeys(OctetScratch.StrikesSeen + (8 * r)), strike);
                Vector512<double> sum = Load(OctetScratch.Nakeds + (8 * r));
                Vector512.ConditionalSelect(same.AsDouble(), sum + worth, sum).StoreAligned(_s + OctetScratch.Nakeds + (8 * r));
                known |= same;
            }

            (strike | known).AsDouble().StoreAligned(_s + OctetScratch.StrikesSeen + (8 * p));
            Vector512.AndNot(worth, known.AsDouble()).StoreAligned(_s + OctetScratch.Nakeds + (8 * p));
        }
    }

    /// <summary>What closing costs, root by root; which lanes have no delta beyond its free size.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private uint Close(int positions)
    {
        unchecked
        {
            Vector512<double> closing = default, beyond = default;
            double* closings = _market.Closings;
            int* offsets = stackalloc int[Lanes.Count];
            Vector256<int> last = Vector256.Create(_market.Assets);
            for (int p = 0; p < positions; p++)
            {
                Vector256<int> roots = System.Runtime.Intrinsics.X86.Avx512F.ConvertToVector256Int32(LoadKeys(OctetScratch.Keys + (8 * p)) & Vector512.Create(OctetKeys.RootMask));
                (Vector256.Min(roots, last) << 5).Store(offsets);
                Lanes.Turn(closings, offsets, out Vector512<double> spread, out Vector512<double> impact, out Vector512<double> halfVega, out Vector512<double> free);
                Vector512<double> size = Vector512.Abs(Load(OctetScratch.Deltas + (8 * p)));
                Vector512<double> part = Vector512.MinNative(Vector512<double>.One, spread + (impact * Vector512.Sqrt(size)));
                closing += (size * part) + (halfVega * Vector512.Abs(Load(OctetScratch.Vegas + (8 * p))));
                beyond |= Vector512.GreaterThan(size, free);
            }

            closing.StoreAligned(_s + OctetScratch.Closing);

            return ~Bits(beyond);
        }
    }
}
