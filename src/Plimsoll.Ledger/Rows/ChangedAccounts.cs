namespace Plimsoll.Ledger.Rows;

/// <summary>The accounts that changed since the last clearing, each once, in the order of their first change.</summary>
internal sealed class ChangedAccounts
{
    private int[] _accounts = [];
    private int _count;
    private ulong[] _marked = [];

    /// <summary>The accounts.</summary>
    public ReadOnlySpan<int> Accounts => _accounts.AsSpan(0, _count);

    /// <summary>Whether an account changed.</summary>
    public bool Has(int account) => (account >> 6) < _marked.Length && (_marked[account >> 6] >> (account & 63) & 1) != 0;

    /// <summary>Notes that an account changed.</summary>
    public void Mark(int account)
    {
        int word = account >> 6;
        ulong bit = 1UL << (account & 63);
        if (word >= _marked.Length) Array.Resize(ref _marked, Math.Max(word + 1, 2 * _marked.Length));
        if ((_marked[word] & bit) != 0) return;

        _marked[word] |= bit;
        if (_count == _accounts.Length) Array.Resize(ref _accounts, Math.Max(16, 2 * _count));
        _accounts[_count++] = account;
    }

    /// <summary>Forgets every change.</summary>
    public void Clear()
    {
        foreach (int account in Accounts) _marked[account >> 6] = 0;
        _count = 0;
    }
}
