using System.Collections;
using Plimsoll.Units;

namespace Plimsoll.Engine;

/// <summary>
/// Something about some accounts, found at once by ordinal and read in the order of accounts. Pages are made where they are
/// needed: who has something on the last of a million accounts pays for a page and not for a million places.
/// </summary>
internal sealed class AccountMap<T> : IReadOnlyCollection<T> where T : class
{
    private const int PageBits = 10;
    private const int PageSize = 1 << PageBits;

    private T?[]?[] _pages = [];

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <summary>What is known of an account; none where nothing is.</summary>
    public T? this[AccountIndex account]
    {
        get => (account.Value >> PageBits) < _pages.Length && _pages[account.Value >> PageBits] is { } page ? page[account.Value & (PageSize - 1)] : null;
        set
        {
            int number = account.Value >> PageBits;
            if (number >= _pages.Length)
            {
                if (value is null) return;
                Array.Resize(ref _pages, Math.Max(number + 1, 2 * _pages.Length));
            }

            T?[] page = _pages[number] ??= new T?[PageSize];
            ref T? place = ref page[account.Value & (PageSize - 1)];
            Count += (value is null ? 0 : 1) - (place is null ? 0 : 1);
            place = value;
        }
    }

    /// <summary>In the order of accounts.</summary>
    public IEnumerator<T> GetEnumerator()
    {
        foreach (T?[]? page in _pages)
        {
            if (page is null) continue;
            foreach (T? one in page)
                if (one is not null) yield return one;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
