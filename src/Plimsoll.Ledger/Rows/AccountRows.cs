using System.Runtime.CompilerServices;

namespace Plimsoll.Ledger.Rows;

/// <summary>
/// A short sorted row of entries for every account, as columns: a key that is unique within the row, and whatever columns
/// are added. A row that outgrows its place moves to a larger one; no account is an object.
/// </summary>
internal sealed class AccountRows
{
    /// <summary>The most entries of one account.</summary>
    public const int MaxEntries = Column.PageSize;

    private const int LinearUpTo = 16;

    private readonly Column<int> _keys = new();
    private readonly List<Column> _columns;
    private readonly RowPages _pages;
    private int[] _start = [];
    private ushort[] _count = [];

    /// <summary>Rows without columns but the key.</summary>
    public AccountRows()
    {
        _columns = [_keys];
        _pages = new RowPages(() => _columns.ForEach(c => c.AddPage()));
    }

    /// <summary>One above the last account that has a place for a row.</summary>
    public int Accounts => _count.Length;

    /// <summary>Adds a column; only before the first entry.</summary>
    public Column<T> AddColumn<T>()
        where T : unmanaged
    {
        Column<T> column = new();
        _columns.Add(column);

        return column;
    }

    /// <summary>Entries of an account.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Count(int account) => unchecked((uint)account) < (uint)_count.Length ? _count[account] : 0;

    /// <summary>The address of an account's first entry; only where it has one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Start(int account) => _start[account];

    /// <summary>The keys of an account, ascending.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<int> Keys(int account) => Values(account, _keys);

    /// <summary>A column of an account, in the order of its keys.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<T> Values<T>(int account, Column<T> column)
        where T : unmanaged
    {
        int count = Count(account);

        return count == 0 ? default : column.Span(_start[account], count);
    }

    /// <summary>The place of a key in an account's row, or the complement of where it would be inserted.</summary>
    public int Find(int account, int key)
    {
        ReadOnlySpan<int> keys = Keys(account);
        if (keys.Length > LinearUpTo) return keys.BinarySearch(key);

        for (int i = 0; i < keys.Length; i++)
        {
            if (keys[i] >= key) return keys[i] == key ? i : ~i;
        }

        return ~keys.Length;
    }

    /// <summary>Inserts an entry before a place and returns its address; the other columns there hold what lay there before.</summary>
    public int Insert(int account, int place, int key)
    {
        MakeAccount(account);
        int count = _count[account];
        Law.Holds(count < MaxEntries, "an account's row fits one page");
        if (count == 0) _start[account] = _pages.Take(RowPages.ClassFor(1));
        else if (count == RowPages.Capacity(_pages.ClassOf(_start[account]))) Move(account, _pages.ClassOf(_start[account]) + 1);

        int address = _start[account] + place;
        foreach (Column column in _columns) column.Copy(address, address + 1, count - place);
        _count[account]++;
        _keys[address] = key;

        return address;
    }

    /// <summary>Removes the entry at a place.</summary>
    public void Remove(int account, int place)
    {
        int address = _start[account] + place;
        foreach (Column column in _columns) column.Copy(address + 1, address, _count[account] - place - 1);
        _count[account]--;
        if (_count[account] == 0)
        {
            _pages.Free(_start[account]);

            return;
        }

        // Two classes of slack, so that an account that opens and closes one position does not move each time.
        int @class = _pages.ClassOf(_start[account]);
        if (@class >= 2 && _count[account] <= RowPages.Capacity(@class - 2)) Move(account, @class - 1);
    }

    private void Move(int account, int @class)
    {
        int to = _pages.Take(@class);
        foreach (Column column in _columns) column.Copy(_start[account], to, _count[account]);
        _pages.Free(_start[account]);
        _start[account] = to;
    }

    private void MakeAccount(int account)
    {
        if (account < _count.Length) return;

        int size = Math.Max(account + 1, _count.Length + (_count.Length / 4) + 16);
        Array.Resize(ref _start, size);
        Array.Resize(ref _count, size);
    }
}
