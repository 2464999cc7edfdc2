using System.Runtime.CompilerServices;

namespace Plimsoll.Numerics;

/// <summary>
/// ln(x/y), the same bits at every width, within 2 units in the last place also where x and y are nearly equal and rounding x/y
/// first would leave nothing of it.
/// <list type="number">
/// <item>The bits of a double are a rough logarithm: their difference, rounded to a whole power k of 2, leaves ⅔ ≤ x/(2ᵏy) ≤ 1½.</item>
/// <item>x − 2ᵏy is exact (Sterbenz), so s = (x − 2ᵏy)/(x + 2ᵏy) is known to its last bits, |s| ≤ 0.2.</item>
/// <item>ln((1 + s)/(1 − s)) = 2s + s³·P(s²), P a fit of degree 7 with relative error 5e-19; k·ln 2 is added in two parts.</item>
/// </list>
/// </summary>
internal static class LogarithmOfRatio
{
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double TwoTo52 = 4503599627370496.0;
    private const long HalfStep = 1L << 51;
    private const long ExponentBits = unchecked((long)0xFFF0000000000000);

    /// <summary>ln(x/y) for positive normal finite x and y; other arguments give nonsense, never a fault.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T OfBounded<T>(T x, T y) where T : struct, IReal<T>
    {
        // Two's complement: −y is ~y + 1; 2⁶³ is 2048 steps of the exponent and keeps the sum above zero.
        var raised = T.AddBits(T.AddBits(x, T.Xor(y, T.OfBits(-1))), T.OfBits(unchecked(1 + HalfStep + long.MinValue)));
        var k = T.Or(T.ShiftRight(raised, 52), T.Of(TwoTo52)) - T.Of(TwoTo52 + 2048);
        var scaled = T.AddBits(y, T.AddBits(T.And(raised, T.OfBits(ExponentBits)), T.OfBits(long.MinValue)));

        var s = (x - scaled) / (x + scaled);
        var z = s * s;
        var z2 = z * z;
        var p01 = T.FusedMultiplyAdd(T.Of(0.40000000000007857), z, T.Of(0.6666666666666666));
        var p23 = T.FusedMultiplyAdd(T.Of(0.2222222304201285), z, T.Of(0.2857142856731398));
        var p45 = T.FusedMultiplyAdd(T.Of(0.15388847910642214), z, T.Of(0.18181738124060123));
        var p67 = T.FusedMultiplyAdd(T.Of(0.13606021764231466), z, T.Of(0.132100997526584));
        var p03 = T.FusedMultiplyAdd(p23, z2, p01);
        var p47 = T.FusedMultiplyAdd(p67, z2, p45);
        var rest = s * z * T.FusedMultiplyAdd(p47, z2 * z2, p03);
        return T.FusedMultiplyAdd(k, T.Of(Ln2High), (s + s) + T.FusedMultiplyAdd(k, T.Of(Ln2Low), rest));
    }
}
