using System.CommandLine;
using Plimsoll.Cli.Demo;
using Plimsoll.Cli.Terminal;
using Plimsoll.Simulation.Stories;
using Plimsoll.Storage.Sqlite;
using Plimsoll.Units;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll demo</c>: a whole venue lives a crash in the terminal, and the report says how it stood.</summary>
internal static class DemoVerb
{
    private const int MostThreads = 1024;

    /// <summary>The verb.</summary>
    public static Command Build(Screen screen)
    {
        var story = new StoryChoice();
        Option<int?> threads = Asked.Count("--threads", 1, MostThreads, "Threads that judge accounts; changes the time, never the result (default 1).");
        Option<string?> journal = new("--journal") { Description = "Write the venue's journal to this new file, to be replayed or served.", HelpName = "FILE" };
        Option<string?> file = new("--out") { Description = "Write the JSON report to this file as well.", HelpName = "FILE" };
        Option<(string Name, string Value)[]> prove = Asked.Pairs("--prove", "ACCOUNT=FILE", "Write the account's inclusion proof at the end to this file (plimsoll verify checks it).");
        Option<bool> json = Asked.Json();
        var verb = new Verb(
            "demo",
            "Let a whole venue live a crash and report how it stood; exit code 1 where it ends sunk.",
            "demo --accounts 2000",
            "demo --accounts 2000 --heavier 1.5 --journal crash.venue",
            "demo --accounts 2000 --shock flash-crash --json",
            "demo --accounts 400 --prove maker-00=proof.json")
        {
            threads, journal, file, prove, json,
        };
        story.AddTo(verb);
        verb.SetAction((parsed, stop) => Task.Run(
            () =>
            {
                (VenueStory told, _) = story.Open(parsed);
                if (parsed.GetValue(file) is { } target) CheckWritable(target);
                DemoProofs.Check(parsed.GetValue(prove) ?? []);

                using SqliteJournalStore? store = parsed.GetValue(journal) is { } path ? NewJournal(path) : null;
                var run = new StoryRun(told, store, parsed.GetValue(threads) ?? 1);
                DemoReport report = Watch.Over(screen, "building the venue", progress =>
                {
                    run.Live(progress, stop);

                    return DemoReporter.Of(told, run);
                });
                if (parsed.GetValue(file) is { } place) File.WriteAllText(place, Screen.ToJson(report) + "\n");
                if (parsed.GetValue(prove) is { Length: > 0 } wanted) screen.Say($"attested root {DemoProofs.Write(wanted, run.Kernel, run.After, told.Seed)} (a demo's secret comes from its seed: unsafe)");
                if (parsed.GetValue(json)) screen.Json(report);
                else DemoPage.Write(screen, report, run.Moments);

                return report.LoadLine.Verdict == "sunk" ? ExitCode.BadNews : ExitCode.Good;
            },
            CancellationToken.None));

        return verb;
    }

    private static SqliteJournalStore NewJournal(string path)
    {
        SqliteJournalStore store = SqliteJournalStore.Open(path);
        if (store.LastSequence == 0) return store;

        long entries = store.LastSequence;
        store.Dispose();

        throw new InputException($"--journal {path}", $"found a journal of {entries} entries, expected a new file");
    }

    private static void CheckWritable(string path)
    {
        string? folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (!Directory.Exists(folder)) throw new InputException($"--out {path}", "expected a folder that exists");
        if (Directory.Exists(path)) throw new InputException($"--out {path}", "found a folder, expected a file");
    }
}
