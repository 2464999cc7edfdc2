using System.Collections.Immutable;
using System.CommandLine;
using Plimsoll.Cli.Books;
using Plimsoll.Cli.Terminal;
using Plimsoll.Engine;
using Plimsoll.Risk.Margin;
using Plimsoll.Risk.Shadow;
using Spectre.Console;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll params validate</c>: whether a set holds together, and with what a venue lists.</summary>
internal static class ParamsValidateVerb
{
    /// <summary>The verb.</summary>
    public static Command Build(Screen screen)
    {
        var set = new Argument<string>("SET") { Description = "A set of risk parameters as JSON (docs/formats/parameters.md)." };
        Option<string?> venue = new("--venue") { Description = "A venue's file to hold it against.", HelpName = "FILE" };
        Option<string?> market = new("--market") { Description = "A market file to hold it against.", HelpName = "FILE" };
        Option<bool> json = Asked.Json();
        var verb = new Verb(
            "validate",
            "Whether a set of parameters is consistent, and fits what is listed; exit code 1 where a proposal of it would be refused, 2 where it is no set at all.",
            "params validate samples/harbour/parameters.json",
            "demo --accounts 400 --journal crash.venue",
            "params validate samples/parameters/stricter.json --venue crash.venue")
        {
            set, venue, market, json,
        };
        verb.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(set);
            RiskParameters parameters = ParameterFiles.Read(path);
            bool listed = parsed.GetValue(venue) is not null || parsed.GetValue(market) is not null;
            ImmutableArray<string> faults = listed ? ParameterCheck.Faults(ParameterFiles.Catalog(parsed.GetValue(venue), parsed.GetValue(market)), parameters) : [];
            string hash = ParameterSets.HashOf(parameters).ToString();
            if (parsed.GetValue(json)) screen.Json(new { set = path, valid = faults.IsEmpty, hash, faults });
            else Show(screen, path, hash, listed, faults);

            return faults.IsEmpty ? ExitCode.Good : ExitCode.BadNews;
        });

        return verb;
    }

    private static void Show(Screen screen, string path, string hash, bool listed, ImmutableArray<string> faults)
    {
        Grid facts = Facts.New();
        facts.Fact("set", path);
        facts.Fact("hash", hash);
        screen.Page.Write(facts);
        foreach (string fault in faults) screen.Line($"  {fault}");
        screen.Verdict(faults.IsEmpty ? "green" : "red", faults.IsEmpty
            ? listed ? "Consistent, and it fits what is listed." : "Consistent. Name a venue or a market to hold it against what is listed."
            : $"{faults.Length} faults: a proposal of it would be refused.");
    }
}
