using System.CommandLine;
using Plimsoll.Cli.Books;
using Plimsoll.Cli.Terminal;
using Plimsoll.Risk.Listing;
using Spectre.Console;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll list-check</c>: whether an instrument may be enabled.</summary>
internal static class ListCheckVerb
{
    /// <summary>The verb.</summary>
    public static Command Build(Screen screen)
    {
        Argument<string> file = new("FILE") { Description = "What is proposed and what is known of the market (docs/formats/listing.md)." };
        Option<bool> json = Asked.Json();
        var verb = new Verb(
            "list-check",
            "Check a listing before it is enabled: open interest against market cap, float, volume and depth, parameters, price sources; exit code 1 where it is refused.",
            "list-check samples/listing/proposal.json")
        {
            file, json,
        };
        verb.SetAction(parsed =>
        {
            ListingFile asked = StrictJson.Read<ListingFile>(parsed.GetValue(file)!);
            ListingVerdict verdict = ListingCheck.Of(asked.Proposal, asked.Facts);
            if (parsed.GetValue(json)) screen.Json(new { instrument = asked.Proposal.Instrument, grade = verdict.Grade, findings = verdict.Findings });
            else Show(screen, asked.Proposal.Instrument, verdict);

            return verdict.Grade == ListingGrade.Refuse ? ExitCode.BadNews : ExitCode.Good;
        });

        return verb;
    }

    private static void Show(Screen screen, string instrument, ListingVerdict verdict)
    {
        Table table = Tables.New("", "check", "why");
        table.Columns[2].NoWrap = false;
        foreach (ListingFinding finding in verdict.Findings)
            table.AddRow(Figures.In(Colour(finding.Grade), finding.Grade.ToString().ToLowerInvariant()), finding.Check, Markup.Escape(finding.Reason));
        screen.Page.Section($"Listing of {instrument}", table);

        int refused = verdict.Findings.Count(f => f.Grade == ListingGrade.Refuse), warned = verdict.Findings.Count(f => f.Grade == ListingGrade.Warn);
        screen.Verdict(Colour(verdict.Grade), verdict.Grade switch
        {
            ListingGrade.Refuse => $"Refused: {refused} of {verdict.Findings.Count} checks failed.",
            ListingGrade.Warn => $"May be listed; {warned} of {verdict.Findings.Count} checks should be looked at.",
            _ => $"May be listed; all {verdict.Findings.Count} checks passed.",
        });
    }

    private static string Colour(ListingGrade grade) => grade switch { ListingGrade.Refuse => "red", ListingGrade.Warn => "yellow", _ => "green" };

    /// <summary>A proposal with what is known of its market.</summary>
    private sealed record ListingFile(ListingProposal Proposal, MarketFacts Facts);
}
