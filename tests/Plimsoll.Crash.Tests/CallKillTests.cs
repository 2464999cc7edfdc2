using System.Net;
using System.Text;
using System.Text.Json;
using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Hosting;
using Plimsoll.Engine.Journal;
using Plimsoll.Engine.Json;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Margin;
using Plimsoll.Storage.Sqlite;
using Plimsoll.Units;

namespace Plimsoll.Crash.Tests;

/// <summary>A whole server killed while it delivers calls: before the receiver answers, so that what it has posted is not known to have arrived.</summary>
public sealed class CallKillTests
{
    private const int Traders = 6;
    private const int Kills = 4;
    private const string Secret = "a secret that nobody could ever guess";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Instant Founded = Instant.Utc(2026, 1, 1);

    [Fact]
    public async Task Killed_while_it_delivers_a_server_loses_no_call_and_repeats_none_that_was_answered()
    {
        string directory = Directory.CreateTempSubdirectory("plimsoll-calls-").FullName;
        try
        {
            string file = Path.Combine(directory, "calls.venue");
            Found(file);
            using var desk = new Desk();
            string webhooks = Path.Combine(directory, "webhooks.json");
            File.WriteAllText(webhooks, $$"""{"endpoints":[{"name":"desk","url":"http://127.0.0.1:{{desk.Port}}/","secret":"{{Secret}}"}],"firstRetrySeconds":0.05,"longestRetrySeconds":0.2,"maxAttempts":1000}""");
            var answered = new List<string>();
            for (int kill = 0; kill <= Kills; kill++) await Deliver(file, webhooks, desk, answered, kill);

            answered.Order(StringComparer.Ordinal).ShouldBe(Calls(file).Order(StringComparer.Ordinal), "each call in the journal, once");
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>Has somebody called, answers one delivery, and kills the server while the next waits for its answer; the last run is left to finish.</summary>
    private static async Task Deliver(string file, string webhooks, Desk desk, List<string> answered, int kill)
    {
        using var host = new HostProcess(file, webhooks);
        string[] open = host.Hear(Patience).ShouldNotBeNull("the server opens").Split(' ');
        using var client = new HttpClient { BaseAddress = new Uri(open[2]), Timeout = Patience };

        // Those who were called are let go and called again: with every price some calls, and later news of them.
        await Price(client, $"a{kill}", 10_000);
        await Price(client, $"b{kill}", 9_040);
        if (kill < Kills)
        {
            if (kill % 2 == 0)
            {
                desk.Answer(desk.Heard(Patience), answered);
                await Price(client, $"c{kill}", 10_000);
            }

            desk.Heard(Patience).Request.HttpMethod.ShouldBe("POST");
            foreach (string _ in host.Kill())
            {
                // It has said all it had to say.
            }

            return;
        }

        int wanted = Calls(file).Count;
        while (answered.Count < wanted) desk.Answer(desk.Heard(Patience), answered);
    }

    private static async Task Price(HttpClient client, string id, int btc)
    {
        string body = $$$"""{"id":"{{{id}}}","command":{"type":"move-prices","assets":[{"asset":"BTC","price":"{{{btc}}}","observedAt":1,"confidence":0,"source":"test"}],"instruments":[]}}""";
        using HttpResponseMessage answer = await client.PostAsync("api/v1/commands", new StringContent(body, Encoding.UTF8, "application/json"));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Every call of the journal under its name for ever.</summary>
    private static List<string> Calls(string file)
    {
        using SqliteJournalStore store = SqliteJournalStore.Open(file, readOnly: true);
        var calls = new List<string>();
        foreach (JournalEntry entry in store.ReadFrom(1))
        {
            Event[] events = Wire.ReadEvents(entry.Events.Span);
            for (int i = 0; i < events.Length; i++)
                if (events[i] is MarginCalled) calls.Add($"{entry.Sequence}-{i}");
        }

        return calls;
    }

    private static void Found(string file)
    {
        using SqliteJournalStore store = SqliteJournalStore.Open(file);
        var kernel = new VenueKernel();
        (AssetId usdc, AssetId btc, AccountId feed) = (new AssetId("USDC"), new AssetId("BTC"), new AccountId("test"));
        Do(new ListAsset(usdc, 6, AssetClass.Stable));
        Do(new ListAsset(btc, 8, AssetClass.Major));
        Do(new ListInstrument(new InstrumentId("BTC_USDC-PERPETUAL"), Payoff.Linear, usdc, 0.001m, 0.1m));
        Do(new SetParameters(RiskParameters.Default(kernel.State.Catalog)));
        Do(new MovePrices([new AssetPrice(usdc, 1m, new Instant(1), 0, feed), new AssetPrice(btc, 10_000m, new Instant(1), 0, feed)], []));
        Do(new OpenAccount(new AccountId("liquidity")));
        Do(new Deposit(new AccountId("liquidity"), usdc, "10000000"));
        for (int t = 0; t < Traders; t++)
        {
            Do(new OpenAccount(new AccountId($"t{t}")));
            Do(new Deposit(new AccountId($"t{t}"), usdc, "2000"));
            Do(new ReportFill(new AccountId($"t{t}"), new AccountId("liquidity"), new InstrumentId("BTC_USDC-PERPETUAL"), 1m, 10_000m));
        }

        void Do(Command command)
        {
            JournalEntry entry = kernel.Execute(new Envelope(Founded, Envelope.Venue, new CommandId($"s{kernel.Sequence}"), command), out Outcome outcome);
            outcome.Accepted.ShouldBeTrue($"{command} {outcome.Detail}");
            store.Append([entry]);
        }
    }

    /// <summary>A receiver that answers when it is told to, so that it can be made to wait while the sender dies.</summary>
    private sealed class Desk : IDisposable
    {
        private readonly HttpListener _listener = new();

        public Desk()
        {
            using (var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
            {
                socket.Start();
                Port = ((IPEndPoint)socket.LocalEndpoint).Port;
            }

            _listener.Prefixes.Add($"http://127.0.0.1:{Port}/");
            _listener.Start();
        }

        public int Port { get; }

        public HttpListenerContext Heard(TimeSpan patience)
        {
            Task<HttpListenerContext> next = _listener.GetContextAsync();
            next.Wait(patience).ShouldBeTrue("a call is posted");

            return next.Result;
        }

        /// <summary>Says that a delivery has arrived, and notes the calls in it.</summary>
        public void Answer(HttpListenerContext delivery, List<string> answered)
        {
            using JsonDocument body = JsonDocument.Parse(delivery.Request.InputStream);
            foreach (JsonElement notice in body.RootElement.GetProperty("notices").EnumerateArray())
                if (notice.GetProperty("kind").GetString() == "margin-call") answered.Add(notice.GetProperty("id").GetString()!);
            delivery.Response.StatusCode = 200;
            delivery.Response.Close();
        }

        public void Dispose() => _listener.Close();
    }
}
