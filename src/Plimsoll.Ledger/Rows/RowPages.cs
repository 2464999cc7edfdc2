namespace Plimsoll.Ledger.Rows;

/// <summary>
/// Where rows lie. A page holds rows of one capacity only; a page whose last row left may hold rows of another capacity,
/// so that a million accounts growing in step leave no holes behind. Addresses are no part of the state.
/// </summary>
internal sealed class RowPages(Action addPage)
{
    private const int None = -1;

    private static readonly int[] Capacities =
    [
        1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 2048, Column.PageSize,
    ];

    // Pages with a free row of each capacity, chained both ways; fully used pages are in no chain.
    private readonly int[] _firstPage = [.. Capacities.Select(_ => None)];
    private Page[] _pages = [];
    private int _pageCount;
    private int _firstEmpty = None;

    // Free rows of a page are chained by their number within the page; one table for all pages would cost a column.
    private struct Page
    {
        public int Class;
        public int Used;
        public int Fresh;
        public int Next;
        public int Previous;
        public short[]? Freed;
        public int FreedCount;
    }

    /// <summary>The number of the smallest capacity that holds so many entries.</summary>
    public static int ClassFor(int count)
    {
        int c = 0;
        while (Capacities[c] < count) c++;

        return c;
    }

    /// <summary>The entries a row of a class can hold.</summary>
    public static int Capacity(int @class) => Capacities[@class];

    /// <summary>The class of the row at an address.</summary>
    public int ClassOf(int address) => _pages[address / Column.PageSize].Class;

    /// <summary>Takes a row and returns its address.</summary>
    public int Take(int @class)
    {
        int number = _firstPage[@class];
        if (number == None) number = OpenPage(@class);

        ref Page page = ref _pages[number];
        int slot = page.FreedCount > 0 ? page.Freed![--page.FreedCount] : page.Fresh++;
        page.Used++;
        if (page.Used == Slots(@class)) Unchain(number);

        return (number * Column.PageSize) + (slot * Capacities[@class]);
    }

    /// <summary>Gives a row back.</summary>
    public void Free(int address)
    {
        int number = address / Column.PageSize;
        ref Page page = ref _pages[number];
        int slots = Slots(page.Class);
        if (page.Used == slots) Chain(number);
        page.Used--;
        if (page.Used == 0)
        {
            Unchain(number);
            page.Freed = null;
            page.FreedCount = 0;
            page.Next = _firstEmpty;
            _firstEmpty = number;

            return;
        }

        if (page.Freed is null || page.FreedCount == page.Freed.Length)
            Array.Resize(ref page.Freed, Math.Min(slots, Math.Max(8, 2 * page.FreedCount)));
        page.Freed[page.FreedCount++] = (short)(address % Column.PageSize / Capacities[page.Class]);
    }

    private static int Slots(int @class) => Column.PageSize / Capacities[@class];

    private int OpenPage(int @class)
    {
        int number = _firstEmpty;
        if (number != None)
        {
            _firstEmpty = _pages[number].Next;
        }
        else
        {
            if (_pageCount == _pages.Length) Array.Resize(ref _pages, Math.Max(4, 2 * _pageCount));
            number = _pageCount++;
            addPage();
        }

        _pages[number] = new Page { Class = @class, Next = None, Previous = None };
        Chain(number);

        return number;
    }

    private void Chain(int number)
    {
        ref Page page = ref _pages[number];
        page.Previous = None;
        page.Next = _firstPage[page.Class];
        if (page.Next != None) _pages[page.Next].Previous = number;
        _firstPage[page.Class] = number;
    }

    private void Unchain(int number)
    {
        Page page = _pages[number];
        if (page.Previous != None) _pages[page.Previous].Next = page.Next;
        else _firstPage[page.Class] = page.Next;
        if (page.Next != None) _pages[page.Next].Previous = page.Previous;
    }
}
