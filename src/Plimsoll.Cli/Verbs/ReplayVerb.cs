using System.CommandLine;
using System.Text.Json;
using Plimsoll.Cli.Demo;
using Plimsoll.Cli.Terminal;
using Plimsoll.Engine;
using Plimsoll.Engine.Journal;
using Plimsoll.Storage.Sqlite;
using Plimsoll.Units;
using Spectre.Console;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll replay</c>: reads a venue's journal from its start, read-only, and says whether it is what it claims to be.</summary>
internal static class ReplayVerb
{
    private const int ReportEvery = 512;

    /// <summary>The verb.</summary>
    public static Command Build(Screen screen)
    {
        var journal = new Argument<string>("JOURNAL") { Description = "A venue's file." };
        Option<bool> verify = new("--verify") { Description = "Decide every command again and demand the same events to the byte." };
        Option<int?> threads = Asked.Count("--threads", 1, 1024, "Threads that judge accounts (default 1).");
        Option<bool> json = Asked.Json();
        var verb = new Verb(
            "replay",
            "Replay a venue's journal, check its chain and print the state hash; exit code 1 where it was changed.",
            "demo --accounts 400 --journal crash.venue",
            "replay crash.venue --verify")
        {
            journal, verify, threads, json,
        };
        verb.SetAction((parsed, stop) => Task.Run(
            () =>
            {
                string file = parsed.GetRequiredValue(journal);
                bool decide = parsed.GetValue(verify);
                Replay replay = Watch.Over(screen, "opening the journal", progress => Read(file, decide, parsed.GetValue(threads) ?? 1, progress, stop));
                if (parsed.GetValue(json)) screen.Json(replay);
                else Show(screen, replay);

                return replay.ChainOk ? ExitCode.Good : ExitCode.BadNews;
            },
            CancellationToken.None));

        return verb;
    }

    private static Replay Read(string file, bool verify, int threads, Action<double, string> progress, CancellationToken stop)
    {
        SqliteJournalStore? store = null;
        var kernel = new VenueKernel();
        kernel.State.Judgement.Threads = threads;
        long events = 0, refused = 0, last = 0;
        try
        {
            store = SqliteJournalStore.Open(file, readOnly: true);
            last = store.LastSequence;
            foreach (JournalEntry entry in store.ReadFrom(1))
            {
                stop.ThrowIfCancellationRequested();
                if (verify) kernel.Verify(entry);
                else kernel.Replay(entry);
                events += CountOf(entry.Events.Span);
                if (entry.Outcome != 0) refused++;
                if (entry.Sequence % ReportEvery == 0) progress(entry.Sequence / (double)last, $"entry {entry.Sequence:N0} of {last:N0}, {entry.At}");
            }

            if (kernel.Sequence < last) return Broken($"{file} entry {kernel.Sequence + 1}: the entry is missing from the journal");
            Audit.Full(kernel.State);
        }
        catch (InputException fault) when (store is not null || fault.Place.Contains(" entry ", StringComparison.Ordinal))
        {
            return Broken(fault.Place.Contains("entry", StringComparison.Ordinal) ? fault.Message : $"{file} entry {kernel.Sequence + 1}: {fault.Message}");
        }
        catch (LawBrokenException fault)
        {
            return Broken($"{file} entry {kernel.Sequence + 1}: {fault.Message}");
        }
        finally
        {
            store?.Dispose();
        }

        return Answer(null, Snapshots.HashOf(kernel.State).ToString());

        Replay Broken(string fault) => Answer(fault, null);

        Replay Answer(string? fault, string? stateHash) => new(
            file, verify, kernel.Sequence, events, refused, kernel.State.Accounts.Count, kernel.Sequence == 0 ? null : kernel.State.Now.ToString(),
            fault is null, fault, kernel.Hash.ToString(), stateHash);
    }

    private static int CountOf(ReadOnlySpan<byte> events)
    {
        var reader = new Utf8JsonReader(events);
        reader.Read();
        int count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            count++;
            reader.Skip();
        }

        return count;
    }

    private static void Show(Screen screen, Replay replay)
    {
        Grid grid = Facts.New();
        grid.Fact("journal", replay.Journal);
        grid.Fact("entries", $"{Figures.Count(replay.Entries)} ({Figures.Count(replay.Refused)} refused)");
        grid.Fact("events", Figures.Count(replay.Events));
        grid.Fact("accounts", Figures.Count(replay.Accounts));
        if (replay.At is { } at) grid.Fact("venue's time", at);
        grid.Fact("journal hash", replay.JournalHash);
        if (replay.StateHash is { } hash) grid.Fact("state hash", hash);
        screen.Page.Write(grid);
        if (replay.Fault is { } fault) screen.Verdict("red", $"Broken: {fault}");
        else screen.Verdict("green", replay.Verified ? "Chain ok; every command decided again gave the same events to the byte." : "Chain ok; events applied, books audited.");
    }

    /// <summary>What a replay found.</summary>
    private sealed record Replay(
        string Journal, bool Verified, long Entries, long Events, long Refused, int Accounts, string? At, bool ChainOk, string? Fault, string JournalHash, string? StateHash);
}
