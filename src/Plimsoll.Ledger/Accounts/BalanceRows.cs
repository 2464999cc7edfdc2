namespace Plimsoll.Ledger.Accounts;

/// <summary>
/// An account's balances other than zero, ordered by asset, cash before loan. A view without a copy: the next posting
/// makes it stale.
/// </summary>
public readonly ref struct BalanceRows
{
    private readonly ReadOnlySpan<int> _keys;
    private readonly ReadOnlySpan<Amount> _amounts;

    internal BalanceRows(ReadOnlySpan<int> keys, ReadOnlySpan<Amount> amounts)
    {
        _keys = keys;
        _amounts = amounts;
    }

    /// <summary>How many balances are not zero.</summary>
    public int Count => _keys.Length;

    /// <summary>The asset of a row.</summary>
    public AssetIndex Asset(int row) => new(_keys[row] >> 1);

    /// <summary>The purse of a row.</summary>
    public Purse Purse(int row) => (Purse)(_keys[row] & 1);

    /// <summary>The balance of a row, never zero.</summary>
    public Amount Amount(int row) => _amounts[row];
}
