using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Plimsoll.Risk.Margin;

/// <content>Step 3, account by account: the 32 scenarios are four registers of eight.</content>
internal readonly unsafe partial struct OctetKernel
{
    /// <summary>The worst joint scenario of each lane, and what its pegs lose; no lanes where a gain is no number.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private uint Scenarios(int positions, bool own)
    {
        unchecked
        {
            double* s = _s, rows = _market.Rows, pegRows = _market.Pegs, pegPairs = _market.PegPairs;
            bool hasPegs = _market.HasPegs, onePeg = _market.OnePeg;
            Vector512<double> check = default;
            for (int j = 0; j < Lanes.Count; j++)
            {
                int held = ((int*)(s + OctetScratch.Held))[j], owned = ((int*)(s + OctetScratch.Owned))[j];
                int start = ((int*)(s + OctetScratch.Starts))[j];
                int* columns = _positions.Columns + start;
                double* amounts = _positions.Quantities + start;
                Vector512<double> s0 = default, s1 = default, s2 = default, s3 = default, pegs = default;
                Vector128<double> peg = default;
                for (int p = 0; p < held; p++)
                {
                    nuint place = (uint)columns[p];
                    double* row = rows + (place * PricedColumns.Stride);
                    Vector512<double> q = Vector512.Create(amounts[p]);
                    s0 += q * Vector512.Load(row);
                    s1 += q * Vector512.Load(row + 8);
                    s2 += q * Vector512.Load(row + 16);
                    s3 += q * Vector512.Load(row + 24);
                    if (onePeg) peg += q.GetLower().GetLower() * Vector128.Load(pegPairs + (2 * place));
                    else if (hasPegs) pegs += q * Vector512.Load(pegRows + (place * Lanes.Count));
                }

                if (own) Vector512.MinNative(Vector512.MinNative(s0, s1), Vector512.MinNative(s2, s3)).StoreAligned(s + OctetScratch.OwnRows + (8 * j));
                for (int a = 0; a < owned; a++)
                {
                    nuint asset = ((uint*)(s + OctetScratch.AssetsOf))[(Lanes.Count * a) + j];
                    Vector512<double> q = Vector512.Create(s[OctetScratch.Coins + (Lanes.Count * a) + j]);
                    if (onePeg) peg += q.GetLower().GetLower() * Vector128.Load((double*)((byte*)_market.AssetPegs + asset));
                    else if (hasPegs) pegs += q * Vector512.Load((double*)((byte*)_market.AssetPegs + asset));

                    // What no scenario moves adds nothing, and most accounts have such a coin.
                    if ((((long*)(s + OctetScratch.Keys))[(Lanes.Count * (positions + a)) + j] & OctetKeys.Still) != 0) continue;

                    double* row = (double*)((byte*)_market.AssetRows + (4 * asset));
                    s0 += q * Vector512.Load(row);
                    s1 += q * Vector512.Load(row + 8);
                    s2 += q * Vector512.Load(row + 16);
                    s3 += q * Vector512.Load(row + 24);
                }

                // The machine's own minimum answers as it likes where something is not a number: then the sum is none either.
                check += s0 + s1 + (s2 + s3);
                Vector512<long> place0 = Vector512<long>.Indices;
                Vector512<double> first = Vector512.MinNative(s0, s1), second = Vector512.MinNative(s2, s3);
                Vector512<long> at = Vector512.ConditionalSelect(Vector512.LessThan(s1, s0).AsInt64(), place0 + Vector512.Create(8L), place0);
                Vector512<long> beyond = Vector512.ConditionalSelect(Vector512.LessThan(s3, s2).AsInt64(), place0 + Vector512.Create(24L), place0 + Vector512.Create(16L));
                Vector512.ConditionalSelect(Vector512.LessThan(second, first).AsInt64(), beyond, at).StoreAligned((long*)(s + OctetScratch.AtRows + (8 * j)));
                Vector512.MinNative(first, second).StoreAligned(s + OctetScratch.LeastRows + (8 * j));
                if (onePeg) s[OctetScratch.Depeg + j] = double.MaxNative(-double.MinNative(peg.ToScalar(), peg.GetElement(1)), 0);
                else if (hasPegs) s[OctetScratch.Depeg + j] = RequirementKernel.WorstPegs(pegs, _market.TwoPegs);
            }

            return Vector512.EqualsAll(check, check) ? 0xFFu : 0;
        }
    }

    /// <summary>The least of each account's scenarios and the first place that has it, from its rows of eight.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Leasts()
    {
        unchecked
        {
            Vector512<double> least = LeastOf(OctetScratch.LeastRows, out Vector512<double> c0, out Vector512<double> c1, out Vector512<double> c2,
                out Vector512<double> c3, out Vector512<double> c4, out Vector512<double> c5, out Vector512<double> c6, out Vector512<double> c7);
            least.StoreAligned(_s + OctetScratch.Least);
            Vector512<double> r0 = Load(OctetScratch.AtRows), r1 = Load(OctetScratch.AtRows + 8), r2 = Load(OctetScratch.AtRows + 16), r3 = Load(OctetScratch.AtRows + 24);
            Vector512<double> r4 = Load(OctetScratch.AtRows + 32), r5 = Load(OctetScratch.AtRows + 40), r6 = Load(OctetScratch.AtRows + 48), r7 = Load(OctetScratch.AtRows + 56);
            Lanes.Turn(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7);
            Vector512<long> at = Vector512.Min(
                Vector512.Min(Vector512.Min(Where(c0, least, r0), Where(c1, least, r1)), Vector512.Min(Where(c2, least, r2), Where(c3, least, r3))),
                Vector512.Min(Vector512.Min(Where(c4, least, r4), Where(c5, least, r5)), Vector512.Min(Where(c6, least, r6), Where(c7, least, r7))));
            at.StoreAligned((long*)(_s + OctetScratch.At));
        }
    }

    /// <summary>The same of their positions alone.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void OwnLeasts() => LeastOf(OctetScratch.OwnRows, out _, out _, out _, out _, out _, out _, out _, out _).StoreAligned(_s + OctetScratch.OwnLeast);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Where(Vector512<double> gains, Vector512<double> least, Vector512<double> places) =>
        Vector512.ConditionalSelect(Vector512.Equals(gains, least).AsInt64(), places.AsInt64(), Vector512.Create(long.MaxValue));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<double> LeastOf(
        int rows, out Vector512<double> c0, out Vector512<double> c1, out Vector512<double> c2, out Vector512<double> c3,
        out Vector512<double> c4, out Vector512<double> c5, out Vector512<double> c6, out Vector512<double> c7)
    {
        unchecked
        {
            (c0, c1, c2, c3) = (Load(rows), Load(rows + 8), Load(rows + 16), Load(rows + 24));
            (c4, c5, c6, c7) = (Load(rows + 32), Load(rows + 40), Load(rows + 48), Load(rows + 56));
            Lanes.Turn(ref c0, ref c1, ref c2, ref c3, ref c4, ref c5, ref c6, ref c7);

            return Vector512.MinNative(
                Vector512.MinNative(Vector512.MinNative(c0, c1), Vector512.MinNative(c2, c3)), Vector512.MinNative(Vector512.MinNative(c4, c5), Vector512.MinNative(c6, c7)));
        }
    }

    /// <summary>
    /// Roots that several entries of an account share, those of all lanes in one list: their loss takes the place of what the
    /// first entry loses alone. What the others lose alone is left out later.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Shared(int positions, int assets, uint lanes)
    {
        unchecked
        {
            Vector512<long> followers = LoadKeys(OctetScratch.Followers), bit = Vector512<long>.One;
            ulong held = 0, owned = 0;
            for (int e = 0; e < positions + assets; e++)
            {
                Vector512<long> lone = Vector512.Equals(LoadKeys(OctetScratch.Members + (8 * e)), Vector512<long>.Zero);
                ulong leads = lanes & ~Bits(lone | Vector512.Equals(followers & bit, bit));
                if (e < OctetScratch.Positions) held |= leads << (8 * e);
                else owned |= leads << (8 * (e - OctetScratch.Positions));
                bit += bit;
            }

            for (; held != 0; held &= held - 1) Share(BitOperations.TrailingZeroCount(held), positions);
            for (; owned != 0; owned &= owned - 1) Share(64 + BitOperations.TrailingZeroCount(owned), positions);
        }
    }

    /// <summary>What the entries that share a root lose together; <paramref name="first"/> is eight times the first of them, and the lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Share(int first, int positions)
    {
        unchecked
        {
            int lane = first & 7;
            Vector512<double> s0 = default, s1 = default, s2 = default, s3 = default;
            ulong entries = ((ulong*)(_s + OctetScratch.Members))[first] | (1UL << (first >> 3));
            for (; entries != 0; entries &= entries - 1)
            {
                int entry = BitOperations.TrailingZeroCount(entries);
                bool coin = entry >= positions;
                int at = (Lanes.Count * (coin ? entry - positions : entry)) + lane;
                double quantity = _s[(coin ? OctetScratch.Coins : OctetScratch.Quantities) + at];
                byte* row = coin
                    ? (byte*)_market.AssetRows + (4 * (nuint)((uint*)(_s + OctetScratch.AssetsOf))[at])
                    : (byte*)_market.Rows + (2 * (nuint)((uint*)(_s + OctetScratch.Contracts))[at]);
                Vector512<double> q = Vector512.Create(quantity);
                s0 += q * Vector512.Load((double*)row);
                s1 += q * Vector512.Load((double*)(row + 64));
                s2 += q * Vector512.Load((double*)(row + 128));
                s3 += q * Vector512.Load((double*)(row + 192));
            }

            Vector512<double> m = Vector512.MinNative(Vector512.MinNative(s0, s1), Vector512.MinNative(s2, s3));
            Vector256<double> h = Vector256.MinNative(m.GetLower(), m.GetUpper());
            Vector128<double> d = Vector128.MinNative(h.GetLower(), h.GetUpper());
            _s[OctetScratch.Losses + first] = double.MaxNative(-double.MinNative(d.ToScalar(), d.GetElement(1)), 0);
        }
    }
}
