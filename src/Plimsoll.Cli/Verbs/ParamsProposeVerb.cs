using System.CommandLine;
using Plimsoll.Cli.Books;
using Plimsoll.Cli.Terminal;
using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll params propose</c>: proposes a set to a venue's file.</summary>
internal static class ParamsProposeVerb
{
    /// <summary>The verb.</summary>
    public static System.CommandLine.Command Build(Screen screen)
    {
        var set = new Argument<string>("SET") { Description = "The set as JSON." };
        Option<string> venue = new("--venue") { Description = "The venue's file; the proposal is dated at its last moment.", HelpName = "FILE", Required = true };
        Option<string> reason = new("--reason") { Description = "Why; journaled.", HelpName = "TEXT", Required = true };
        Option<Instant?> at = Asked.Time("--at", "When it takes force: with the first command from then on. At once without it.");
        Option<int?> most = Asked.Count("--max-liquidations", 0, int.MaxValue, "Hold it where the shadow run at that moment liquidates more accounts.");
        Option<string?> id = new("--id") { Description = "Your own name for the proposal: asked again under it, it is not proposed twice.", HelpName = "NAME" };
        Option<bool> json = Asked.Json();
        var verb = new Verb(
            "propose",
            "Propose a set of parameters to a venue, with a time and a guard; exit code 1 where it is refused.",
            "demo --accounts 400 --journal crash.venue",
            "params propose samples/parameters/stricter.json --venue crash.venue --at 2020-03-20T08:00:00Z --max-liquidations 0 --reason \"volatility has doubled\"")
        {
            set, venue, reason, at, most, id, json,
        };
        verb.SetAction(async (parsed, _) =>
        {
            RiskParameters parameters = ParameterFiles.Read(parsed.GetRequiredValue(set));
            string? named = parsed.GetValue(id);
            if (named is not null && !Identifier.IsValid(named)) throw new InputException("--id", $"found '{named}', expected 1 to 64 of A-Z a-z 0-9 . _ -");
            Outcome outcome = await VenueDesk.Ask(
                parsed.GetRequiredValue(venue), named, _ => new ProposeParameters(parameters, parsed.GetRequiredValue(reason), parsed.GetValue(at), parsed.GetValue(most))).ConfigureAwait(false);

            return ParamsOutcome.Say(screen, outcome, parsed.GetValue(json));
        });

        return verb;
    }
}
