namespace Plimsoll.Ledger.Rows;

/// <summary>The accounts that changed since the last clearing, each once, in the order of their first change.</summary>
internal sealed class ChangedAccounts
{
    private int[] _accounts = [];
    private int _count;
    private ulong[] _marked = [];
    private ulong[] _unseen = [];

    /// <summary>The accounts.</summary>
    public ReadOnlySpan<int> Accounts => _accounts.AsSpan(0, _count);

    /// <summary>Whether an account changed.</summary>
    public bool Has(int account) => (account >> 6) < _marked.Length && (_marked[account >> 6] >> (account & 63) & 1) != 0;

    /// <summary>Whether an account changed since it was last looked at.</summary>
    public bool IsUnseen(int account) => (account >> 6) < _unseen.Length && (_unseen[account >> 6] >> (account & 63) & 1) != 0;

    /// <summary>Notes that an account was looked at; it stays among those that changed.</summary>
    public void See(int account)
    {
        if ((account >> 6) < _unseen.Length) _unseen[account >> 6] &= ~(1UL << (account & 63));
    }

    /// <summary>Notes that an account changed.</summary>
    public void Mark(int account)
    {
        int word = account >> 6;
        ulong bit = 1UL << (account & 63);
        if (word >= _marked.Length)
        {
            Array.Resize(ref _marked, Math.Max(word + 1, 2 * _marked.Length));
            Array.Resize(ref _unseen, _marked.Length);
        }

        _unseen[word] |= bit;
        if ((_marked[word] & bit) != 0) return;

        _marked[word] |= bit;
        if (_count == _accounts.Length) Array.Resize(ref _accounts, Math.Max(16, 2 * _count));
        _accounts[_count++] = account;
    }

    /// <summary>Forgets every change.</summary>
    public void Clear()
    {
        foreach (int account in Accounts) (_marked[account >> 6], _unseen[account >> 6]) = (0, 0);
        _count = 0;
    }
}
