namespace Plimsoll.Ledger.Rows;

/// <summary>
/// A sum of any number of amounts that cannot overflow on its way: on a recount, a million balances near the limit may
/// pass 2^127 before the opposite ones bring the sum back.
/// </summary>
internal struct ExactSum
{
    // The sum is high × 2^64 + low, each a plain sum of halves.
    private Int128 _high;
    private Int128 _low;

    /// <summary>Whether the sum lies inside <see cref="AssetScale.Limit"/>.</summary>
    public readonly bool IsInside
    {
        get
        {
            Int128 high = _high + (_low >> 64);

            return Int128.Abs(high) < ((Int128)1 << 62) && Int128.Abs(Value) < AssetScale.Limit;
        }
    }

    /// <summary>The sum; only where it lies inside the limit.</summary>
    public readonly Int128 Value => unchecked((_high << 64) + _low);

    /// <summary>Adds an amount.</summary>
    public void Add(Int128 units)
    {
        _high += units >> 64;
        _low += (ulong)(units & ulong.MaxValue);
    }
}
