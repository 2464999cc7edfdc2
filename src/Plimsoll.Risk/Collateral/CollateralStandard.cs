using System.Collections.Immutable;
using System.Globalization;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Collateral;

/// <summary>What collateral is measured by. The first two speak of liquidity, the next two of stability, the last two of standing.</summary>
public enum QualityMark : byte
{
    /// <summary>Traded in a day, in the numeraire: more is better.</summary>
    DailyVolume = 0,

    /// <summary>Bids within 2 % of the middle, in the numeraire: more is better.</summary>
    Depth = 1,

    /// <summary>Volatility of a day: less is better.</summary>
    DailyVolatility = 2,

    /// <summary>The farthest below its promise, as a part of it: less is better.</summary>
    WorstDepeg = 3,

    /// <summary>Venues that list it: more is better.</summary>
    Venues = 4,

    /// <summary>Value of what is freely traded: more is better.</summary>
    FreeFloat = 5,
}

/// <summary>The two lines drawn on one mark.</summary>
/// <param name="Mark">The mark.</param>
/// <param name="Least">Worse than this the asset is refused.</param>
/// <param name="Full">From here on it is eligible; between the two it counts in part.</param>
public sealed record QualityLine(QualityMark Mark, decimal Least, decimal Full);

/// <summary>Whether an asset may stand behind a debt.</summary>
public enum Eligibility : byte
{
    /// <summary>It counts by its schedule.</summary>
    Eligible = 0,

    /// <summary>It counts in part.</summary>
    Limited = 1,

    /// <summary>It counts nothing.</summary>
    Refused = 2,
}

/// <summary>What one mark says of an asset.</summary>
/// <param name="Mark">The mark.</param>
/// <param name="Measured">What was measured; none where nothing was.</param>
/// <param name="Score">0 at the line below which it is refused, 100 at the line from which it is eligible, straight between.</param>
/// <param name="Eligibility">What the mark alone says.</param>
/// <param name="Reason">The same in words.</param>
public sealed record MarkVerdict(QualityMark Mark, decimal? Measured, double Score, Eligibility Eligibility, string Reason);

/// <summary>What the standard says of an asset: as eligible as its worst mark.</summary>
/// <param name="Eligibility">The verdict.</param>
/// <param name="Score">The score of the worst mark, 0 to 100.</param>
/// <param name="Part">The part of what its schedule counts that counts.</param>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="Marks">Mark by mark.</param>
public sealed record QualityVerdict(Eligibility Eligibility, double Score, decimal Part, string Reason, ImmutableArray<MarkVerdict> Marks);

/// <summary>
/// The standard every collateral asset is held to: liquidity, stability, market standing. What was not measured makes an
/// asset limited, whatever else is known of it.
/// </summary>
/// <param name="Lines">Lines by mark, each mark once; a mark without one is not asked.</param>
/// <param name="LimitedPart">The part of what its schedule counts that a limited asset counts, 0 to 1.</param>
public sealed record CollateralStandard(ImmutableArray<QualityLine> Lines, decimal LimitedPart)
{
    /// <summary>What the standard says of an asset.</summary>
    /// <param name="quality">What was measured of it; none for nothing.</param>
    public QualityVerdict Judge(CollateralQuality? quality)
    {
        ImmutableArray<MarkVerdict> marks = [.. Lines.Select(line => Judge(line, quality?.Of(line.Mark)))];
        if (marks.IsEmpty) return new QualityVerdict(Eligibility.Eligible, 100, 1m, "nothing is asked of it", marks);

        MarkVerdict worst = marks.OrderByDescending(mark => mark.Eligibility).ThenBy(mark => mark.Score).First();
        decimal part = worst.Eligibility switch { Eligibility.Eligible => 1m, Eligibility.Limited => LimitedPart, _ => 0m };

        return new QualityVerdict(worst.Eligibility, worst.Score, part, $"{RiskParametersJson.NameOf(worst.Eligibility)}: {worst.Reason}", marks);
    }

    internal void Check(string field)
    {
        Ranges.Check($"{field}.limitedPart", LimitedPart, 0m, 1m);
        if (Lines.IsDefault) throw new InputException($"{field}.lines", "is missing");
        if (Lines.Select(line => line.Mark).Distinct().Count() != Lines.Length) throw new InputException($"{field}.lines", "names a mark twice");
        foreach (QualityLine line in Lines)
        {
            string at = $"{field}.lines.{RiskParametersJson.NameOf(line.Mark)}";
            Ranges.Check($"{at}.least", line.Least, 0m, 1e15m);
            Ranges.Check($"{at}.full", line.Full, 0m, 1e15m);
            if (LessIsBetter(line.Mark) ? line.Full >= line.Least : line.Full <= line.Least)
                throw new InputException($"{at}.full", $"{line.Full} is no better than the least, {line.Least}");
        }
    }

    internal CollateralStandard Canonical() => new(
        [.. Lines.OrderBy(line => line.Mark).Select(line => new QualityLine(line.Mark, Price.Canonical(line.Least), Price.Canonical(line.Full)))],
        Price.Canonical(LimitedPart));

    private static MarkVerdict Judge(QualityLine line, decimal? measured)
    {
        string name = NameOf(line.Mark);
        if (measured is not { } value) return new MarkVerdict(line.Mark, null, 0, Eligibility.Limited, $"{name} was not measured");

        double score = Math.Clamp(100 * (double)((value - line.Least) / (line.Full - line.Least)), 0, 100);
        (bool refused, bool full) = LessIsBetter(line.Mark) ? (value > line.Least, value <= line.Full) : (value < line.Least, value >= line.Full);
        string than = LessIsBetter(line.Mark) ? "at most" : "at least";

        return refused
            ? new MarkVerdict(line.Mark, value, 0, Eligibility.Refused, $"{name} is {Text(value)}, {than} {Text(line.Least)} is required")
            : full
            ? new MarkVerdict(line.Mark, value, 100, Eligibility.Eligible, $"{name} is {Text(value)}, {than} {Text(line.Full)} is asked")
            : new MarkVerdict(line.Mark, value, score, Eligibility.Limited, $"{name} is {Text(value)}, {than} {Text(line.Full)} is asked of what counts in full");
    }

    private static bool LessIsBetter(QualityMark mark) => mark is QualityMark.DailyVolatility or QualityMark.WorstDepeg;

    private static string Text(decimal value) => value.ToString("#,##0.####", CultureInfo.InvariantCulture);

    private static string NameOf(QualityMark mark) => mark switch
    {
        QualityMark.DailyVolume => "liquidity: what is traded a day",
        QualityMark.Depth => "liquidity: depth within 2 %",
        QualityMark.DailyVolatility => "stability: the volatility of a day",
        QualityMark.WorstDepeg => "stability: the worst depeg",
        QualityMark.Venues => "standing: venues that list it",
        _ => "standing: the free float",
    };
}
