namespace Plimsoll.Ledger.Positions;

/// <summary>
/// The accounts that hold one instrument, in ascending order when asked for.
/// <list type="number">
/// <item>A fill that opens or closes a position notes its account as a toggle at the end of the list.</item>
/// <item>Asked for the holders, the toggles are sorted; an account toggled an odd number of times changed sides.</item>
/// <item>Those found in the sorted part leave it, the others are merged into it, both in place.</item>
/// <item>Toggles are merged unasked when they outnumber half the sorted part, which keeps a fill cheap on average and
/// the list within a constant factor of its holders.</item>
/// </list>
/// </summary>
internal sealed class HolderList
{
    private const int FewToggles = 64;

    private int[] _accounts = new int[4];
    private int _sorted;
    private int _toggles;

    /// <summary>Holders now.</summary>
    public int Count { get; private set; }

    /// <summary>Notes that an account opened its position (+1) or closed it (−1).</summary>
    public void Note(int account, int change, ref int[] scratch)
    {
        if (_toggles >= FewToggles && _toggles > _sorted / 2) Merge(ref scratch);
        int used = _sorted + _toggles;
        if (used == _accounts.Length) Array.Resize(ref _accounts, used + Math.Max(4, used / 4));
        _accounts[used] = account;
        _toggles++;
        Count += change;
    }

    /// <summary>The holders, ascending.</summary>
    public ReadOnlySpan<int> Sorted(ref int[] scratch)
    {
        if (_toggles > 0) Merge(ref scratch);

        return _accounts.AsSpan(0, _sorted);
    }

    private void Merge(ref int[] scratch)
    {
        if (scratch.Length < _toggles) scratch = new int[Math.Max(_toggles, 2 * scratch.Length)];
        Span<int> toggled = scratch.AsSpan(0, _toggles);
        _accounts.AsSpan(_sorted, _toggles).CopyTo(toggled);
        toggled.Sort();
        toggled = toggled[..KeepOdd(toggled)];
        _toggles = 0;

        InsertAll(toggled[..RemoveFound(toggled)]);
        Law.Holds(_sorted == Count, "an instrument's list holds each of its holders once");
    }

    // Keeps one of each account that occurs an odd number of times; returns how many.
    private static int KeepOdd(Span<int> sorted)
    {
        int kept = 0;
        foreach (int account in sorted)
        {
            if (kept > 0 && sorted[kept - 1] == account) kept--;
            else sorted[kept++] = account;
        }

        return kept;
    }

    // Takes the accounts that are listed out of the list; keeps those that are not, and returns how many.
    private int RemoveFound(Span<int> toggled)
    {
        if (toggled.Length == 0) return 0;

        int first = _accounts.AsSpan(0, _sorted).BinarySearch(toggled[0]);
        int read = first >= 0 ? first : ~first;
        int write = read;
        int added = 0;
        foreach (int account in toggled)
        {
            while (read < _sorted && _accounts[read] < account) _accounts[write++] = _accounts[read++];
            if (read < _sorted && _accounts[read] == account) read++;
            else toggled[added++] = account;
        }

        _accounts.AsSpan(read, _sorted - read).CopyTo(_accounts.AsSpan(write));
        _sorted -= read - write;

        return added;
    }

    // Merges from the back: the toggles' own places behind the sorted part leave room enough.
    private void InsertAll(ReadOnlySpan<int> added)
    {
        int read = _sorted - 1;
        int write = _sorted + added.Length - 1;
        for (int i = added.Length - 1; i >= 0; i--)
        {
            while (read >= 0 && _accounts[read] > added[i]) _accounts[write--] = _accounts[read--];
            _accounts[write--] = added[i];
        }

        _sorted += added.Length;
    }
}
