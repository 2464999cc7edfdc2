using System.CommandLine;
using System.Text.Json;
using Plimsoll.Cli.Demo;
using Plimsoll.Cli.Terminal;
using Plimsoll.Simulation.Cascades;
using Spectre.Console;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll incidents</c>: what happened elsewhere, lived here without and with what guards against it.</summary>
internal static class IncidentsVerb
{
    private const int MostRefused = 12;

    /// <summary>The verb.</summary>
    public static Command Build(Screen screen)
    {
        Argument<string?> name = new("NAME") { Description = "An incident such as mango-2022, or a file of one (docs/formats/incident.md); without it, all samples.", Arity = ArgumentArity.ZeroOrOne };
        Option<bool> json = Asked.Json();
        var verb = new Verb(
            "incidents",
            "Incidents of other venues through the engine, with every guard off, each alone, and all on. Exit code 1 where one is no longer held.",
            "incidents",
            "incidents mango-2022")
        {
            name, json,
        };
        verb.SetAction(parsed => Task.Run(() =>
        {
            string? given = parsed.GetValue(name);
            Incident[] incidents = [.. Samples.Incidents(given).Select(IncidentFile.Read)];
            IncidentReport[] reports = Watch.Over(screen, "living incidents", _ => incidents.Select(incident => IncidentReport.Of(incident)).ToArray());
            if (parsed.GetValue(json)) screen.Json(new { incidents = reports.Select(IncidentAnswer.Of) });
            else if (given is null) ShowAll(screen, reports);
            else foreach (IncidentReport report in reports) Show(screen, report);

            return reports.All(report => report.Holds) ? ExitCode.Good : ExitCode.BadNews;
        }));

        return verb;
    }

    private static void ShowAll(Screen screen, IncidentReport[] reports)
    {
        Table table = Tables.New("incident", ">reported", ">scaled", ">guards off", ">part", ">guards on", ">part", ">refused");
        foreach (IncidentReport report in reports)
        {
            table.AddRow(
                report.Incident.Name,
                Figures.Short(report.Incident.Reported.Loss),
                Figures.Short(report.Incident.ScaledLoss),
                Figures.In("red", Figures.Short(report.Off.Harm)),
                Figures.Percent(report.PartOff),
                Figures.In(report.Holds ? "green" : "red", Figures.Short(report.On.Harm)),
                Figures.Percent(report.PartOn),
                $"{Figures.Count(report.Off.Refused.Length)} → {Figures.Count(report.On.Refused.Length)}");
        }

        screen.Page.Section("Incidents", table, "USD");
        screen.Page.WriteLine();
        screen.Page.MarkupLine(Figures.In("grey", "Parts are of the scaled loss; refused are the same commands without and with guards. What is counted as harm differs: plimsoll incidents NAME says what."));
    }

    private static void Show(Screen screen, IncidentReport report)
    {
        Incident incident = report.Incident;
        screen.Page.Section(incident.Title, new Markup(Markup.Escape(
            $"{incident.Reported.What}: {Figures.Usd(incident.Reported.Loss)} USD ({incident.Reported.Source})\nscale: one dollar here stands for {Figures.Usd(incident.Scale)}\ncounted: {IncidentAnswer.Counted(incident.Counts)}\n")));

        // Two tables, as one of all figures is wider than a terminal.
        Table harm = Tables.New("run", ">harm", ">of scaled", ">bad debt", ">liquidated", ">accounts", ">refused");
        Table bearers = Tables.New("run", ">insured", ">own funds", ">shared", ">deleveraged", ">provider", ">backstop");
        foreach (IncidentOutcome run in (IncidentOutcome[])[report.Off, .. report.Alone, report.On])
        {
            double part = run.Harm / incident.ScaledLoss;
            string colour = run.Guards.IsEmpty ? "red" : part <= IncidentReport.MostOn ? "green" : "yellow";
            string called = Markup.Escape(IncidentAnswer.Called(run, report));
            harm.AddRow(
                called,
                Figures.In(colour, Figures.Short(run.Harm)),
                Figures.Percent(part),
                Figures.Short(run.Bearers.Deficit),
                Figures.Short(run.Liquidated),
                Figures.Count(run.Fallen.Length),
                Figures.Count(run.Refused.Length));
            bearers.AddRow(
                called,
                Figures.Short(run.Bearers.Insured),
                Figures.Short(run.Bearers.OwnFunds),
                Figures.Short(run.Bearers.Socialised),
                Figures.Short(run.Bearers.Deleveraged),
                Figures.Short(run.Provider),
                Figures.Short(run.Backstop));
        }

        screen.Page.Section("Without and with guards", harm, "USD");
        screen.Page.Section("Who bore the bad debt", bearers, "USD; and what provider and backstop won or lost");
        foreach (IncidentGuard guard in incident.Guards) screen.Page.MarkupLine($"  {Markup.Escape(guard.Guard)}: {Figures.In("grey", guard.Does)}");
        Refused(screen, "Refused without guards", report.Off);
        Refused(screen, "Refused with guards", report.On);
    }

    private static void Refused(Screen screen, string heading, IncidentOutcome run)
    {
        if (run.Refused.IsEmpty) return;

        // What is asked again and again in tranches is one line.
        Table table = Tables.New("from", ">times", "command", "refused as");
        (string Command, string Refusal)[] kinds = [.. run.Refused.Select(Kind).Distinct()];
        foreach ((string command, string refusal) in kinds.Take(MostRefused))
        {
            RefusedCommand[] alike = [.. run.Refused.Where(one => Kind(one) == (command, refusal))];
            table.AddRow(Figures.Moment(alike[0].At), Figures.Count(alike.Length), Markup.Escape(command), refusal);
        }

        if (kinds.Length > MostRefused) table.AddRow("", "", $"and {kinds.Length - MostRefused} kinds more", "");
        screen.Page.Section(heading, table);
    }

    private static (string What, string Refusal) Kind(RefusedCommand refused) =>
        (refused.What, JsonNamingPolicy.KebabCaseLower.ConvertName(refused.Refusal.ToString()));
}
