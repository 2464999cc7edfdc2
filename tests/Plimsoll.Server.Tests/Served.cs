using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Plimsoll.Risk.Margin;
using Plimsoll.Server.Hosting;

namespace Plimsoll.Server.Tests;

/// <summary>A venue served on a free port from a file of its own, spoken to over real HTTP.</summary>
internal sealed class Served : IAsyncDisposable
{
    private readonly string _folder;
    private int _ids;

    private Served(PlimsollServer server, string folder)
    {
        (Server, _folder) = (server, folder);
        Client = new HttpClient { BaseAddress = new Uri(server.Url) };
    }

    public PlimsollServer Server { get; private set; }

    public HttpClient Client { get; private set; }

    public string File => Path.Combine(_folder, "venue.plimsoll");

    public static async Task<Served> Start(Func<ServerOptions, ServerOptions>? change = null)
    {
        string folder = Directory.CreateTempSubdirectory("plimsoll-server-").FullName;

        return new Served(await PlimsollServer.Start(Options(folder, change)), folder);
    }

    /// <summary>A venue with two coins, a perpetual, and two customers on either side of it.</summary>
    public static async Task<Served> StartTrading(Func<ServerOptions, ServerOptions>? change = null)
    {
        Served served = await Start(change);
        await served.Trade();

        return served;
    }

    /// <summary>Stops the server and starts another over the same file.</summary>
    public async Task Restart(Func<ServerOptions, ServerOptions>? change = null)
    {
        await Server.DisposeAsync();
        Client.Dispose();
        Server = await PlimsollServer.Start(Options(_folder, change));
        Client = new HttpClient { BaseAddress = new Uri(Server.Url) };
    }

    public async Task Trade()
    {
        await Accept("""{"type":"list-asset","asset":"USDC","decimals":6,"class":"stable"}""");
        await Accept("""{"type":"list-asset","asset":"BTC","decimals":8,"class":"major"}""");
        await Accept("""{"type":"list-instrument","instrument":"BTC_USDC-PERPETUAL","payoff":"linear","settlement":"USDC","lotSize":"0.001","tickSize":"0.1"}""");
        byte[] parameters = await Server.Ask(kernel => RiskParameters.Default(kernel.State.Catalog).ToJson());
        await Accept($$"""{"type":"set-parameters","parameters":{{Encoding.UTF8.GetString(parameters)}}}""");
        await Accept("""{"type":"open-account","account":"liquidity"}""");
        await Accept("""{"type":"open-account","account":"alice"}""");
        await Accept("""{"type":"open-account","account":"bob"}""");
        await Accept("""{"type":"deposit","account":"liquidity","asset":"USDC","amount":"10000000","place":"cold"}""");
        await Accept("""{"type":"deposit","account":"alice","asset":"USDC","amount":"2000"}""");
        await Accept("""{"type":"deposit","account":"bob","asset":"USDC","amount":"50000.5"}""");
        await Accept("""{"type":"endow","fund":"insurance-fund","asset":"USDC","amount":"100000","place":"hot"}""");
        await Price(10_000);
        await Accept("""{"type":"report-fill","buyer":"alice","seller":"bob","instrument":"BTC_USDC-PERPETUAL","size":"1","price":"10000"}""");
    }

    public Task Price(decimal btc) => Accept(
        $$"""
        {"type":"move-prices","assets":[
          {"asset":"BTC","price":"{{btc}}","observedAt":1,"confidence":0.0001,"source":"test"},
          {"asset":"USDC","price":"1","observedAt":1,"confidence":0,"source":"test"}],"instruments":[]}
        """);

    /// <summary>Sends a command under a fresh id and demands that it is carried out.</summary>
    public async Task<JsonElement> Accept(string command)
    {
        using HttpResponseMessage answer = await Send(command);
        string body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, body);

        return JsonDocument.Parse(body).RootElement;
    }

    public Task<HttpResponseMessage> Send(string command, string? id = null, string? account = null)
    {
        string by = account is null ? "" : $"\"account\":\"{account}\",";

        return Post("api/v1/commands", $$"""{"id":"{{id ?? $"t{++_ids}"}}",{{by}}"command":{{command}}}""");
    }

    public Task<HttpResponseMessage> Post(string path, string json) =>
        Client.PostAsync(path, new StringContent(json, Encoding.UTF8, "application/json"));

    public async Task<JsonElement> Get(string path)
    {
        using HttpResponseMessage answer = await Client.GetAsync(path);
        string body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, body);

        return JsonDocument.Parse(body).RootElement;
    }

    /// <summary>Asks again until the answer is as wanted; the view follows the engine by a quarter of a second.</summary>
    public async Task<JsonElement> Eventually(string path, Func<JsonElement, bool> wanted)
    {
        for (int i = 0; ; i++)
        {
            JsonElement answer = await Get(path);
            if (wanted(answer)) return answer;

            i.ShouldBeLessThan(150, $"{path} stayed {answer}");
            await Task.Delay(100);
        }
    }

    /// <summary>Demands a problem document of a status and gives it back.</summary>
    public static async Task<JsonElement> Problem(HttpResponseMessage answer, HttpStatusCode status)
    {
        string body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, body);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        JsonElement problem = JsonDocument.Parse(body).RootElement;
        problem.GetProperty("type").GetString()!.ShouldStartWith("urn:plimsoll:problem:");
        problem.GetProperty("status").GetInt32().ShouldBe((int)status);
        problem.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
        problem.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();

        return problem;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static ServerOptions Options(string folder, Func<ServerOptions, ServerOptions>? change)
    {
        var options = new ServerOptions
        {
            VenueFile = Path.Combine(folder, "venue.plimsoll"),
            Url = "http://127.0.0.1:0",
            Name = "Test harbour",
            WebRoot = Path.Combine(folder, "web"),
        };

        return change?.Invoke(options) ?? options;
    }
}
