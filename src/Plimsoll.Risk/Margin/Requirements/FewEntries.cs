using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Plimsoll.Risk.Margin;

/// <summary>
/// Sums by root, expiry and strike of an account with at most eight entries, of which some belong together: which ones
/// do is a comparison of one register, and no sum leaves the registers.
/// </summary>
internal static unsafe class FewEntries
{
    /// <summary>Most positions and coins of such an account: the lanes of its keys.</summary>
    public const int Most = 8;

    /// <summary>The key of an empty lane.</summary>
    public const int None = int.MinValue;

    /// <summary>Losses of roots alone, what closing them costs, and what their size asks.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static double Roots(
        in MarketColumns market, in SidePointers side, int* held, double* quantities, int positions, int* assets, double* counted, Vector256<int> roots, out double closing, ref double excess)
    {
        unchecked
        {
            double alone = 0;
            closing = 0;
            uint left = Used(roots);
            while (left != 0)
            {
                int first = BitOperations.TrailingZeroCount(left);
                int root = first < positions ? side.Keys[RequirementTable.KeyStride * held[first]] : side.AssetRoots[assets[first - positions]];
                uint same = Vector256.Equals(roots, Vector256.Create(root)).ExtractMostSignificantBits();
                left &= ~same;
                Vector512<double> s0 = default, s1 = default, s2 = default, s3 = default;
                Vector128<double> moves = default;
                do
                {
                    int at = BitOperations.TrailingZeroCount(same);
                    same &= same - 1;
                    double quantity;
                    double* row;
                    if (at < positions)
                    {
                        quantity = quantities[at];
                        row = market.Rows + (nint)((uint)held[at] * (ulong)PricedColumns.Stride);
                        moves += Vector128.Create(quantity) * Vector128.Load(side.Sides + (nint)((uint)held[at] * (ulong)SideColumns.Stride) + SideColumns.Delta);
                    }
                    else
                    {
                        quantity = counted[at - positions];
                        row = market.AssetRows + (nint)((uint)assets[at - positions] * (ulong)PricedColumns.Stride);
                    }

                    Vector512<double> q = Vector512.Create(quantity);
                    s0 += q * Vector512.Load(row);
                    s1 += q * Vector512.Load(row + 8);
                    s2 += q * Vector512.Load(row + 16);
                    s3 += q * Vector512.Load(row + 24);
                }
                while (same != 0);

                Vector512<double> m = Vector512.MinNative(Vector512.MinNative(s0, s1), Vector512.MinNative(s2, s3));
                Vector256<double> h = Vector256.MinNative(m.GetLower(), m.GetUpper());
                Vector128<double> d = Vector128.MinNative(h.GetLower(), h.GetUpper());
                alone += Loss(double.MinNative(d[0], d[1]));
                closing += side.CloseOuts[root].Cost(moves[0], moves[1]);
                excess += side.CloseOuts[root].Excess(moves[0]);
            }

            return alone;
        }
    }

    /// <summary>Drift, and the larger of tilt and curl, expiry by expiry.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static double Groups(in SidePointers side, int* held, double* quantities, Vector256<int> groups, out double skew)
    {
        unchecked
        {
            double basis = 0;
            Vector256<double> tilts = default;
            uint left = Used(groups);
            while (left != 0)
            {
                int group = side.Keys[(RequirementTable.KeyStride * held[BitOperations.TrailingZeroCount(left)]) + 1];
                uint same = Vector256.Equals(groups, Vector256.Create(group)).ExtractMostSignificantBits();
                left &= ~same;
                Vector256<double> gains = default;
                do
                {
                    int at = BitOperations.TrailingZeroCount(same);
                    same &= same - 1;
                    gains += Vector256.Create(quantities[at]) * Vector256.Load(side.Sides + (nint)((uint)held[at] * (ulong)SideColumns.Stride));
                }
                while (same != 0);

                basis += Loss(double.MinNative(gains[SideColumns.Up], gains[SideColumns.Down]));
                tilts += Vector256.Abs(gains);
            }

            skew = double.MaxNative(tilts[SideColumns.Tilt], tilts[SideColumns.Curl]);

            return basis;
        }
    }

    /// <summary>Worth of the coins under options sold and not bought back, strike by strike.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static double Strikes(in SidePointers side, int* held, double* quantities, Vector256<int> strikes)
    {
        unchecked
        {
            double worth = 0;
            uint left = Used(strikes);
            while (left != 0)
            {
                int strike = side.Keys[(RequirementTable.KeyStride * held[BitOperations.TrailingZeroCount(left)]) + 2];
                uint same = Vector256.Equals(strikes, Vector256.Create(strike)).ExtractMostSignificantBits();
                left &= ~same;
                double sum = 0;
                do
                {
                    int at = BitOperations.TrailingZeroCount(same);
                    same &= same - 1;
                    sum += quantities[at] * side.Sides[(nint)((uint)held[at] * (ulong)SideColumns.Stride) + SideColumns.Spot];
                }
                while (same != 0);

                worth += Loss(sum);
            }

            return worth;
        }
    }

    /// <summary><see cref="RequirementTally.Loss"/> of a number, without a branch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Loss(double gain) => double.MaxNative(-gain, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Used(Vector256<int> keys) => ~Vector256.Equals(keys, Vector256.Create(None)).ExtractMostSignificantBits() & 0xff;
}
