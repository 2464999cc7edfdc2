using System.Numerics;

namespace Plimsoll.Units.Tests;

/// <summary>The textbook the units are held against: exact fractions, rounded once.</summary>
internal static class Rational
{
    public static (BigInteger Numerator, BigInteger Denominator) Of(decimal value)
    {
        int[] bits = decimal.GetBits(value);
        BigInteger mantissa = unchecked((uint)bits[0] + (new BigInteger((uint)bits[1]) << 32) + (new BigInteger((uint)bits[2]) << 64));

        return (bits[3] < 0 ? -mantissa : mantissa, BigInteger.Pow(10, (bits[3] >> 16) & 31));
    }

    public static (BigInteger Numerator, BigInteger Denominator) Of(double value)
    {
        // Doubling is exact until the number is whole.
        int doublings = 0;
        if (Math.Abs(value) < 1e-290) (value, doublings) = (value * Math.ScaleB(1, 200), 200);
        while (value != Math.Truncate(value)) (value, doublings) = (value * 2, doublings + 1);

        return (new BigInteger(value), BigInteger.Pow(2, doublings));
    }

    public static BigInteger Round(BigInteger numerator, BigInteger denominator, Rounding rounding)
    {
        if (denominator.Sign < 0) (numerator, denominator) = (-numerator, -denominator);
        BigInteger floor = (numerator - Mod(numerator, denominator)) / denominator;
        BigInteger twice = Mod(numerator, denominator) * 2;

        return rounding switch
        {
            Rounding.AgainstTheAccount => floor,
            Rounding.ForTheAccount => twice.IsZero ? floor : floor + 1,
            _ => twice > denominator || (twice == denominator && !floor.IsEven) ? floor + 1 : floor,
        };
    }

    private static BigInteger Mod(BigInteger value, BigInteger modulus) => ((value % modulus) + modulus) % modulus;
}
