using SQLitePCL;

namespace Plimsoll.Storage.Sqlite;

/// <summary>SQLite said no. It stays inside this room: the store says what it means for the venue.</summary>
/// <param name="code">The primary result code.</param>
/// <param name="message">SQLite's own words.</param>
internal sealed class SqliteFault(int code, string message) : Exception(message)
{
    /// <summary>The primary result code, e.g. 13 for a full disk.</summary>
    public int Code { get; } = code & 0xFF;

    /// <summary>Whether the file's own structure is broken, or it never was a database.</summary>
    public bool IsDamage => Code is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;
}
