using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Journal;
using Plimsoll.Engine.Json;
using Plimsoll.Markets.Instruments;
using Plimsoll.Server.Hosting;
using Plimsoll.Server.Projections;
using Plimsoll.Storage.Sqlite;
using Plimsoll.Units;

namespace Plimsoll.Server.Calls;

/// <summary>
/// Sees that calls reach people.
/// <list type="number">
/// <item>What the journal says becomes notices: on the board, which the page reads, and, where endpoints are configured, in
/// the outbox, one message for each endpoint that wants it.</item>
/// <item>Each endpoint's sender posts what is due, again and again until it is confirmed or given up.</item>
/// <item>A call waits in the outbox of the endpoints it is passed on to, too; acknowledged or over in time, it is called off.</item>
/// </list>
/// The journal is the queue's safety: what the bounded queue between the engine and the outbox cannot take, and what a
/// crash lost, is read from the journal again, from the last entry the outbox knows.
/// </summary>
internal sealed class CallDesk : IAsyncDisposable
{
    /// <summary>The most notices between the engine and the outbox.</summary>
    public const int MostQueued = 50_000;

    /// <summary>Entries without a notice after which the outbox is told where the journal is: so few are read again after a crash.</summary>
    private const int QuietEntries = 5000;

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    private readonly NoticeQueue _queue = new(MostQueued);
    private readonly ServerOptions _options;
    private readonly EventSentences? _sentences;
    private readonly Outbox? _outbox;
    private readonly HttpClient? _http;
    private readonly List<Task> _loops = [];
    private long _written;

    /// <summary>Opens the outbox and fills it with what the journal has said since it was last filled.</summary>
    /// <exception cref="InputException">The outbox's file cannot be used.</exception>
    public CallDesk(ServerOptions options, Catalog catalog, IJournalStore store)
    {
        _options = options;
        if (options.Webhooks is not { } webhooks) return;

        _outbox = Outbox.Open(options.VenueFile + ".outbox", store.LastSequence);
        _outbox.GiveUpOthers([.. webhooks.Endpoints.Select(endpoint => endpoint.Name)], "the endpoint is not configured any more");
        _sentences = new EventSentences(catalog);
        CatchUp(store);
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = Timeout.InfiniteTimeSpan };
        Senders = [.. webhooks.Endpoints.Select(endpoint => new EndpointSender(endpoint, webhooks, _outbox, _http, options.Name, options.Clock))];
    }

    /// <summary>The notices for the page.</summary>
    public NoticeBoard Board { get; } = new();

    /// <summary>Every endpoint's sender; none where none is configured.</summary>
    public IReadOnlyList<EndpointSender> Senders { get; } = [];

    /// <summary>What was sent and what waits; none where no endpoint is configured.</summary>
    public Outbox? Outbox => _outbox;

    /// <summary>Told of every line of the feed as it becomes durable; on the engine's writing thread.</summary>
    public void Take(FeedEvent line, int place, Event happened)
    {
        Notice? notice = Board.Post(line, place, happened);
        if (_sentences is null) return;

        // Whoever reads the journal again must know what has been listed since.
        if (happened is AssetListed or InstrumentListed)
            lock (_sentences) _ = _sentences.Of(line.Sequence, default, happened);
        if (notice is not null) _queue.Offer(notice);
    }

    /// <summary>Told that everything up to here has been taken.</summary>
    public void Took(long sequence) => _queue.Reach(sequence);

    /// <summary>Begins to send.</summary>
    public void Start(CancellationToken stop)
    {
        if (_outbox is null) return;

        _loops.Add(Task.Run(() => Fill(stop), CancellationToken.None));
        foreach (EndpointSender sender in Senders) _loops.Add(Task.Run(() => Guard(sender, stop), CancellationToken.None));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_loops).ConfigureAwait(false);
        Pour();
        _http?.Dispose();
        _outbox?.Dispose();
    }

    private async Task Fill(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                Pour();
            }
            catch (Exception fault)
            {
                // What was taken from the queue is in the journal still.
                _queue.Lose();
                _options.Log?.Invoke($"Notices could not be put into the outbox. {fault.Message}");
            }

            await Task.Delay(Beat, _options.Clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Moves what was queued into the outbox; what the queue had no room for comes from the journal.</summary>
    private void Pour()
    {
        if (_outbox is null) return;

        (IReadOnlyList<Notice> notices, long reached, bool lost) = _queue.Drain();
        if (lost)
        {
            using SqliteJournalStore store = SqliteJournalStore.Open(_options.VenueFile, readOnly: true);
            CatchUp(store);
        }
        else if (notices.Count > 0 || reached >= _written + QuietEntries)
        {
            Put(notices, reached);
        }
    }

    private void CatchUp(IJournalStore store)
    {
        const int Batch = 1000;
        long from = _outbox!.ReadUpTo + 1;
        long last = store.LastSequence;
        var notices = new List<Notice>();
        foreach (JournalEntry entry in store.ReadFrom(from))
        {
            if (entry.Sequence > last) break;

            Event[] events = Wire.ReadEvents(entry.Events.Span);
            for (int i = 0; i < events.Length; i++)
                if (LineOf(entry, events[i]) is { } line && Notice.Of(line, i) is { } notice) notices.Add(notice);
            if (notices.Count < Batch) continue;

            Put(notices, entry.Sequence);
            notices.Clear();
        }

        Put(notices, last);
    }

    private void Put(IReadOnlyList<Notice> notices, long readUpTo)
    {
        long now = (_options.Clock.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
        var messages = new List<OutboxMessage>();
        var over = new List<(string, long)>();
        foreach (Notice notice in notices)
        {
            var key = new MessageKey(notice.Sequence, notice.Place);
            foreach (WebhookEndpoint endpoint in _options.Webhooks!.Endpoints.Where(endpoint => endpoint.Wants(notice)))
            {
                bool passedOn = endpoint.After is not null;
                long due = now + ((endpoint.After ?? TimeSpan.Zero).Ticks / TimeSpan.TicksPerMicrosecond);
                messages.Add(new OutboxMessage(key, endpoint.Name, due, passedOn ? $"call:{notice.Account}" : "", NoticePost.Line(notice, passedOn)));
            }

            if (notice.EndsCall || notice.Kind == Notice.Acknowledged) over.Add(($"call:{notice.Account}", notice.Sequence));
        }

        _outbox!.Add(messages, over, readUpTo);
        _written = readUpTo;
    }

    private FeedEvent? LineOf(JournalEntry entry, Event happened)
    {
        lock (_sentences!) return _sentences.Of(entry.Sequence, entry.At, happened);
    }

    private async Task Guard(EndpointSender sender, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await sender.Run(stop).ConfigureAwait(false);
            }
            catch (Exception fault)
            {
                // One endpoint's trouble, or a full disk, must not silence the others, nor this one for ever.
                _options.Log?.Invoke($"Sending to {sender.Standing.Endpoint} failed. {fault.Message}");
                await Task.Delay(TimeSpan.FromSeconds(1), _options.Clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
