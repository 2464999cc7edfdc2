namespace Plimsoll.Pricing.Responses;

/// <summary>Builds a dense <see cref="SparseRows"/> row after row, without spare room in the result.</summary>
public sealed class SparseRowsBuilder
{
    private readonly List<int> _start = [];
    private readonly List<int> _count = [];
    private int[] _column;
    private double[] _quantity;
    private int _end;
    private int _columnBound;

    /// <summary>An empty builder.</summary>
    /// <param name="expectedEntries">How many entries to make room for.</param>
    public SparseRowsBuilder(int expectedEntries = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(expectedEntries);
        _column = new int[expectedEntries];
        _quantity = new double[expectedEntries];
    }

    /// <summary>Appends a row.</summary>
    /// <param name="columns">Strictly ascending columns, none negative.</param>
    /// <param name="values">A finite signed quantity for each.</param>
    /// <returns>The number of the new row.</returns>
    /// <exception cref="ArgumentException">Lengths differ, columns do not ascend, or a quantity is not finite.</exception>
    public int Add(ReadOnlySpan<int> columns, ReadOnlySpan<double> values)
    {
        SparseRows.MustBeEntries(columns, values);
        var end = checked(_end + columns.Length);
        if (end > _column.Length)
        {
            var length = Math.Max(end, (int)Math.Min(_column.Length * 2L, Array.MaxLength));
            Array.Resize(ref _column, length);
            Array.Resize(ref _quantity, length);
        }

        columns.CopyTo(_column.AsSpan(_end));
        values.CopyTo(_quantity.AsSpan(_end));
        _start.Add(_end);
        _count.Add(columns.Length);
        _end = end;
        if (columns.Length > 0) _columnBound = Math.Max(_columnBound, columns[^1] + 1);
        return _start.Count - 1;
    }

    /// <summary>The rows added so far; the builder starts afresh.</summary>
    public SparseRows Build()
    {
        Array.Resize(ref _column, _end);
        Array.Resize(ref _quantity, _end);
        var rows = new SparseRows([.. _start], [.. _count], _column, _quantity, _columnBound);
        _start.Clear();
        _count.Clear();
        (_column, _quantity, _end, _columnBound) = ([], [], 0, 0);
        return rows;
    }
}
