using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Plimsoll.Server.Api;
using Plimsoll.Server.Projections;

namespace Plimsoll.Server.Stream;

/// <summary>
/// Tells every page what is new: the venue and the accounts nearest to liquidation with every view, events as they come,
/// threshold maps about once a second. A frame is written out once, however many pages listen. A page that cannot keep up
/// is let go rather than waited for: it connects again and starts from the newest.
/// </summary>
internal sealed class StreamHub
{
    private const int MostPages = 256;
    private const int MostFramesWaiting = 64;
    private const int MostEvents = 200;

    private static readonly TimeSpan ThresholdsEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CloseMost = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<Page, byte> _pages = [];
    private readonly EventFeed _feed;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _closing = new();
    private IReadOnlyList<ThresholdMap> _told = [];
    private long _toldAt;
    private long _seen;

    public StreamHub(Projector projector, EventFeed feed, TimeProvider clock)
    {
        (_feed, _clock) = (feed, clock);
        _ = feed.Fresh(ref _seen, 0);
        projector.OnPublished = Publish;
    }

    /// <summary>How many pages listen.</summary>
    public int Count => _pages.Count;

    /// <summary>Whether one more page may listen.</summary>
    public bool HasRoom => _pages.Count < MostPages && !_closing.IsCancellationRequested;

    /// <summary>Serves one page until it leaves, falls behind, or the server stops.</summary>
    public async Task Serve(WebSocket socket, VenueView view, CancellationToken aborted)
    {
        using var page = new Page(MostFramesWaiting);
        page.Offer(Frame("venue", "venue", view.Venue));
        page.Offer(Frame("accounts", "rows", view.Nearest));
        foreach (ThresholdMap map in view.Thresholds) page.Offer(Frame("thresholds", "thresholds", map));
        _pages.TryAdd(page, 0);
        try
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(aborted, page.Dropped, _closing.Token);
            Task listening = Listen(socket, end, aborted);
            await Send(socket, page, end.Token).ConfigureAwait(false);
            await Close(socket, page, listening).ConfigureAwait(false);
        }
        finally
        {
            _pages.TryRemove(page, out _);
        }
    }

    /// <summary>Says goodbye to every page, for at most two seconds.</summary>
    public async Task Close()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        long began = _clock.GetTimestamp();
        while (!_pages.IsEmpty && _clock.GetElapsedTime(began) < CloseMost) await Task.Delay(20).ConfigureAwait(false);
    }

    private void Publish(VenueView view, HistoryPoint? point)
    {
        IReadOnlyList<FeedEvent> events = _feed.Fresh(ref _seen, MostEvents);
        if (_pages.IsEmpty) return;

        Broadcast(Frame("venue", "venue", view.Venue));
        Broadcast(Frame("accounts", "rows", view.Nearest));
        if (events.Count > 0) Broadcast(Frame("events", "rows", events));
        if (point is not null) Broadcast(Frame("point", "point", point));
        if (ReferenceEquals(view.Thresholds, _told) || (_toldAt != 0 && _clock.GetElapsedTime(_toldAt) < ThresholdsEvery)) return;

        (_told, _toldAt) = (view.Thresholds, _clock.GetTimestamp());
        foreach (ThresholdMap map in view.Thresholds) Broadcast(Frame("thresholds", "thresholds", map));
    }

    private void Broadcast(byte[] frame)
    {
        foreach ((Page page, _) in _pages) page.Offer(frame);
    }

    private static byte[] Frame<T>(string kind, string member, T value) => JsonSerializer.SerializeToUtf8Bytes(
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["kind"] = kind, [member] = value }, ApiJson.Options);

    private static async Task Send(WebSocket socket, Page page, CancellationToken end)
    {
        try
        {
            // A frame under way is given up only for a page that is let go: giving it up breaks the connection.
            await foreach (byte[] frame in page.Frames.ReadAllAsync(end).ConfigureAwait(false))
                await socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, page.Dropped).ConfigureAwait(false);
        }
        catch (Exception left) when (HasLeft(left))
        {
            // The page has left, has been let go, or the server is stopping.
        }
    }

    /// <summary>A page has nothing to say; hearing it is how we learn that it has left.</summary>
    private static async Task Listen(WebSocket socket, CancellationTokenSource end, CancellationToken aborted)
    {
        byte[] buffer = new byte[256];
        try
        {
            while (socket.State is WebSocketState.Open or WebSocketState.CloseSent)
            {
                WebSocketReceiveResult heard = await socket.ReceiveAsync(buffer, aborted).ConfigureAwait(false);
                if (heard.MessageType == WebSocketMessageType.Close) break;
            }
        }
        catch (Exception left) when (HasLeft(left))
        {
            // As above.
        }

        await end.CancelAsync().ConfigureAwait(false);
    }

    private async Task Close(WebSocket socket, Page page, Task listening)
    {
        (WebSocketCloseStatus status, string why) = page.Dropped.IsCancellationRequested
            ? (WebSocketCloseStatus.PolicyViolation, "Too slow: connect again")
            : _closing.IsCancellationRequested ? (WebSocketCloseStatus.EndpointUnavailable, "The server is stopping") : (WebSocketCloseStatus.NormalClosure, "");
        using var patience = new CancellationTokenSource(CloseMost);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived) await socket.CloseOutputAsync(status, why, patience.Token).ConfigureAwait(false);
            await listening.WaitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (Exception left) when (HasLeft(left))
        {
            // It was gone before we could say so, or did not answer.
        }

        socket.Abort();
        await listening.ConfigureAwait(false);
    }

    private static bool HasLeft(Exception fault) => fault is OperationCanceledException or WebSocketException or IOException or ObjectDisposedException;

    /// <summary>One page's frames: few, so that a slow page is noticed soon.</summary>
    private sealed class Page(int most) : IDisposable
    {
        private readonly CancellationTokenSource _dropped = new();
        private readonly Channel<byte[]> _frames = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(most) { SingleReader = true });

        public ChannelReader<byte[]> Frames => _frames.Reader;

        public CancellationToken Dropped => _dropped.Token;

        public void Offer(byte[] frame)
        {
            if (_frames.Writer.TryWrite(frame)) return;

            // Off this thread: whoever waits on the token must not run on the projector's.
            ThreadPool.UnsafeQueueUserWorkItem(static page => page.Drop(), this, preferLocal: false);
        }

        public void Dispose()
        {
            lock (_dropped) _dropped.Dispose();
        }

        private void Drop()
        {
            lock (_dropped)
            {
                try
                {
                    _dropped.Cancel();
                }
                catch (ObjectDisposedException)
                {
                    // It has left by itself.
                }
            }
        }
    }
}
