using System.Runtime.InteropServices;
using System.Text;
using Plimsoll.Engine.Journal;
using Plimsoll.Units;

namespace Plimsoll.Storage.Sqlite;

/// <summary>
/// Inserts entries, many with one statement. Their bytes are laid side by side in memory that does not move, so that
/// SQLite takes them from there and copies them once, into the row.
/// </summary>
internal sealed unsafe class JournalInsert : IDisposable
{
    /// <summary>Entries per statement: beyond this a row hardly gets cheaper.</summary>
    private const int Many = 64;

    private const int ColumnCount = 8;

    /// <summary>Memory kept between batches; what a larger entry needed is given back.</summary>
    private const int BytesKept = 1 << 20;

    private readonly SqliteStatement _one;
    private readonly SqliteStatement _many;
    private byte* _bytes;
    private long _size;
    private byte* _free;

    /// <summary>Prepares the statements.</summary>
    /// <param name="connection">The venue's file.</param>
    /// <param name="columns">The names of the columns, in the order of an entry's fields.</param>
    public JournalInsert(SqliteConnection connection, string columns)
    {
        string row = $"({string.Join(", ", Enumerable.Repeat("?", ColumnCount))})";
        string into = $"INSERT INTO journal ({columns}) VALUES ";
        _one = connection.Prepare(into + row);
        _many = connection.Prepare(into + string.Join(", ", Enumerable.Repeat(row, Many)));
    }

    /// <summary>Inserts entries in order; the caller holds the transaction.</summary>
    public void Insert(ReadOnlySpan<JournalEntry> entries)
    {
        for (; entries.Length >= Many; entries = entries[Many..]) Run(_many, entries[..Many]);
        for (; entries.Length > 0; entries = entries[1..]) Run(_one, entries[..1]);
        if (_size > BytesKept) Resize(BytesKept);
    }

    /// <summary>Makes the statements usable again after one failed.</summary>
    public void Recover()
    {
        _one.Reset();
        _many.Reset();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _one.Dispose();
        _many.Dispose();
        Release();
    }

    private void Run(SqliteStatement statement, ReadOnlySpan<JournalEntry> entries)
    {
        Reserve(entries);
        int parameter = 1;
        foreach (JournalEntry entry in entries)
        {
            statement.Bind(parameter, entry.Sequence);
            statement.Bind(parameter + 1, entry.At.UnixMicroseconds);
            BindText(statement, parameter + 2, entry.By.Value);
            BindText(statement, parameter + 3, entry.Id.Value);
            statement.Bind(parameter + 4, entry.Outcome);
            BindText(statement, parameter + 5, entry.Command.Span);
            BindText(statement, parameter + 6, entry.Events.Span);
            BindHash(statement, parameter + 7, entry.Hash);
            parameter += ColumnCount;
        }

        statement.Run();
    }

    private void BindText(SqliteStatement statement, int parameter, string identifier)
    {
        // Identifiers are ASCII by their rule, so their characters are their bytes.
        Encoding.ASCII.GetBytes(identifier, new Span<byte>(_free, identifier.Length));
        statement.BindTextInPlace(parameter, _free, identifier.Length);
        _free += identifier.Length;
    }

    private void BindText(SqliteStatement statement, int parameter, ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(new Span<byte>(_free, utf8.Length));
        statement.BindTextInPlace(parameter, _free, utf8.Length);
        _free += utf8.Length;
    }

    private void BindHash(SqliteStatement statement, int parameter, Hash256 hash)
    {
        hash.CopyTo(new Span<byte>(_free, Hash256.Size));
        statement.BindBytesInPlace(parameter, _free, Hash256.Size);
        _free += Hash256.Size;
    }

    private void Reserve(ReadOnlySpan<JournalEntry> entries)
    {
        // One byte more, so that even entries without a text leave their empty texts an address.
        long needed = 1;
        foreach (JournalEntry entry in entries)
            needed += entry.By.Value.Length + entry.Id.Value.Length + entry.Command.Length + entry.Events.Length + Hash256.Size;
        if (needed > _size) Resize(Math.Max(needed, BytesKept));
        _free = _bytes;
    }

    private void Resize(long size)
    {
        Release();
        _bytes = (byte*)NativeMemory.Alloc(checked((nuint)size));
        _size = size;
    }

    private void Release()
    {
        NativeMemory.Free(_bytes);
        _bytes = null;
        _size = 0;
    }
}
