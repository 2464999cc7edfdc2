using System.CommandLine;
using Plimsoll.Cli.Books;
using Plimsoll.Cli.Terminal;
using Plimsoll.Engine;
using Plimsoll.Engine.Commands;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll params withdraw</c>: takes a set that waits back.</summary>
internal static class ParamsWithdrawVerb
{
    /// <summary>The verb.</summary>
    public static System.CommandLine.Command Build(Screen screen)
    {
        var venue = new Argument<string>("VENUE") { Description = "The venue's file." };
        Argument<int> version = new("VERSION") { Description = "The set's number." };
        Option<string> reason = new("--reason") { Description = "Why; journaled.", HelpName = "TEXT", Required = true };
        Option<bool> json = Asked.Json();
        var verb = new Verb(
            "withdraw",
            "Take a set that waits for its time back; exit code 1 where none of that number does.",
            "params withdraw crash.venue 2 --reason \"no longer needed\"")
        {
            venue, version, reason, json,
        };
        verb.SetAction(async (parsed, _) =>
        {
            Outcome outcome = await VenueDesk.Ask(
                parsed.GetRequiredValue(venue), null, _ => new WithdrawProposal(parsed.GetRequiredValue(version), parsed.GetRequiredValue(reason))).ConfigureAwait(false);

            return ParamsOutcome.Say(screen, outcome, parsed.GetValue(json));
        });

        return verb;
    }
}
