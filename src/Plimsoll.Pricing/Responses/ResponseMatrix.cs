using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Plimsoll.Pricing.Responses;

/// <summary>
/// What one unit of each thing held answers to each question: a row per instrument or asset, a column per question
/// (profit and loss under a scenario, delta, vega …). Priced once and used by every account: positions × responses.
/// </summary>
/// <remarks>
/// Rows lie one after another, padded to a multiple of eight columns and aligned to 64 bytes, so that a row is whole
/// cache lines. Padding is always zero. One writer at a time; readers must not overlap with the writer.
/// </remarks>
public sealed unsafe class ResponseMatrix
{
    /// <summary>The most columns a matrix may have; a binding column fits a <see cref="short"/>.</summary>
    public const int MaxColumns = short.MaxValue;

    private const int LineDoubles = 8;

    private readonly double[] _storage;
    private readonly double* _first;

    /// <summary>A matrix of zeros.</summary>
    /// <param name="rows">Number of rows, at least 0.</param>
    /// <param name="columns">Number of columns, 1 to <see cref="MaxColumns"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size outside its range, or more than 2³¹ numbers in all.</exception>
    public ResponseMatrix(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(columns, MaxColumns);
        Rows = rows;
        Columns = columns;
        Stride = (columns + LineDoubles - 1) / LineDoubles * LineDoubles;
        var length = ((long)rows * Stride) + LineDoubles;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Array.MaxLength, nameof(rows));

        // Pinned for life, so that the aligned address stays true; the field keeps the array alive.
        _storage = GC.AllocateArray<double>((int)length, pinned: true);
        var address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_storage));
        _first = (double*)((address + 63) & ~(nuint)63);
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns that mean something.</summary>
    public int Columns { get; }

    /// <summary>Distance between rows in numbers: <see cref="Columns"/> rounded up to a multiple of eight.</summary>
    public int Stride { get; }

    /// <summary>The first number; valid as long as the matrix is reachable.</summary>
    internal double* First => _first;

    /// <summary>One row, to read or to write in place.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such row.</exception>
    public Span<double> Row(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Rows);
        return new Span<double>(_first + ((long)row * Stride), Columns);
    }

    /// <summary>Replaces one row.</summary>
    /// <param name="row">Which row.</param>
    /// <param name="values">One finite number per column.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such row.</exception>
    /// <exception cref="ArgumentException">The wrong count, or a number that is not finite: one would poison every account that holds the row.</exception>
    public void SetRow(int row, ReadOnlySpan<double> values)
    {
        var target = Row(row);
        if (values.Length != Columns) throw new ArgumentException($"A row has {Columns} columns, not {values.Length}.", nameof(values));
        for (var c = 0; c < values.Length; c++)
            if (!double.IsFinite(values[c])) throw new ArgumentException($"Column {c} of row {row} is not a finite number.", nameof(values));

        values.CopyTo(target);
    }
}
