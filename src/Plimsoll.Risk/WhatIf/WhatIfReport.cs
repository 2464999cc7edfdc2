using System.Collections.Immutable;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Margin;

namespace Plimsoll.Risk.WhatIf;

/// <summary>A figure of each line, in the numeraire.</summary>
public sealed record LineFigures(double Initial, double Target, double Maintenance);

/// <summary>A figure before and after.</summary>
public sealed record BeforeAfter<T>(T Before, T After);

/// <summary>One asset of an account: coins net, their value, the part refused, what counts, and its gain in the worst scenario.</summary>
public sealed record AssetStanding(string Asset, double Net, double Value, double Haircut, double Counted, double Change);

/// <summary>One position of an account, and its gain in the worst scenario.</summary>
public sealed record PositionStanding(string Instrument, double Size, double Notional, double Change);

/// <summary>The account's gain in a scenario.</summary>
public sealed record ScenarioStanding(string Id, double Change);

/// <summary>Where an account stands; money in the numeraire.</summary>
/// <param name="Equity">Everything owned less everything owed.</param>
/// <param name="Counted">Equity after haircuts.</param>
/// <param name="Notional">Size of all positions.</param>
/// <param name="Requirement">What each line requires.</param>
/// <param name="Health">Counted less required, at each line.</param>
/// <param name="MarginRatio">Maintenance requirement ÷ counted; none where nothing counts.</param>
/// <param name="Binding">The scenario that loses most; none when none loses.</param>
/// <param name="Scenarios">The account's gain in each.</param>
/// <param name="Collateral">By asset.</param>
/// <param name="Positions">By instrument.</param>
public sealed record AccountStanding(
    double Equity,
    double Counted,
    double Notional,
    LineFigures Requirement,
    LineFigures Health,
    double? MarginRatio,
    string? Binding,
    IReadOnlyList<ScenarioStanding> Scenarios,
    IReadOnlyList<AssetStanding> Collateral,
    IReadOnlyList<PositionStanding> Positions)
{
    /// <summary>An explanation with names.</summary>
    public static AccountStanding Of(Explanation why, Catalog catalog)
    {
        Verdict verdict = why.Verdict;

        return new AccountStanding(
            verdict.Equity,
            verdict.Counted,
            verdict.Notional,
            new LineFigures(verdict.InitialRequirement, verdict.TargetRequirement, verdict.MaintenanceRequirement),
            HealthOf(verdict),
            double.IsFinite(verdict.MarginRatio) ? verdict.MarginRatio : null,
            verdict.BindingScenario >= 0 ? why.Scenarios[verdict.BindingScenario].Id : null,
            [.. why.Scenarios.Select(s => new ScenarioStanding(s.Id, s.Change))],
            [.. why.Collateral.Select(c => new AssetStanding(catalog[c.Asset].Id.Value, c.Net, c.Value, c.Haircut, c.Counted, c.Change))],
            [.. why.Positions.Select(p => new PositionStanding(catalog[p.Instrument].Id.Value, p.Quantity, p.Notional, p.Change))]);
    }

    /// <summary>Health at each line.</summary>
    public static LineFigures HealthOf(in Verdict verdict) => new(verdict.InitialHealth, verdict.TargetHealth, verdict.MaintenanceHealth);
}

/// <summary>What one line says before and after.</summary>
public sealed record LineReport(string Line, BeforeAfter<double> Counted, BeforeAfter<double> Requirement, BeforeAfter<double> Health);

/// <summary>Where one step left the account.</summary>
public sealed record StepReport(string Step, double Equity, double Counted, LineFigures Health);

/// <summary>A stretch of prices below a line; a missing end goes on as far as was looked.</summary>
public sealed record StretchReport(double? From, double? To);

/// <summary>Thresholds at one line: <c>none</c>, <c>one</c>, <c>several</c> or <c>already</c>, and the stretches of prices below the line.</summary>
public sealed record ThresholdReport(string Line, string State, IReadOnlyList<StretchReport> Under)
{
    internal static ThresholdReport Of(LineThresholds line) => new(
        NameOf(line.Line), line.State.ToString().ToLowerInvariant(), [.. line.Under.Select(s => new StretchReport(s.From, s.To))]);

    internal static string NameOf(MarginLine line) => line.ToString().ToLowerInvariant();
}

/// <summary>Thresholds of one underlying at each line.</summary>
/// <param name="Underlying">Its name.</param>
/// <param name="Price">Its price in the market asked about.</param>
/// <param name="Lines">Initial, target, maintenance.</param>
public sealed record UnderlyingThresholds(string Underlying, double Price, IReadOnlyList<ThresholdReport> Lines)
{
    /// <summary>Thresholds with names.</summary>
    public static UnderlyingThresholds Of(PriceThresholds found, Catalog catalog) => new(
        catalog[found.Underlying].Id.Value, found.Price, [ThresholdReport.Of(found.Initial), ThresholdReport.Of(found.Target), ThresholdReport.Of(found.Maintenance)]);
}

/// <summary>The answer to a what-if about one account, as JSON has it.</summary>
/// <param name="Account">Which.</param>
/// <param name="Before">Where it stands.</param>
/// <param name="After">Where it would stand.</param>
/// <param name="Lines">The three lines before and after.</param>
/// <param name="Steps">Where each change left it, in order.</param>
/// <param name="LiquidationPrices">Thresholds before and after, where they were asked for.</param>
public sealed record WhatIfReport(
    string Account,
    AccountStanding Before,
    AccountStanding After,
    IReadOnlyList<LineReport> Lines,
    IReadOnlyList<StepReport> Steps,
    BeforeAfter<IReadOnlyList<UnderlyingThresholds>>? LiquidationPrices)
{
    /// <summary>Asks a desk and names what it answers.</summary>
    /// <param name="account">Its name.</param>
    /// <param name="book">What it holds.</param>
    /// <param name="changes">What happens to it, and after them how the market moves, in words.</param>
    /// <param name="plan">What is asked.</param>
    /// <param name="thresholds">Whether liquidation prices are asked for.</param>
    /// <param name="desk">Who answers.</param>
    /// <param name="catalog">What is listed.</param>
    public static WhatIfReport Of(
        string account, WhatIfBook book, IReadOnlyList<(BookChange Change, string Text)> changes, WhatIfPlan plan, bool thresholds, WhatIfDesk desk, Catalog catalog)
    {
        BookChange[] happens = [.. changes.Select(c => c.Change)];
        MarketShift? shift = plan.Shift;
        WhatIfAnswer answer = desk.Ask(book, happens, shift);
        ImmutableArray<WhatIfStep> steps = desk.Steps(book, happens, shift);

        return new WhatIfReport(
            account,
            AccountStanding.Of(answer.Before, catalog),
            AccountStanding.Of(answer.After, catalog),
            [.. answer.Lines.Select(l => new LineReport(
                ThresholdReport.NameOf(l.Line), new(l.CountedBefore, l.CountedAfter), new(l.RequirementBefore, l.RequirementAfter), new(l.HealthBefore, l.HealthAfter)))],
            [.. steps.Select(s => new StepReport(
                s.Step < changes.Count ? changes[s.Step].Text : plan.MarketSentence, s.Verdict.Equity, s.Verdict.Counted, AccountStanding.HealthOf(s.Verdict)))],
            thresholds ? new(Named(desk.Thresholds(book), catalog), Named(desk.Thresholds(answer.Book, shift), catalog)) : null);
    }

    private static IReadOnlyList<UnderlyingThresholds> Named(ImmutableArray<PriceThresholds> found, Catalog catalog) => [.. found.Select(f => UnderlyingThresholds.Of(f, catalog))];
}
