namespace Plimsoll.Units;

/// <summary>The place of an asset in the venue's list, counted from 0 in the order of listing; never reused.</summary>
public readonly record struct AssetIndex(int Value) : IComparable<AssetIndex>
{
    /// <inheritdoc/>
    public int CompareTo(AssetIndex other) => Value.CompareTo(other.Value);
}

/// <summary>The place of an instrument in the venue's list, counted from 0 in the order of listing; never reused.</summary>
public readonly record struct InstrumentIndex(int Value) : IComparable<InstrumentIndex>
{
    /// <inheritdoc/>
    public int CompareTo(InstrumentIndex other) => Value.CompareTo(other.Value);
}

/// <summary>The place of an account in the venue's list, counted from 0 in the order of opening; never reused.</summary>
public readonly record struct AccountIndex(int Value) : IComparable<AccountIndex>
{
    /// <inheritdoc/>
    public int CompareTo(AccountIndex other) => Value.CompareTo(other.Value);
}
