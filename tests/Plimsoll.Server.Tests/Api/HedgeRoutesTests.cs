using System.Net;
using System.Text.Json;

namespace Plimsoll.Server.Tests.Api;

public sealed class HedgeRoutesTests
{
    private const string Path = "api/v1/hedge/proposal";

    [Fact]
    public async Task An_account_is_hedged_to_its_no_trade_band_and_nothing_is_traded()
    {
        await using Served served = await Served.StartTrading();

        using HttpResponseMessage answer = await served.Post(Path, """{"accounts":["alice"]}""");
        string body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        JsonElement alice = await served.Get("api/v1/accounts/alice");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        JsonElement hedge = JsonDocument.Parse(body).RootElement.GetProperty("hedges")[0];
        hedge.GetProperty("underlying").GetString().ShouldBe("BTC");
        hedge.GetProperty("before").GetProperty("deltaCoins").GetDouble().ShouldBe(1, 1e-9);
        JsonElement trade = hedge.GetProperty("trades")[0];
        (trade.GetProperty("side").GetString(), trade.GetProperty("size").GetString()).ShouldBe(("sell", "1"));
        JsonElement band = hedge.GetProperty("bands")[0];
        band.GetProperty("source").GetString().ShouldBe("no-trade");
        band.GetProperty("breachAfter").GetDouble().ShouldBe(0);
        hedge.GetProperty("ladder").GetProperty("before")[0].GetArrayLength().ShouldBe(hedge.GetProperty("ladder").GetProperty("spotMoves").GetArrayLength());
        alice.GetProperty("positions")[0].GetProperty("size").GetString().ShouldBe("1");
    }

    [Fact]
    public async Task Accounts_on_both_sides_of_a_trade_need_no_hedge()
    {
        await using Served served = await Served.StartTrading();

        using HttpResponseMessage answer = await served.Post(Path, """{"accounts":["alice","bob"],"plan":{"bands":[{"underlying":"BTC","greek":"delta","lower":-1,"upper":1}]}}""");

        JsonElement hedge = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("hedges")[0];
        hedge.GetProperty("trades").GetArrayLength().ShouldBe(0);
        hedge.GetProperty("complete").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"accounts":["nobody"]}""", HttpStatusCode.NotFound, "nobody")]
    [InlineData("""{"accounts":[]}""", HttpStatusCode.BadRequest, "accounts")]
    [InlineData("""{"accounts":["alice","alice"]}""", HttpStatusCode.BadRequest, "twice")]
    [InlineData("""{"colour":1}""", HttpStatusCode.BadRequest, "colour")]
    [InlineData("""{"plan":{"bands":[{"underlying":"BTC","greek":"rho"}]}}""", HttpStatusCode.BadRequest, "greek")]
    [InlineData("""{"plan":{"instruments":[{"instrument":"XRP-PERPETUAL"}]}}""", HttpStatusCode.BadRequest, "XRP-PERPETUAL")]
    [InlineData("""{"accounts":""", HttpStatusCode.BadRequest, "JSON")]
    [InlineData("7", HttpStatusCode.BadRequest, "object")]
    public async Task What_cannot_be_asked_is_a_problem_that_names_the_field(string body, HttpStatusCode status, string part)
    {
        await using Served served = await Served.StartTrading();

        using HttpResponseMessage answer = await served.Post(Path, body);

        (await Served.Problem(answer, status)).GetProperty("detail").GetString()!.ShouldContain(part);
    }
}
