namespace Plimsoll.Pricing.Responses;

/// <summary>
/// The rows of a <see cref="SparseRows"/> as they lie in memory: row r has its entries at places
/// <c>Starts[r] … Starts[r] + Counts[r] − 1</c> of <see cref="Columns"/> and <see cref="Quantities"/>.
/// </summary>
public readonly ref struct SparseColumns
{
    internal SparseColumns(ReadOnlySpan<int> starts, ReadOnlySpan<int> counts, ReadOnlySpan<int> columns, ReadOnlySpan<double> quantities)
    {
        Starts = starts;
        Counts = counts;
        Columns = columns;
        Quantities = quantities;
    }

    /// <summary>Place of each row's first entry.</summary>
    public ReadOnlySpan<int> Starts { get; }

    /// <summary>Number of entries of each row.</summary>
    public ReadOnlySpan<int> Counts { get; }

    /// <summary>Columns of all entries, ascending within a row.</summary>
    public ReadOnlySpan<int> Columns { get; }

    /// <summary>A signed quantity for each.</summary>
    public ReadOnlySpan<double> Quantities { get; }
}
