using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation.Terms;

/// <summary>When the whole venue stops.</summary>
/// <param name="Coverage">It stops where what it holds, over what customers have a claim to, lies below this: above 0 and at most 1; none for never.</param>
/// <param name="FundPart">It stops where the insurance funds are worth less than this part of the most they were worth: above 0 and below 1; none for never.</param>
/// <param name="FundLevel">It stops where the insurance funds, once they were worth that much, are worth less than this, in the numeraire, above 0; none for never.</param>
/// <param name="PauseSeconds">How long nothing is traded and nobody liquidated, 1 to a day; afterwards only what reduces, until it is cured.</param>
/// <param name="OpenSeconds">The least time open: for so long after it was resumed it does not stop again, 1 to a day.</param>
public sealed record VenueBreakerTerms(decimal? Coverage, decimal? FundPart, decimal? FundLevel, int PauseSeconds, int OpenSeconds)
{
    private const int Day = 86_400;

    internal void Check(string field)
    {
        if (Coverage is null && FundPart is null && FundLevel is null) throw new InputException(field, "expected coverage, fundPart or fundLevel");
        if (Coverage is { } coverage) Ranges.CheckAbove($"{field}.coverage", coverage, 0m, 1m);
        if (FundPart is <= 0m or >= 1m) throw new InputException($"{field}.fundPart", $"{FundPart} lies outside 0 to 1 (both excluded)");
        if (FundLevel is { } level) Ranges.CheckAbove($"{field}.fundLevel", level, 0m, LeverageTerms.MaxNotional);
        Ranges.Check($"{field}.pauseSeconds", PauseSeconds, 1m, Day);
        Ranges.Check($"{field}.openSeconds", OpenSeconds, 1m, Day);
    }

    internal VenueBreakerTerms Canonical() => this with { Coverage = Trimmed(Coverage), FundPart = Trimmed(FundPart), FundLevel = Trimmed(FundLevel) };

    private static decimal? Trimmed(decimal? value) => value is { } given ? Price.Canonical(given) : null;
}
