using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Plimsoll.Engine.Journal;
using Plimsoll.Storage.Sqlite;
using Plimsoll.Units;

namespace Plimsoll.Storage.Tests;

/// <summary>A child process appends batches and is killed without warning, again and again, on one and the same venue.</summary>
public class CrashTests
{
    private const int Kills = 20;

    [Fact]
    public void Killed_at_any_instant_a_venue_loses_nothing_acknowledged_and_holds_no_half_of_a_batch()
    {
        using Venue venue = new();
        uint chance = 2463534242;
        long acknowledged = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            chance ^= chance << 13;
            chance ^= chance >> 17;
            chance ^= chance << 5;
            TimeSpan patience = TimeSpan.FromMilliseconds(chance % 150);

            acknowledged = Math.Max(acknowledged, RunAndKill(venue.File, kill, patience));

            using SqliteJournalStore store = venue.Open();
            string when = $"kill {kill}, {patience.TotalMilliseconds} ms after opening";
            store.LastSequence.ShouldBeGreaterThanOrEqualTo(acknowledged, when);
            store.Verify().ShouldBeNull(when);
            ShouldBeWholeBatches(store, when);
            _ = store.LatestSnapshot();
            store.SnapshotNotes.ShouldBeEmpty(when);
        }
    }

    [Fact]
    public void Killed_while_it_is_being_made_a_venue_can_still_be_opened()
    {
        for (int kill = 0; kill < 10; kill++)
        {
            using Venue venue = new();
            using Process child = Start(venue.File, kill);
            while (venue.Names().Length == 0) Thread.Yield();
            Thread.Sleep(kill * 3);
            Kill(child);

            using SqliteJournalStore store = venue.Open();
            store.Verify().ShouldBeNull($"kill {kill}");
        }
    }

    [Fact]
    public void A_reader_after_a_crash_sees_everything_acknowledged_and_changes_neither_file_nor_log()
    {
        using Venue venue = new();
        long acknowledged = RunAndKill(venue.File, 3, TimeSpan.FromMilliseconds(100));
        string log = venue.Beside("test.venue-wal");
        (byte[] file, byte[] tail) = (File.ReadAllBytes(venue.File), File.ReadAllBytes(log));

        using (SqliteJournalStore reader = venue.Open(readOnly: true))
        {
            reader.LastSequence.ShouldBeGreaterThanOrEqualTo(acknowledged);
            reader.Verify().ShouldBeNull();
        }

        File.ReadAllBytes(venue.File).ShouldBe(file);
        File.ReadAllBytes(log).ShouldBe(tail);
    }

    [Fact]
    public void A_writer_in_another_process_keeps_this_one_out_and_can_be_found_by_its_number()
    {
        using Venue venue = new();
        using Process child = Start(venue.File, 1);
        try
        {
            child.StandardOutput.ReadLine().ShouldBe("open");

            Should.Throw<InputException>(() => venue.Open()).Message.ShouldContain(venue.File + ".lock");
        }
        finally
        {
            Kill(child);
        }

        venue.Open().Dispose();
    }

    private static Process Start(string path, int variation)
    {
        ProcessStartInfo start = new("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "Plimsoll.Storage.Crash.dll"),
                path,
                variation.ToString(CultureInfo.InvariantCulture),
            },
        };

        return Process.Start(start)!;
    }

    /// <summary>Lets a child append for a while, kills it, and answers the last sequence it was told is durable.</summary>
    private static long RunAndKill(string path, int variation, TimeSpan patience)
    {
        using Process child = Start(path, variation);
        child.StandardOutput.ReadLine().ShouldBe("open");
        Task<string> told = child.StandardOutput.ReadToEndAsync();
        Thread.Sleep(patience);
        Kill(child);

        string[] lines = told.GetAwaiter().GetResult().Split('\n', StringSplitOptions.RemoveEmptyEntries);

        return lines.Length == 0 ? 0 : long.Parse(lines[^1], CultureInfo.InvariantCulture);
    }

    private static void Kill(Process child)
    {
        child.Kill();
        child.WaitForExit();
    }

    private static void ShouldBeWholeBatches(SqliteJournalStore store, string when)
    {
        int left = 0;
        int place = 0;
        foreach (JournalEntry entry in store.ReadFrom(1))
        {
            JsonElement command = JsonDocument.Parse(entry.Command).RootElement;
            if (left == 0) (left, place) = (command.GetProperty("size").GetInt32(), 0);
            command.GetProperty("place").GetInt32().ShouldBe(place++, when);
            left--;
        }

        left.ShouldBe(0, when);
    }
}
