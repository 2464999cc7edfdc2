namespace Plimsoll.Units;

/// <summary>A signed whole number of an instrument's lots: + long, − short. Sums are checked.</summary>
/// <param name="Count">Lots.</param>
public readonly record struct Lots(long Count) : IComparable<Lots>
{
    /// <summary>The largest size of a position or an order, in lots.</summary>
    public const long Max = 1_000_000_000_000_000;

    /// <summary>Whether there is no position.</summary>
    public bool IsZero => Count == 0;

    /// <summary>-1 short, 0 flat, 1 long.</summary>
    public int Sign => Math.Sign(Count);

    /// <summary>The size without its side.</summary>
    public Lots Size => new(Math.Abs(Count));

    /// <summary>
    /// A size in the instrument's own unit as whole lots.
    /// </summary>
    /// <param name="size">Signed size, in the unit of <paramref name="lotSize"/>.</param>
    /// <param name="lotSize">Above 0.</param>
    /// <param name="lots">The lots, where the size is a whole number of them, at most <see cref="Max"/>.</param>
    public static bool TryFrom(decimal size, decimal lotSize, out Lots lots)
    {
        lots = default;
        Law.Holds(lotSize > 0m, "a lot is larger than nothing");
        // The first test rounds, and is only there so that the quotient fits; a remainder never rounds.
        if (Math.Abs(size) / Max > 2m * lotSize || decimal.Remainder(size, lotSize) != 0m) return false;

        decimal count = size / lotSize;
        if (Math.Abs(count) > Max) return false;

        lots = new Lots((long)count);

        return true;
    }

    /// <summary>The size in the instrument's own unit; exact while count and lot size have 28 digits between them.</summary>
    public decimal ToSize(decimal lotSize) => Count * lotSize;

    /// <summary>The sum of two positions.</summary>
    public static Lots operator +(Lots left, Lots right) => new(checked(left.Count + right.Count));

    /// <summary>The difference of two positions.</summary>
    public static Lots operator -(Lots left, Lots right) => new(checked(left.Count - right.Count));

    /// <summary>The position on the other side.</summary>
    public static Lots operator -(Lots lots) => new(checked(-lots.Count));

    /// <inheritdoc/>
    public int CompareTo(Lots other) => Count.CompareTo(other.Count);

    /// <summary>The signed count. A record's own text would print <see cref="Size"/>, whose text would print its size, and so on.</summary>
    public override string ToString() => Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
