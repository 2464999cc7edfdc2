using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Plimsoll.Risk.Margin;

/// <summary>Turns rows of eight accounts into lanes and back: number k of all eight becomes one register.</summary>
internal static unsafe class Lanes
{
    /// <summary>Accounts judged at once.</summary>
    public const int Count = 8;

    /// <summary>Four numbers from each of eight places, given in bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Turn(
        double* from, int* at, out Vector512<double> a, out Vector512<double> b, out Vector512<double> c, out Vector512<double> d)
    {
        unchecked
        {
            var bytes = (byte*)from;
            Vector512<double> r0 = Both(bytes + (uint)at[0], bytes + (uint)at[4]), r1 = Both(bytes + (uint)at[1], bytes + (uint)at[5]);
            Vector512<double> r2 = Both(bytes + (uint)at[2], bytes + (uint)at[6]), r3 = Both(bytes + (uint)at[3], bytes + (uint)at[7]);
            Vector512<double> even01 = Avx512F.UnpackLow(r0, r1), odd01 = Avx512F.UnpackHigh(r0, r1);
            Vector512<double> even23 = Avx512F.UnpackLow(r2, r3), odd23 = Avx512F.UnpackHigh(r2, r3);
            Vector512<long> low = Vector512.Create(0L, 1, 8, 9, 4, 5, 12, 13), high = Vector512.Create(2L, 3, 10, 11, 6, 7, 14, 15);
            a = Avx512F.PermuteVar8x64x2(even01, low, even23);
            b = Avx512F.PermuteVar8x64x2(odd01, low, odd23);
            c = Avx512F.PermuteVar8x64x2(even01, high, even23);
            d = Avx512F.PermuteVar8x64x2(odd01, high, odd23);
        }
    }

    /// <summary>Four whole numbers of half the width from each of eight places, given in numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Turn(int* from, int* at, out Vector256<int> a, out Vector256<int> b, out Vector256<int> c, out Vector256<int> d)
    {
        unchecked
        {
            Vector256<int> r0 = Both(from + (uint)at[0], from + (uint)at[4]), r1 = Both(from + (uint)at[1], from + (uint)at[5]);
            Vector256<int> r2 = Both(from + (uint)at[2], from + (uint)at[6]), r3 = Both(from + (uint)at[3], from + (uint)at[7]);
            Vector256<long> low01 = Avx2.UnpackLow(r0, r1).AsInt64(), high01 = Avx2.UnpackHigh(r0, r1).AsInt64();
            Vector256<long> low23 = Avx2.UnpackLow(r2, r3).AsInt64(), high23 = Avx2.UnpackHigh(r2, r3).AsInt64();
            a = Avx2.UnpackLow(low01, low23).AsInt32();
            b = Avx2.UnpackHigh(low01, low23).AsInt32();
            c = Avx2.UnpackLow(high01, high23).AsInt32();
            d = Avx2.UnpackHigh(high01, high23).AsInt32();
        }
    }

    /// <summary>Eight registers of eight: number k of register j becomes number j of register k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Turn(
        ref Vector512<double> r0, ref Vector512<double> r1, ref Vector512<double> r2, ref Vector512<double> r3,
        ref Vector512<double> r4, ref Vector512<double> r5, ref Vector512<double> r6, ref Vector512<double> r7)
    {
        const byte Even = 0x88, Odd = 0xDD;
        Vector512<double> t0 = Avx512F.UnpackLow(r0, r1), t1 = Avx512F.UnpackHigh(r0, r1);
        Vector512<double> t2 = Avx512F.UnpackLow(r2, r3), t3 = Avx512F.UnpackHigh(r2, r3);
        Vector512<double> t4 = Avx512F.UnpackLow(r4, r5), t5 = Avx512F.UnpackHigh(r4, r5);
        Vector512<double> t6 = Avx512F.UnpackLow(r6, r7), t7 = Avx512F.UnpackHigh(r6, r7);
        Vector512<double> u0 = Avx512F.Shuffle4x128(t0, t2, Even), u1 = Avx512F.Shuffle4x128(t0, t2, Odd);
        Vector512<double> u2 = Avx512F.Shuffle4x128(t4, t6, Even), u3 = Avx512F.Shuffle4x128(t4, t6, Odd);
        Vector512<double> v0 = Avx512F.Shuffle4x128(t1, t3, Even), v1 = Avx512F.Shuffle4x128(t1, t3, Odd);
        Vector512<double> v2 = Avx512F.Shuffle4x128(t5, t7, Even), v3 = Avx512F.Shuffle4x128(t5, t7, Odd);
        r0 = Avx512F.Shuffle4x128(u0, u2, Even);
        r4 = Avx512F.Shuffle4x128(u0, u2, Odd);
        r2 = Avx512F.Shuffle4x128(u1, u3, Even);
        r6 = Avx512F.Shuffle4x128(u1, u3, Odd);
        r1 = Avx512F.Shuffle4x128(v0, v2, Even);
        r5 = Avx512F.Shuffle4x128(v0, v2, Odd);
        r3 = Avx512F.Shuffle4x128(v1, v3, Even);
        r7 = Avx512F.Shuffle4x128(v1, v3, Odd);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Both(byte* low, byte* high) =>
        Avx512F.InsertVector256(Vector256.Load((double*)low).ToVector512Unsafe(), Vector256.Load((double*)high), 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Both(int* low, int* high) =>
        Avx2.InsertVector128(Vector128.Load(low).ToVector256Unsafe(), Vector128.Load(high), 1);
}
