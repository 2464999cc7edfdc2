using System.Net;
using System.Text.Json;

namespace Plimsoll.Server.Tests.Api;

public sealed class ExposureRoutesTests
{
    [Fact]
    public async Task The_venues_exposure_is_told_by_underlying_expiry_and_bucket()
    {
        await using Served served = await Served.StartTrading();
        await served.Accept("""{"type":"set-bucket","bucket":"circle","kind":"issuer","assets":["USDC"],"failureIntensity":0.02,"lossGivenFailure":0.5}""");
        await served.Accept("""{"type":"report-fill","buyer":"alice","seller":"liquidity","instrument":"BTC_USDC-PERPETUAL","size":"0.1","price":"10000"}""");

        JsonElement exposure = await served.Eventually("api/v1/exposure", e => e.GetProperty("customers").GetProperty("buckets").GetArrayLength() > 0 && Net(e, "delta") > 0);

        Net(exposure, "delta").ShouldBe(1_000, 1e-6);
        exposure.GetProperty("provider").GetProperty("net").GetProperty("delta").GetDouble().ShouldBe(-1_000, 1e-6);
        JsonElement cell = exposure.GetProperty("customers").GetProperty("cells").EnumerateArray().ShouldHaveSingleItem();
        (cell.GetProperty("underlying").GetString(), cell.GetProperty("expiry").GetString()).ShouldBe(("BTC", "endless"));
        cell.GetProperty("gross").GetProperty("notional").GetDouble().ShouldBe(21_000, 1e-6);
        JsonElement bucket = exposure.GetProperty("customers").GetProperty("buckets").EnumerateArray().ShouldHaveSingleItem();
        double cap = bucket.GetProperty("cap").GetDouble();
        bucket.GetProperty("held").GetDouble().ShouldBe(10_152_000.5, 1e-6);
        bucket.GetProperty("premium").GetProperty("failure").GetDouble().ShouldBe(0.01 * cap, 1e-6);
        bucket.GetProperty("lossIfFails").GetDouble().ShouldBe(0.5 * cap, 1e-6);
        JsonElement liquidity = exposure.GetProperty("customers").GetProperty("liquidity");
        liquidity.GetProperty("adjusted").GetDouble().ShouldBeLessThan(liquidity.GetProperty("equity").GetDouble());
    }

    [Fact]
    public async Task The_exposure_follows_prices_between_two_copies_of_the_book_and_classes_have_cells_of_their_own()
    {
        await using Served served = await Served.StartTrading();
        await served.Accept("""{"type":"classify-account","account":"alice","class":"retail"}""");
        await served.Eventually("api/v1/exposure", e => e.GetProperty("classes").GetArrayLength() == 1);

        await served.Price(12_000);

        JsonElement exposure = await served.Eventually("api/v1/exposure", e => Retail(e).GetProperty("net").GetProperty("delta").GetDouble() > 11_000);
        JsonElement cell = Retail(exposure).GetProperty("cells").EnumerateArray().ShouldHaveSingleItem();
        cell.GetProperty("expiry").GetString().ShouldBe("endless");
        cell.GetProperty("net").GetProperty("delta").GetDouble().ShouldBe(12_000, 1e-6);
        Retail(exposure).GetProperty("underlyings").EnumerateArray().Select(u => u.GetProperty("underlying").GetString()).ShouldContain("BTC");

        static JsonElement Retail(JsonElement e) => e.GetProperty("classes")[0];
    }

    [Fact]
    public async Task An_account_is_told_alone_and_with_its_sub_accounts()
    {
        await using Served served = await Served.StartTrading();
        await served.Accept("""{"type":"open-account","account":"alice.2","owner":"alice","class":"retail"}""");
        await served.Accept("""{"type":"deposit","account":"alice.2","asset":"USDC","amount":"5000"}""");
        await served.Accept("""{"type":"report-fill","buyer":"bob","seller":"alice.2","instrument":"BTC_USDC-PERPETUAL","size":"0.4","price":"10000"}""");

        JsonElement alice = await served.Get("api/v1/accounts/alice/exposure");

        alice.GetProperty("own").GetProperty("whole").GetProperty("net").GetProperty("delta").GetDouble().ShouldBe(10_000, 1e-6);
        alice.GetProperty("together").GetProperty("whole").GetProperty("net").GetProperty("delta").GetDouble().ShouldBe(6_000, 1e-6);
        alice.GetProperty("subAccounts")[0].GetString().ShouldBe("alice.2");
        (await served.Client.GetAsync("api/v1/accounts/nobody/exposure")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Limits_are_set_listed_and_asked_before_an_order()
    {
        await using Served served = await Served.StartTrading();

        (await served.Post("api/v1/limits", """{"id":"l1","limit":"alice-delta","scope":"account","of":"alice","measure":"delta","soft":9000,"hard":12000}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        JsonElement line = (await served.Get("api/v1/limits")).GetProperty("limits")[0];
        (line.GetProperty("value").GetDouble(), line.GetProperty("level").GetString(), line.GetProperty("breaches").GetInt32()).ShouldBe((10_000, "soft", 1));
        line.GetProperty("utilisation").GetDouble().ShouldBe(10.0 / 12, 1e-12);

        JsonElement more = await Json(await served.Post("api/v1/limits/check", """{"account":"alice","instrument":"BTC_USDC-PERPETUAL","size":"0.5"}"""));
        more.GetProperty("allowed").GetBoolean().ShouldBeFalse();
        more.GetProperty("limits")[0].GetProperty("after").GetDouble().ShouldBe(15_000, 1e-6);
        JsonElement less = await Json(await served.Post("api/v1/limits/check", """{"account":"alice","instrument":"BTC_USDC-PERPETUAL","size":"-0.5"}"""));
        less.GetProperty("allowed").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData("api/v1/limits", """{"id":"l","limit":"a","scope":"account","of":"alice","measure":"delta","soft":2,"hard":1}""", 422)]
    [InlineData("api/v1/limits", """{"id":"l","limit":"a","scope":"everybody","measure":"delta","hard":1}""", 400)]
    [InlineData("api/v1/limits", """{"id":"l","type":"open-account","account":"x"}""", 400)]
    [InlineData("api/v1/limits", "[]", 400)]
    [InlineData("api/v1/limits/check", """{"account":"nobody","instrument":"BTC_USDC-PERPETUAL","size":"1"}""", 404)]
    [InlineData("api/v1/limits/check", """{"account":"alice","instrument":"GHOST","size":"1"}""", 404)]
    [InlineData("api/v1/limits/check", """{"account":"alice","instrument":"BTC_USDC-PERPETUAL","size":"0.0001"}""", 422)]
    [InlineData("api/v1/limits/check", """{"account":"alice","instrument":"BTC_USDC-PERPETUAL","size":"much"}""", 400)]
    [InlineData("api/v1/limits/check", """{"account":"alice"}""", 400)]
    public async Task What_cannot_be_used_is_a_problem_and_changes_nothing(string path, string body, int status)
    {
        await using Served served = await Served.StartTrading();

        ((int)(await served.Post(path, body)).StatusCode).ShouldBe(status);
        (await served.Get("api/v1/limits")).GetProperty("limits").GetArrayLength().ShouldBe(0);
    }

    private static double Net(JsonElement exposure, string greek) =>
        exposure.GetProperty("customers").GetProperty("whole").GetProperty("net").GetProperty(greek).GetDouble();

    private static async Task<JsonElement> Json(HttpResponseMessage answer)
    {
        string body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, body);

        return JsonDocument.Parse(body).RootElement;
    }
}
