using System.Text;
using Plimsoll.Engine.Journal;
using Plimsoll.Storage.Sqlite;
using Plimsoll.Units;
using SQLitePCL;

namespace Plimsoll.Storage.Tests;

/// <summary>A venue's file in a directory of its own that goes away with the test.</summary>
internal sealed class Venue : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("plimsoll-").FullName;

    public string File => Path.Combine(_directory, "test.venue");

    public string Beside(string name) => Path.Combine(_directory, name);

    /// <summary>The names of the files in the directory, sorted.</summary>
    public string[] Names() => [.. Directory.GetFiles(_directory).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public SqliteJournalStore Open(bool readOnly = false, long largestBytes = long.MaxValue) =>
        SqliteJournalStore.Open(File, readOnly, largestBytes);

    /// <summary>A venue with this many entries, appended as one batch and closed.</summary>
    public static Venue With(int entries)
    {
        Venue venue = new();
        using SqliteJournalStore store = venue.Open();
        store.Append(Entries(store, entries));

        return venue;
    }

    /// <summary>Entries that continue a store, all different.</summary>
    public static JournalEntry[] Entries(IJournalStore store, int count, int padding = 0)
    {
        JournalEntry[] entries = new JournalEntry[count];
        (long sequence, Hash256 hash) = (store.LastSequence, store.LastHash);
        for (int i = 0; i < count; i++)
        {
            sequence++;
            entries[i] = JournalEntry.Chained(
                hash,
                sequence,
                Instant.Utc(2020, 3, 12) + TimeSpan.FromSeconds(sequence),
                new AccountId($"account-{sequence % 7}"),
                new CommandId($"c-{sequence}"),
                (ushort)(sequence % 3),
                Encoding.UTF8.GetBytes($$"""{"type":"deposit","amount":"{{sequence}}","note":"Plimsoll’s line"}""" + new string(' ', padding)),
                Encoding.UTF8.GetBytes($$"""[{"type":"deposited","amount":"{{sequence}}"}]"""));
            hash = entries[i].Hash;
        }

        return entries;
    }

    /// <summary>Changes the closed file behind the store's back, as a stranger with a SQLite tool could.</summary>
    public void Tamper(string sql) => Run(File, sql);

    public static void Run(string path, string sql)
    {
        _ = SqliteLibrary.Version;
        raw.sqlite3_open(path, out sqlite3 connection).ShouldBe(raw.SQLITE_OK);
        int code = raw.sqlite3_exec(connection, sql);
        string message = raw.sqlite3_errmsg(connection).utf8_to_string();
        raw.sqlite3_close_v2(connection);
        code.ShouldBe(raw.SQLITE_OK, message);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
