using System.Net;
using System.Net.WebSockets;
using System.Text.Json;

namespace Plimsoll.Server.Tests.Stream;

public sealed class StreamTests
{
    [Fact]
    public async Task A_page_is_told_the_venue_at_once_and_every_kind_of_frame_as_it_comes()
    {
        await using Served served = await Served.StartTrading();
        using ClientWebSocket socket = await Connect(served);

        Dictionary<string, JsonElement> first = await Until(socket, heard => heard.ContainsKey("venue"));
        await served.Price(8_800);
        Dictionary<string, JsonElement> frames = await Until(socket, heard => heard.Count == 5 && heard["thresholds"].GetProperty("thresholds").GetProperty("points").GetArrayLength() > 0);

        first["venue"].GetProperty("venue").GetProperty("name").GetString().ShouldBe("Test harbour");
        frames.Keys.Order().ShouldBe(["accounts", "events", "point", "thresholds", "venue"]);
        frames["accounts"].GetProperty("rows")[0].GetProperty("account").GetString().ShouldBe("alice");
        frames["events"].GetProperty("rows").EnumerateArray().ShouldContain(e => e.GetProperty("kind").GetString() == "liquidation");
        frames["point"].GetProperty("point").GetProperty("prices").GetProperty("BTC").GetString().ShouldBe("8800");
        frames["thresholds"].GetProperty("thresholds").GetProperty("underlying").GetString().ShouldBe("BTC");
    }

    [Fact]
    public async Task The_venue_is_told_about_four_times_a_second()
    {
        await using Served served = await Served.Start();
        using ClientWebSocket socket = await Connect(served);

        long began = TimeProvider.System.GetTimestamp();
        int venues = 0;
        while (venues < 9)
        {
            if ((await Receive(socket)).GetProperty("kind").GetString() == "venue") venues++;
        }

        TimeProvider.System.GetElapsedTime(began).TotalSeconds.ShouldBeInRange(1, 12);
    }

    [Fact]
    public async Task A_page_of_another_site_is_turned_away()
    {
        await using Served served = await Served.Start();
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", "http://evil.example");

        await Should.ThrowAsync<WebSocketException>(() => socket.ConnectAsync(StreamUrl(served), default));
        using HttpResponseMessage plain = await served.Client.GetAsync("api/v1/stream");

        plain.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_stopping_server_says_goodbye()
    {
        await using Served served = await Served.Start();
        using ClientWebSocket socket = await Connect(served);
        await Receive(socket);

        ValueTask stopping = served.Server.DisposeAsync();
        byte[] buffer = new byte[1 << 20];
        WebSocketReceiveResult last;
        do last = await socket.ReceiveAsync(buffer, default);
        while (last.MessageType != WebSocketMessageType.Close);
        await stopping;

        last.CloseStatus.ShouldBe(WebSocketCloseStatus.EndpointUnavailable);
    }

    private static Uri StreamUrl(Served served) => new UriBuilder(served.Server.Url) { Scheme = "ws", Path = "/api/v1/stream" }.Uri;

    private static async Task<ClientWebSocket> Connect(Served served)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(StreamUrl(served), default);

        return socket;
    }

    private static async Task<Dictionary<string, JsonElement>> Until(ClientWebSocket socket, Func<Dictionary<string, JsonElement>, bool> enough)
    {
        var heard = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        for (int i = 0; i < 400 && !enough(heard); i++)
        {
            JsonElement frame = await Receive(socket);
            string kind = frame.GetProperty("kind").GetString()!;
            bool calls = kind == "events" && !frame.GetRawText().Contains("liquidation", StringComparison.Ordinal);
            if (!calls) heard[kind] = frame;
        }

        enough(heard).ShouldBeTrue($"heard {string.Join(", ", heard.Keys)}");

        return heard;
    }

    private static async Task<JsonElement> Receive(ClientWebSocket socket)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var whole = new MemoryStream();
        byte[] buffer = new byte[1 << 16];
        WebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer, patience.Token);
            whole.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);

        return JsonDocument.Parse(whole.ToArray()).RootElement;
    }
}
