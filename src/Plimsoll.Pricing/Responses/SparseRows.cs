using System.Numerics;

namespace Plimsoll.Pricing.Responses;

/// <summary>
/// Who holds how much of what: rows (accounts) of signed quantities by column (instrument or asset), most of them absent.
/// Rows can be replaced at any time; the kernel reads them as plain arrays.
/// </summary>
/// <remarks>
/// <para>Each row is a segment (start, count, capacity) in two long arrays: 12 bytes per entry and 12 per row when dense.</para>
/// <para>A row that outgrows its segment moves: (1) to the first freed segment of a class (power of two) that surely fits,
/// else (2) to the end; (3) when the arrays are full and more than half of them lies idle, everything is laid out anew in
/// row order, else the arrays grow by half. Freed segments form lists inside the arrays themselves.</para>
/// <para>What a row answers depends on its entries alone, never on where its segment lies. One writer at a time, and
/// readers must not overlap with the writer; spans taken earlier must not be used after a change.</para>
/// </remarks>
public sealed class SparseRows
{
    private const int None = -1;

    private readonly int[] _free = new int[32];
    private int[] _start = [];
    private int[] _count = [];
    private int[] _capacity = [];
    private int[] _column;
    private double[] _quantity;
    private int _end;

    /// <summary>No rows yet.</summary>
    /// <param name="expectedEntries">How many entries to make room for.</param>
    public SparseRows(int expectedEntries = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(expectedEntries);
        _column = new int[expectedEntries];
        _quantity = new double[expectedEntries];
        Array.Fill(_free, None);
    }

    internal SparseRows(int[] start, int[] count, int[] column, double[] quantity, int columnBound)
        : this()
    {
        (_start, _count, _capacity, _column, _quantity) = (start, count, (int[])count.Clone(), column, quantity);
        (Rows, Entries, ColumnBound, _end) = (start.Length, column.Length, columnBound, column.Length);
    }

    /// <summary>Number of rows; empty rows count.</summary>
    public int Rows { get; private set; }

    /// <summary>Number of entries in all rows.</summary>
    public int Entries { get; private set; }

    /// <summary>One more than the greatest column ever used: a response matrix needs at least so many rows.</summary>
    public int ColumnBound { get; private set; }

    /// <summary>Bytes held by the arrays, room to grow included.</summary>
    public long Bytes => (12L * _start.Length) + (12L * _column.Length);

    /// <summary>Everything as plain columns, for kernels that read many rows; not to be used after a change.</summary>
    public SparseColumns AsColumns() => new(Starts, Counts, _column, _quantity);

    internal ReadOnlySpan<int> Starts => _start.AsSpan(0, Rows);

    internal ReadOnlySpan<int> Counts => _count.AsSpan(0, Rows);

    internal ReadOnlySpan<int> AllColumns => _column;

    internal ReadOnlySpan<double> AllQuantities => _quantity;

    /// <summary>The columns of a row, ascending.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such row.</exception>
    public ReadOnlySpan<int> Columns(int row)
    {
        MustExist(row);
        return _column.AsSpan(_start[row], _count[row]);
    }

    /// <summary>The quantities of a row, in the order of <see cref="Columns"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such row.</exception>
    public ReadOnlySpan<double> Values(int row)
    {
        MustExist(row);
        return _quantity.AsSpan(_start[row], _count[row]);
    }

    /// <summary>The quantity at one place; 0 where nothing is held.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such row.</exception>
    public double Quantity(int row, int column)
    {
        var at = Columns(row).BinarySearch(column);
        return at < 0 ? 0 : _quantity[_start[row] + at];
    }

    /// <summary>Adds empty rows until there are <paramref name="rows"/>; never removes one.</summary>
    public void EnsureRows(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        if (rows <= Rows) return;
        if (rows > _start.Length)
        {
            var length = Math.Max(rows, (int)Math.Min(_start.Length * 3L / 2, Array.MaxLength));
            Array.Resize(ref _start, length);
            Array.Resize(ref _count, length);
            Array.Resize(ref _capacity, length);
        }

        Rows = rows;
    }

    /// <summary>Gives a row new entries in place of all it had.</summary>
    /// <param name="row">Which row.</param>
    /// <param name="columns">Strictly ascending columns, none negative.</param>
    /// <param name="values">A finite signed quantity for each; zeros are kept as entries.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such row.</exception>
    /// <exception cref="ArgumentException">Lengths differ, columns do not ascend, or a quantity is not finite.</exception>
    public void ReplaceRow(int row, ReadOnlySpan<int> columns, ReadOnlySpan<double> values)
    {
        MustExist(row);
        MustBeEntries(columns, values);
        if (columns.Length > _capacity[row])
        {
            var start = Reserve(columns.Length, out var capacity);
            Write(start, columns, values);
            Release(_start[row], _capacity[row]);
            (_start[row], _capacity[row]) = (start, capacity);
        }
        else
        {
            Write(_start[row], columns, values);
        }

        Entries += columns.Length - _count[row];
        _count[row] = columns.Length;
        if (columns.Length > 0) ColumnBound = Math.Max(ColumnBound, columns[^1] + 1);
    }

    /// <summary>Sets one quantity; 0 removes the entry.</summary>
    /// <param name="row">Which row.</param>
    /// <param name="column">Which column, not negative.</param>
    /// <param name="quantity">A finite signed quantity.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such row, or a negative column.</exception>
    /// <exception cref="ArgumentException">The quantity is not finite.</exception>
    public void Set(int row, int column, double quantity)
    {
        MustExist(row);
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        if (!double.IsFinite(quantity)) throw new ArgumentException("A quantity must be finite.", nameof(quantity));
        var at = Columns(row).BinarySearch(column);
        if (at >= 0 && quantity != 0) _quantity[_start[row] + at] = quantity;
        else if (at >= 0) Remove(row, at);
        else if (quantity != 0) Insert(row, ~at, column, quantity);
    }

    /// <summary>Lays all rows out anew in row order, without gaps or spare room.</summary>
    public void Compact()
    {
        LayOut(Entries);
        Array.Resize(ref _start, Rows);
        Array.Resize(ref _count, Rows);
        Array.Resize(ref _capacity, Rows);
    }

    private void Remove(int row, int at)
    {
        var (from, tail) = (_start[row] + at, _count[row] - at - 1);
        Array.Copy(_column, from + 1, _column, from, tail);
        Array.Copy(_quantity, from + 1, _quantity, from, tail);
        _count[row]--;
        Entries--;
    }

    private void Insert(int row, int at, int column, double quantity)
    {
        var count = _count[row];
        if (count == _capacity[row])
        {
            // Half as much again, because a row that grew once tends to grow again.
            var start = Reserve(count + Math.Max(1, count / 2), out var capacity);
            Write(start, Columns(row), Values(row));
            Release(_start[row], _capacity[row]);
            (_start[row], _capacity[row]) = (start, capacity);
        }

        var from = _start[row] + at;
        Array.Copy(_column, from, _column, from + 1, count - at);
        Array.Copy(_quantity, from, _quantity, from + 1, count - at);
        (_column[from], _quantity[from]) = (column, quantity);
        _count[row]++;
        Entries++;
        ColumnBound = Math.Max(ColumnBound, column + 1);
    }

    private void Write(int start, ReadOnlySpan<int> columns, ReadOnlySpan<double> values)
    {
        columns.CopyTo(_column.AsSpan(start));
        values.CopyTo(_quantity.AsSpan(start));
    }

    /// <summary>Finds room for so many entries; the segments of all rows stay valid, though they may have moved.</summary>
    private int Reserve(int entries, out int capacity)
    {
        var kind = entries == 1 ? 0 : BitOperations.Log2((uint)(entries - 1)) + 1;
        var start = _free[kind];
        if (start != None)
        {
            capacity = kind == 0 ? 1 : _column[start + 1];
            _free[kind] = _column[start];
            return start;
        }

        if (_end + (long)entries > _column.Length) MakeRoom(entries);
        start = _end;
        capacity = entries;
        _end += entries;
        return start;
    }

    /// <summary>Puts a segment on the list of those between 2ᵏ and 2ᵏ⁺¹ − 1 entries; its first entries hold the link and its size.</summary>
    private void Release(int start, int capacity)
    {
        if (capacity == 0) return;
        var kind = BitOperations.Log2((uint)capacity);
        _column[start] = _free[kind];
        if (capacity > 1) _column[start + 1] = capacity;
        _free[kind] = start;
    }

    private void MakeRoom(int entries)
    {
        var needed = Entries + (long)entries;
        var length = needed * 2 <= _column.Length ? _column.Length : Math.Max(_end + (long)entries, _column.Length * 3L / 2);
        if (length > Array.MaxLength) length = Math.Max(needed, Array.MaxLength);
        if (length > Array.MaxLength) throw new InvalidOperationException($"{needed} entries are more than one book can hold.");
        if (length == _column.Length || _end + (long)entries > length)
        {
            LayOut((int)length);
            return;
        }

        Array.Resize(ref _column, (int)length);
        Array.Resize(ref _quantity, (int)length);
    }

    private void LayOut(int length)
    {
        var (column, quantity, end) = (new int[length], new double[length], 0);
        for (var row = 0; row < Rows; row++)
        {
            Columns(row).CopyTo(column.AsSpan(end));
            Values(row).CopyTo(quantity.AsSpan(end));
            (_start[row], _capacity[row]) = (end, _count[row]);
            end += _count[row];
        }

        (_column, _quantity, _end) = (column, quantity, end);
        Array.Fill(_free, None);
    }

    private void MustExist(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Rows);
    }

    internal static void MustBeEntries(ReadOnlySpan<int> columns, ReadOnlySpan<double> values)
    {
        if (columns.Length != values.Length) throw new ArgumentException($"{columns.Length} columns but {values.Length} values.", nameof(values));
        var last = -1;
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i] <= last) throw new ArgumentException($"Columns must ascend from 0: {columns[i]} follows {last}.", nameof(columns));
            if (!double.IsFinite(values[i])) throw new ArgumentException($"The quantity of column {columns[i]} is not finite.", nameof(values));
            last = columns[i];
        }
    }
}
