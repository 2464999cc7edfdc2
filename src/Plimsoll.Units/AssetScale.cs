using System.Globalization;
using System.Numerics;

namespace Plimsoll.Units;

/// <summary>
/// How many decimals an asset's smallest unit lies below one whole: 8 for BTC, 18 for ETH, 6 for USDC.
/// The one place where text, decimals and model numbers become whole smallest units and back.
/// </summary>
public readonly record struct AssetScale
{
    /// <summary>The finest scale: amounts of a trillion whole units still lie inside <see cref="Limit"/>.</summary>
    public const int MaxDecimals = 24;

    /// <summary>Amounts lie strictly inside ±10^36 smallest units, so that the sum of 170 of them cannot overflow.</summary>
    public static readonly Int128 Limit = Int128.Parse("1000000000000000000000000000000000000", CultureInfo.InvariantCulture);

    /// <summary>As many digits always fit into 64 bits.</summary>
    private const int DigitsOfLong = 18;

    private static readonly Int128[] Powers = PowersOfTen();

    /// <summary>A scale of so many decimals.</summary>
    /// <exception cref="InputException">Not within 0 and <see cref="MaxDecimals"/>.</exception>
    public AssetScale(int decimals) => Decimals = decimals is >= 0 and <= MaxDecimals
        ? decimals
        : throw new InputException("decimals", $"{decimals} lies outside 0 to {MaxDecimals}");

    /// <summary>Decimals below one whole unit.</summary>
    public int Decimals { get; }

    /// <summary>Smallest units in one whole.</summary>
    public Int128 UnitsPerWhole => Powers[Decimals];

    /// <summary>Reads a decimal number exactly, e.g. <c>-12.5</c>; more decimals than the scale has are refused.</summary>
    public bool TryParse(ReadOnlySpan<char> text, out Amount amount)
    {
        amount = default;
        bool negative = text.Length > 0 && text[0] == '-';
        if (negative) text = text[1..];

        int point = text.IndexOf('.');
        ReadOnlySpan<char> digits = point < 0 ? text : text[..point];
        ReadOnlySpan<char> fraction = point < 0 ? default : text[(point + 1)..].TrimEnd('0');
        bool digitsOnly = digits.Length > 0 && !digits.ContainsAnyExceptInRange('0', '9') && !fraction.ContainsAnyExceptInRange('0', '9');
        if (!digitsOnly || (point >= 0 && point == text.Length - 1)) return false;

        ReadOnlySpan<char> whole = digits.TrimStart('0');
        if (fraction.Length > Decimals || whole.Length > 36) return false;

        // The smallest units are the digits themselves, written without the point and filled up with zeros.
        Int128 units = whole.Length + Decimals <= DigitsOfLong ? Digits64(whole, fraction) : Digits128(whole, fraction);
        if (units >= Limit) return false;

        amount = new Amount(negative ? -units : units);

        return true;
    }

    private long Digits64(ReadOnlySpan<char> whole, ReadOnlySpan<char> fraction)
    {
        long units = 0;
        foreach (char digit in whole) units = (units * 10) + (digit - '0');
        for (int i = 0; i < Decimals; i++) units = (units * 10) + (i < fraction.Length ? fraction[i] - '0' : 0);

        return units;
    }

    /// <summary>The same of up to 36 digits before the point; <see cref="Limit"/> as soon as it is reached.</summary>
    private Int128 Digits128(ReadOnlySpan<char> whole, ReadOnlySpan<char> fraction)
    {
        Int128 units = 0;
        foreach (char digit in whole) units = (units * 10) + (digit - '0');
        for (int i = 0; i < Decimals && units < Limit; i++) units = (units * 10) + (i < fraction.Length ? fraction[i] - '0' : 0);

        return Int128.Min(units, Limit);
    }

    /// <summary>A decimal number in whole units as smallest units, the rest rounded as said.</summary>
    /// <exception cref="OverflowException">The amount reaches <see cref="Limit"/>.</exception>
    public Amount FromDecimal(decimal wholes, Rounding rounding)
    {
        (Int128 mantissa, int decimals) = Parts(wholes);

        return new Amount(decimals > Decimals
            ? Divide(mantissa, Powers[decimals - Decimals], rounding)
            : Within((BigInteger)mantissa * (BigInteger)Powers[Decimals - decimals]));
    }

    /// <summary>
    /// Price × size as smallest units of what the price is quoted in, exact before the one rounding.
    /// </summary>
    /// <exception cref="OverflowException">The amount reaches <see cref="Limit"/>.</exception>
    public Amount FromProduct(decimal price, decimal size, Rounding rounding)
    {
        (Int128 a, int da) = Parts(price);
        (Int128 b, int db) = Parts(size);

        return FromFraction((BigInteger)a * b * (BigInteger)UnitsPerWhole, BigInteger.Pow(10, da + db), rounding);
    }

    /// <summary>
    /// Dividend ÷ divisor as smallest units, exact before the one rounding: the coin worth of an inverse contract.
    /// </summary>
    /// <exception cref="DivideByZeroException">The divisor is zero.</exception>
    /// <exception cref="OverflowException">The amount reaches <see cref="Limit"/>.</exception>
    public Amount FromQuotient(decimal dividend, decimal divisor, Rounding rounding) => FromRatio(1m, dividend, divisor, rounding);

    /// <summary>Factor × size ÷ divisor as smallest units, exact before the one rounding: the payoff of a coin-settled option.</summary>
    /// <exception cref="DivideByZeroException">The divisor is zero.</exception>
    /// <exception cref="OverflowException">The amount reaches <see cref="Limit"/>.</exception>
    public Amount FromRatio(decimal factor, decimal size, decimal divisor, Rounding rounding)
    {
        (Int128 a, int da) = Parts(factor);
        (Int128 b, int db) = Parts(size);
        (Int128 c, int dc) = Parts(divisor);
        BigInteger numerator = (BigInteger)a * b * UnitsPerWhole * BigInteger.Pow(10, dc);
        BigInteger denominator = c * BigInteger.Pow(10, da + db);

        return denominator.Sign < 0 ? FromFraction(-numerator, -denominator, rounding) : FromFraction(numerator, denominator, rounding);
    }

    /// <summary>The door from the estimated world: a model number in whole units as money.</summary>
    /// <exception cref="ArithmeticException">Not a number, infinite, or at least <see cref="Limit"/>.</exception>
    public Amount FromModel(double wholes, Rounding rounding)
    {
        if (!double.IsFinite(wholes)) throw new ArithmeticException($"{wholes} cannot become money.");

        // Exact: a double is mantissa × 2^exponent, and only the final division rounds.
        long bits = BitConverter.DoubleToInt64Bits(wholes);
        int exponent = (int)((bits >> 52) & 0x7FF);
        long mantissa = (bits & 0xFFFFFFFFFFFFF) | (exponent == 0 ? 0 : 1L << 52);
        int power = Math.Max(exponent, 1) - 1075;
        if (power is < 0 and >= -120 && Decimals <= 21) return FromShift((bits < 0 ? -mantissa : mantissa) * UnitsPerWhole, -power, rounding);

        BigInteger units = (bits < 0 ? -mantissa : mantissa) * (BigInteger)UnitsPerWhole;

        return power >= 0
            ? new Amount(Within(units * BigInteger.Pow(2, power)))
            : FromFraction(units, BigInteger.Pow(2, -power), rounding);
    }

    /// <summary>
    /// The amount in whole units as a model number: correctly rounded below 2^53 units, within two units in the last
    /// place beyond (three for scales above 22), and the same on every machine.
    /// </summary>
    public double ToModel(Amount amount)
    {
        // Powers of ten up to 10^22 and units below 2^53 are exact doubles, so the division rounds once; larger units
        // round once more.
        Int128 units = amount.Units;
        long low = unchecked((long)units);

        return (low == units ? (double)low : (double)units) / (double)UnitsPerWhole;
    }

    /// <summary>The amount in whole units as a decimal; digits beyond decimal's 28 are rounded to even.</summary>
    /// <exception cref="OverflowException">More than 7.9 × 10^28 whole units.</exception>
    public decimal ToDecimal(Amount amount)
    {
        (Int128 whole, Int128 rest) = Int128.DivRem(amount.Units, UnitsPerWhole);

        return (decimal)whole + ((decimal)rest / (decimal)UnitsPerWhole);
    }

    /// <summary>The amount in whole units, every digit shown that is not a trailing zero, e.g. <c>-12.5</c>.</summary>
    public string Format(Amount amount)
    {
        Int128 magnitude = Int128.Abs(amount.Units);
        string whole = (magnitude / UnitsPerWhole).ToString(CultureInfo.InvariantCulture);
        string fraction = (magnitude % UnitsPerWhole).ToString(CultureInfo.InvariantCulture).PadLeft(Decimals, '0').TrimEnd('0');
        string sign = amount.Units < 0 ? "-" : "";

        return fraction.Length == 0 ? sign + whole : $"{sign}{whole}.{fraction}";
    }

    internal static Amount Times(Amount amount, decimal factor, Rounding rounding)
    {
        (Int128 mantissa, int decimals) = Parts(factor);

        return FromFraction((BigInteger)amount.Units * mantissa, BigInteger.Pow(10, decimals), rounding);
    }

    /// <summary>Numerator ÷ 2^shift for numerators of at most 123 bits and shifts of 1 to 120: <see cref="FromFraction"/> in machine words.</summary>
    private static Amount FromShift(Int128 numerator, int shift, Rounding rounding)
    {
        Int128 floor = numerator >> shift;
        Int128 rest = numerator - (floor << shift);
        Int128 half = Int128.One << (shift - 1);
        bool up = rounding switch
        {
            Rounding.AgainstTheAccount => false,
            Rounding.ForTheAccount => rest != 0,
            _ => rest > half || (rest == half && !Int128.IsEvenInteger(floor)),
        };
        if (up) floor += 1;

        return Int128.Abs(floor) < Limit ? new Amount(floor) : new Amount(Within(floor));
    }

    private static Amount FromFraction(BigInteger numerator, BigInteger denominator, Rounding rounding)
    {
        BigInteger quotient = BigInteger.DivRem(numerator, denominator, out BigInteger rest);
        if (rest.Sign < 0)
        {
            rest += denominator;
            quotient -= 1;
        }

        // quotient is the floor and 0 <= rest < denominator.
        bool up = rounding switch
        {
            Rounding.AgainstTheAccount => false,
            Rounding.ForTheAccount => !rest.IsZero,
            _ => (rest * 2).CompareTo(denominator) is var half && (half > 0 || (half == 0 && !quotient.IsEven)),
        };

        return new Amount(Within(up ? quotient + 1 : quotient));
    }

    private static Int128 Divide(Int128 dividend, Int128 divisor, Rounding rounding) =>
        FromFraction(dividend, divisor, rounding).Units;

    private static Int128 Within(BigInteger units) => BigInteger.Abs(units) < (BigInteger)Limit
        ? (Int128)units
        : throw new OverflowException("An amount reached the limit of 10^36 smallest units.");

    private static (Int128 Mantissa, int Decimals) Parts(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        // The words are bit patterns, not numbers: half of them are negative ints.
        Int128 mantissa = unchecked(new Int128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]));

        return (bits[3] < 0 ? -mantissa : mantissa, (bits[3] >> 16) & 0xFF);
    }

    private static Int128[] PowersOfTen()
    {
        var powers = new Int128[37];
        powers[0] = 1;
        for (int i = 1; i < powers.Length; i++) powers[i] = powers[i - 1] * 10;

        return powers;
    }
}
