using System.Net;
using System.Text.Json;

namespace Plimsoll.Server.Tests.Api;

public sealed class WhatIfRoutesTests
{
    private const string Path = "api/v1/accounts/alice/what-if";

    [Fact]
    public async Task A_fall_of_the_price_is_answered_and_nothing_happens()
    {
        await using Served served = await Served.StartTrading();
        // The distance is found beside the engine and follows the account a moment later.
        JsonElement before = await served.Eventually("api/v1/accounts/alice", a => a.GetProperty("distance").ValueKind == JsonValueKind.Number);
        await served.Eventually("api/v1/venue", v => v.GetProperty("sequence").GetInt64() == 13);

        JsonElement answer = await Ask(served, """{"prices":{"BTC":"-5%"},"deposits":[{"asset":"USDC","amount":"250.5"}],"liquidationPrices":true}""");
        JsonElement after = await served.Get("api/v1/accounts/alice");

        JsonElement account = answer.GetProperty("account");
        // One coin long at 10,000: 500 lost, 250.5 paid in.
        (account.GetProperty("after").GetProperty("equity").GetDouble() - account.GetProperty("before").GetProperty("equity").GetDouble()).ShouldBe(-249.5, 1e-6);
        account.GetProperty("steps").GetArrayLength().ShouldBe(2);
        account.GetProperty("lines").GetArrayLength().ShouldBe(3);
        account.GetProperty("liquidationPrices").GetProperty("after")[0].GetProperty("lines")[2].GetProperty("state").GetString().ShouldBe("one");
        after.GetRawText().ShouldBe(before.GetRawText());
        (await served.Get("api/v1/venue")).GetProperty("sequence").GetInt64().ShouldBe(13);
    }

    [Fact]
    public async Task A_question_that_asks_nothing_gives_the_same_bits_twice()
    {
        await using Served served = await Served.StartTrading();

        JsonElement account = (await Ask(served, "{}")).GetProperty("account");

        account.GetProperty("after").GetRawText().ShouldBe(account.GetProperty("before").GetRawText());
    }

    [Fact]
    public async Task Collateral_moved_to_another_account_is_answered_for_both()
    {
        await using Served served = await Served.StartTrading();

        JsonElement answer = await Ask(served, """{"moves":[{"asset":"USDC","amount":"100","to":"bob"}]}""");

        JsonElement bob = answer.GetProperty("others")[0];
        bob.GetProperty("account").GetString().ShouldBe("bob");
        (bob.GetProperty("after").GetProperty("equity").GetDouble() - bob.GetProperty("before").GetProperty("equity").GetDouble()).ShouldBe(100, 1e-6);
    }

    [Fact]
    public async Task Liquidation_prices_and_efficiency_agree_with_the_account()
    {
        await using Served served = await Served.StartTrading();

        JsonElement prices = await served.Get("api/v1/accounts/alice/liquidation-prices");
        JsonElement margin = await served.Get("api/v1/accounts/alice/margin");
        JsonElement efficiency = await served.Get("api/v1/accounts/alice/efficiency");

        double exact = margin.GetProperty("liquidationPrices")[0].GetProperty("below").GetDouble();
        prices.GetProperty("underlyings")[0].GetProperty("lines")[2].GetProperty("under")[0].GetProperty("to").GetDouble().ShouldBe(exact, 1e-6);
        efficiency.GetProperty("notional").GetDouble().ShouldBe(10_000, 1e-6);
        JsonElement free = efficiency.GetProperty("free")[0];
        string amount = free.GetProperty("free").GetString()!;
        string asset = free.GetProperty("asset").GetString()!;
        using HttpResponseMessage withdrawn = await served.Post("api/v1/commands", $$"""{"id":"w1","type":"withdraw","account":"alice","asset":"{{asset}}","amount":"{{amount}}"}""");
        withdrawn.StatusCode.ShouldBe(HttpStatusCode.OK, await withdrawn.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        (await served.Get("api/v1/accounts/alice/efficiency")).GetProperty("free").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("""{"colour":1}""", "colour")]
    [InlineData("""{"prices":{"BTC":"-100%"}}""", "BTC")]
    [InlineData("""{"prices":{"XRP":"-10%"}}""", "XRP")]
    [InlineData("""{"prices":["BTC"]}""", "prices")]
    [InlineData("""{"prices":{"BTC":"-1%","BTC":"-2%"}}""", "twice")]
    [InlineData("""{"trades":[{"instrument":"BTC_USDC-PERPETUAL"}]}""", "size")]
    [InlineData("""{"trades":[{"instrument":"BTC_USDC-PERPETUAL","size":"1e99"}]}""", "size")]
    [InlineData("""{"deposits":[{"asset":"USDC","amount":"-1"}]}""", "USDC")]
    [InlineData("""{"moves":[{"asset":"USDC","amount":"1","to":"alice"}]}""", "alice")]
    [InlineData("""{"moves":[{"asset":"USDC","amount":"1","to":"a b"}]}""", "a b")]
    [InlineData("""{"days":"-3"}""", "days")]
    [InlineData("""{"liquidationPrices":"yes"}""", "liquidationPrices")]
    [InlineData("7", "object")]
    [InlineData("{", "JSON")]
    public async Task What_cannot_be_asked_is_a_problem_that_names_the_field(string body, string part)
    {
        await using Served served = await Served.StartTrading();

        using HttpResponseMessage answer = await served.Post(Path, body);

        (await Served.Problem(answer, HttpStatusCode.BadRequest)).GetProperty("detail").GetString()!.ShouldContain(part);
    }

    [Theory]
    [InlineData("api/v1/accounts/nobody/liquidation-prices")]
    [InlineData("api/v1/accounts/nobody/efficiency")]
    public async Task An_account_nobody_opened_is_not_found(string path)
    {
        await using Served served = await Served.StartTrading();

        using HttpResponseMessage answer = await served.Client.GetAsync(path, TestContext.Current.CancellationToken);

        await Served.Problem(answer, HttpStatusCode.NotFound);
    }

    private static async Task<JsonElement> Ask(Served served, string body)
    {
        using HttpResponseMessage answer = await served.Post(Path, body);
        string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);

        return JsonDocument.Parse(text).RootElement;
    }
}
