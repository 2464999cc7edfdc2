namespace Plimsoll.Units;

/// <summary>
/// A whole number of some asset's smallest unit: what is owed. Which asset, and its <see cref="AssetScale"/>, is
/// said by whatever holds the amount. Sums are checked; <c>default</c> is nothing.
/// </summary>
/// <param name="Units">Smallest units; positive is in the holder's favour.</param>
public readonly record struct Amount(Int128 Units) : IComparable<Amount>
{
    /// <summary>Nothing.</summary>
    public static Amount Zero => default;

    /// <summary>Whether nothing is owed.</summary>
    public bool IsZero => Units == 0;

    /// <summary>-1, 0 or 1.</summary>
    public int Sign => Int128.Sign(Units);

    /// <summary>
    /// The part of the amount that a fraction takes, exact before the one rounding; the whole fraction gives the whole amount.
    /// </summary>
    /// <param name="numerator">From 0 to <paramref name="denominator"/>.</param>
    /// <param name="denominator">Above 0.</param>
    /// <param name="rounding">Where a fraction of a unit falls.</param>
    public Amount Share(long numerator, long denominator, Rounding rounding)
    {
        Law.Holds(denominator > 0 && numerator >= 0 && numerator <= denominator, "a share lies between nothing and the whole");
        // Split so that the product stays inside Int128: units = q × denominator + r.
        (Int128 q, Int128 r) = Int128.DivRem(Units, denominator);
        (Int128 part, Int128 rest) = Int128.DivRem(r * numerator, denominator);
        if (rest < 0) (part, rest) = (part - 1, rest + denominator);
        bool up = rounding switch
        {
            Rounding.AgainstTheAccount => false,
            Rounding.ForTheAccount => rest != 0,
            _ => (rest * 2) > denominator || (rest * 2 == denominator && !Int128.IsEvenInteger((q * numerator) + part)),
        };

        return new Amount(checked((q * numerator) + part + (up ? 1 : 0)));
    }

    /// <summary>The amount times a decimal factor, exact before the one rounding: interest, funding, fees.</summary>
    /// <exception cref="OverflowException">The result reaches <see cref="AssetScale.Limit"/>.</exception>
    public Amount Times(decimal factor, Rounding rounding) => AssetScale.Times(this, factor, rounding);

    /// <summary>The smaller of two amounts of one asset.</summary>
    public static Amount Min(Amount left, Amount right) => left.Units <= right.Units ? left : right;

    /// <summary>The larger of two amounts of one asset.</summary>
    public static Amount Max(Amount left, Amount right) => left.Units >= right.Units ? left : right;

    /// <summary>The sum of two amounts of one asset.</summary>
    public static Amount operator +(Amount left, Amount right) => new(checked(left.Units + right.Units));

    /// <summary>The difference of two amounts of one asset.</summary>
    public static Amount operator -(Amount left, Amount right) => new(checked(left.Units - right.Units));

    /// <summary>The same amount owed the other way.</summary>
    public static Amount operator -(Amount amount) => new(checked(-amount.Units));

    /// <summary>Whether one amount is below another.</summary>
    public static bool operator <(Amount left, Amount right) => left.Units < right.Units;

    /// <summary>Whether one amount is above another.</summary>
    public static bool operator >(Amount left, Amount right) => left.Units > right.Units;

    /// <summary>Whether one amount is not above another.</summary>
    public static bool operator <=(Amount left, Amount right) => left.Units <= right.Units;

    /// <summary>Whether one amount is not below another.</summary>
    public static bool operator >=(Amount left, Amount right) => left.Units >= right.Units;

    /// <inheritdoc/>
    public int CompareTo(Amount other) => Units.CompareTo(other.Units);

    /// <summary>The smallest units; <see cref="AssetScale.Format"/> prints whole ones.</summary>
    public override string ToString() => Units.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
