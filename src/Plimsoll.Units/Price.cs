namespace Plimsoll.Units;

/// <summary>
/// What one whole unit costs in the quote asset; always above zero. <c>default</c> is no price and reads as 0.
/// </summary>
public readonly record struct Price : IComparable<Price>
{
    /// <summary>The highest price the venue accepts.</summary>
    public const decimal Max = 1_000_000_000_000m;

    /// <summary>The lowest price the venue accepts.</summary>
    public const decimal Min = 0.000_000_000_001m;

    /// <summary>A price.</summary>
    /// <exception cref="InputException">Not within <see cref="Min"/> and <see cref="Max"/>.</exception>
    public Price(decimal value) => Value = value is >= Min and <= Max
        ? Canonical(value)
        : throw new InputException("price", $"{value} lies outside {Min} to {Max}");

    /// <summary>Quote units per whole unit, without trailing zeros, so that equal prices have equal bits.</summary>
    public decimal Value { get; }

    /// <summary>The price as a model number.</summary>
    public double ToModel() => (double)Value;

    /// <inheritdoc/>
    public int CompareTo(Price other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The same decimal without trailing zeros or a negative zero: <c>1.00m</c> and <c>1.0m</c> get the same bits.</summary>
    public static decimal Canonical(decimal value) => value == 0m ? 0m : value / 1.0000000000000000000000000000m;
}
