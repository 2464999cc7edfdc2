using System.Collections.Immutable;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>What the market of one asset takes from whoever must close in it.</summary>
/// <param name="Scope">The asset, or a class.</param>
/// <param name="Spread">Whole bid-ask spread as a part of the price, 0 to 1.</param>
/// <param name="Impact">Y of the square-root law (<see cref="Markets.Depth.ImpactLaw"/>), 0 to 10.</param>
/// <param name="DailyVolatility">σ of a day as a part of the price, 0 to 10.</param>
/// <param name="DailyVolume">V of a day in the numeraire, above 0.</param>
/// <param name="VegaSpread">Whole spread of options in vol points, 0 to 100.</param>
public sealed record CloseOutLine(AssetScope Scope, decimal Spread, decimal Impact, decimal DailyVolatility, decimal DailyVolume, decimal VegaSpread);

/// <summary>
/// What it costs to close a book, added to every line's requirement: on each root's net delta Q,
/// Q·(spread/2 + ⅔·Y·σ·√(Q/V)), never more than Q itself, and |net vega| × half the vega spread.
/// </summary>
/// <param name="Parts">The part of that cost each line asks, 0 to 1.</param>
/// <param name="Lines">The markets; a root without one costs nothing.</param>
public sealed record CloseOutTerms(LineRates Parts, ImmutableArray<CloseOutLine> Lines)
{
    internal void Check(string field)
    {
        Parts.Check($"{field}.parts", 1m);
        if (Lines.IsDefault) throw new InputException($"{field}.lines", "is missing");
        AssetScope.CheckAll(Lines.Select(l => l.Scope), $"{field}.lines");
        foreach (CloseOutLine line in Lines)
        {
            string at = $"{field}.lines.{line.Scope}";
            Ranges.Check($"{at}.spread", line.Spread, 0m, 1m);
            Ranges.Check($"{at}.impact", line.Impact, 0m, 10m);
            Ranges.Check($"{at}.dailyVolatility", line.DailyVolatility, 0m, 10m);
            Ranges.CheckAbove($"{at}.dailyVolume", line.DailyVolume, 0m, LeverageTerms.MaxNotional);
            Ranges.Check($"{at}.vegaSpread", line.VegaSpread, 0m, 100m);
        }
    }

    internal CloseOutTerms Canonical() => new(Parts.Canonical(), [.. Lines.OrderBy(l => l.Scope).Select(l => new CloseOutLine(
        l.Scope,
        Price.Canonical(l.Spread),
        Price.Canonical(l.Impact),
        Price.Canonical(l.DailyVolatility),
        Price.Canonical(l.DailyVolume),
        Price.Canonical(l.VegaSpread)))]);
}
