using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>
/// What a position too large for its market asks of whoever opens: the part above the free size Q₀ × rate × √(Q/Q₀), at
/// most the part itself. Initial only: size is no loss.
/// </summary>
/// <param name="PartOfVolume">A root's free size, as a part of its daily volume in the close-out terms; above 0 to 100, none for no limit.</param>
/// <param name="PartOfOpenInterest">An instrument's free size, as a part of the venue's open interest in it; above 0 to 1, none for no limit.</param>
/// <param name="Rate">What is asked at the free size, 0 to 1.</param>
public sealed record ConcentrationTerms(decimal? PartOfVolume, decimal? PartOfOpenInterest, decimal Rate)
{
    internal void Check(string field)
    {
        if (PartOfVolume is null && PartOfOpenInterest is null) throw new InputException(field, "expected partOfVolume, partOfOpenInterest or both");
        if (PartOfVolume is { } volume) Ranges.CheckAbove($"{field}.partOfVolume", volume, 0m, 100m);
        if (PartOfOpenInterest is { } interest) Ranges.CheckAbove($"{field}.partOfOpenInterest", interest, 0m, 1m);
        Ranges.Check($"{field}.rate", Rate, 0m, 1m);
    }

    internal ConcentrationTerms Canonical() => new(
        PartOfVolume is { } volume ? Price.Canonical(volume) : null,
        PartOfOpenInterest is { } interest ? Price.Canonical(interest) : null,
        Price.Canonical(Rate));
}
