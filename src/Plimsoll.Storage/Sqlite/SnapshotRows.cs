using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using Plimsoll.Engine.Journal;
using Plimsoll.Units;

namespace Plimsoll.Storage.Sqlite;

/// <summary>The tables <c>snapshots</c> and <c>snapshot_parts</c>: states, deflated in pieces.</summary>
internal static class SnapshotRows
{
    /// <summary>Bytes of state per piece: a state may outgrow what SQLite takes in one value.</summary>
    private const int Piece = 4 << 20;

    /// <summary>The state in deflated pieces. It needs no file, so it can be done before the file is held.</summary>
    public static IReadOnlyList<byte[]> Deflate(ReadOnlyMemory<byte> state)
    {
        List<byte[]> pieces = [];
        for (int from = 0; from < state.Length; from += Piece)
        {
            using MemoryStream deflated = new();
            using (DeflateStream stream = new(deflated, CompressionLevel.Fastest))
                stream.Write(state.Span.Slice(from, Math.Min(Piece, state.Length - from)));
            pieces.Add(deflated.ToArray());
        }

        return pieces;
    }

    /// <summary>Writes a snapshot in the place of one of the same entry, and drops those no longer kept.</summary>
    public static void Write(SqliteConnection connection, SnapshotRecord snapshot, IReadOnlyList<byte[]> pieces)
    {
        Remove(connection, $"seq = {snapshot.Sequence}");
        using SqliteStatement row = connection.Prepare("INSERT INTO snapshots VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
        row.Bind(1, snapshot.Sequence)
            .Bind(2, snapshot.Format)
            .Bind(3, snapshot.At.UnixMicroseconds)
            .Bind(4, snapshot.JournalHash)
            .Bind(5, snapshot.StateHash)
            .Bind(6, snapshot.State.Length)
            .Bind(7, Digest(snapshot))
            .Run();

        using SqliteStatement part = connection.Prepare("INSERT INTO snapshot_parts VALUES (?1, ?2, ?3)");
        for (int i = 0; i < pieces.Count; i++) part.Bind(1, snapshot.Sequence).Bind(2, i).BindBytes(3, pieces[i]).Run();

        Remove(connection, $"seq NOT IN (SELECT seq FROM snapshots ORDER BY seq DESC LIMIT {SnapshotRecord.Kept})");
    }

    /// <summary>The entries that have a snapshot, the newest first.</summary>
    public static IReadOnlyList<long> Sequences(SqliteConnection connection, long notAfter)
    {
        List<long> sequences = [];
        using SqliteStatement rows = connection.Prepare("SELECT seq FROM snapshots WHERE seq <= ?1 ORDER BY seq DESC");
        rows.Bind(1, notAfter);
        while (rows.Step()) sequences.Add(rows.Number(0));

        return sequences;
    }

    /// <summary>Reads the snapshot of an entry that has one.</summary>
    /// <exception cref="InputException">Its format is unknown, or it is not what was written.</exception>
    public static SnapshotRecord Read(SqliteConnection connection, long sequence, string path)
    {
        string place = $"{path} snapshot {sequence}";
        using SqliteStatement row = connection.Prepare(
            "SELECT format, at, journal_hash, state_hash, size, digest FROM snapshots WHERE seq = ?1");
        bool found = row.Bind(1, sequence).Step();
        Law.Holds(found, "only a snapshot that is there is read");

        long format = row.Number(0);
        if (format is < 1 or > SnapshotRecord.CurrentFormat)
            throw new InputException(place, $"its format is {format}, this build knows 1 to {SnapshotRecord.CurrentFormat}");
        if (row.Number(4) is < 0 or > int.MaxValue) throw new InputException(place, $"its size is {row.Number(4)}, expected 0 to {int.MaxValue}");

        SnapshotRecord snapshot = new(
            (int)format,
            sequence,
            new Instant(row.Number(1)),
            HashIn(row, 2, place),
            HashIn(row, 3, place),
            Inflate(connection, sequence, (int)row.Number(4), place));
        if (Digest(snapshot) != HashIn(row, 5, place)) throw new InputException(place, "its bytes do not match their hash");

        return snapshot;
    }

    private static Hash256 HashIn(SqliteStatement row, int column, string place) => row.Bytes(column).Length == Hash256.Size
        ? row.Hash(column)
        : throw new InputException(place, $"one of its hashes has {row.Bytes(column).Length} bytes, expected {Hash256.Size}");

    private static byte[] Inflate(SqliteConnection connection, long sequence, int size, string place)
    {
        using SqliteStatement parts = connection.Prepare("SELECT bytes FROM snapshot_parts WHERE seq = ?1 ORDER BY part");
        parts.Bind(1, sequence);

        // A damaged size must not ask for memory that the pieces could never fill.
        using MemoryStream state = new();
        byte[] piece = new byte[Math.Min(size, Piece)];
        try
        {
            while (state.Length < size && parts.Step())
            {
                using MemoryStream deflated = new(parts.Bytes(0).ToArray());
                using DeflateStream stream = new(deflated, CompressionMode.Decompress);
                int expected = (int)Math.Min(Piece, size - state.Length);
                stream.ReadExactly(piece, 0, expected);
                state.Write(piece, 0, expected);
            }
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException)
        {
            throw new InputException(place, "a piece of it cannot be inflated", fault);
        }

        if (state.Length < size) throw new InputException(place, $"it has {state.Length} bytes, expected {size}");

        return state.ToArray();
    }

    private static void Remove(SqliteConnection connection, string which)
    {
        connection.Execute($"DELETE FROM snapshots WHERE {which}");
        connection.Execute($"DELETE FROM snapshot_parts WHERE {which}");
    }

    /// <summary>SHA-256 over format (i32), sequence, time, size (i64, all little-endian), both hashes and the state.</summary>
    private static Hash256 Digest(SnapshotRecord snapshot)
    {
        Span<byte> head = stackalloc byte[sizeof(int) + (3 * sizeof(long)) + (2 * Hash256.Size)];
        BinaryPrimitives.WriteInt32LittleEndian(head, snapshot.Format);
        BinaryPrimitives.WriteInt64LittleEndian(head[4..], snapshot.Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(head[12..], snapshot.At.UnixMicroseconds);
        BinaryPrimitives.WriteInt64LittleEndian(head[20..], snapshot.State.Length);
        snapshot.JournalHash.CopyTo(head[28..]);
        snapshot.StateHash.CopyTo(head[(28 + Hash256.Size)..]);

        using IncrementalHash sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(head);
        sha.AppendData(snapshot.State.Span);
        Span<byte> digest = stackalloc byte[Hash256.Size];
        sha.GetHashAndReset(digest);

        return new Hash256(digest);
    }
}
