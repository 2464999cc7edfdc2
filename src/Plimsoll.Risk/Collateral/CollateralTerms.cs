using System.Collections.Immutable;
using Plimsoll.Risk.Margin;
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
/// <param name="Tiers">Ascending from 0, haircuts never falling: a larger holding is harder to sell. They see all accounts of an owner.</param>
/// <param name="Cap">Value in the numeraire above which an owner's holding counts nothing; none for no cap.</param>
public sealed record CollateralTerms(AssetId Asset, ImmutableArray<CollateralTier> Tiers, decimal? Cap = null)
{
    /// <summary>Value in the numeraire above which one account's holding counts nothing, whatever its owner has elsewhere; none for no cap.</summary>
    public decimal? AccountCap { get; init; }

    /// <summary>Value in all customers' hands above which more of it counts nothing for opening; none for no cap. It liquidates nobody.</summary>
    public decimal? VenueCap { get; init; }

    /// <summary>What it is.</summary>
    public CollateralKind Kind { get; init; }

    /// <summary>Who promises it; none for nobody.</summary>
    public string? Issuer { get; init; }

    /// <summary>A further part refused, for the bridge or custodian between it and what it is a claim on, 0 to 1.</summary>
    public decimal BridgeHaircut { get; init; }

    /// <summary>Whether its deposits are final; while they are pending it counts nothing.</summary>
    public Finality Finality { get; init; }

    /// <summary>
    /// Counts as what it is a claim on: what its own tiers leave is added to the holding of the asset at the end of its
    /// claims, and that asset's tiers and cap see the sum.
    /// </summary>
    public bool ThroughRoot { get; init; }

    /// <summary>What was measured of it, for the standard; none for nothing.</summary>
    public CollateralQuality? Quality { get; init; }

    internal void Check(string field)
    {
        if (Tiers.IsDefaultOrEmpty) throw new InputException($"{field}.tiers", "expected at least one tier");
        if (Cap is < 0m) throw new InputException($"{field}.cap", $"{Cap} lies below 0");
        if (AccountCap is < 0m) throw new InputException($"{field}.accountCap", $"{AccountCap} lies below 0");
        if (VenueCap is <= 0m) throw new InputException($"{field}.venueCap", $"{VenueCap} does not lie above 0");
        if (Issuer is not null && !Identifier.IsValid(Issuer)) throw new InputException($"{field}.issuer", $"found '{Issuer}', expected 1 to 64 of A-Z a-z 0-9 . _ -");
        Ranges.Check($"{field}.bridgeHaircut", BridgeHaircut, 0m, 1m);
        Quality?.Check($"{field}.quality");
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
        Cap = Digits(Cap),
        AccountCap = Digits(AccountCap),
        VenueCap = Digits(VenueCap),
        BridgeHaircut = Price.Canonical(BridgeHaircut),
        Quality = Quality?.Canonical(),
    };

    private static decimal? Digits(decimal? value) => value is { } one ? Price.Canonical(one) : null;
}
