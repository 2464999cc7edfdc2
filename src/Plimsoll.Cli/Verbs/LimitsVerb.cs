using System.CommandLine;
using System.Text.Json;
using Plimsoll.Cli.Books;
using Plimsoll.Cli.Terminal;
using Plimsoll.Engine;
using Plimsoll.Risk.Limits;
using Spectre.Console;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll limits</c>: what a venue's limits measure and how far they are used.</summary>
internal static class LimitsVerb
{
    private const int MostAccounts = 10;

    /// <summary>The verb.</summary>
    public static Command Build(Screen screen)
    {
        var venue = new Argument<string>("VENUE") { Description = "A venue's file." };
        Option<bool> json = Asked.Json();
        var verb = new Verb(
            "limits",
            "A venue's limits with what they measure and how far they are used; exit code 1 where a hard line is passed.",
            "demo --accounts 400 --journal crash.venue",
            "import samples/imports/limits.jsonl --venue crash.venue",
            "limits crash.venue")
        {
            venue, json,
        };
        verb.SetAction(parsed =>
        {
            VenueState state = ExposedBook.Venue(parsed.GetRequiredValue(venue));
            IReadOnlyList<LimitReading> readings = state.Limits.Readings(MostAccounts);
            if (parsed.GetValue(json)) screen.Json(new { at = state.Now.ToString(), limits = readings.Select(reading => Answer(state, reading)) });
            else Show(screen, readings);

            return readings.Any(reading => reading.Level == LimitLevel.Hard) ? ExitCode.BadNews : ExitCode.Good;
        });

        return verb;
    }

    private static object Answer(VenueState state, LimitReading reading) => new
    {
        limit = reading.Terms.Id.Value,
        scope = reading.Terms.Scope,
        of = reading.Terms.Of,
        account = reading.Account?.Value,
        measure = reading.Terms.Measure,
        gross = reading.Terms.Gross,
        underlying = reading.Terms.Underlying?.Value,
        bucket = reading.Terms.Bucket?.Value,
        soft = reading.Terms.Soft,
        hard = reading.Terms.Hard,
        value = reading.Value,
        utilisation = double.IsFinite(reading.Utilisation) ? reading.Utilisation : (double?)null,
        level = reading.Level,
        breaches = state.Limits.BreachesOf(reading.Terms.Id),
    };

    private static void Show(Screen screen, IReadOnlyList<LimitReading> readings)
    {
        Table table = Tables.New("limit", "whose", "what", ">value", ">soft", ">hard", ">used", "");
        foreach (LimitReading reading in readings)
        {
            LimitTerms terms = reading.Terms;
            table.AddRow(
                Figures.In("default", terms.Id.Value),
                Figures.In("default", reading.Account?.Value ?? terms.Of ?? Name(terms.Scope)),
                Figures.In("default", $"{(terms.Gross ? "gross" : "net")} {Name(terms.Measure)}{(terms.Underlying is { } asset ? $" on {asset}" : "")}{(terms.Bucket is { } bucket ? $" in {bucket}" : "")}"),
                Figures.Short(reading.Value),
                terms.Soft is { } soft ? Figures.Short(soft) : Figures.None,
                terms.Hard is { } hard ? Figures.Short(hard) : Figures.None,
                double.IsFinite(reading.Utilisation) ? Figures.Percent(reading.Utilisation) : Figures.None,
                reading.Level switch { LimitLevel.Hard => Figures.In("red", "◀ hard"), LimitLevel.Soft => Figures.In("yellow", "◀ soft"), _ => "" });
        }

        screen.Page.Section("Limits", table, "USD");
        int passed = readings.Count(reading => reading.Level == LimitLevel.Hard);
        int warned = readings.Count(reading => reading.Level == LimitLevel.Soft);
        screen.Verdict(passed > 0 ? "red" : warned > 0 ? "yellow" : "green", readings.Count == 0
            ? "No limits are set."
            : $"{readings.Count} measured: {passed} beyond the hard line, {warned} beyond the soft one.");
    }

    private static string Name<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
