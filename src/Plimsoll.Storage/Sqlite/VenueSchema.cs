using System.Globalization;
using Plimsoll.Units;

namespace Plimsoll.Storage.Sqlite;

/// <summary>
/// The tables of a venue's file, readable with any SQLite tool: <c>venue</c> says what the file is, <c>journal</c>
/// has a row per entry, <c>snapshots</c> and <c>snapshot_parts</c> the latest states.
/// </summary>
internal static class VenueSchema
{
    /// <summary>The schema this build writes and reads.</summary>
    public const int Current = 1;

    /// <summary>"PLIM" in the file's header: tools such as <c>file</c> can tell a venue by it.</summary>
    private const int ApplicationId = 0x504C494D;

    private const string Tables = """
        CREATE TABLE venue (
          name  TEXT PRIMARY KEY,
          value TEXT NOT NULL
        ) WITHOUT ROWID;

        CREATE TABLE journal (
          seq     INTEGER PRIMARY KEY, -- 1, 2, 3, ... without a gap
          at      INTEGER NOT NULL,    -- Unix microseconds UTC
          "by"    TEXT    NOT NULL,    -- account that asked; empty: the venue itself
          id      TEXT    NOT NULL,    -- the client's own name for the command
          outcome INTEGER NOT NULL,    -- 0 accepted, else the number of the refusal
          command TEXT    NOT NULL,    -- JSON
          events  TEXT    NOT NULL,    -- JSON array
          hash    BLOB    NOT NULL     -- SHA-256 over the hash before and this row
        );

        CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal
        BEGIN SELECT RAISE(ABORT, 'a journal is append-only'); END;

        CREATE TRIGGER journal_is_never_cut BEFORE DELETE ON journal
        BEGIN SELECT RAISE(ABORT, 'a journal is append-only'); END;

        CREATE TABLE snapshots (
          seq          INTEGER PRIMARY KEY, -- last entry the state holds
          format       INTEGER NOT NULL,
          at           INTEGER NOT NULL,    -- Unix microseconds UTC
          journal_hash BLOB    NOT NULL,    -- hash of that entry
          state_hash   BLOB    NOT NULL,
          size         INTEGER NOT NULL,    -- bytes of the state, uncompressed
          digest       BLOB    NOT NULL     -- SHA-256 over this row and the state
        );

        CREATE TABLE snapshot_parts (
          seq   INTEGER NOT NULL,
          part  INTEGER NOT NULL,           -- 0, 1, 2, ...
          bytes BLOB    NOT NULL,           -- a piece of the state, deflated (RFC 1951)
          PRIMARY KEY (seq, part)
        );
        """;

    /// <summary>Whether nothing was ever put into the file.</summary>
    public static bool IsEmpty(SqliteConnection connection) =>
        connection.Number("PRAGMA application_id") == 0 && connection.Number("SELECT count(*) FROM sqlite_master") == 0;

    /// <summary>Makes an empty file a venue, wholly or not at all.</summary>
    public static void Create(SqliteConnection connection)
    {
        connection.Execute("BEGIN IMMEDIATE");
        connection.Execute(Tables);
        connection.Execute($"INSERT INTO venue VALUES ('product', 'Plimsoll'), ('schema', '{Current}')");
        connection.Execute($"PRAGMA application_id = {ApplicationId}");
        connection.Execute("COMMIT");
    }

    /// <summary>Refuses a file that is no venue, or one of a schema this build does not know.</summary>
    /// <exception cref="InputException">The file cannot be used.</exception>
    public static void Check(SqliteConnection connection, string path)
    {
        if (connection.Number("PRAGMA application_id") != ApplicationId)
            throw new InputException(path, "this is a SQLite database, but not a Plimsoll venue");

        string schema = connection.Text("SELECT value FROM venue WHERE name = 'schema'");
        if (!int.TryParse(schema, NumberStyles.None, CultureInfo.InvariantCulture, out int version) || version < 1)
            throw new InputException(path, $"the venue's schema is '{schema}', expected a number from 1 to {Current}");
        if (version > Current)
            throw new InputException(path, $"the venue's schema is {version}, newer than {Current}, the newest this build knows; use a newer build");
    }
}
