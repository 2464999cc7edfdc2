using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Collateral;

/// <summary>What was measured of a collateral asset. A figure left out was not measured.</summary>
public sealed record CollateralQuality
{
    /// <summary>Traded in a day, in the numeraire.</summary>
    public decimal? DailyVolume { get; init; }

    /// <summary>Bids within 2 % of the middle, in the numeraire.</summary>
    public decimal? Depth { get; init; }

    /// <summary>Standard deviation of a day's log return, 0.03 for 3 %.</summary>
    public decimal? DailyVolatility { get; init; }

    /// <summary>The farthest it has ever stood below what it promises, as a part of it; 0 for an asset that promises nothing.</summary>
    public decimal? WorstDepeg { get; init; }

    /// <summary>Venues of standing that list it.</summary>
    public decimal? Venues { get; init; }

    /// <summary>Value of what is freely traded, in the numeraire.</summary>
    public decimal? FreeFloat { get; init; }

    /// <summary>What was measured of one of the standard's marks; none where nothing was.</summary>
    public decimal? Of(QualityMark mark) => mark switch
    {
        QualityMark.DailyVolume => DailyVolume,
        QualityMark.Depth => Depth,
        QualityMark.DailyVolatility => DailyVolatility,
        QualityMark.WorstDepeg => WorstDepeg,
        QualityMark.Venues => Venues,
        _ => FreeFloat,
    };

    internal void Check(string field)
    {
        foreach (QualityMark mark in Enum.GetValues<QualityMark>())
            if (Of(mark) is { } measured) Ranges.Check($"{field}.{RiskParametersJson.NameOf(mark)}", measured, 0m, 1e15m);
    }

    internal CollateralQuality Canonical() => new()
    {
        DailyVolume = Digits(DailyVolume),
        Depth = Digits(Depth),
        DailyVolatility = Digits(DailyVolatility),
        WorstDepeg = Digits(WorstDepeg),
        Venues = Digits(Venues),
        FreeFloat = Digits(FreeFloat),
    };

    private static decimal? Digits(decimal? value) => value is { } one ? Price.Canonical(one) : null;
}
