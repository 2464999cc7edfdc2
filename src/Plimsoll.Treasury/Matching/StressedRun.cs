using Plimsoll.Units;

namespace Plimsoll.Treasury.Matching;

/// <summary>How much of the claims has been withdrawn by some hour of a run.</summary>
/// <param name="Hours">Hours since the run began, above 0.</param>
/// <param name="Fraction">Part of the claims at the beginning, 0 to 1, at most 9 decimals.</param>
public readonly record struct RunPoint(int Hours, decimal Fraction);

/// <summary>
/// A run on the venue as the cumulative part of the claims withdrawn: nothing at the start, a straight line from each
/// point to the next, nothing more after the last. The same run is put to every asset.
/// </summary>
public sealed class StressedRun
{
    internal const long FractionUnits = 1_000_000_000;

    private readonly RunPoint[] _points;

    /// <summary>A run by its points.</summary>
    /// <param name="name">What it is called in reports.</param>
    /// <param name="points">At least one; hours rise, fractions do not fall.</param>
    /// <exception cref="InputException">The points are not such a curve.</exception>
    public StressedRun(string name, IReadOnlyList<RunPoint> points)
    {
        if (points.Count == 0) throw new InputException("run points", "found none, expected at least one");
        var last = new RunPoint(0, 0);
        foreach (RunPoint point in points)
        {
            if (point.Hours <= last.Hours) throw new InputException("run hours", $"found {point.Hours} after {last.Hours}, expected later hours");
            if (point.Fraction < last.Fraction || point.Fraction > 1)
                throw new InputException("run fraction", $"found {point.Fraction}, expected {last.Fraction} to 1");
            if (decimal.Round(point.Fraction, 9) != point.Fraction) throw new InputException("run fraction", $"found {point.Fraction}, expected at most 9 decimals");
            last = point;
        }

        Name = name;
        _points = [.. points];
    }

    /// <summary>FTX, November 2022: 25 % in a day, 29.6 % in two, 37 % in five (Chicago Fed Letter 479, 2023, and press).</summary>
    public static StressedRun Ftx2022 { get; } = new("FTX, November 2022", [new(24, 0.25m), new(48, 0.296m), new(120, 0.37m)]);

    /// <summary>Silicon Valley Bank, March 2023: 25 % in a day, 87 % with what was queued for the next (St. Louis Fed, Economic Synopses 2023-12).</summary>
    public static StressedRun Svb2023 { get; } = new("Silicon Valley Bank, March 2023", [new(24, 0.25m), new(48, 0.87m)]);

    /// <summary>The 10 % in 30 days that the Basel liquidity coverage ratio expects of less stable retail deposits.</summary>
    public static StressedRun Basel { get; } = new("Basel, less stable retail", [new(720, 0.10m)]);

    /// <summary>What the run is called in reports.</summary>
    public string Name { get; }

    /// <summary>The curve's points, without the start.</summary>
    public IReadOnlyList<RunPoint> Points => _points;

    /// <summary>The straight piece that begins at a moment or runs through it.</summary>
    /// <param name="microseconds">Since the run began, at least 0.</param>
    internal RunPiece PieceAt(long microseconds)
    {
        (long start, long fraction) = (0, 0);
        foreach (RunPoint point in _points)
        {
            long end = point.Hours * Instant.MicrosecondsPerHour;
            long reached = (long)(point.Fraction * FractionUnits);
            if (microseconds < end) return new RunPiece(start, end, fraction, reached);
            (start, fraction) = (end, reached);
        }

        return new RunPiece(start, long.MaxValue, fraction, fraction);
    }
}

/// <summary>A straight piece of a run: times in microseconds, fractions in billionths of the claims.</summary>
internal readonly record struct RunPiece(long Start, long End, long FractionAtStart, long FractionAtEnd);
