using Plimsoll.Numerics;

namespace Plimsoll.Pricing.Responses;

/// <summary>
/// Positions × responses: every account's answer to every question, in one pass. Column j of the book is row j of the
/// matrix.
/// </summary>
/// <remarks>
/// Each sum starts at zero and takes up a row's entries in ascending order of column, one fused multiply-add each; so the
/// answer has the same bits on every instruction set, for every number of threads and wherever the row lies in memory.
/// </remarks>
public static unsafe class Product
{
    /// <summary>The least answer of every row: its worst profit and loss when the columns are scenarios.</summary>
    /// <param name="book">The positions.</param>
    /// <param name="responses">What one unit of each position answers.</param>
    /// <param name="rows">Which rows of the book.</param>
    /// <param name="worst">Receives the least answer of each row of the range, 0 for an empty row.</param>
    /// <param name="binding">Receives the first column that gives it, or −1 where the sums are not numbers; leave out if not needed.</param>
    /// <param name="threads">How many threads may work on it; changes the time, never the answer.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range exceeds the book, or threads is less than 1.</exception>
    /// <exception cref="ArgumentException">A span is too short, or the book has columns the matrix has no row for.</exception>
    public static void Worst(
        SparseRows book, ResponseMatrix responses, Range rows, Span<double> worst, Span<short> binding = default, int threads = 1)
    {
        var (first, count) = Check(book, responses, rows, threads);
        MustHold(worst.Length, count, nameof(worst));
        if (!binding.IsEmpty) MustHold(binding.Length, count, nameof(binding));
        fixed (int* start = book.Starts, counts = book.Counts, column = book.AllColumns)
        fixed (double* quantity = book.AllQuantities, target = worst)
        fixed (short* bindingTarget = binding)
        {
            var work = new ProductWork(start, counts, column, quantity, responses, first, target, bindingTarget);
            if (Lane8.IsAccelerated) ProductKernel<Lane8>.Worst(work, count, threads);
            else if (Lane4.IsAccelerated) ProductKernel<Lane4>.Worst(work, count, threads);
            else ProductKernel<Lane1>.Worst(work, count, threads);
        }

        GC.KeepAlive(responses);
    }

    /// <summary>All answers of every row.</summary>
    /// <param name="book">The positions.</param>
    /// <param name="responses">What one unit of each position answers.</param>
    /// <param name="rows">Which rows of the book.</param>
    /// <param name="all">Receives row after row, <see cref="ResponseMatrix.Columns"/> numbers each.</param>
    /// <param name="threads">How many threads may work on it; changes the time, never the answer.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range exceeds the book, or threads is less than 1.</exception>
    /// <exception cref="ArgumentException">The span is too short, or the book has columns the matrix has no row for.</exception>
    public static void All(SparseRows book, ResponseMatrix responses, Range rows, Span<double> all, int threads = 1)
    {
        var (first, count) = Check(book, responses, rows, threads);
        MustHold(all.Length, (long)count * responses.Columns, nameof(all));
        fixed (int* start = book.Starts, counts = book.Counts, column = book.AllColumns)
        fixed (double* quantity = book.AllQuantities, target = all)
        {
            var work = new ProductWork(start, counts, column, quantity, responses, first, target, null);
            if (Lane8.IsAccelerated) ProductKernel<Lane8>.All(work, count, threads);
            else if (Lane4.IsAccelerated) ProductKernel<Lane4>.All(work, count, threads);
            else ProductKernel<Lane1>.All(work, count, threads);
        }

        GC.KeepAlive(responses);
    }

    /// <summary>Adds the answers of one list of positions to <paramref name="sums"/>: the row kernel, for books that exist only on paper.</summary>
    /// <param name="columns">Rows of the matrix, in the order in which they are to be taken up.</param>
    /// <param name="quantities">A signed quantity for each.</param>
    /// <param name="responses">What one unit of each position answers.</param>
    /// <param name="sums">At least <see cref="ResponseMatrix.Columns"/> numbers; each is increased by its column's answer.</param>
    /// <exception cref="ArgumentException">Lengths differ, or <paramref name="sums"/> is too short.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A column the matrix has no row for.</exception>
    public static void Accumulate(
        ReadOnlySpan<int> columns, ReadOnlySpan<double> quantities, ResponseMatrix responses, Span<double> sums)
    {
        ArgumentNullException.ThrowIfNull(responses);
        if (columns.Length != quantities.Length) throw new ArgumentException($"{columns.Length} columns but {quantities.Length} quantities.", nameof(quantities));
        MustHold(sums.Length, responses.Columns, nameof(sums));
        foreach (var column in columns)
            if (column < 0 || column >= responses.Rows) throw new ArgumentOutOfRangeException(nameof(columns), column, $"The matrix has {responses.Rows} rows.");

        fixed (int* column = columns)
        fixed (double* quantity = quantities, target = sums)
        {
            if (Lane8.IsAccelerated) ProductKernel<Lane8>.Accumulate(column, quantity, columns.Length, responses, target);
            else if (Lane4.IsAccelerated) ProductKernel<Lane4>.Accumulate(column, quantity, columns.Length, responses, target);
            else ProductKernel<Lane1>.Accumulate(column, quantity, columns.Length, responses, target);
        }

        GC.KeepAlive(responses);
    }

    private static (int First, int Count) Check(SparseRows book, ResponseMatrix responses, Range rows, int threads)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(responses);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        if (book.ColumnBound > responses.Rows)
            throw new ArgumentException($"The book has columns up to {book.ColumnBound - 1} but the matrix only {responses.Rows} rows.", nameof(responses));

        return rows.GetOffsetAndLength(book.Rows);
    }

    private static void MustHold(int length, long needed, string name)
    {
        if (length < needed) throw new ArgumentException($"{needed} numbers are needed but there is room for {length}.", name);
    }
}
