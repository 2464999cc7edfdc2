using System.Collections.Immutable;
using Plimsoll.Markets.Instruments;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>One question put to every portfolio: what if the market were there?</summary>
/// <param name="Id">Its name, the same in every grid.</param>
/// <param name="Spot">Relative move of the spot price, above −1: −0.25 is a fall by a quarter.</param>
/// <param name="Vol">Relative move of implied volatility, above −1: 0.3 is volatility up by three tenths.</param>
/// <param name="Dampening">The part of the profit and loss that counts, 0 to 1: below 1 for tails that are possible rather than likely.</param>
public sealed record Scenario(string Id, decimal Spot, decimal Vol, decimal Dampening)
{
    internal void Check(string field)
    {
        if (!Identifier.IsValid(Id)) throw new InputException($"{field}.id", $"'{Id}' is not an identifier");
        if (Spot is <= -1m or > 10m) throw new InputException($"{field}.spot", $"{Spot} lies outside -1 (excluded) to 10");
        if (Vol is <= -1m or > 10m) throw new InputException($"{field}.vol", $"{Vol} lies outside -1 (excluded) to 10");
        if (Dampening is < 0m or > 1m) throw new InputException($"{field}.dampening", $"{Dampening} lies outside 0 to 1");
    }

    internal Scenario Canonical() => new(Id, Price.Canonical(Spot), Price.Canonical(Vol), Price.Canonical(Dampening));
}

/// <summary>The scenarios of one asset class; place k means the same state of the world in every class's grid.</summary>
/// <param name="Class">The class of assets it moves.</param>
/// <param name="Scenarios">1 to <see cref="MaxScenarios"/> scenarios.</param>
public sealed record ScenarioGrid(AssetClass Class, ImmutableArray<Scenario> Scenarios)
{
    /// <summary>The most scenarios a grid holds: what one row of the kernel is made for.</summary>
    public const int MaxScenarios = 32;
}
