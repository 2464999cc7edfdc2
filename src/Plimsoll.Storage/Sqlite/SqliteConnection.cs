using SQLitePCL;

namespace Plimsoll.Storage.Sqlite;

/// <summary>One open SQLite file. Every refusal of SQLite's is a <see cref="SqliteFault"/>.</summary>
internal sealed class SqliteConnection : IDisposable
{
    private const int PatienceInMilliseconds = 5000;

    private readonly sqlite3 _handle;

    private SqliteConnection(sqlite3 handle) => _handle = handle;

    /// <summary>Whether no transaction is open.</summary>
    public bool IsIdle => raw.sqlite3_get_autocommit(_handle) != 0;

    /// <summary>Whether SQLite could open the file for reading only.</summary>
    public bool IsReadOnly => raw.sqlite3_db_readonly(_handle, "main") == 1;

    /// <summary>Opens for reading and writing, and creates the file where there is none.</summary>
    public static SqliteConnection OpenForWriting(string path) => Open(path, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);

    /// <summary>Opens for reading, beside a writer or after one that died.</summary>
    public static SqliteConnection OpenForReading(string path) => Open(path, raw.SQLITE_OPEN_READONLY);

    /// <summary>
    /// Opens a file that nobody writes for reading. SQLite then leaves no trace beside it, which it otherwise does
    /// for any file kept with a write-ahead log.
    /// </summary>
    public static SqliteConnection OpenImmutable(string path) =>
        Open(new Uri(Path.GetFullPath(path)).AbsoluteUri + "?immutable=1", raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_URI);

    /// <summary>Runs statements that answer nothing, or whose answer does not matter.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(_handle, sql));

    /// <summary>Prepares a statement that is kept and run many times.</summary>
    public SqliteStatement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out sqlite3_stmt statement));

        return new SqliteStatement(this, statement);
    }

    /// <summary>The number in the first column of the first row; 0 where there is none or it is NULL.</summary>
    public long Number(string sql)
    {
        using SqliteStatement statement = Prepare(sql);

        return statement.Step() ? statement.Number(0) : 0;
    }

    /// <summary>The text in the first column of the first row; empty where there is none or it is NULL.</summary>
    public string Text(string sql)
    {
        using SqliteStatement statement = Prepare(sql);

        return statement.Step() ? statement.Text(0) : "";
    }

    /// <summary>Turns a result code that is no success into a fault.</summary>
    public void Check(int code)
    {
        if (code is raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE) return;

        throw new SqliteFault(code, raw.sqlite3_errmsg(_handle).utf8_to_string());
    }

    /// <inheritdoc/>
    public void Dispose() => raw.sqlite3_close_v2(_handle);

    private static SqliteConnection Open(string path, int flags)
    {
        SqliteLibrary.Ensure();
        int code = raw.sqlite3_open_v2(path, out sqlite3 handle, flags | raw.SQLITE_OPEN_NOMUTEX, vfs: null);
        SqliteConnection connection = new(handle);
        try
        {
            connection.Check(code);
            connection.Check(raw.sqlite3_busy_timeout(handle, PatienceInMilliseconds));

            return connection;
        }
        catch (SqliteFault)
        {
            connection.Dispose();
            throw;
        }
    }
}
