using System.CommandLine;
using System.Text.Json;
using Plimsoll.Cli.Imports;
using Plimsoll.Cli.Terminal;
using Plimsoll.Engine;
using Plimsoll.Engine.Hosting;
using Plimsoll.Storage.Sqlite;
using Plimsoll.Units;
using Spectre.Console;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll import</c>: brings commands or balances from a file into a venue, each once however often it is run.</summary>
internal static class ImportVerb
{
    private const long MostBytes = 1L << 30;
    private const int UnderWay = 4096;
    private const int RefusalsShown = 10;

    /// <summary>The verb.</summary>
    public static Command Build(Screen screen)
    {
        var file = new Argument<string>("FILE") { Description = "Commands as JSON lines {\"id\",\"by\",\"at\"?,\"command\"}, or balances as CSV account,asset,amount." };
        Option<string> venue = new("--venue") { Description = "The venue's file; made where there is none.", HelpName = "FILE", Required = true };
        Option<bool> json = Asked.Json();
        var verb = new Verb(
            "import",
            "Bring commands or balances into a venue's file; all lines are checked first, and none counts twice. Exit code 1 where any was refused.",
            "import samples/imports/opening.jsonl --venue small.venue",
            "import samples/imports/balances.csv --venue small.venue")
        {
            file, venue, json,
        };
        verb.SetAction(async (parsed, stop) =>
        {
            Imported imported = await Import(screen, parsed.GetRequiredValue(file), parsed.GetRequiredValue(venue), stop).ConfigureAwait(false);
            if (parsed.GetValue(json)) screen.Json(imported);
            else Show(screen, imported);

            return imported.Refused > 0 ? ExitCode.BadNews : ExitCode.Good;
        });

        return verb;
    }

    private static async Task<Imported> Import(Screen screen, string file, string venue, CancellationToken stop)
    {
        byte[] bytes = InputFile.Bytes(file, MostBytes);
        bool balances = BalanceLines.IsBalances(bytes);
        // Lines that need nothing of the venue are checked before its file is even made.
        List<ImportedCommand>? commands = balances ? null : CommandLines.Read(file, bytes);
        if (balances && !File.Exists(venue)) throw new InputException(venue, "there is no such venue, expected one that lists the assets of the balances");

        SqliteJournalStore store = SqliteJournalStore.Open(venue);
        VenueEngine engine;
        try
        {
            VenueKernel kernel = Recovery.Recover(store);
            commands ??= BalanceLines.Read(file, bytes, kernel.State);
            engine = new VenueEngine(kernel, store, new EngineOptions { Clock = Now });
        }
        catch
        {
            store.Dispose();
            throw;
        }

        using (engine)
        {
            return await Submit(screen, engine, file, venue, commands, stop).ConfigureAwait(false);
        }
    }

    private static async Task<Imported> Submit(Screen screen, VenueEngine engine, string file, string venue, List<ImportedCommand> commands, CancellationToken stop)
    {
        int accepted = 0, repeated = 0;
        var refused = new List<RefusedLine>();
        for (int from = 0; from < commands.Count; from += UnderWay)
        {
            stop.ThrowIfCancellationRequested();
            List<ImportedCommand> some = commands.GetRange(from, Math.Min(UnderWay, commands.Count - from));
            Outcome[] outcomes = await Task.WhenAll(some.Select(command => engine.Submit(command.By, command.Id, command.Command, command.At))).ConfigureAwait(false);
            for (int i = 0; i < outcomes.Length; i++)
            {
                if (outcomes[i].Repeated) repeated++;
                else if (outcomes[i].Accepted) accepted++;
                if (!outcomes[i].Accepted) refused.Add(new RefusedLine(some[i].Line, some[i].Id.Value, JsonNamingPolicy.KebabCaseLower.ConvertName(outcomes[i].Refusal.ToString()), outcomes[i].Detail));
            }

            if (screen.IsWatched) screen.Say($"{from + outcomes.Length:N0} of {commands.Count:N0} commands");
        }

        long sequence = await engine.Ask(kernel => kernel.Sequence).ConfigureAwait(false);

        return new Imported(file, venue, commands.Count, accepted, repeated, refused.Count, [.. refused.GroupBy(line => line.Refusal, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new RefusalCount(group.Key, group.Count()))], refused, sequence);
    }

    private static void Show(Screen screen, Imported imported)
    {
        Grid grid = Facts.New();
        grid.Fact("file", imported.File);
        grid.Fact("venue", $"{imported.Venue}, now at entry {Figures.Count(imported.Sequence)}");
        grid.Fact("commands", Figures.Count(imported.Commands));
        grid.Fact("accepted", Figures.Count(imported.Accepted));
        grid.Fact("known already", Figures.Count(imported.Repeated));
        grid.Fact("refused", Figures.Count(imported.Refused));
        screen.Page.Write(grid);
        if (imported.Refused > 0)
        {
            Table table = Tables.New(">line", "id", "refused", "");
            foreach (RefusedLine line in imported.Lines.Take(RefusalsShown)) table.AddRow(Figures.Count(line.Line), Markup.Escape(line.Id), Figures.In("red", line.Refusal), Markup.Escape(line.Detail ?? ""));
            screen.Page.Write(table);
            if (imported.Refused > RefusalsShown) screen.Page.MarkupLine(Figures.In("grey", $"and {imported.Refused - RefusalsShown} more"));
        }

        screen.Verdict(
            imported.Refused > 0 ? "red" : "green",
            imported.Refused > 0 ? $"{Figures.Count(imported.Refused)} commands were refused; everything else is durable." : imported.Accepted == 0 ? "Nothing new: every command was known already." : "Everything is durable.");
    }

    private static Instant Now() => new((TimeProvider.System.GetUtcNow().Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);

    private sealed record Imported(
        string File, string Venue, int Commands, int Accepted, int Repeated, int Refused, IReadOnlyList<RefusalCount> Refusals, IReadOnlyList<RefusedLine> Lines, long Sequence);

    private sealed record RefusalCount(string Refusal, int Count);

    private sealed record RefusedLine(int Line, string Id, string Refusal, string? Detail);
}
