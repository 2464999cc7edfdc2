namespace Plimsoll.Numerics;

/// <summary>
/// xʸ = e^(y·ln x), with ln x to some 66 bits, because an error in y·ln x is an error of the same size in the result's
/// relative precision.
/// <list type="number">
/// <item>|x| = 2ᵏ·m with √½ ≤ m &lt; √2; s = (m − 1)/(m + 1) as an unevaluated sum of two doubles.</item>
/// <item>ln m = 2s·(1 + s²/3 + s⁴/5 + …): the far terms in doubles, the first seven in pairs of doubles.</item>
/// <item>y·(k·ln 2 + ln m) as a pair, then e^(high + low).</item>
/// </list>
/// </summary>
internal static class Power
{
    private const int PairedTerms = 7;
    private const int Terms = 18;

    public static double Of(double x, double y)
    {
        if (y == 0 || x == 1) return 1;
        if (double.IsNaN(x) || double.IsNaN(y)) return double.NaN;

        var whole = Math.Floor(y) == y;
        var odd = whole && Math.Abs(y) < 9007199254740992.0 && Math.Floor(y / 2) * 2 != y;
        var sign = odd && double.IsNegative(x) ? -1.0 : 1.0;
        var size = Math.Abs(x);
        if (double.IsInfinity(y)) return size == 1 ? 1 : size > 1 == y > 0 ? double.PositiveInfinity : 0;
        if (size == 0) return y < 0 ? sign * double.PositiveInfinity : sign * 0.0;
        if (double.IsPositiveInfinity(size)) return y < 0 ? sign * 0.0 : sign * double.PositiveInfinity;
        if (x < 0 && !whole) return double.NaN;

        return sign * OfPositive(size, y);
    }

    private static double OfPositive(double x, double y)
    {
        var log = Log(x);
        var high = y * log.High;
        if (high is > 800 or < -800) return Exact.Exp(high);
        var low = Math.FusedMultiplyAdd(y, log.High, -high) + (y * log.Low);
        var sum = Pair.Sum(high, low);
        return Exponential.OfSum(new Lane1(sum.High), new Lane1(sum.Low)).Value;
    }

    private static Pair Log(double x)
    {
        const long RootHalf = 0x3fe6a09e667f3bcdL;
        var shifted = x < 2.2250738585072014e-308 ? 54 : 0;
        var bits = BitConverter.DoubleToInt64Bits(shifted == 0 ? x : x * 18014398509481984.0) + (0x3ff0000000000000L - RootHalf);
        var k = (double)((bits >> 52) - 1023 - shifted);
        var m = BitConverter.Int64BitsToDouble((bits & 0x000fffffffffffffL) + RootHalf);

        var s = Pair.Quotient(m - 1, Pair.Sum(m, 1));
        var z = s.Times(s);
        var far = 0.0;
        for (var n = Terms; n > PairedTerms; n--) far = Math.FusedMultiplyAdd(far, z.High, 1.0 / ((2 * n) + 1));
        var series = new Pair(far, 0);
        for (var n = PairedTerms; n >= 0; n--) series = series.Times(z).Plus(Pair.Quotient(1, new Pair((2 * n) + 1, 0)));

        var logM = series.Times(s).Times(new Pair(2, 0));
        return new Pair(0.6931471805599453, 2.3190468138462996e-17).Times(new Pair(k, 0)).Plus(logM);
    }

    /// <summary>An unevaluated sum of two doubles, about 106 bits (Dekker 1971).</summary>
    private readonly record struct Pair(double High, double Low)
    {
        public static Pair Sum(double a, double b)
        {
            var sum = a + b;
            var part = sum - a;
            return new Pair(sum, (a - (sum - part)) + (b - part));
        }

        public static Pair Quotient(double a, Pair b)
        {
            var high = a / b.High;
            var rest = Math.FusedMultiplyAdd(-high, b.High, a) - (high * b.Low);
            return Sum(high, rest / b.High);
        }

        public Pair Plus(Pair other)
        {
            var sum = Sum(High, other.High);
            return Sum(sum.High, sum.Low + Low + other.Low);
        }

        public Pair Times(Pair other)
        {
            var high = High * other.High;
            var low = Math.FusedMultiplyAdd(High, other.High, -high) + ((High * other.Low) + (Low * other.High));
            return Sum(high, low);
        }
    }
}
