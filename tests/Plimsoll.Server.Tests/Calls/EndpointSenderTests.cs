using System.Net;
using Plimsoll.Server.Calls;
using Plimsoll.Server.Tests.Hosting;
using Plimsoll.Storage.Sqlite;

namespace Plimsoll.Server.Tests.Calls;

/// <summary>When an endpoint is left in peace and when it is not, by a clock that is moved by hand.</summary>
public sealed class EndpointSenderTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly HandClock _clock = new(Start);
    private readonly Answers _answers = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("plimsoll-sender-").FullName;
    private readonly Outbox _outbox;

    public EndpointSenderTests()
    {
        _outbox = Outbox.Open(Path.Combine(_folder, "venue.outbox"), 0);
        Put(1, Micros(Start));
        Put(2, Micros(Start));
    }

    public void Dispose()
    {
        _outbox.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(408)]
    public async Task An_endpoint_that_is_not_there_is_left_in_peace_until_its_pause_is_over(int status)
    {
        _answers.Status = status;
        await Running(async sender =>
        {
            await Until(() => _answers.Asked == 1 && sender.Standing.PausedUntil is not null);
            Put(3, Micros(Start));
            TimeSpan pause = sender.Standing.PausedUntil!.Value - Start;
            pause.TotalSeconds.ShouldBeInRange(30, 60);
            _clock.Advance(pause - TimeSpan.FromMilliseconds(1));
            await Task.Delay(100);
            _answers.Asked.ShouldBe(1, "nothing is sent in a pause, nor what came meanwhile");
            _answers.Status = 200;
            await Until(() => Pass() && _outbox.Count("desk", DeliveryState.Delivered) == 3);
            sender.Standing.PausedUntil.ShouldBeNull();
        });
    }

    [Fact]
    public async Task An_endpoint_that_refuses_what_it_reads_is_there_and_hears_the_others_at_once()
    {
        _answers.Status = 422;
        await Running(async sender =>
        {
            await Until(() => _answers.Asked == 1 && _outbox.Due("desk", Micros(Start), 9).Count == 0);
            sender.Standing.PausedUntil.ShouldBeNull();
            Put(3, Micros(Start));
            await Until(() => Pass() && _answers.Asked > 1);
            (_clock.GetUtcNow() - Start).TotalSeconds.ShouldBeLessThan(25, "before any of the refused is tried again");
        });
    }

    private bool Pass()
    {
        _clock.Advance(TimeSpan.FromMilliseconds(200));

        return true;
    }

    private async Task Running(Func<EndpointSender, Task> watch)
    {
        using var http = new HttpClient(_answers);
        using var stop = new CancellationTokenSource();
        WebhookEndpoint endpoint = new("desk", new Uri("http://127.0.0.1:9/calls"), Receiver.Secret);
        var options = new WebhookOptions([endpoint]) { Backoff = new Backoff(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(60), 7) };
        var sender = new EndpointSender(endpoint, options, _outbox, http, "Test harbour", _clock);
        Task running = sender.Run(stop.Token);
        await watch(sender);
        await stop.CancelAsync();
        await running;
    }

    private void Put(long sequence, long due) => _outbox.Add([new OutboxMessage(new MessageKey(sequence, 0), "desk", due, "", "{}"u8.ToArray())], [], sequence);

    private static async Task Until(Func<bool> wanted)
    {
        for (int i = 0; !wanted(); i++)
        {
            i.ShouldBeLessThan(1200);
            await Task.Delay(10);
        }
    }

    private static long Micros(DateTimeOffset at) => (at.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>Answers every post with one status.</summary>
    private sealed class Answers : HttpMessageHandler
    {
        private int _asked;

        public int Status { get; set; } = 200;

        public int Asked => Volatile.Read(ref _asked);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _asked);

            return Task.FromResult(new HttpResponseMessage((HttpStatusCode)Status));
        }
    }
}
