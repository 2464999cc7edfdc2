using Plimsoll.Units;

namespace Plimsoll.Server.Projections;

/// <summary>One moment of the venue's past, for the page's charts.</summary>
/// <param name="Time">The venue's time, ISO 8601.</param>
/// <param name="Prices">Prices in the numeraire by asset, as text.</param>
/// <param name="Fund">Worth of the insurance fund.</param>
/// <param name="Coverage">Coverage of the worst asset; none where nothing is claimed.</param>
/// <param name="Liquidated">Notional liquidated since the point before.</param>
/// <param name="Haircuts">The haircut on the first of each asset the schedule names; empty before there is one.</param>
public sealed record HistoryPoint(
    string Time, IReadOnlyDictionary<string, string> Prices, double Fund, double? Coverage, double Liquidated, IReadOnlyDictionary<string, double> Haircuts);

/// <summary>
/// The points since the server started, at most <see cref="MostPoints"/>: when there are more, the older half is thinned
/// to every second one, and what was liquidated is added up rather than dropped. The first moment's point gives way to the
/// second's: a venue is built within one moment, and the last look at it may have fallen into the middle of that.
/// </summary>
internal sealed class History
{
    public const int MostPoints = 2000;

    private readonly List<HistoryPoint> _points = [];
    private Instant? _last;
    private bool _hasMoved;
    private double _liquidated;

    /// <summary>The points, published with the view.</summary>
    public IReadOnlyList<HistoryPoint> Points { get; private set; } = [];

    /// <summary>Says what had been liquidated before the first point.</summary>
    public void Begin(double liquidated) => _liquidated = liquidated;

    /// <summary>Adds a point; one of the same moment as the last takes its place, so that a moment is shown as it ended.</summary>
    /// <param name="at">The venue's time.</param>
    /// <param name="liquidated">Notional liquidated in the venue's whole life so far.</param>
    /// <param name="point">Makes the point, from what was liquidated since the one before.</param>
    public HistoryPoint Add(Instant at, double liquidated, Func<double, HistoryPoint> point)
    {
        double before = 0;
        if (_points.Count > 0 && (at == _last || !_hasMoved))
        {
            before = _points[^1].Liquidated;
            _points.RemoveAt(_points.Count - 1);
        }

        _hasMoved |= _last is { } last && at != last;
        HistoryPoint added = point(before + liquidated - _liquidated);
        (_last, _liquidated) = (at, liquidated);
        _points.Add(added);
        if (_points.Count > MostPoints) Thin();
        Points = [.. _points];

        return added;
    }

    private void Thin()
    {
        int half = _points.Count / 2 / 2 * 2;
        var kept = new List<HistoryPoint>(half / 2);
        for (int i = 1; i < half; i += 2) kept.Add(_points[i] with { Liquidated = _points[i - 1].Liquidated + _points[i].Liquidated });
        _points.RemoveRange(0, half);
        _points.InsertRange(0, kept);
    }
}
