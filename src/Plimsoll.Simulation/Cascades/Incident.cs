using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Cascades;

/// <summary>
/// One incident as data: what was reported, a small invented venue it is retold at, and what guards against it. See docs/formats/incident.md.
/// </summary>
public sealed record Incident
{
    /// <summary>A short name such as <c>mango-2022</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What happened, in a line.</summary>
    public required string Title { get; init; }

    /// <summary>What was reported of it.</summary>
    public required ReportedLoss Reported { get; init; }

    /// <summary>How many reported dollars one dollar of the scenario stands for, above 0.</summary>
    public required double Scale { get; init; }

    /// <summary>What is held against the reported loss.</summary>
    public required HarmMeasure Counts { get; init; }

    /// <summary>Accounts of whoever attacks: what they bear themselves by being deleveraged is nobody's harm.</summary>
    public ImmutableArray<string> Attackers { get; init; } = [];

    /// <summary>Of each asset, the source an unguarded venue listens to; an asset that is not named has one source, <c>market</c>.</summary>
    public ImmutableSortedDictionary<string, string> Feeds { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Commands that list assets and instruments.</summary>
    public required ImmutableArray<JsonElement> Listing { get; init; }

    /// <summary>What the venue's rulebook says in both runs: sections laid over the house's starting set for its assets.</summary>
    public JsonElement? Rules { get; init; }

    /// <summary>What the guarded venue has and the unguarded has not.</summary>
    public required ImmutableArray<IncidentGuard> Guards { get; init; }

    /// <summary>What happens, in the order of time; the same in every run.</summary>
    public required ImmutableArray<IncidentStep> Steps { get; init; }

    /// <summary>The reported loss at the scenario's size, in the numeraire.</summary>
    [JsonIgnore]
    public double ScaledLoss => Reported.Loss / Scale;
}

/// <summary>What was reported.</summary>
/// <param name="Loss">The loss, in US dollars.</param>
/// <param name="What">Whose loss of what it was.</param>
/// <param name="Source">Where the figure stands.</param>
public sealed record ReportedLoss(double Loss, string What, string Source);

/// <summary>What an incident's harm is measured by; all in the numeraire.</summary>
public enum HarmMeasure
{
    /// <summary>Bad debt: what bankrupt accounts owed beyond what they had, whoever bore it: the fund, other layers, the venue, accounts that share or are deleveraged.</summary>
    Deficit,

    /// <summary>Bad debt, and what the liquidity provider and the backstop have lost, at the last prices, since the first step: they inherited positions. What they gave up by taking over counts once.</summary>
    Inherited,

    /// <summary>What accounts lost by being liquidated at prices that did not last: what was taken from them less what they got for it, both at the last prices.</summary>
    Underpriced,

    /// <summary>What was liquidated of accounts, at the prices of the moment: positions closed and collateral sold.</summary>
    Liquidated,
}

/// <summary>One guard.</summary>
/// <param name="Guard">Its name.</param>
/// <param name="Does">What it does, in a line.</param>
/// <param name="Rules">Sections laid over the rulebook; none where it is not one of parameters.</param>
/// <param name="Commands">What the venue itself asks for once its accounts are open: limits, owners. None for nothing.</param>
/// <param name="MaxLiquidations">The most accounts a change of parameters may liquidate at once; none for no such guard.</param>
public sealed record IncidentGuard(string Guard, string Does, JsonElement? Rules = null, ImmutableArray<JsonElement>? Commands = null, int? MaxLiquidations = null);

/// <summary>What happens at one moment: prices first, then a change of parameters, then commands.</summary>
/// <param name="At">When.</param>
/// <param name="Says">What happens, in a line.</param>
/// <param name="Prices">By asset its price from every source: a number where there is one source, else an object of sources.</param>
/// <param name="Change">Sections a proposal lays over the rulebook in force.</param>
/// <param name="Commands">Commands, each with <c>by</c> where somebody else than the venue asks.</param>
/// <param name="Guards">Whether the guards' own commands are asked for after this step's.</param>
public sealed record IncidentStep(
    string At,
    string Says,
    ImmutableSortedDictionary<string, JsonElement>? Prices = null,
    JsonElement? Change = null,
    ImmutableArray<JsonElement>? Commands = null,
    bool Guards = false)
{
    /// <summary>When, read.</summary>
    [JsonIgnore]
    public Instant Moment => Instant.TryParse(At, out Instant at) ? at : throw new InputException("steps at", $"found '{At}', expected a time such as 2022-10-11T22:00:00Z");
}
