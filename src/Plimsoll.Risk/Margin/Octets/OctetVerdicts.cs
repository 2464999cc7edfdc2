using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Plimsoll.Risk.Margin;

/// <content>The losses that compete, and step 5: the verdicts.</content>
internal readonly unsafe partial struct OctetKernel
{
    /// <summary>Sets what is required against what counts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Compete(int positions, int assets, in Kinship kin, uint lanes)
    {
        Scenario(positions, assets, kin);
        if (_market.HasGroups && Open(lanes) is not 0 and var open) Drift(open);
        Health(assets);
    }

    /// <summary>The loss of the scenarios, offsets between roots counted by the part that is credited.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Scenario(int positions, int assets, in Kinship kin)
    {
        unchecked
        {
            Vector512<double> joint = Loss(Load(OctetScratch.Least)), worst = joint;
            if (_market.HasOffsets)
            {
                Vector512<long> followers = LoadKeys(OctetScratch.Followers), bit = Vector512<long>.One;
                Vector512<double> alone = default;
                for (int e = 0; e < positions + assets; e++)
                {
                    Vector512<double> loss = Vector512.AndNot(Load(OctetScratch.Losses + (8 * e)), Vector512.Equals(followers & bit, bit).AsDouble());
                    if (e == 0) loss = Vector512.ConditionalSelect(Mask(kin.Cluster), Loss(Load(OctetScratch.OwnLeast)), loss);
                    alone += loss;
                    bit += bit;
                }

                alone = Vector512.ConditionalSelect(Mask(kin.Single), joint, alone);
                worst = joint + (Vector512.Create(_market.Uncredited) * Vector512.MaxNative(Vector512<double>.Zero, alone - joint));
            }

            Vector512<long> at = LoadKeys(OctetScratch.At);
            at = Vector512.ConditionalSelect(Vector512.LessThan(at, Vector512.Create((long)_market.Scenarios)), at, Vector512<long>.Zero);
            at = Vector512.ConditionalSelect(Vector512.GreaterThan(worst, Vector512<double>.Zero).AsInt64(), at, Binding(Verdict.NoScenario));
            worst.StoreAligned(_s + OctetScratch.Worst);
            at.StoreAligned((long*)(_s + OctetScratch.At));
            Vector512<double>.Zero.StoreAligned(_s + OctetScratch.Basis);
            Vector512<double>.Zero.StoreAligned(_s + OctetScratch.Skew);
        }
    }

    /// <summary>Lanes where drift or tilt could be the worst: their bound is below most scenarios.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Open(uint lanes) => ~Bits(Vector512.LessThanOrEqual(Load(OctetScratch.Bound), Load(OctetScratch.Worst))) & lanes;

    /// <summary>Drift and tilt of some lanes, expiry by expiry.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Drift(uint lanes)
    {
        unchecked
        {
            for (; lanes != 0; lanes &= lanes - 1)
            {
                int lane = BitOperations.TrailingZeroCount(lanes), held = ((int*)(_s + OctetScratch.Held))[lane], start = ((int*)(_s + OctetScratch.Starts))[lane];
                int* columns = _positions.Columns + start;
                Vector256<int> groups = Vector256.Create(FewEntries.None);
                for (int p = 0; p < held; p++)
                    groups = Vector256.ConditionalSelect(Vector256.Equals(Vector256<int>.Indices, Vector256.Create(p)), Vector256.Create(_market.Sides.Keys[(RequirementTable.KeyStride * columns[p]) + 1]), groups);
                _s[OctetScratch.Basis + lane] = FewEntries.Groups(_market.Sides, columns, _positions.Quantities + start, groups, out double skew);
                _s[OctetScratch.Skew + lane] = skew;
            }
        }
    }

    /// <summary>Health at each line, left where the floors were.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Health(int assets)
    {
        unchecked
        {
            Vector512<double> worst = Load(OctetScratch.Worst);
            Vector512<long> binding = LoadKeys(OctetScratch.At);
            Take(Load(OctetScratch.Basis), WorstTerm.Basis, ref worst, ref binding);
            Take(Load(OctetScratch.Skew), WorstTerm.Skew, ref worst, ref binding);
            if (_market.HasPegs) Take(Load(OctetScratch.Depeg), WorstTerm.Depeg, ref worst, ref binding);
            worst.StoreAligned(_s + OctetScratch.Worst);
            binding.StoreAligned((long*)(_s + OctetScratch.At));

            Vector512<double> counted = Load(OctetScratch.Counted), initial, target, maintenance;
            if (_market.HasRates)
            {
                (initial, target, maintenance) = (Load(OctetScratch.Initial), Load(OctetScratch.Target), Load(OctetScratch.Maintenance));
            }
            else
            {
                Vector512<double> notional = Load(OctetScratch.Notional);
                initial = notional * Vector512.Create(_market.Floors.Initial);
                target = notional * Vector512.Create(_market.Floors.Target);
                maintenance = notional * Vector512.Create(_market.Floors.Maintenance);
            }

            initial = Vector512.MaxNative(worst * Vector512.Create(_market.Factors.Initial), initial);
            target = Vector512.MaxNative(worst * Vector512.Create(_market.Factors.Target), target);
            maintenance = Vector512.MaxNative(worst * Vector512.Create(_market.Factors.Maintenance), maintenance);
            if (!_market.IsNeutral)
            {
                Vector512<double> naked = Load(OctetScratch.Naked), doubt = Load(OctetScratch.Doubt);
                Vector512<double> closing = _market.HasCloseOut ? Load(OctetScratch.Closing) : Vector512<double>.Zero;
                for (int a = 0; a < assets; a++) doubt += Load(OctetScratch.CoinDoubts + (8 * a));
                initial += (naked * Vector512.Create(_market.Naked.Initial)) + (closing * Vector512.Create(_market.Closing.Initial)) + doubt;
                target += (naked * Vector512.Create(_market.Naked.Target)) + (closing * Vector512.Create(_market.Closing.Target));
                maintenance += (naked * Vector512.Create(_market.Naked.Maintenance)) + (closing * Vector512.Create(_market.Closing.Maintenance));
            }

            (counted - initial).StoreAligned(_s + OctetScratch.Initial);
            (counted - target).StoreAligned(_s + OctetScratch.Target);
            (counted - maintenance).StoreAligned(_s + OctetScratch.Maintenance);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take(Vector512<double> loss, WorstTerm term, ref Vector512<double> worst, ref Vector512<long> binding)
    {
        binding = Vector512.ConditionalSelect(Vector512.GreaterThan(loss, worst).AsInt64(), Binding(-(int)term), binding);
        worst = Vector512.MaxNative(worst, loss);
    }

    /// <summary>What binds, as it lies in a verdict.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Binding(int binding) => Vector512.Create((long)unchecked((ushort)(short)binding));

    /// <summary>Writes the verdicts; which of them must be called.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private uint Write()
    {
        Vector512<double> equity = Load(OctetScratch.Equity), counted = Load(OctetScratch.Counted), worst = Load(OctetScratch.Worst), binding = Load(OctetScratch.At);
        Vector512<double> notional = Load(OctetScratch.Notional), initial = Load(OctetScratch.Initial), target = Load(OctetScratch.Target), maintenance = Load(OctetScratch.Maintenance);
        Vector512<double> required = counted - maintenance;
        Vector512<double> full = Vector512.GreaterThanOrEqual(required, Vector512.Create(_market.WatchAt) * counted);
        Vector512<double> any = Vector512.GreaterThan(required, Vector512<double>.Zero) | Vector512.LessThan(counted, Vector512<double>.Zero);
        uint near = Bits(full & any);
        Lanes.Turn(ref equity, ref counted, ref worst, ref binding, ref notional, ref initial, ref target, ref maintenance);
        var verdicts = (double**)(_s + OctetScratch.Verdicts);
        equity.Store(verdicts[0]);
        counted.Store(verdicts[1]);
        worst.Store(verdicts[2]);
        binding.Store(verdicts[3]);
        notional.Store(verdicts[4]);
        initial.Store(verdicts[5]);
        target.Store(verdicts[6]);
        maintenance.Store(verdicts[7]);

        return near;
    }
}
