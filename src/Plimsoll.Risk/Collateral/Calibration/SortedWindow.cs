namespace Plimsoll.Risk.Collateral.Calibration;

/// <summary>The last so many numbers of a series, kept in order of size.</summary>
internal sealed class SortedWindow(int size)
{
    private readonly Queue<double> _arrived = new();
    private readonly List<double> _ascending = [];

    /// <summary>How many there are.</summary>
    public int Count => _ascending.Count;

    /// <summary>The numbers, ascending.</summary>
    public ReadOnlySpan<double> Ascending => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_ascending);

    /// <summary>Adds a number and lets the oldest go where there are too many.</summary>
    public void Add(double value)
    {
        if (_arrived.Count == size) _ascending.RemoveAt(_ascending.BinarySearch(_arrived.Dequeue()));
        _arrived.Enqueue(value);
        int place = _ascending.BinarySearch(value);
        _ascending.Insert(place < 0 ? ~place : place, value);
    }
}
