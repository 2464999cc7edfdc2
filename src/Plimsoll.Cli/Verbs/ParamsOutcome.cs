using System.Text.Json;
using Plimsoll.Cli.Terminal;
using Plimsoll.Engine;
using Plimsoll.Engine.Commands;

namespace Plimsoll.Cli.Verbs;

/// <summary>Says what became of a command about parameters.</summary>
internal static class ParamsOutcome
{
    /// <summary>Says it, and answers with the exit code: 1 where it was refused.</summary>
    public static int Say(Screen screen, Outcome outcome, bool json)
    {
        string refusal = JsonNamingPolicy.KebabCaseLower.ConvertName(outcome.Refusal.ToString());
        ParametersProposed? proposed = outcome.Events.OfType<ParametersProposed>().FirstOrDefault();
        int? applied = outcome.Events.OfType<ParametersApplied>().LastOrDefault()?.Version;
        int liquidated = outcome.Events.OfType<PositionLiquidated>().Select(e => e.Account).Distinct().Count();
        if (json)
        {
            screen.Json(new
            {
                accepted = outcome.Accepted,
                refusal = outcome.Accepted ? null : refusal,
                detail = outcome.Detail,
                sequence = outcome.Sequence,
                at = outcome.At.ToString(),
                repeated = outcome.Repeated,
                proposed = proposed?.Version,
                effectiveAt = proposed?.EffectiveAt.ToString(),
                hash = proposed?.Hash.ToString(),
                wouldLiquidateToday = proposed?.Liquidations,
                applied,
                liquidated,
            });
        }
        else if (!outcome.Accepted)
        {
            screen.Verdict("red", $"Refused, {refusal}{(outcome.Detail is { } detail ? $": {detail}" : "")}.");
        }
        else
        {
            Tell(screen, outcome, proposed, applied, liquidated);
        }

        return outcome.Accepted ? ExitCode.Good : ExitCode.BadNews;
    }

    private static void Tell(Screen screen, Outcome outcome, ParametersProposed? proposed, int? applied, int liquidated)
    {
        if (applied is { } version) screen.Verdict(liquidated > 0 ? "yellow" : "green", $"Set number {version} is in force since {outcome.At}; {Figures.Count(liquidated)} accounts were liquidated.");
        else if (proposed is not null) screen.Verdict(proposed.Liquidations > 0 ? "yellow" : "green", $"Set number {proposed.Version} takes force at {proposed.EffectiveAt}; today it would liquidate {Figures.Count(proposed.Liquidations)} accounts.");
        else screen.Verdict("green", "Done.");
    }
}
