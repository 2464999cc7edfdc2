using System.Numerics;

namespace Plimsoll.Risk.Margin.Rulebooks;

/// <summary>
/// An exact fraction of whole numbers, for rulebooks of chains that floor a quotient of products: no step before the last
/// may round, or the floor lands on the wrong side.
/// </summary>
internal readonly struct Fraction
{
    private readonly BigInteger above;
    private readonly BigInteger belowLessOne;

    public Fraction(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero) throw new DivideByZeroException();
        BigInteger shared = BigInteger.GreatestCommonDivisor(numerator, denominator);
        if (denominator.Sign < 0) shared = -shared;
        above = numerator / shared;

        // Stored less one, so that the default value is 0/1.
        belowLessOne = (denominator / shared) - 1;
    }

    public static Fraction Zero => default;

    public static Fraction One => new(1, 1);

    public int Sign => above.Sign;

    public BigInteger Floor => WholeNumbers.FloorDivide(above, Below);

    private BigInteger Below => belowLessOne + 1;

    public static implicit operator Fraction(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);

        // The three words are 32 bits without sign, whatever the type they come in says.
        var (high, middle, low) = unchecked(((uint)bits[2], (uint)bits[1], (uint)bits[0]));
        BigInteger whole = ((BigInteger)high << 64) | ((BigInteger)middle << 32) | low;

        return new Fraction(value < 0 ? -whole : whole, BigInteger.Pow(10, (bits[3] >> 16) & 0xff));
    }

    public static Fraction operator +(Fraction a, Fraction b) => new((a.above * b.Below) + (b.above * a.Below), a.Below * b.Below);

    public static Fraction operator -(Fraction a, Fraction b) => new((a.above * b.Below) - (b.above * a.Below), a.Below * b.Below);

    public static Fraction operator -(Fraction a) => new(-a.above, a.Below);

    public static Fraction operator *(Fraction a, Fraction b) => new(a.above * b.above, a.Below * b.Below);

    public static Fraction operator /(Fraction a, Fraction b) => new(a.above * b.Below, a.Below * b.above);

    public static Fraction Abs(Fraction a) => a.Sign < 0 ? -a : a;

    public static bool operator <(Fraction a, Fraction b) => a.above * b.Below < b.above * a.Below;

    public static bool operator >(Fraction a, Fraction b) => b < a;

    public static Fraction Clamp(Fraction a, Fraction least, Fraction most) => a < least ? least : a > most ? most : a;

    /// <summary>The nearest decimal of at most 28 places; exact whenever one is.</summary>
    /// <exception cref="OverflowException">The value is beyond the range of decimals.</exception>
    public decimal ToDecimal()
    {
        BigInteger most = (BigInteger)decimal.MaxValue;
        for (int places = 28; places >= 0; places--)
        {
            BigInteger twice = BigInteger.Abs(above) * BigInteger.Pow(10, places) * 2;
            BigInteger rounded = (twice + Below) / (Below * 2);
            if (rounded > most) continue;

            decimal whole = (decimal)rounded;
            int[] bits = decimal.GetBits(whole);

            return Plain(new decimal(bits[0], bits[1], bits[2], above.Sign < 0, (byte)places));
        }

        throw new OverflowException("The fraction is beyond the range of decimals.");
    }

    // Dividing by one written with 28 places drops the noughts at the end.
    private static decimal Plain(decimal value) => value / 1.0000000000000000000000000000m;
}
