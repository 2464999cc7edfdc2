using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation.Terms;

/// <summary>Who bears a loss before anybody is deleveraged.</summary>
public enum InsuranceLayer : byte
{
    /// <summary>The insurance fund: penalties and a part of the fees.</summary>
    Base = 0,

    /// <summary>The first-loss vault: the venue's own capital set aside.</summary>
    FirstLoss = 1,

    /// <summary>The mutual pool: what customers staked.</summary>
    Pool = 2,

    /// <summary>External cover: a named insurer, who then owes the venue what he bore.</summary>
    Cover = 3,
}

/// <summary>One layer of insurance: what it is fed, and how far it may be drawn on.</summary>
/// <param name="Layer">Which.</param>
/// <param name="PerTick">The most it gives in one tick, in the numeraire; none for all it has.</param>
/// <param name="PerPeriod">The most it gives in one period.</param>
/// <param name="PerAccount">The most it gives for one account in one period.</param>
/// <param name="Fees">The part of trading fees that goes to it.</param>
/// <param name="Penalties">The part of liquidation penalties that goes to it; what no layer names stays with the base.</param>
/// <param name="Target">What it should hold, in the numeraire; none where it has no target.</param>
/// <param name="Replenish">Its place among the layers that are filled up first, from 1: as long as one with a place lies below its target, the first such gets all that layers are fed. None for a layer that waits for its part.</param>
public sealed record LayerTerms(
    InsuranceLayer Layer,
    decimal? PerTick = null,
    decimal? PerPeriod = null,
    decimal? PerAccount = null,
    decimal Fees = 0m,
    decimal Penalties = 0m,
    decimal? Target = null,
    int? Replenish = null)
{
    internal void Check(string field)
    {
        if (PerTick is < 0m) throw new InputException($"{field}.perTick", $"{PerTick} lies below 0");
        if (PerPeriod is < 0m) throw new InputException($"{field}.perPeriod", $"{PerPeriod} lies below 0");
        if (PerAccount is < 0m) throw new InputException($"{field}.perAccount", $"{PerAccount} lies below 0");
        if (Target is < 0m) throw new InputException($"{field}.target", $"{Target} lies below 0");
        Ranges.Check($"{field}.fees", Fees, 0m, 1m);
        Ranges.Check($"{field}.penalties", Penalties, 0m, 1m);
        if (Replenish is < 1 or > 9) throw new InputException($"{field}.replenish", $"{Replenish} lies outside 1 to 9");
        if (Replenish is not null && Target is null) throw new InputException($"{field}.replenish", "a layer is filled up to a target, and this one has none");
        if (Layer == InsuranceLayer.Cover && (Fees != 0m || Penalties != 0m || Target is not null))
            throw new InputException(field, "external cover holds no money: it has neither parts nor a target");
    }

    internal LayerTerms Canonical() => new(
        Layer, Trimmed(PerTick), Trimmed(PerPeriod), Trimmed(PerAccount), Price.Canonical(Fees), Price.Canonical(Penalties), Trimmed(Target), Replenish);

    private static decimal? Trimmed(decimal? value) => value is { } given ? Price.Canonical(given) : null;
}
