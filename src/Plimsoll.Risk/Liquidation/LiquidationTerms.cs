using System.Collections.Immutable;
using Plimsoll.Markets.Instruments;
using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation;

/// <summary>What closing at once costs against the mark: <c>min(max, base + perMillion × notional / 10⁶)</c>.</summary>
/// <param name="Class">The class of the underlying.</param>
/// <param name="Base">The part lost on the smallest close.</param>
/// <param name="PerMillion">What each million of notional (numeraire) adds to it.</param>
/// <param name="Max">The most that is lost, below 1.</param>
public sealed record SlippageTerms(AssetClass Class, decimal Base, decimal PerMillion, decimal Max)
{
    internal void Check(string field)
    {
        if (Base is < 0m or >= 1m) throw new InputException($"{field}.base", $"{Base} lies outside 0 to 1 (excluded)");
        if (PerMillion is < 0m or > 1m) throw new InputException($"{field}.perMillion", $"{PerMillion} lies outside 0 to 1");
        if (Max < Base || Max >= 1m) throw new InputException($"{field}.max", $"{Max} lies outside base to 1 (excluded)");
    }

    internal SlippageTerms Canonical() => new(Class, Price.Canonical(Base), Price.Canonical(PerMillion), Price.Canonical(Max));
}

/// <summary>How a liquidation is priced and how far the insurance fund may go.</summary>
/// <param name="PenaltyRate">Part of the closed notional that goes to the fund, bounded by what is left.</param>
/// <param name="Slippage">One line per class of underlying.</param>
/// <param name="MaxFundDrawPerTick">The most the fund gives in one tick, in the numeraire; none for all it has.</param>
public sealed record LiquidationTerms(decimal PenaltyRate, ImmutableArray<SlippageTerms> Slippage, decimal? MaxFundDrawPerTick = null)
{
    internal void Check(string field)
    {
        if (PenaltyRate is < 0m or > 0.5m) throw new InputException($"{field}.penaltyRate", $"{PenaltyRate} lies outside 0 to 0.5");
        if (MaxFundDrawPerTick is < 0m) throw new InputException($"{field}.maxFundDrawPerTick", $"{MaxFundDrawPerTick} lies below 0");
        foreach (AssetClass wanted in Enum.GetValues<AssetClass>())
        {
            SlippageTerms[] lines = [.. Slippage.IsDefault ? [] : Slippage.Where(s => s.Class == wanted)];
            if (lines.Length != 1) throw new InputException($"{field}.slippage", $"expected one line for class {wanted}, found {lines.Length}");
            lines[0].Check($"{field}.slippage.{wanted}");
        }
    }

    internal LiquidationTerms Canonical() => new(
        Price.Canonical(PenaltyRate),
        [.. Slippage.OrderBy(s => s.Class).Select(s => s.Canonical())],
        MaxFundDrawPerTick is { } cap ? Price.Canonical(cap) : null);
}
