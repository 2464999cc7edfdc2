using System.Collections.Immutable;
using Plimsoll.Units;

namespace Plimsoll.Risk.Collateral;

/// <summary>
/// The haircut on the part of a holding's value that lies above <paramref name="FromValue"/>, up to the next tier:
/// marginal, like an income tax, so that one coin more never lowers what counts.
/// </summary>
/// <param name="FromValue">Value in the numeraire from which the tier applies; the first is 0.</param>
/// <param name="Haircut">The part refused, 0 to 1.</param>
public readonly record struct CollateralTier(decimal FromValue, decimal Haircut);

/// <summary>How far one asset counts as collateral.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Tiers">Ascending from 0, haircuts never falling: a larger holding is harder to sell.</param>
/// <param name="Cap">Value in the numeraire above which an account's holding counts nothing; none for no cap.</param>
public sealed record CollateralTerms(AssetId Asset, ImmutableArray<CollateralTier> Tiers, decimal? Cap = null)
{
    internal void Check(string field)
    {
        if (Tiers.IsDefaultOrEmpty) throw new InputException($"{field}.tiers", "expected at least one tier");
        if (Cap is < 0m) throw new InputException($"{field}.cap", $"{Cap} lies below 0");
        for (int i = 0; i < Tiers.Length; i++)
        {
            CollateralTier tier = Tiers[i];
            bool ascends = i == 0 ? tier.FromValue == 0m : tier.FromValue > Tiers[i - 1].FromValue;
            if (!ascends) throw new InputException($"{field}.tiers[{i}].fromValue", $"{tier.FromValue} does not ascend from 0");
            if (tier.Haircut is < 0m or > 1m) throw new InputException($"{field}.tiers[{i}].haircut", $"{tier.Haircut} lies outside 0 to 1");
            if (i > 0 && tier.Haircut < Tiers[i - 1].Haircut)
                throw new InputException($"{field}.tiers[{i}].haircut", $"{tier.Haircut} lies below the tier before");
        }
    }

    internal CollateralTerms Canonical() => this with
    {
        Tiers = [.. Tiers.Select(t => new CollateralTier(Price.Canonical(t.FromValue), Price.Canonical(t.Haircut)))],
        Cap = Cap is { } cap ? Price.Canonical(cap) : null,
    };
}
