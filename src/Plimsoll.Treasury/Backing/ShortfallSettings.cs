using Plimsoll.Units;

namespace Plimsoll.Treasury.Backing;

/// <summary>How the venue's own loss is estimated.</summary>
public sealed record ShortfallSettings
{
    /// <summary>The part of windows not in the tail: 0.975 looks at the worst 2.5 %. Between 0.5 and 0.9999.</summary>
    public decimal Confidence
    {
        get;
        init => field = value is >= 0.5m and <= 0.9999m ? value : throw new InputException("shortfall confidence", $"found {value}, expected 0.5 to 0.9999");
    } = 0.975m;

    /// <summary>Hours from the beginning to the end of a window.</summary>
    public int WindowHours
    {
        get;
        init => field = value is >= 1 and <= 720 ? value : throw new InputException("shortfall window", $"found {value} hours, expected 1 to 720");
    } = 24;

    /// <summary>
    /// The fewest windows an answer is given on. Overlapping windows share hours: 240 of them are ten days and one.
    /// </summary>
    public int MinWindows
    {
        get;
        init => field = value >= 1 ? value : throw new InputException("shortfall windows", $"found {value}, expected 1 or more");
    } = 240;
}
