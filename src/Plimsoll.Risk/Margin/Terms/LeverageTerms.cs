using System.Collections.Immutable;
using Plimsoll.Markets.Instruments;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>
/// The rates on the part of a position's notional that lies above <paramref name="FromNotional"/>, up to the next tier:
/// marginal, like an income tax, so that the requirement has no jumps.
/// </summary>
/// <param name="FromNotional">Notional in the numeraire from which the tier applies; the first is 0.</param>
/// <param name="Rates">Parts of the notional, 0 to 1: 1 ÷ the leverage that line allows.</param>
public readonly record struct LeverageTier(decimal FromNotional, LineRates Rates);

/// <summary>The least part of a position's notional that each line requires, by its size. Stands in place of the lines' floors.</summary>
/// <param name="Instrument">The contract it is for, or none.</param>
/// <param name="Class">The class of underlyings it is for, or none; a line for a contract goes before its class's.</param>
/// <param name="Tiers">Ascending from 0, rates never falling: a larger position is harder to close.</param>
public sealed record LeverageTerms(InstrumentId? Instrument, AssetClass? Class, ImmutableArray<LeverageTier> Tiers)
{
    /// <summary>The most tiers of one line.</summary>
    public const int MaxTiers = 64;

    internal void Check(string field)
    {
        if (Instrument is null == Class is null) throw new InputException(field, "expected either an instrument or a class");
        if (Tiers.IsDefaultOrEmpty || Tiers.Length > MaxTiers) throw new InputException($"{field}.tiers", $"expected 1 to {MaxTiers} tiers");
        for (int i = 0; i < Tiers.Length; i++)
        {
            LeverageTier tier = Tiers[i];
            bool ascends = i == 0 ? tier.FromNotional == 0m : tier.FromNotional > Tiers[i - 1].FromNotional;
            if (!ascends) throw new InputException($"{field}.tiers[{i}].fromNotional", $"{tier.FromNotional} does not ascend from 0");
            Ranges.Check($"{field}.tiers[{i}].fromNotional", tier.FromNotional, 0m, MaxNotional);
            tier.Rates.Check($"{field}.tiers[{i}]", 1m);
            if (i > 0) CheckRises($"{field}.tiers[{i}]", Tiers[i - 1].Rates, tier.Rates);
        }
    }

    internal LeverageTerms Canonical() => this with
    {
        Tiers = [.. Tiers.Select(t => new LeverageTier(Price.Canonical(t.FromNotional), t.Rates.Canonical()))],
    };

    /// <summary>The largest notional a tier may begin at.</summary>
    internal const decimal MaxNotional = 1_000_000_000_000_000m;

    private static void CheckRises(string field, LineRates before, LineRates here)
    {
        foreach (MarginLine line in Enum.GetValues<MarginLine>())
        {
            if (here.At(line) < before.At(line))
                throw new InputException($"{field}.{RiskParametersJson.NameOf(line)}", $"{here.At(line)} lies below the tier before");
        }
    }
}
