using System.Collections.Immutable;

namespace Plimsoll.Markets.Depth;

/// <summary>What waits within a distance of the middle, over many moments.</summary>
/// <param name="Distance">A part of the middle: 0.0001 is one basis point.</param>
/// <param name="Median">Notional in quote units, the median moment's.</param>
/// <param name="Low">Notional in quote units, of the tenth percentile: nine moments of ten showed more.</param>
/// <param name="Reached">The part of moments whose visible levels went as far; below 1 the figures are lower bounds, for what lies beyond the last level nobody showed.</param>
public readonly record struct DepthPoint(double Distance, double Median, double Low, double Reached);

/// <summary>One side's depth by distance from the middle.</summary>
/// <param name="Points">By distance, upwards; notionals never fall.</param>
/// <param name="Reach">The distance to which nine moments of ten show their levels.</param>
/// <param name="Within">The tenth percentile of notional within <paramref name="Reach"/>, in quote units.</param>
public sealed record DepthCurve(ImmutableArray<DepthPoint> Points, double Reach, double Within);

/// <summary>The gap between best bid and best ask, as a part of the middle.</summary>
/// <param name="Median">The median moment's.</param>
/// <param name="High">Of the ninetieth percentile.</param>
public readonly record struct SpreadWidth(double Median, double High);
