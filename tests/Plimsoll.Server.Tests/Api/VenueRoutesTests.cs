using System.Net;
using System.Text.Json;

namespace Plimsoll.Server.Tests.Api;

public sealed class VenueRoutesTests
{
    [Fact]
    public async Task An_empty_venue_shows_a_whole_header_and_is_afloat()
    {
        await using Served served = await Served.Start();

        // Whether the shortfall was looked at already is the treasury desk's affair; that it was, comes in its own time.
        JsonElement venue = await served.Eventually("api/v1/venue", v => v.GetProperty("expectedShortfall").ValueKind == JsonValueKind.Object);

        venue.GetProperty("name").GetString().ShouldBe("Test harbour");
        venue.GetProperty("sequence").GetInt64().ShouldBe(0);
        venue.GetProperty("demo").ValueKind.ShouldBe(JsonValueKind.Null);
        venue.GetProperty("numeraire").GetString().ShouldBe("USD");
        venue.GetProperty("headline").GetProperty("verdict").GetString().ShouldBe("afloat");
        venue.GetProperty("headline").GetProperty("coverage").GetDouble().ShouldBe(1);
        venue.GetProperty("expectedShortfall").GetProperty("value").ValueKind.ShouldBe(JsonValueKind.Null);
        venue.GetProperty("expectedShortfall").GetProperty("reason").GetString().ShouldNotBeNullOrEmpty();
        venue.GetProperty("attestation").ValueKind.ShouldBe(JsonValueKind.Null);
        venue.GetProperty("coverage").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task The_header_shows_what_the_commands_led_to()
    {
        await using Served served = await Served.StartTrading();

        // Coverage is the treasury desk's, and may be of an earlier entry than the rest for a while.
        JsonElement venue = await served.Eventually("api/v1/venue", v =>
            v.GetProperty("sequence").GetInt64() == 13 && v.GetProperty("coverage").GetArrayLength() == 1 && v.GetProperty("coverage")[0].GetProperty("claims").GetString() == "10052000.5"
            && v.GetProperty("coverage")[0].GetProperty("holdings").GetString() == "10152000.5");

        venue.GetProperty("accounts").GetInt32().ShouldBe(3);
        venue.GetProperty("openInterest").GetDouble().ShouldBe(10_000);
        venue.GetProperty("equity").GetDouble().ShouldBe(10_052_000.5, 1e-6);
        venue.GetProperty("fund").GetProperty("balance").GetDouble().ShouldBe(100_000);
        venue.GetProperty("fund").GetProperty("start").GetDouble().ShouldBe(100_000);
        venue.GetProperty("fund").GetProperty("byAsset")[0].GetProperty("amount").GetString().ShouldBe("100000");
        JsonElement feed = venue.GetProperty("feeds").EnumerateArray().Single(f => f.GetProperty("asset").GetString() == "BTC");
        feed.GetProperty("price").GetString().ShouldBe("10000");
        JsonElement coverage = venue.GetProperty("coverage")[0];
        coverage.GetProperty("asset").GetString().ShouldBe("USDC");
        coverage.GetProperty("hourly")[0].GetProperty("available").GetString().ShouldBe("152000.5");
    }

    [Fact]
    public async Task Commands_that_were_refused_are_counted()
    {
        await using Served served = await Served.Start();

        await served.Send("""{"type":"withdraw","account":"nobody","asset":"BTC","amount":"1"}""");

        await served.Eventually("api/v1/venue", v => v.GetProperty("counters").GetProperty("refused").GetInt64() == 1);
    }

    [Fact]
    public async Task The_account_list_is_ordered_paged_and_searched()
    {
        await using Served served = await Served.StartTrading();
        await served.Eventually("api/v1/venue", v => v.GetProperty("sequence").GetInt64() == 13);

        JsonElement byDistance = await served.Eventually("api/v1/accounts", a => a.GetProperty("rows").GetArrayLength() == 3 && a.GetProperty("rows")[0].GetProperty("distance").ValueKind == JsonValueKind.Number);
        byDistance.GetProperty("total").GetInt32().ShouldBe(3);
        byDistance.GetProperty("rows")[0].GetProperty("account").GetString().ShouldBe("alice");
        byDistance.GetProperty("rows")[0].GetProperty("distance").GetDouble().ShouldBe(1_000 / 9_000.0, 1e-9);

        JsonElement byEquity = await served.Get("api/v1/accounts?order=-equity&limit=1&offset=1");
        byEquity.GetProperty("rows").GetArrayLength().ShouldBe(1);
        byEquity.GetProperty("rows")[0].GetProperty("account").GetString().ShouldBe("bob");

        JsonElement found = await served.Get("api/v1/accounts?find=LIC");
        found.GetProperty("total").GetInt32().ShouldBe(1);
        found.GetProperty("rows")[0].GetProperty("kind").GetString().ShouldBe("customer");
    }

    [Theory]
    [InlineData("api/v1/accounts?order=colour", "order")]
    [InlineData("api/v1/accounts?limit=0", "limit")]
    [InlineData("api/v1/accounts?limit=1001", "limit")]
    [InlineData("api/v1/accounts?offset=-1", "offset")]
    [InlineData("api/v1/accounts?limit=many", "limit")]
    [InlineData("api/v1/events?limit=0", "limit")]
    [InlineData("api/v1/events?after=-1", "after")]
    [InlineData("api/v1/thresholds?underlying=DOGE", "underlying")]
    [InlineData("api/v1/accounts/not%20a%20name", "account")]
    public async Task A_bad_question_is_answered_with_the_field_that_is_bad(string path, string field)
    {
        await using Served served = await Served.Start();

        using HttpResponseMessage answer = await served.Client.GetAsync(path);

        JsonElement problem = await Served.Problem(answer, HttpStatusCode.BadRequest);
        problem.GetProperty("detail").GetString()!.ShouldContain(field);
    }

    [Fact]
    public async Task Thresholds_tell_the_notional_that_liquidates_on_the_way_down_and_up()
    {
        await using Served served = await Served.StartTrading();
        await served.Eventually("api/v1/venue", v => v.GetProperty("feeds").GetArrayLength() == 2);

        JsonElement map = await served.Eventually("api/v1/thresholds?underlying=BTC", m => m.GetProperty("points").GetArrayLength() == 61);

        JsonElement[] points = [.. map.GetProperty("points").EnumerateArray()];
        points[30].GetProperty("price").GetDouble().ShouldBe(10_000);
        points[30].GetProperty("longNotional").GetDouble().ShouldBe(0);
        // Alice owns 2,000 and is long one coin: 2,000 − fall = a tenth of the price at a fall of a ninth.
        points[25].GetProperty("longNotional").GetDouble().ShouldBe(0);
        points[24].GetProperty("longNotional").GetDouble().ShouldBe(10_000);
        points[0].GetProperty("longNotional").GetDouble().ShouldBe(10_000);
        points[60].GetProperty("shortNotional").GetDouble().ShouldBe(0);
    }

    [Fact]
    public async Task A_liquidation_is_told_in_the_feed_and_drawn_in_the_history()
    {
        await using Served served = await Served.StartTrading();
        await served.Price(8_800);

        JsonElement venue = await served.Eventually("api/v1/venue", v => v.GetProperty("counters").GetProperty("liquidations").GetInt64() > 0);
        JsonElement events = await served.Get("api/v1/events");
        JsonElement history = await served.Get("api/v1/history");

        JsonElement[] rows = [.. events.GetProperty("rows").EnumerateArray()];
        JsonElement liquidation = rows.First(r => r.GetProperty("kind").GetString() == "liquidation");
        liquidation.GetProperty("account").GetString().ShouldBe("alice");
        liquidation.GetProperty("sequence").GetInt64().ShouldBe(venue.GetProperty("sequence").GetInt64());
        liquidation.GetProperty("text").GetString()!.ShouldStartWith("Sold ");
        rows.Select(r => r.GetProperty("sequence").GetInt64()).ShouldBeInOrder();
        history.GetProperty("points").EnumerateArray().Sum(p => p.GetProperty("liquidated").GetDouble()).ShouldBeGreaterThan(0);
        history.GetProperty("points").EnumerateArray().Last().GetProperty("prices").GetProperty("BTC").GetString().ShouldBe("8800");

        JsonElement after = await served.Get($"api/v1/events?after={liquidation.GetProperty("sequence").GetInt64()}");
        after.GetProperty("rows").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Health_and_the_description_of_the_api_are_served()
    {
        await using Served served = await Served.Start();

        (await served.Get("health")).GetProperty("status").GetString().ShouldBe("running");
        JsonElement description = await served.Get("openapi/v1.json");
        description.GetProperty("paths").TryGetProperty("/api/v1/commands", out _).ShouldBeTrue();
        description.GetProperty("paths").TryGetProperty("/api/v1/accounts/{id}/margin", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task An_unknown_path_is_a_problem_too()
    {
        await using Served served = await Served.Start();

        using HttpResponseMessage answer = await served.Client.GetAsync("api/v1/treasure");

        await Served.Problem(answer, HttpStatusCode.NotFound);
    }
}
