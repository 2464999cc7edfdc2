using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Server.Tests.Api;

public sealed class LiquidationRoutesTests : IDisposable
{
    private readonly string _keys = Path.GetTempFileName();

    public LiquidationRoutesTests() => File.WriteAllLines(_keys, [$"{HashOf("the-operator")} operator", $"{HashOf("bobs-bids")} bidder:bob", $"{HashOf("alices-own")} trader:alice"]);

    public void Dispose() => File.Delete(_keys);

    [Fact]
    public async Task A_living_auction_is_quoted_and_the_bid_is_what_was_quoted()
    {
        await using Served served = await Auctioned();

        (await served.Get("api/v1/auctions")).GetProperty("auctions").EnumerateArray().ShouldContain(auction => auction.GetProperty("account").GetString() == "carol");
        JsonElement all = await served.Get("api/v1/auctions"), rest = await served.Get("api/v1/auctions?offset=1");
        int total = all.GetProperty("total").GetInt32();
        (all.GetProperty("auctions").GetArrayLength(), rest.GetProperty("total").GetInt32(), rest.GetProperty("auctions").GetArrayLength()).ShouldBe((total, total, total - 1));
        await Served.Problem(await served.Client.GetAsync("api/v1/auctions?offset=-1"), HttpStatusCode.BadRequest);
        JsonElement quote = await Quote(served.Client, """{"part":"0.25","gas":25,"pools":[{"asset":"BTC","reserve":5000000,"fee":0.003}]}""");
        quote.GetProperty("form").GetString().ShouldBe("solvent");
        quote.GetProperty("discount").GetDouble().ShouldBe(0.02);
        (double pays, double worth, double cost, double profit) = (Figure(quote, "pays"), Figure(quote, "worth"), Figure(quote, "saleCost"), Figure(quote, "profit"));
        pays.ShouldBe(worth * 0.98, 0.01);
        cost.ShouldBeGreaterThan(0);
        profit.ShouldBe(worth - pays - cost - 25, 1e-9);
        JsonElement leg = quote.GetProperty("legs").EnumerateArray().Single();
        (leg.GetProperty("book").GetDouble() + leg.GetProperty("pool").GetDouble() + leg.GetProperty("left").GetDouble()).ShouldBe(leg.GetProperty("notional").GetDouble(), 1e-6);

        string paid = quote.GetProperty("paid").GetString()!;
        await served.Accept($$"""{"type":"bid","account":"carol","bidder":"bob","part":"0.25","most":"{{paid}}"}""");
        JsonElement after = await Quote(served.Client, """{"part":"1"}""");
        after.GetProperty("part").GetDouble().ShouldBe(after.GetProperty("largestPart").GetDouble(), "no more is sold than restores");
    }

    [Fact]
    public async Task A_bidder_reads_a_living_auction_and_bids_for_himself_and_for_nobody_else()
    {
        await using Served served = await Auctioned(_keys);
        HttpClient bidder = As(served, "bobs-bids");

        JsonElement quote = await Quote(bidder, """{"part":"0.1"}""");
        quote.GetProperty("part").GetDouble().ShouldBe(0.1);
        await Served.Problem(await As(served, "alices-own").PostAsync("api/v1/auctions/carol/quote", Json("""{"part":"0.1"}""")), HttpStatusCode.Forbidden);
        await Served.Problem(await bidder.PostAsync("api/v1/commands", Json("""{"id":"x1","command":{"type":"bid","account":"carol","bidder":"alice","part":"0.1"}}""")), HttpStatusCode.Forbidden);
        await Served.Problem(await bidder.PostAsync("api/v1/commands", Json("""{"id":"x2","account":"alice","command":{"type":"bid","account":"carol","bidder":"bob","part":"0.1"}}""")), HttpStatusCode.Forbidden);
        using HttpResponseMessage bid = await bidder.PostAsync("api/v1/commands", Json("""{"id":"x3","account":"bob","command":{"type":"bid","account":"carol","bidder":"bob","part":"0.1"}}"""));
        bid.StatusCode.ShouldBe(HttpStatusCode.OK, await bid.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_rehearsal_tells_what_would_happen_and_changes_nothing()
    {
        await using Served served = await Served.StartTrading();
        (long sequence, Hash256 state) = await served.Server.Ask(kernel => (kernel.Sequence, Engine.Snapshots.HashOf(kernel.State)));

        JsonElement told = await Rehearse(served, """{"prices":{"BTC":"-30%"},"minutes":5,"guards":true}""");
        JsonElement figures = told.GetProperty("rehearsal");
        figures.GetProperty("accounts").GetInt32().ShouldBe(3);
        figures.GetProperty("fallen").GetInt32().ShouldBe(1, "alice's long of a BTC on 2000");
        figures.GetProperty("badDebt").GetDouble().ShouldBeGreaterThan(900);
        figures.GetProperty("insured").GetDouble().ShouldBe(figures.GetProperty("fundBefore").GetDouble() - figures.GetProperty("fundAfter").GetDouble(), 0.01);
        told.GetProperty("without").GetArrayLength().ShouldBeGreaterThan(3);
        (await Rehearse(served, """{"prices":{"BTC":"+1%"}}""")).GetProperty("rehearsal").GetProperty("fallen").GetInt32().ShouldBe(0);

        (long after, Hash256 stateAfter) = await served.Server.Ask(kernel => (kernel.Sequence, Engine.Snapshots.HashOf(kernel.State)));
        after.ShouldBe(sequence);
        stateAfter.ShouldBe(state);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"prices":{}}""")]
    [InlineData("""{"prices":{"BTC":"-100%"}}""")]
    [InlineData("""{"prices":{"BTC":"+1001%"}}""")]
    [InlineData("""{"prices":{"BTC":"-30"}}""")]
    [InlineData("""{"prices":{"GHOST":"-30%"}}""")]
    [InlineData("""{"prices":{"BTC":"-30%"},"ticks":0}""")]
    [InlineData("""{"prices":{"BTC":"-30%"},"minutes":1441}""")]
    [InlineData("""{"prices":"BTC"}""")]
    public async Task A_rehearsal_of_nothing_possible_is_refused(string body)
    {
        await using Served served = await Served.StartTrading();

        await Served.Problem(await served.Post("api/v1/rehearsals", body), HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_cascade_of_first_moves_is_told_for_an_asset_that_is_listed_and_priced()
    {
        await using Served served = await Served.StartTrading();

        JsonElement cascade = await served.Get("api/v1/cascade?asset=BTC");
        cascade.GetProperty("asset").GetString().ShouldBe("BTC");
        cascade.GetProperty("price").GetDouble().ShouldBe(10_000);
        JsonElement[] down = [.. cascade.GetProperty("down").EnumerateArray()];
        down.Select(step => step.GetProperty("forced").GetDouble()).ShouldBeInOrder();
        down[0].GetProperty("forced").GetDouble().ShouldBe(0, "nobody sinks at one per cent");
        down[^1].GetProperty("forced").GetDouble().ShouldBeGreaterThan(0, "alice does at thirty");
        down[^1].GetProperty("multiplier").GetDouble().ShouldBeGreaterThan(1);
        await Served.Problem(await served.Client.GetAsync("api/v1/cascade?asset=GHOST"), HttpStatusCode.BadRequest);
        await Served.Problem(await served.Client.GetAsync("api/v1/cascade"), HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Who_may_read_one_account_rehearses_no_venue()
    {
        await using Served served = await Auctioned(_keys);
        foreach (string key in (string[])["alices-own", "bobs-bids"])
        {
            await Served.Problem(await As(served, key).PostAsync("api/v1/rehearsals", Json("""{"prices":{"BTC":"-1%"}}""")), HttpStatusCode.Forbidden);
            await Served.Problem(await As(served, key).GetAsync("api/v1/cascade?asset=BTC"), HttpStatusCode.Forbidden);
        }
    }

    /// <summary>carol's long has sunk beyond the bound at which selling makes it worse.</summary>
    private static async Task<Served> Auctioned(string? keys = null)
    {
        Served served = await Served.Start(options => keys is null ? options : options with { ApiKeysFile = keys });
        if (keys is not null) served.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "the-operator");
        await served.Trade();
        byte[] rules = await served.Server.Ask(kernel => (RiskParameters.Default(kernel.State.Catalog) with
        {
            Phases = new PhaseTerms
            {
                PeriodSeconds = 30,
                Slices = new SliceTerms(0.5m, [new DepthTerms(new AssetScope(new AssetId("BTC"), null), 10_000m, 0.01m)]),
                Auction = new AuctionPhaseTerms(new AssetId("USDC"), 0.02m, 0.30m, 3600, 1800, 0.05m),
                Halt = true,
            },
        }).ToJson());
        await served.Accept($$"""{"type":"set-parameters","parameters":{{Encoding.UTF8.GetString(rules)}}}""");
        await served.Accept("""{"type":"open-account","account":"carol"}""");
        await served.Accept("""{"type":"deposit","account":"carol","asset":"USDC","amount":"20000"}""");
        await served.Accept("""{"type":"report-fill","buyer":"carol","seller":"liquidity","instrument":"BTC_USDC-PERPETUAL","size":"8","price":"10000"}""");
        await served.Price(7_900);

        return served;
    }

    private static double Figure(JsonElement quote, string name) => quote.GetProperty(name).GetDouble();

    private static async Task<JsonElement> Quote(HttpClient client, string body)
    {
        using HttpResponseMessage answer = await client.PostAsync("api/v1/auctions/carol/quote", Json(body));
        string text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);

        return JsonDocument.Parse(text).RootElement;
    }

    private static async Task<JsonElement> Rehearse(Served served, string body)
    {
        using HttpResponseMessage answer = await served.Post("api/v1/rehearsals", body);
        string text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);

        return JsonDocument.Parse(text).RootElement;
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private static HttpClient As(Served served, string key)
    {
        var client = new HttpClient { BaseAddress = served.Client.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);

        return client;
    }
}
