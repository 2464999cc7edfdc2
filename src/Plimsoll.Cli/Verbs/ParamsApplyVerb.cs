using System.CommandLine;
using Plimsoll.Cli.Books;
using Plimsoll.Cli.Terminal;
using Plimsoll.Engine;
using Plimsoll.Engine.Commands;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll params apply</c>: decides on a set that is held.</summary>
internal static class ParamsApplyVerb
{
    /// <summary>The verb.</summary>
    public static System.CommandLine.Command Build(Screen screen)
    {
        var venue = new Argument<string>("VENUE") { Description = "The venue's file." };
        Argument<int> version = new("VERSION") { Description = "The set's number." };
        Option<int?> most = Asked.Count("--max-liquidations", 0, int.MaxValue, "The most accounts it may liquidate; without it what it was proposed with.");
        Option<bool> json = Asked.Json();
        var verb = new Verb(
            "apply",
            "Let a set that is held, or whose time has come, take force now; exit code 1 where it is refused.",
            "params apply crash.venue 2 --max-liquidations 3")
        {
            venue, version, most, json,
        };
        verb.SetAction(async (parsed, _) =>
        {
            Outcome outcome = await VenueDesk.Ask(
                parsed.GetRequiredValue(venue), null, _ => new ApplyParameters(parsed.GetRequiredValue(version), parsed.GetValue(most))).ConfigureAwait(false);

            return ParamsOutcome.Say(screen, outcome, parsed.GetValue(json));
        });

        return verb;
    }
}
