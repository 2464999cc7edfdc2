using System.Collections.Immutable;
using Plimsoll.Markets.Instruments;
using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation.Terms;

/// <summary>
/// When trading pauses and how it comes back, how fast may be liquidated, and when the whole venue stops. Left out, nothing
/// pauses. Parameters that could pause for ever or again at once are refused, naming the field.
/// </summary>
public sealed record BreakerTerms
{
    /// <summary>The longest band, pause or row, in seconds: a week.</summary>
    public const int MaxSeconds = 7 * 86_400;

    /// <summary>No breakers.</summary>
    public static BreakerTerms None { get; } = new();

    /// <summary>Bands of instruments and classes, each at most once; what has no line is never paused by its price.</summary>
    public ImmutableArray<BreakerLine> Lines { get; init; } = [];

    /// <summary>How fast may be liquidated; none for any speed.</summary>
    public ThrottleTerms? Throttles { get; init; }

    /// <summary>When the whole venue stops; none for never.</summary>
    public VenueBreakerTerms? Venue { get; init; }

    /// <summary>Whether it says nothing.</summary>
    public bool IsNone => Lines.IsEmpty && Throttles is null && Venue is null;

    /// <summary>The line of an instrument: its own, or else its underlying's class's; none where it has none.</summary>
    public BreakerLine? Of(InstrumentId instrument, AssetClass underlying)
    {
        BreakerLine? found = null;
        foreach (BreakerLine line in Lines)
        {
            if (line.Instrument == instrument) return line;
            if (line.Class == underlying) found = line;
        }

        return found;
    }

    internal void Check(string field)
    {
        if (Lines.IsDefault) throw new InputException($"{field}.lines", "is missing");
        foreach (BreakerLine line in Lines) line.Check($"{field}.lines {line.Name}");
        if (Lines.Select(line => (line.Instrument, line.Class)).Distinct().Count() != Lines.Length) throw new InputException($"{field}.lines", "names an instrument or a class twice");
        Throttles?.Check($"{field}.throttles");
        Venue?.Check($"{field}.venue");
    }

    internal BreakerTerms Canonical() => IsNone
        ? None
        : new BreakerTerms
        {
            Lines = [.. Lines.OrderBy(line => line.Class).ThenBy(line => line.Instrument).Select(line => line.Canonical())],
            Throttles = Throttles?.Canonical(),
            Venue = Venue?.Canonical(),
        };
}
