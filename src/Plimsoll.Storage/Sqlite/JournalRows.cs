using Plimsoll.Engine.Journal;
using Plimsoll.Units;

namespace Plimsoll.Storage.Sqlite;

/// <summary>The table <c>journal</c>: entries as rows.</summary>
internal sealed class JournalRows : IDisposable
{
    /// <summary>Entries read at a time: few enough that a reader hardly holds up the writer.</summary>
    private const int Page = 1000;

    private const string Columns = """seq, at, "by", id, outcome, command, events, hash""";

    private readonly JournalInsert _insert;
    private readonly SqliteStatement _select;
    private readonly string _path;

    /// <summary>Prepares the statements.</summary>
    /// <param name="connection">The venue's file.</param>
    /// <param name="path">Its path, for messages.</param>
    public JournalRows(SqliteConnection connection, string path)
    {
        _path = path;
        _insert = new JournalInsert(connection, Columns);
        _select = connection.Prepare($"SELECT {Columns} FROM journal WHERE seq >= ?1 ORDER BY seq LIMIT ?2");
    }

    /// <summary>Inserts entries in order; the caller holds the transaction.</summary>
    public void Insert(ReadOnlySpan<JournalEntry> entries) => _insert.Insert(entries);

    /// <summary>Makes the insertion usable again after it failed.</summary>
    public void Recover() => _insert.Recover();

    /// <summary>The entry of a sequence, or <c>null</c>.</summary>
    public JournalEntry? Find(long sequence)
    {
        IReadOnlyList<JournalEntry> found = Read(sequence, 1);

        return found.Count == 1 && found[0].Sequence == sequence ? found[0] : null;
    }

    /// <summary>
    /// The next entries from a sequence on, in order; none at the end. The sound entries before a damaged row are
    /// answered first, so that the refusal comes when the damaged one is next.
    /// </summary>
    /// <exception cref="InputException">The next row is not an entry.</exception>
    public IReadOnlyList<JournalEntry> Read(long fromSequence, int count = Page)
    {
        List<JournalEntry> entries = [];
        try
        {
            _select.Bind(1, fromSequence).Bind(2, count);
            while (_select.Step()) entries.Add(Current());

            return entries;
        }
        catch (Exception fault) when (entries.Count > 0 && (fault is InputException or SqliteFault { IsDamage: true }))
        {
            return entries;
        }
        catch (SqliteFault fault) when (fault.IsDamage)
        {
            throw new InputException($"{_path} entry {fromSequence}", $"the file is damaged: {fault.Message}", fault);
        }
        finally
        {
            _select.Reset();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _insert.Dispose();
        _select.Dispose();
    }

    private JournalEntry Current()
    {
        long sequence = _select.Number(0);
        try
        {
            return new JournalEntry(
                sequence,
                new Instant(_select.Number(1)),
                _select.Text(2) is { Length: > 0 } by ? new AccountId(by) : default,
                _select.Text(3) is { Length: > 0 } id ? new CommandId(id) : default,
                checked((ushort)_select.Number(4)),
                _select.Bytes(5).ToArray(),
                _select.Bytes(6).ToArray(),
                _select.Hash(7));
        }
        catch (Exception fault) when (fault is InputException or OverflowException)
        {
            throw new InputException($"{_path} entry {sequence}", $"the row is not a journal entry: {fault.Message}", fault);
        }
    }
}
