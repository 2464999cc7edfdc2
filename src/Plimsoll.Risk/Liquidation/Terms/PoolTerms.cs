using System.Collections.Immutable;
using Plimsoll.Risk.Lending;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation.Terms;

/// <summary>A mutual pool of cover: customers stake, earn premiums and penalties, and lose pro rata when it is drawn on.</summary>
/// <param name="Assets">What may be staked, each asset a pool of its own.</param>
/// <param name="CooldownHours">From asking for a stake back to getting it; it bears losses until then.</param>
/// <param name="Cover">What the pool covers together in one period, in the numeraire: more it does not pay.</param>
/// <param name="Gearing">How much cover one unit of capital carries: the capital required is cover ÷ gearing, at least the floor.</param>
/// <param name="Floor">The least capital required, in the numeraire.</param>
/// <param name="AccountPart">The most one account's loss may take of the pool's capital in one period, above 0 to 1.</param>
/// <param name="ExpectedLoss">What a unit of cover is expected to pay a year: 0.01 for 1 %.</param>
/// <param name="Load">What is asked on top of the expected loss, as a part of it.</param>
/// <param name="Utilisation">What is asked beyond that by the part of the capital that is required; none asks nothing.</param>
/// <param name="PremiumHours">How often the venue pays the premium.</param>
public sealed record PoolTerms(
    ImmutableArray<AssetId> Assets,
    decimal CooldownHours,
    decimal Cover,
    decimal Gearing,
    decimal Floor,
    decimal AccountPart,
    decimal ExpectedLoss,
    decimal Load,
    RateCurve? Utilisation,
    decimal PremiumHours)
{
    /// <summary>The longest cooldown and the longest time between two premiums: a year.</summary>
    public const decimal MaxHours = 8_784m;

    internal void Check(string field)
    {
        if (Assets.IsDefaultOrEmpty) throw new InputException($"{field}.assets", "expected at least one");
        if (Assets.Distinct().Count() != Assets.Length) throw new InputException($"{field}.assets", "names an asset twice");
        Ranges.Check($"{field}.cooldownHours", CooldownHours, 0m, MaxHours);
        if (Cover < 0m) throw new InputException($"{field}.cover", $"{Cover} lies below 0");
        Ranges.CheckAbove($"{field}.gearing", Gearing, 0m, 1_000m);
        if (Floor < 0m) throw new InputException($"{field}.floor", $"{Floor} lies below 0");
        Ranges.CheckAbove($"{field}.accountPart", AccountPart, 0m, 1m);
        Ranges.Check($"{field}.expectedLoss", ExpectedLoss, 0m, 1m);
        Ranges.Check($"{field}.load", Load, 0m, 10m);
        Utilisation?.Check($"{field}.utilisation");
        if (PremiumHours < 1m || PremiumHours > MaxHours) throw new InputException($"{field}.premiumHours", $"{PremiumHours} lies outside 1 to {MaxHours}");
    }

    internal PoolTerms Canonical() => new(
        [.. Assets.Order()],
        Price.Canonical(CooldownHours),
        Price.Canonical(Cover),
        Price.Canonical(Gearing),
        Price.Canonical(Floor),
        Price.Canonical(AccountPart),
        Price.Canonical(ExpectedLoss),
        Price.Canonical(Load),
        Utilisation?.Canonical(),
        Price.Canonical(PremiumHours));
}

/// <summary>External cover. What the insurer bears he owes: it is booked against his account at the venue, and stays a debt until he pays it in.</summary>
/// <param name="Insurer">His account.</param>
/// <param name="Limit">The most he owes at once, in the numeraire; what he pays in reinstates it.</param>
public sealed record CoverTerms(AccountId Insurer, decimal Limit)
{
    internal void Check(string field)
    {
        if (Insurer == default) throw new InputException($"{field}.insurer", "is missing");
        if (Limit < 0m) throw new InputException($"{field}.limit", $"{Limit} lies below 0");
    }

    internal CoverTerms Canonical() => new(Insurer, Price.Canonical(Limit));
}
