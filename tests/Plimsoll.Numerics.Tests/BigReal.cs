using System.Numerics;

namespace Plimsoll.Numerics.Tests;

/// <summary>A number of some 400 bits, M × 2ᴱ: slow, simple, and independent of everything under test.</summary>
internal readonly record struct BigReal(BigInteger Mantissa, int Exponent)
{
    private const int Bits = 400;

    public static readonly BigReal One = new(1, 0);
    public static readonly BigReal Pi = (Of(16) * ArcTangentOfInverse(5)) - (Of(4) * ArcTangentOfInverse(239));

    public static BigReal Of(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7FF);
        var fraction = bits & 0xFFFFFFFFFFFFFL;
        var mantissa = new BigInteger(exponent == 0 ? fraction : fraction | 0x10000000000000L);
        return new BigReal(bits < 0 ? -mantissa : mantissa, Math.Max(exponent, 1) - 1075);
    }

    public static BigReal operator +(BigReal a, BigReal b)
    {
        if (a.Mantissa.IsZero) return b;
        if (b.Mantissa.IsZero) return a;
        var low = Math.Min(a.Exponent, b.Exponent);
        var high = Math.Max(a.Exponent + (int)a.Mantissa.GetBitLength(), b.Exponent + (int)b.Mantissa.GetBitLength());
        low = Math.Max(low, high - (2 * Bits));
        return Trim(new BigReal(Shift(a.Mantissa, a.Exponent - low) + Shift(b.Mantissa, b.Exponent - low), low));
    }

    public static BigReal operator -(BigReal a) => new(-a.Mantissa, a.Exponent);

    public static BigReal operator -(BigReal a, BigReal b) => a + -b;

    public static BigReal operator *(BigReal a, BigReal b) => Trim(new BigReal(a.Mantissa * b.Mantissa, a.Exponent + b.Exponent));

    public static BigReal operator /(BigReal a, BigReal b)
    {
        var shift = (2 * Bits) + (int)b.Mantissa.GetBitLength();
        return Trim(new BigReal((a.Mantissa << shift) / b.Mantissa, a.Exponent - b.Exponent - shift));
    }

    public static BigReal Exp(BigReal x)
    {
        const int Halvings = 24;
        var small = Trim(x);
        small = new BigReal(small.Mantissa, small.Exponent - Halvings);
        var (sum, term) = (One, One);
        for (var n = 1; n < 60; n++)
        {
            term = term * small / Of(n);
            sum += term;
        }

        for (var i = 0; i < Halvings; i++) sum *= sum;
        return sum;
    }

    public static BigReal Log(double x)
    {
        var (target, y) = (Of(x), Of(Math.Log(x)));
        for (var i = 0; i < 3; i++) y = y + (target * Exp(-y)) - One;
        return y;
    }

    public static BigReal Sqrt(BigReal x)
    {
        var y = Of(Math.Sqrt(x.ToDouble()));
        for (var i = 0; i < 4; i++) y = (y + (x / y)) * Of(0.5);
        return y;
    }

    /// <summary>N(−y)/φ(y) for y ≥ 0: the Taylor series near 0, Laplace's continued fraction far out.</summary>
    public static BigReal Mills(double value)
    {
        var y = Of(value);
        if (value > 9)
        {
            var fraction = y;
            for (var n = 600; n > 0; n--) fraction = y + (Of(n) / fraction);
            return One / fraction;
        }

        var (sum, term, square) = (y, y, y * y);
        for (var n = 3; n < 700; n += 2)
        {
            term = term * square / Of(n);
            sum += term;
        }

        return (Sqrt(Pi * Of(0.5)) * Exp(square * Of(0.5))) - sum;
    }

    public static BigReal Density(double x) => Exp(Of(x) * Of(x) * Of(-0.5)) / Sqrt(Pi * Of(2));

    public static BigReal Cdf(double x)
    {
        var tail = Density(x) * Mills(Math.Abs(x));
        return x > 0 ? One - tail : tail;
    }

    /// <summary>How far <paramref name="actual"/> lies from this value, in spacings of doubles at this value.</summary>
    public double UlpsFrom(double actual)
    {
        var magnitude = Exponent + (int)BigInteger.Abs(Mantissa).GetBitLength();
        var spacing = Math.Max(magnitude - 53, -1074);
        var gap = Of(actual) - this;
        return Math.Abs(new BigReal(gap.Mantissa, gap.Exponent - spacing).ToDouble());
    }

    private double ToDouble()
    {
        if (Mantissa.IsZero) return 0;
        var drop = (int)BigInteger.Abs(Mantissa).GetBitLength() - 64;
        return Math.ScaleB((double)Shift(Mantissa, -drop), Exponent + drop);
    }

    private static BigReal ArcTangentOfInverse(int n)
    {
        var (sum, power, square) = (new BigReal(0, 0), One / Of(n), Of((double)n * n));
        for (var k = 0; k < 250; k++)
        {
            var term = power / Of((2 * k) + 1);
            sum = k % 2 == 0 ? sum + term : sum - term;
            power /= square;
        }

        return sum;
    }

    private static BigReal Trim(BigReal value)
    {
        var surplus = (int)BigInteger.Abs(value.Mantissa).GetBitLength() - Bits;
        return surplus <= 0 ? value : new BigReal(value.Mantissa >> surplus, value.Exponent + surplus);
    }

    private static BigInteger Shift(BigInteger value, int bits) => bits >= 0 ? value << bits : value >> -bits;
}
