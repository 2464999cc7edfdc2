using Plimsoll.Units;

namespace Plimsoll.Storage.Sqlite;

/// <summary>
/// Messages on their way to receivers, in a small SQLite file beside the venue's. It also keeps how far the journal has
/// been turned into messages, in the same transaction as they are put in: after a crash the rest is read from the journal
/// again, so that nothing is left out, and what was put in already is not put in twice.
/// </summary>
/// <remarks>The file is synced now and then only: losing its last moments sends some messages again, and none is lost.</remarks>
public sealed class Outbox : IDisposable
{
    /// <summary>The most messages of one receiver that wait; one more is given up at once.</summary>
    public const int MostWaiting = 100_000;

    /// <summary>Messages that are settled and kept for looking at, of each receiver.</summary>
    public const int MostSettled = 10_000;

    /// <summary>"PLIO" in the file's header.</summary>
    private const int ApplicationId = 0x504C494F;

    private const string Tables = """
        CREATE TABLE read (seq INTEGER NOT NULL);  -- one row: journal entries up to here have been turned into messages

        CREATE TABLE deliveries (
          receiver TEXT    NOT NULL,
          seq      INTEGER NOT NULL,  -- journal entry
          place    INTEGER NOT NULL,  -- the event's place in it
          state    INTEGER NOT NULL,  -- 0 waiting, 1 delivered, 2 given up, 3 not needed any more
          attempts INTEGER NOT NULL,
          due      INTEGER NOT NULL,  -- Unix microseconds
          subject  TEXT    NOT NULL,
          reason   TEXT    NOT NULL,
          body     BLOB    NOT NULL,
          PRIMARY KEY (receiver, seq, place)
        ) WITHOUT ROWID;

        CREATE INDEX waiting ON deliveries (receiver, due) WHERE state = 0;
        """;

    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _due;
    private readonly SqliteStatement _settle;
    private readonly SqliteStatement _callOff;
    private readonly SqliteStatement _count;

    private Outbox(SqliteConnection connection)
    {
        _connection = connection;
        _insert = connection.Prepare("INSERT OR IGNORE INTO deliveries VALUES (?1, ?2, ?3, ?4, 0, ?5, ?6, ?7, ?8)");
        _due = connection.Prepare("SELECT seq, place, attempts, body FROM deliveries WHERE receiver = ?1 AND state = 0 AND due <= ?2 ORDER BY due, seq, place LIMIT ?3");
        _settle = connection.Prepare("UPDATE deliveries SET state = ?4, attempts = attempts + ?5, due = ?6, reason = ?7 WHERE receiver = ?1 AND seq = ?2 AND place = ?3 AND state = 0");
        _callOff = connection.Prepare("UPDATE deliveries SET state = 3 WHERE subject = ?1 AND state = 0 AND seq <= ?2");
        _count = connection.Prepare("SELECT count(*) FROM deliveries WHERE receiver = ?1 AND state = ?2");
    }

    /// <summary>Opens an outbox, and makes one where there is no file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="readUpTo">The journal entry a new outbox begins after: news from before is not sent.</param>
    /// <exception cref="InputException">The file cannot be used.</exception>
    public static Outbox Open(string path, long readUpTo)
    {
        SqliteConnection? connection = null;
        try
        {
            connection = SqliteConnection.OpenForWriting(path);
            bool isNew = VenueSchema.IsEmpty(connection);
            if (!isNew && connection.Number("PRAGMA application_id") != ApplicationId)
                throw new InputException(path, "this is a SQLite database, but not an outbox of Plimsoll's");

            connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA trusted_schema = OFF");
            if (isNew)
            {
                connection.Execute("BEGIN IMMEDIATE");
                connection.Execute(Tables);
                connection.Execute(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"INSERT INTO read VALUES ({readUpTo}); PRAGMA application_id = {ApplicationId}"));
                connection.Execute("COMMIT");
            }

            return new Outbox(connection);
        }
        catch (SqliteFault fault)
        {
            connection?.Dispose();
            throw VenueFile.Refusal(path, fault);
        }
        catch (InputException)
        {
            connection?.Dispose();
            throw;
        }
    }

    /// <summary>The last journal entry that was turned into messages.</summary>
    public long ReadUpTo
    {
        get
        {
            lock (_gate) return _connection.Number("SELECT seq FROM read");
        }
    }

    /// <summary>Puts messages in, calls others off, and moves on in the journal: all of it or nothing.</summary>
    /// <param name="messages">New messages; those that are in already are left as they are.</param>
    /// <param name="calledOff">Subjects that are over, each with the journal entry that says so: what waits about them from before is not needed.</param>
    /// <param name="readUpTo">The last journal entry they tell of.</param>
    public void Add(IReadOnlyList<OutboxMessage> messages, IReadOnlyList<(string Subject, long Sequence)> calledOff, long readUpTo)
    {
        Together(() =>
        {
            // Counted once for each receiver: messages come in the thousands.
            var waiting = new SortedDictionary<string, long>(StringComparer.Ordinal);
            foreach (OutboxMessage message in messages) Insert(message, waiting);
            foreach ((string subject, long sequence) in calledOff) _callOff.Bind(1, subject).Bind(2, sequence).Run();
            _connection.Execute(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"UPDATE read SET seq = {readUpTo} WHERE seq < {readUpTo}"));
        });
    }

    /// <summary>What is due for a receiver, the longest due first.</summary>
    public IReadOnlyList<DueMessage> Due(string receiver, long now, int most)
    {
        lock (_gate)
        {
            var due = new List<DueMessage>();
            _due.Bind(1, receiver).Bind(2, now).Bind(3, most);
            while (_due.Step()) due.Add(new DueMessage(new MessageKey(_due.Number(0), (int)_due.Number(1)), (int)_due.Number(2), _due.Bytes(3).ToArray()));
            _due.Reset();

            return due;
        }
    }

    /// <summary>Writes down what an attempt came to. What is not waiting any more stays as it is.</summary>
    /// <param name="receiver">The receiver.</param>
    /// <param name="keys">The messages of the attempt.</param>
    /// <param name="state">How far they are now.</param>
    /// <param name="dueAt">When they are tried next, where they wait.</param>
    /// <param name="reason">What the attempt met; empty for success.</param>
    public void Settle(string receiver, IReadOnlyList<MessageKey> keys, DeliveryState state, long dueAt, string reason)
    {
        Together(() =>
        {
            foreach (MessageKey key in keys)
                _settle.Bind(1, receiver).Bind(2, key.Sequence).Bind(3, key.Place).Bind(4, (int)state).Bind(5, 1).Bind(6, dueAt).Bind(7, reason).Run();
        });
    }

    /// <summary>Gives up what waits for receivers that are not there any more.</summary>
    /// <param name="receivers">Those that are.</param>
    /// <param name="reason">Why, to stand beside it.</param>
    public void GiveUpOthers(IReadOnlyCollection<string> receivers, string reason)
    {
        lock (_gate)
        {
            var gone = new List<string>();
            using (SqliteStatement names = _connection.Prepare("SELECT DISTINCT receiver FROM deliveries WHERE state = 0"))
                while (names.Step()) gone.Add(names.Text(0));
            using SqliteStatement give = _connection.Prepare("UPDATE deliveries SET state = 2, reason = ?2 WHERE receiver = ?1 AND state = 0");
            foreach (string receiver in gone.Where(name => !receivers.Contains(name, StringComparer.Ordinal))) give.Bind(1, receiver).Bind(2, reason).Run();
        }
    }

    /// <summary>How many messages of a receiver are in a state.</summary>
    public long Count(string receiver, DeliveryState state)
    {
        lock (_gate) return Counted(receiver, state);
    }

    /// <summary>The newest deliveries, newest first; of one state where asked.</summary>
    public IReadOnlyList<DeliveryRow> Newest(int most, DeliveryState? state = null)
    {
        lock (_gate)
        {
            using SqliteStatement rows = _connection.Prepare(
                $"SELECT seq, place, receiver, state, attempts, due, reason FROM deliveries {(state is null ? "" : "WHERE state = ?2")} ORDER BY seq DESC, place DESC, receiver LIMIT ?1");
            rows.Bind(1, most);
            if (state is { } only) rows.Bind(2, (int)only);
            var found = new List<DeliveryRow>();
            while (rows.Step())
                found.Add(new DeliveryRow(new MessageKey(rows.Number(0), (int)rows.Number(1)), rows.Text(2), (DeliveryState)rows.Number(3), (int)rows.Number(4), rows.Number(5), rows.Text(6)));

            return found;
        }
    }

    /// <summary>Forgets the oldest of what is settled, beyond what is kept.</summary>
    public void Prune(string receiver)
    {
        lock (_gate)
        {
            using SqliteStatement prune = _connection.Prepare(
                "DELETE FROM deliveries WHERE receiver = ?1 AND state IN (1, 3) AND seq < (SELECT seq FROM deliveries WHERE receiver = ?1 AND state IN (1, 3) ORDER BY seq DESC LIMIT 1 OFFSET ?2)");
            prune.Bind(1, receiver).Bind(2, MostSettled).Run();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (SqliteStatement statement in (SqliteStatement[])[_insert, _due, _settle, _callOff, _count]) statement.Dispose();
            _connection.Dispose();
        }
    }

    /// <summary>Does all of it or nothing, and leaves everything ready to be used again either way.</summary>
    private void Together(Action work)
    {
        lock (_gate)
        {
            _connection.Execute("BEGIN IMMEDIATE");
            try
            {
                work();
                _connection.Execute("COMMIT");
            }
            catch (SqliteFault)
            {
                foreach (SqliteStatement statement in (SqliteStatement[])[_insert, _settle, _callOff, _count]) statement.Reset();
                if (!_connection.IsIdle) _connection.Execute("ROLLBACK");
                throw;
            }
        }
    }

    private void Insert(OutboxMessage message, SortedDictionary<string, long> waiting)
    {
        if (!waiting.TryGetValue(message.Receiver, out long count)) count = Counted(message.Receiver, DeliveryState.Waiting);
        bool full = count >= MostWaiting;
        waiting[message.Receiver] = full ? count : count + 1;
        _insert.Bind(1, message.Receiver).Bind(2, message.Key.Sequence).Bind(3, message.Key.Place)
            .Bind(4, (int)(full ? DeliveryState.Dead : DeliveryState.Waiting)).Bind(5, message.DueAt).Bind(6, message.Subject)
            .Bind(7, full ? $"{MostWaiting} messages wait for this receiver already" : "").BindBytes(8, message.Body).Run();
    }

    private long Counted(string receiver, DeliveryState state)
    {
        _count.Bind(1, receiver).Bind(2, (int)state);
        long count = _count.Step() ? _count.Number(0) : 0;
        _count.Reset();

        return count;
    }
}
