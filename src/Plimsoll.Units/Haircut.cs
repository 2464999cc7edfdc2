namespace Plimsoll.Units;

/// <summary>The part of a collateral's value the venue refuses to count: 0 counts all of it, 1 none.</summary>
public readonly record struct Haircut
{
    /// <summary>A haircut.</summary>
    /// <exception cref="InputException">Not within 0 and 1.</exception>
    public Haircut(decimal value) => Value = value;

    /// <summary>The refused part, 0 to 1.</summary>
    public decimal Value
    {
        get;
        init => field = value is >= 0m and <= 1m
            ? Price.Canonical(value)
            : throw new InputException("haircut", $"{value} lies outside 0 to 1");
    }

    /// <summary>The counted part as a model number, 0 to 1.</summary>
    public double CountedPart => (double)(1m - Value);
}
