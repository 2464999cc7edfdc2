namespace Plimsoll.Risk.Listing;

/// <summary>Two lines drawn on a figure: beyond the first it is warned of, beyond the second refused.</summary>
/// <param name="Warn">The first line.</param>
/// <param name="Refuse">The second.</param>
public readonly record struct Bounds(decimal Warn, decimal Refuse);

/// <summary>What a venue asks of a market before it lists a contract on it.</summary>
/// <remarks>
/// The usual lines are the house's own, drawn with two markets in mind: MNGO in October 2022, where positions of half the
/// supply were opened against a market that a few millions moved twenty-fold; JELLY in March 2025, where one short was
/// four tenths of the market's capitalisation.
/// </remarks>
public sealed record ListingStandard
{
    /// <summary>The house's own.</summary>
    public static ListingStandard Usual { get; } = new();

    /// <summary>Open-interest cap ÷ market capitalisation.</summary>
    public Bounds OpenInterestToMarketCap { get; init; } = new(0.05m, 0.10m);

    /// <summary>Open-interest cap ÷ float.</summary>
    public Bounds OpenInterestToFloat { get; init; } = new(0.10m, 0.20m);

    /// <summary>Open-interest cap ÷ a day's volume.</summary>
    public Bounds OpenInterestToVolume { get; init; } = new(0.5m, 1.5m);

    /// <summary>The largest position ÷ depth within 2 %.</summary>
    public Bounds PositionToDepth { get; init; } = new(1m, 3m);

    /// <summary>The largest position ÷ the open-interest cap.</summary>
    public Bounds PositionToOpenInterest { get; init; } = new(0.2m, 0.5m);

    /// <summary>The part of the float that ten holders have.</summary>
    public Bounds TopHolders { get; init; } = new(0.5m, 0.8m);

    /// <summary>How far a source may stand from the median of all, as a part of it.</summary>
    public Bounds Divergence { get; init; } = new(0.005m, 0.02m);

    /// <summary>The largest part of volume that one source may have.</summary>
    public Bounds SourceShare { get; init; } = new(0.5m, 0.8m);

    /// <summary>Fewer sources than the first are warned of, fewer than the second refused.</summary>
    public Bounds Sources { get; init; } = new(5m, 3m);

    /// <summary>Fewer days of trading are warned of, refused.</summary>
    public Bounds DaysTraded { get; init; } = new(90m, 14m);

    /// <summary>A source older than this does not count.</summary>
    public decimal FreshSeconds { get; init; } = 60m;

    /// <summary>Standard deviations that maintenance is to cover.</summary>
    public decimal Deviations { get; init; } = 3m;

    /// <summary>Days until a position is found, taken over and closed.</summary>
    public decimal DaysToClose { get; init; } = 0.125m;

    /// <summary>Y of the square-root law: a size of a day's volume costs Y daily standard deviations.</summary>
    public decimal Impact { get; init; } = 1m;
}
