using System.Net.WebSockets;
using Plimsoll.Engine;
using Plimsoll.Engine.Journal;
using Plimsoll.Markets.Instruments;
using Plimsoll.Server.Access;
using Plimsoll.Server.Calls;
using Plimsoll.Server.Hosting;
using Plimsoll.Server.Projections;

namespace Plimsoll.Server.Tests.Stream;

public sealed class SlowPageTests
{
    [Fact]
    public async Task A_page_that_does_not_keep_up_is_let_go_and_the_others_are_not()
    {
        var options = new ServerOptions { VenueFile = "memory" };
        var journal = new MemoryJournalStore();
        VenueServices venue = VenueServices.Compose(options, ApiKeys.None, new VenueKernel(), journal, new Chronicle(new Catalog()), new CallDesk(options, new Catalog(), journal));
        await venue.Projector.Look();
        using var slow = new DeafSocket(hears: false);
        using var quick = new DeafSocket(hears: true);
        Task slowPage = venue.Streams.Serve(slow, venue.Projector.View, default);
        Task quickPage = venue.Streams.Serve(quick, venue.Projector.View, default);

        for (int i = 0; i < 200; i++)
        {
            await venue.Projector.Look();
            await Task.Delay(2);
        }

        await slowPage.WaitAsync(TimeSpan.FromSeconds(10));
        venue.Streams.Count.ShouldBe(1);
        quick.Heard.ShouldBeGreaterThan(100);
        await venue.Streams.Close();
        await quickPage.WaitAsync(TimeSpan.FromSeconds(10));
        quick.Closed.ShouldBe(WebSocketCloseStatus.EndpointUnavailable);
        venue.Engine.Dispose();
    }

    /// <summary>A connection whose other end says nothing, and reads everything or nothing.</summary>
    private sealed class DeafSocket(bool hears) : WebSocket
    {
        private readonly TaskCompletionSource<WebSocketReceiveResult> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private WebSocketState _state = WebSocketState.Open;

        public int Heard { get; private set; }

        public WebSocketCloseStatus? Closed { get; private set; }

        public override WebSocketCloseStatus? CloseStatus => Closed;

        public override string? CloseStatusDescription => null;

        public override WebSocketState State => _state;

        public override string? SubProtocol => null;

        public override void Abort()
        {
            _state = WebSocketState.Aborted;
            _end.TrySetException(new WebSocketException("aborted"));
        }

        public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
            CloseOutputAsync(closeStatus, statusDescription, cancellationToken);

        public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
        {
            Closed = closeStatus;
            _state = WebSocketState.CloseSent;
            if (hears) _end.TrySetResult(new WebSocketReceiveResult(0, WebSocketMessageType.Close, true));

            return Task.CompletedTask;
        }

        public override void Dispose() => Abort();

        public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) => _end.Task.WaitAsync(cancellationToken);

        public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
        {
            if (!hears) return Task.Delay(Timeout.Infinite, cancellationToken);

            Heard++;

            return Task.CompletedTask;
        }
    }
}
