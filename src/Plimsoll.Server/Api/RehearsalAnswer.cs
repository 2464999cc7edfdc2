using System.Collections.Immutable;
using System.Text.Json;
using Plimsoll.Engine;
using Plimsoll.Risk.Thresholds;
using Plimsoll.Simulation.Cascades;

namespace Plimsoll.Server.Api;

/// <summary>A shock to be rehearsed.</summary>
/// <param name="Prices">By asset its move: <c>-30%</c>.</param>
/// <param name="Ticks">Steps a minute apart in which prices move.</param>
/// <param name="Minutes">Minutes that pass afterwards.</param>
/// <param name="Guards">Whether it is lived once more without each guard.</param>
internal sealed record RehearsalBody(ImmutableSortedDictionary<string, string>? Prices, int? Ticks = null, int? Minutes = null, bool Guards = false);

/// <summary>What a rehearsal came to.</summary>
/// <param name="Rehearsal">With the rulebook as it is.</param>
/// <param name="Without">With each guard switched off, where that was asked for.</param>
internal sealed record RehearsalAnswer(RehearsalFigures Rehearsal, IReadOnlyList<RehearsalWithout> Without);

/// <summary>A rehearsal with one guard switched off.</summary>
internal sealed record RehearsalWithout(string Guard, string Without, RehearsalFigures Rehearsal);

/// <summary>The figures of a rehearsal, USD.</summary>
/// <param name="Accounts">Accounts of the venue.</param>
/// <param name="Before">Accounts by stage before anything moved.</param>
/// <param name="After">Accounts by stage at the end.</param>
/// <param name="Fallen">Accounts that were liquidated.</param>
/// <param name="Waiting">Liquidations that are not over.</param>
/// <param name="Liquidated">Notional closed, sold and taken over.</param>
/// <param name="ExpectedCost">What slices were expected to cost.</param>
/// <param name="RealisedCost">What they cost.</param>
/// <param name="BadDebt">What bankrupt accounts owed beyond what they had.</param>
/// <param name="Insured">What of it insurance paid.</param>
/// <param name="OwnFunds">What the venue bore.</param>
/// <param name="Socialised">What accounts shared.</param>
/// <param name="Deleveraged">What the other side gave up.</param>
/// <param name="Deleveragings">Counterparties that took positions over.</param>
/// <param name="FundBefore">What insurance held.</param>
/// <param name="FundAfter">What it holds at the end.</param>
/// <param name="Provider">What the liquidity provider won or lost.</param>
/// <param name="Backstop">What the backstop won or lost.</param>
internal sealed record RehearsalFigures(
    int Accounts, ImmutableSortedDictionary<string, int> Before, ImmutableSortedDictionary<string, int> After, int Fallen, int Waiting, double Liquidated,
    double ExpectedCost, double RealisedCost, double BadDebt, double Insured, double OwnFunds, double Socialised, double Deleveraged, long Deleveragings,
    double FundBefore, double FundAfter, double Provider, double Backstop)
{
    public static RehearsalFigures Of(RehearsalReport report) => new(
        report.Accounts, Stages(report.Before), Stages(report.After), report.Fallen.Length, report.Waiting, report.Liquidated,
        report.ExpectedCost, report.RealisedCost, report.Bearers.Deficit, report.Bearers.Insured, report.Bearers.OwnFunds, report.Bearers.Socialised,
        report.Bearers.Deleveraged, report.Deleveragings, report.FundBefore, report.FundAfter, report.Provider, report.Backstop);

    private static ImmutableSortedDictionary<string, int> Stages(ImmutableSortedDictionary<AccountPhase, int> counts) =>
        counts.ToImmutableSortedDictionary(one => JsonNamingPolicy.KebabCaseLower.ConvertName(one.Key.ToString()), one => one.Value, StringComparer.Ordinal);
}

/// <summary>What a first move sets off, USD.</summary>
/// <param name="Shock">The first move as a part of the price.</param>
/// <param name="Forced">What is liquidated in the end.</param>
/// <param name="Extra">The move that adds.</param>
/// <param name="Multiplier">The whole move over the first; none where it diverges.</param>
/// <param name="Diverges">Whether every round sets off more until the map ends.</param>
internal sealed record CascadeLine(double Shock, double Forced, double Extra, double? Multiplier, bool Diverges)
{
    public static CascadeLine Of(CascadeStep step) => new(step.Shock, step.Forced, step.Extra, step.Diverges ? null : step.Multiplier, step.Diverges);
}

/// <summary>How far moves of one asset feed themselves.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Price">Its price.</param>
/// <param name="Impact">The part of the price that a dollar sold moves it by.</param>
/// <param name="Down">What falls set off.</param>
/// <param name="Up">What rises set off.</param>
internal sealed record CascadeAnswer(string Asset, double Price, double Impact, IReadOnlyList<CascadeLine> Down, IReadOnlyList<CascadeLine> Up)
{
    public static CascadeAnswer Of(CascadeMap map) => new(map.Asset.Value, map.Price, map.Impact, [.. map.Down.Select(CascadeLine.Of)], [.. map.Up.Select(CascadeLine.Of)]);
}
