using System.Diagnostics;
using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Hosting;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;
using Plimsoll.Storage.Sqlite;
using Plimsoll.Units;
using SQLitePCL;

namespace Plimsoll.Bench;

/// <summary>
/// Durable commands a second, from the client's call to the answer after the disk has it, beside raw inserts of 64-byte
/// rows into the same SQLite, in batches of 1,000 with the same sync.
/// </summary>
internal static class DurableBench
{
    private const int Commands = 300_000;
    private const int Clients = 8;
    private const int InFlight = 1024;
    private const int BatchRows = 1000;
    private const int Rounds = 6;

    private static readonly (string Setting, string Value)[] AsServed =
        [("DOTNET_TieredCompilation", "1"), ("DOTNET_TieredPGO", "1"), ("DOTNET_gcConcurrent", "0")];

    /// <summary>
    /// The other measurements begin in optimised code; a server is compiled again while it runs, from what it meets.
    /// So this one runs in a process with the settings of <c>plimsoll serve</c>, raw rows and venue alike, and its first
    /// rounds warm both up.
    /// </summary>
    public static int Run()
    {
        if (AsServed.All(setting => Environment.GetEnvironmentVariable(setting.Setting) == setting.Value)) return Measure();

        var start = new ProcessStartInfo(Environment.ProcessPath!, Environment.GetCommandLineArgs().Skip(IsHosted ? 0 : 1));
        foreach ((string setting, string value) in AsServed) start.Environment[setting] = value;
        using Process served = Process.Start(start)!;
        served.WaitForExit();

        return served.ExitCode;
    }

    /// <summary>Whether the process is <c>dotnet</c> with the program as its first argument.</summary>
    private static bool IsHosted => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";

    private static int Measure()
    {
        string folder = Directory.CreateTempSubdirectory("plimsoll-bench").FullName;
        try
        {
            double raw = 0, venue = 0;
            for (int round = 0; round < Rounds; round++)
            {
                raw = Math.Max(raw, Raw(Path.Combine(folder, $"raw{round}.db")));
                venue = Math.Max(venue, Engine(Path.Combine(folder, $"venue{round}.venue")));
            }

            Console.WriteLine($"{Commands:N0} commands by {Clients} clients, {InFlight} in flight each; best of {Rounds} rounds");
            Console.WriteLine();
            Console.WriteLine($"{"raw rows of 64 bytes",-34} {raw,12:N0} /s");
            Console.WriteLine($"{"durable commands",-34} {venue,12:N0} /s   ratio {venue / raw:F2}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static double Raw(string path)
    {
        _ = SqliteLibrary.Version;
        Check(raw.sqlite3_open(path, out sqlite3 file));
        using sqlite3 connection = file;
        Check(raw.sqlite3_exec(connection, "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE row (seq INTEGER PRIMARY KEY, body BLOB NOT NULL)"));
        Check(raw.sqlite3_prepare_v2(connection, "INSERT INTO row (body) VALUES (?1)", out sqlite3_stmt prepared));
        using sqlite3_stmt insert = prepared;
        byte[] body = new byte[64];
        var watch = Stopwatch.StartNew();
        for (int at = 0; at < Commands; at += BatchRows)
        {
            Check(raw.sqlite3_exec(connection, "BEGIN IMMEDIATE"));
            for (int row = 0; row < BatchRows; row++)
            {
                BitConverter.TryWriteBytes(body, at + row);
                Check(raw.sqlite3_bind_blob(insert, 1, body));
                Check(raw.sqlite3_step(insert));
                Check(raw.sqlite3_reset(insert));
            }

            Check(raw.sqlite3_exec(connection, "COMMIT"));
        }

        return Commands / watch.Elapsed.TotalSeconds;
    }

    private static double Engine(string path)
    {
        using SqliteJournalStore store = SqliteJournalStore.Open(path);
        using var engine = new VenueEngine(
            Recovery.Recover(store), store, new EngineOptions { Clock = () => Instant.Utc(2026, 1, 1), SnapshotEvery = 0 });
        engine.Submit(Envelope.Venue, new CommandId("usdc"), new ListAsset(new AssetId("USDC"), 6, AssetClass.Stable)).Wait();
        for (int c = 0; c < Clients; c++) engine.Submit(Envelope.Venue, new CommandId($"open{c}"), new OpenAccount(new AccountId($"client-{c}"))).Wait();

        var watch = Stopwatch.StartNew();
        Task.WaitAll([.. Enumerable.Range(0, Clients).Select(client => Task.Run(() => Client(engine, client)))]);

        return Commands / watch.Elapsed.TotalSeconds;
    }

    private static async Task Client(VenueEngine engine, int client)
    {
        var name = new AccountId($"client-{client}");
        var flying = new Queue<Task<Outcome>>();
        for (int i = 0; i < Commands / Clients; i++)
        {
            flying.Enqueue(engine.Submit(name, new CommandId($"d{i}"), new Deposit(name, new AssetId("USDC"), "12.5", Fund.Hot)));
            if (flying.Count >= InFlight) Expect(await flying.Dequeue());
        }

        while (flying.TryDequeue(out Task<Outcome>? answer)) Expect(await answer);
    }

    private static void Expect(Outcome outcome) => Law.Holds(outcome.Accepted, "every deposit is accepted");

    private static void Check(int code) => Law.Holds(code is raw.SQLITE_OK or raw.SQLITE_DONE or raw.SQLITE_ROW, $"SQLite answers well, not {code}");
}
