using Plimsoll.Simulation.Cascades;

namespace Plimsoll.Cli.Verbs;

/// <summary>A report of an incident as one JSON document, and what its parts are called.</summary>
internal static class IncidentAnswer
{
    /// <summary>A report as JSON is written from it.</summary>
    public static object Of(IncidentReport report) => new
    {
        name = report.Incident.Name,
        title = report.Incident.Title,
        reported = new { loss = report.Incident.Reported.Loss, what = report.Incident.Reported.What, source = report.Incident.Reported.Source },
        scale = report.Incident.Scale,
        scaledLoss = report.Incident.ScaledLoss,
        counts = report.Incident.Counts,
        counted = Counted(report.Incident.Counts),
        partOff = report.PartOff,
        partOn = report.PartOn,
        holds = report.Holds,
        off = Run(report.Off),
        alone = report.Alone.Select(Run),
        on = Run(report.On),
    };

    /// <summary>What a run is called in a table.</summary>
    public static string Called(IncidentOutcome run, IncidentReport report) =>
        run.Guards.IsEmpty ? "guards off" : run.Guards.Length == report.Incident.Guards.Length ? "guards on" : $"only {run.Guards[0]}";

    /// <summary>What is held against the reported loss, in words.</summary>
    public static string Counted(HarmMeasure counts) => counts switch
    {
        HarmMeasure.Deficit => "bad debt: what bankrupt accounts owed beyond what they had, whoever bore it",
        HarmMeasure.Inherited => "bad debt, and what the liquidity provider and the backstop lost by what they inherited",
        HarmMeasure.Underpriced => "what accounts lost by being liquidated at prices that did not last",
        _ => "what was liquidated of accounts, at the prices of the moment",
    };

    private static object Run(IncidentOutcome run) => new
    {
        guards = run.Guards,
        harm = run.Harm,
        badDebt = run.Bearers.Deficit,
        insured = run.Bearers.Insured,
        ownFunds = run.Bearers.OwnFunds,
        socialised = run.Bearers.Socialised,
        deleveraged = run.Bearers.Deleveraged,
        attackersGave = run.AttackersGave,
        provider = run.Provider,
        backstop = run.Backstop,
        fund = new { before = run.FundBefore, after = run.FundAfter },
        liquidated = run.Liquidated,
        fallen = run.Fallen.Select(account => account.Value),
        deleveragings = run.Deleveragings,
        refused = run.Refused.Select(one => new { at = one.At.ToString(), by = one.By.Value, refusal = one.Refusal, detail = one.Detail, command = one.Command }),
        entries = run.Journal.Length,
        hash = run.Hash.ToString(),
    };
}
