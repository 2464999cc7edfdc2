using System.Runtime.CompilerServices;

namespace Plimsoll.Ledger.Rows;

/// <summary>One field of every entry of <see cref="AccountRows"/>, in pages that are never moved when the column grows.</summary>
internal abstract class Column
{
    /// <summary>Entries in a page, and the most entries of one row.</summary>
    public const int PageSize = 1 << PageBits;

    protected const int PageBits = 12;

    /// <summary>Adds a page at the end.</summary>
    public abstract void AddPage();

    /// <summary>Copies entries, within or between pages; the ranges may overlap.</summary>
    public abstract void Copy(int from, int to, int count);
}

/// <inheritdoc cref="Column"/>
internal sealed class Column<T> : Column
    where T : unmanaged
{
    private T[][] _pages = [];
    private int _count;

    /// <summary>One entry.</summary>
    public ref T this[int address]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _pages[address >> PageBits][address & (PageSize - 1)];
    }

    /// <summary>Entries side by side in one page.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<T> Span(int address, int count) => _pages[address >> PageBits].AsSpan(address & (PageSize - 1), count);

    /// <inheritdoc/>
    public override void AddPage()
    {
        if (_count == _pages.Length) Array.Resize(ref _pages, Math.Max(4, 2 * _count));
        _pages[_count++] = new T[PageSize];
    }

    /// <inheritdoc/>
    public override void Copy(int from, int to, int count)
    {
        if (count > 0) Span(from, count).CopyTo(Span(to, count));
    }
}
