using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Plimsoll.Server.Access;
using Plimsoll.Server.Hosting;
using Plimsoll.Units;

namespace Plimsoll.Server.Tests.Hosting;

public sealed class AccessTests : IDisposable
{
    private const string Withdraw = """{"type":"withdraw","account":"alice","asset":"USDC","amount":"1"}""";

    private readonly string _keys = Path.GetTempFileName();

    public AccessTests() => File.WriteAllLines(_keys,
    [
        "# who may do what",
        $"{HashOf("the-operator")} operator",
        $"{HashOf("the-reader")} reader   # the desk's screen",
        "",
        $"{HashOf("alices-own")} trader:alice",
        $"{HashOf("ann")} operator:ann",
        $"{HashOf("ben")} operator:ben",
        $"{HashOf("bobs-bids")} bidder:bob",
    ]);

    public void Dispose() => File.Delete(_keys);

    [Fact]
    public async Task Without_a_key_the_api_is_closed_and_health_is_open()
    {
        await using Served served = await Start();

        await Served.Problem(await served.Client.GetAsync("api/v1/venue"), HttpStatusCode.Unauthorized);
        await Served.Problem(await As(served, "a-guess").GetAsync("api/v1/venue"), HttpStatusCode.Unauthorized);
        (await served.Client.GetAsync("health")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await served.Client.GetAsync("/")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_reader_reads_everything_and_changes_nothing()
    {
        await using Served served = await Start();
        await Prepare(served);

        HttpClient reader = As(served, "the-reader");

        (await reader.GetAsync("api/v1/accounts")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await reader.GetAsync("api/v1/accounts/alice")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await reader.GetAsync("/")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Served.Problem(await Post(reader, "r1", Withdraw), HttpStatusCode.Forbidden);
        await Served.Problem(await reader.PostAsync("api/v1/attestation", null), HttpStatusCode.Forbidden);
        await Served.Problem(await reader.PostAsync("api/v1/demo/speed", null), HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_trader_reads_and_commands_his_own_account_only()
    {
        await using Served served = await Start();
        await Prepare(served);

        HttpClient trader = As(served, "alices-own");

        (await trader.GetAsync("api/v1/accounts/alice")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await trader.GetAsync("api/v1/venue")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Post(trader, "t1", Withdraw)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Served.Problem(await trader.GetAsync("api/v1/accounts/bob"), HttpStatusCode.Forbidden);
        await Served.Problem(await trader.GetAsync("api/v1/accounts"), HttpStatusCode.Forbidden);
        await Served.Problem(await trader.GetAsync("api/v1/events"), HttpStatusCode.Forbidden);
        await Served.Problem(await Post(trader, "t2", Withdraw.Replace("alice", "bob", StringComparison.Ordinal)), HttpStatusCode.Forbidden);
        await Served.Problem(await Post(trader, "t3", """{"type":"deposit","account":"alice","asset":"USDC","amount":"1000000"}"""), HttpStatusCode.Forbidden);
        await Served.Problem(await Post(trader, "t4", Withdraw, by: "bob"), HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task An_override_takes_two_keys_with_different_names_and_nobody_borrows_a_name()
    {
        const string Propose = """{"type":"propose-override","account":"alice","kind":"liquidate-now","reason":"it will not pay"}""";
        await using Served served = await Start();
        await Prepare(served);
        await served.Price(9_040);
        HttpClient ann = As(served, "ann");

        await Served.Problem(await Post(As(served, "the-operator"), "p1", Propose), HttpStatusCode.Forbidden);
        await Served.Problem(await Post(As(served, "the-operator"), "p2", Propose, by: "ann"), HttpStatusCode.Forbidden);
        (await Post(ann, "p3", Propose)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Served.Problem(await Post(ann, "p4", """{"type":"confirm-override","number":1}"""), HttpStatusCode.UnprocessableEntity);
        await Served.Problem(await Post(ann, "p5", """{"type":"confirm-override","number":1}""", by: "ben"), HttpStatusCode.Forbidden);
        (await Post(As(served, "ben"), "p6", """{"type":"confirm-override","number":1}""")).StatusCode.ShouldBe(HttpStatusCode.OK);

        JsonElement order = JsonDocument.Parse(await As(served, "the-reader").GetStringAsync("api/v1/overrides")).RootElement.GetProperty("overrides")[0];
        order.GetProperty("state").GetString().ShouldBe("in-force");
        order.GetProperty("proposedBy").GetString().ShouldBe("ann");
        order.GetProperty("confirmedBy").GetString().ShouldBe("ben");
    }

    [Fact]
    public async Task A_trader_acknowledges_his_own_call_and_reads_his_own_notices()
    {
        await using Served served = await Start();
        await Prepare(served);
        await served.Price(9_040);
        HttpClient alice = As(served, "alices-own");

        (await Post(alice, "a1", """{"type":"acknowledge-call","account":"alice"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        JsonElement notices = JsonDocument.Parse(await alice.GetStringAsync("api/v1/notices")).RootElement.GetProperty("notices");
        notices.EnumerateArray().ShouldContain(notice => notice.GetProperty("acknowledgedBy").GetString() == "alice");
        await Served.Problem(await alice.GetAsync("api/v1/notices?account=bob"), HttpStatusCode.Forbidden);
        await Served.Problem(await alice.GetAsync("api/v1/overrides"), HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_bidder_does_nothing_but_bid()
    {
        await using Served served = await Start();
        await Prepare(served);
        HttpClient bidder = As(served, "bobs-bids");

        (await bidder.GetAsync("api/v1/auctions")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Served.Problem(await Quote("""{"part":"0.5"}"""), HttpStatusCode.NotFound);
        foreach (string bad in (string[])["""{"part":"0"}""", """{"part":"1.1"}""", """{"part":"-0.5"}""", """{"part":"1e-1"}""", """{"part":"1","gas":-1}""", """{"part":"1","pools":[{"asset":"BTC","reserve":-1}]}""", """{"part":"1","pools":[null]}""", """{"part":"1","pools":[{"asset":"","reserve":1}]}""", """{"part":"1","pools":[{"asset":null,"reserve":1}]}""", "[]", "{"])
            await Served.Problem(await Quote(bad), HttpStatusCode.BadRequest);
        foreach (string path in (string[])["api/v1/accounts", "api/v1/venue", "api/v1/market", "api/v1/accounts/bob", "api/v1/events", "api/v1/notices", "api/v1/overrides", "api/v1/limits"])
            await Served.Problem(await bidder.GetAsync(path), HttpStatusCode.Forbidden);
        await Served.Problem(await Post(bidder, "b1", Withdraw.Replace("alice", "bob", StringComparison.Ordinal)), HttpStatusCode.Forbidden);
        await Served.Problem(await Post(bidder, "b2", """{"type":"acknowledge-call","account":"bob"}"""), HttpStatusCode.Forbidden);

        Task<HttpResponseMessage> Quote(string body) => bidder.PostAsync("api/v1/auctions/alice/quote", new StringContent(body, Encoding.UTF8, "application/json"));
    }

    [Fact]
    public async Task Without_keys_another_machines_name_and_another_sites_page_are_turned_away()
    {
        await using Served served = await Served.Start();
        using var rebound = new HttpRequestMessage(HttpMethod.Get, "api/v1/venue");
        rebound.Headers.Host = "evil.example";
        using var foreign = new HttpRequestMessage(HttpMethod.Get, "api/v1/venue");
        foreign.Headers.Add("Origin", "http://evil.example");

        await Served.Problem(await served.Client.SendAsync(rebound), HttpStatusCode.Forbidden);
        await Served.Problem(await served.Client.SendAsync(foreign), HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://192.0.2.7:5080")]
    [InlineData("https://127.0.0.1:5080")]
    [InlineData("http://127.0.0.1:5080/path")]
    [InlineData("five thousand")]
    public async Task An_address_that_cannot_be_served_safely_is_refused_before_anything_is_opened(string url)
    {
        string file = Path.Combine(Path.GetTempPath(), $"never-{Guid.NewGuid():N}.plimsoll");

        InputException fault = await Should.ThrowAsync<InputException>(() => PlimsollServer.Start(new ServerOptions { VenueFile = file, Url = url }));

        fault.Message.ShouldStartWith("url:");
        File.Exists(file).ShouldBeFalse();
    }

    [Fact]
    public async Task Without_keys_the_server_says_that_everybody_here_is_an_operator()
    {
        var said = new List<string>();
        await using Served served = await Served.Start(options => options with { Log = said.Add });

        said.ShouldContain(line => line.Contains("operator", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("abc operator", "hash")]
    [InlineData("HASH owner", "role")]
    [InlineData("HASH trader:", "role")]
    [InlineData("HASH bidder:", "role")]
    [InlineData("HASH operator:venue", "role")]
    [InlineData("HASH", "expected a hash and a role")]
    [InlineData("# nothing", "holds no key")]
    public void A_bad_line_of_the_file_is_named(string line, string expected)
    {
        File.WriteAllText(_keys, line.Replace("HASH", HashOf("x"), StringComparison.Ordinal));

        Should.Throw<InputException>(() => ApiKeys.Read(_keys)).Message.ShouldContain(expected);
    }

    private static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private static HttpClient As(Served served, string key)
    {
        var client = new HttpClient { BaseAddress = served.Client.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);

        return client;
    }

    private static Task<HttpResponseMessage> Post(HttpClient client, string id, string command, string? by = null)
    {
        string account = by is null ? "" : $"\"account\":\"{by}\",";

        return client.PostAsync("api/v1/commands", new StringContent($$"""{"id":"{{id}}",{{account}}"command":{{command}}}""", Encoding.UTF8, "application/json"));
    }

    private static async Task Prepare(Served served)
    {
        served.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "the-operator");
        await served.Trade();
    }

    private Task<Served> Start() => Served.Start(options => options with { ApiKeysFile = _keys });
}
