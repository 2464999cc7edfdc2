using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Plimsoll.Server.Calls;

namespace Plimsoll.Server.Tests.Calls;

/// <summary>A real HTTP receiver on this machine, as a customer would write one: it verifies the signature before it believes anything.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    public const string Secret = "a secret that nobody could ever guess";

    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public Receiver(int port)
    {
        Port = port;
        _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        _listener.Start();
        _serving = Serve();
    }

    public int Port { get; }

    /// <summary>What it answers.</summary>
    public int Status { get; set; } = 200;

    /// <summary>Every notice that came with a signature that verified, in the order it came; doubles too.</summary>
    public ConcurrentQueue<JsonElement> Heard { get; } = [];

    /// <summary>Requests that did not verify.</summary>
    public int Forged { get; private set; }

    public static int FreePort()
    {
        using var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        socket.Start();

        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    public async Task<JsonElement> Hears(Func<JsonElement, bool> wanted)
    {
        for (int i = 0; ; i++)
        {
            foreach (JsonElement notice in Heard)
                if (wanted(notice)) return notice;

            i.ShouldBeLessThan(300, $"heard only {string.Join("; ", Heard)}");
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task Serve()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            await Take(context);
        }
    }

    private async Task Take(HttpListenerContext context)
    {
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        bool verifies = WebhookSignature.Verifies(
            Secret, context.Request.Headers[WebhookSignature.TimestampHeader], context.Request.Headers[WebhookSignature.SignatureHeader], body.ToArray(), DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        if (!verifies) Forged++;
        else if (Status == 200)
            foreach (JsonElement notice in JsonDocument.Parse(body.ToArray()).RootElement.GetProperty("notices").EnumerateArray()) Heard.Enqueue(notice.Clone());
        context.Response.StatusCode = verifies ? Status : 401;
        context.Response.Close();
    }
}
