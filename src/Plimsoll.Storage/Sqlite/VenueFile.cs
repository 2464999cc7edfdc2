using Plimsoll.Units;
using SQLitePCL;

namespace Plimsoll.Storage.Sqlite;

/// <summary>
/// A venue's file, opened and found to be one. For writing it holds the venue's lock and keeps a write-ahead log that
/// is synced at every commit; for reading it takes no lock and changes nothing.
/// </summary>
internal sealed class VenueFile : IDisposable
{
    /// <summary>Twice SQLite's default: a batch of entries then syncs fewer pages, and one entry alone not many bytes more.</summary>
    private const int PageBytes = 8192;

    /// <summary>Pages of log, 32 MB, after which SQLite moves them into the file: fewer would sync both files more often, more would make that pause longer.</summary>
    private const int CheckpointPages = 4000;

    private const long LogBytesKept = 64 << 20;

    private readonly VenueLock? _lock;
    private readonly bool _immutable;

    private VenueFile(string path, SqliteConnection connection, VenueLock? @lock, bool immutable) =>
        (Path, Connection, _lock, _immutable) = (path, connection, @lock, immutable);

    /// <summary>The file's path as it was given.</summary>
    public string Path { get; }

    /// <summary>The connection to it.</summary>
    public SqliteConnection Connection { get; }

    /// <summary>Opens a venue for writing, and makes one where there is no file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="largestBytes">What the file may grow to.</param>
    /// <exception cref="InputException">The file cannot be used.</exception>
    public static VenueFile OpenForWriting(string path, long largestBytes)
    {
        RefuseBadPlace(path);
        if (File.Exists(path) && File.GetAttributes(path).HasFlag(FileAttributes.ReadOnly))
            throw new InputException(path, "the file is read-only, expected one that may be written");

        VenueLock @lock = VenueLock.Take(path);
        SqliteConnection? connection = null;
        try
        {
            connection = SqliteConnection.OpenForWriting(path);
            PrepareForWriting(connection, path, largestBytes);

            return new VenueFile(path, connection, @lock, immutable: false);
        }
        catch (Exception fault)
        {
            connection?.Dispose();
            @lock.Dispose();
            if (fault is SqliteFault refusal) throw Refusal(path, refusal);
            throw;
        }
    }

    /// <summary>Opens a venue for reading, whether or not somebody writes it.</summary>
    /// <exception cref="InputException">The file cannot be used.</exception>
    public static VenueFile OpenForReading(string path)
    {
        RefuseBadPlace(path);
        if (!File.Exists(path)) throw new InputException(path, "there is no such file");

        // A writer, alive or dead by accident, leaves a log; without one nobody writes and the file is all there is.
        bool immutable = !File.Exists(LogOf(path));
        SqliteConnection? connection = null;
        try
        {
            connection = immutable ? SqliteConnection.OpenImmutable(path) : SqliteConnection.OpenForReading(path);
            VenueSchema.Check(connection, path);

            return new VenueFile(path, connection, @lock: null, immutable);
        }
        catch (Exception fault)
        {
            connection?.Dispose();
            if (fault is SqliteFault refusal) throw Refusal(path, refusal);
            throw;
        }
    }

    /// <summary>Refuses what was just read where the file may have changed under the reader.</summary>
    /// <exception cref="InputException">A writer came while the file was being read as one that nobody writes.</exception>
    public void RefuseIfDisturbed()
    {
        if (_immutable && File.Exists(LogOf(Path)))
            throw new InputException(Path, "the venue was opened for writing while it was being read; read it again");
    }

    /// <summary>SQLite's refusal as a fault of the input.</summary>
    public static InputException Refusal(string path, SqliteFault fault) => new(
        path,
        fault.Code switch
        {
            raw.SQLITE_NOTADB => "this is not a SQLite database, so not a Plimsoll venue",
            raw.SQLITE_CORRUPT => $"the file is damaged: {fault.Message}",
            raw.SQLITE_BUSY => "another program keeps the file locked",
            _ => $"the file cannot be used: {fault.Message}",
        },
        fault);

    /// <inheritdoc/>
    public void Dispose()
    {
        Connection.Dispose();
        _lock?.Dispose();
    }

    private static void RefuseBadPlace(string path)
    {
        string? directory = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path));
        if (!Directory.Exists(directory)) throw new InputException(path, $"the directory {directory} does not exist");
        if (Directory.Exists(path)) throw new InputException(path, "this is a directory, expected a file");
    }

    private static void PrepareForWriting(SqliteConnection connection, string path, long largestBytes)
    {
        // What is not ours is refused before anything of it is changed.
        bool isNew = VenueSchema.IsEmpty(connection);
        if (!isNew) VenueSchema.Check(connection, path);
        if (connection.IsReadOnly) throw new InputException(path, "the file is read-only, expected one that may be written");

        if (isNew) connection.Execute($"PRAGMA page_size = {PageBytes}");
        if (!string.Equals(connection.Text("PRAGMA journal_mode = WAL"), "wal", StringComparison.Ordinal))
            throw new InputException(path, "the file system does not allow a write-ahead log beside the file");
        connection.Execute("PRAGMA synchronous = FULL; PRAGMA fullfsync = 1; PRAGMA checkpoint_fullfsync = 1; PRAGMA trusted_schema = OFF");
        connection.Execute($"PRAGMA wal_autocheckpoint = {CheckpointPages}; PRAGMA journal_size_limit = {LogBytesKept}");
        if (isNew) VenueSchema.Create(connection);

        long pages = largestBytes / connection.Number("PRAGMA page_size");
        connection.Execute($"PRAGMA max_page_count = {Math.Clamp(pages, 1, uint.MaxValue - 1)}");
    }

    private static string LogOf(string path) => path + "-wal";
}
