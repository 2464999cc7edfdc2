using System.Text.Json;

namespace Plimsoll.Server.Tests.Api;

public sealed class LossRoutesTests
{
    [Fact]
    public async Task The_fund_is_told_as_the_ledger_has_it()
    {
        await using Served served = await Served.StartTrading();
        await served.Accept("""{"type":"endow","fund":"insurance-fund","asset":"USDC","amount":"1234.5","place":"hot"}""");

        JsonElement fund = await served.Eventually("api/v1/fund", f => f.GetProperty("layers")[0].GetProperty("balance").GetDouble() > 101_234);

        fund.GetProperty("configured").GetBoolean().ShouldBeFalse("the rulebook has no layers");
        JsonElement layer = fund.GetProperty("layers")[0];
        layer.GetProperty("layer").GetString().ShouldBe("base");
        layer.GetProperty("balances")[0].GetProperty("amount").GetString().ShouldBe("101234.5");
        fund.GetProperty("outstanding").GetDouble().ShouldBe(0);
        fund.GetProperty("sizing").GetProperty("coverTwo").GetProperty("estimate").GetDouble().ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public async Task The_queue_names_a_policy_and_everybody_in_his_place()
    {
        await using Served served = await Served.StartTrading();
        JsonElement queue = await served.Eventually("api/v1/deleveraging", q => q.GetProperty("policy").GetString() == "pro-rata");

        foreach (JsonElement contract in queue.GetProperty("queues").EnumerateArray())
            foreach (JsonElement place in contract.GetProperty("places").EnumerateArray()) place.GetProperty("fifth").GetInt32().ShouldBeInRange(1, 5);
        (await served.Eventually("api/v1/accounts/bob/deleveraging", p => p.GetProperty("policy").GetString() == "pro-rata")).GetProperty("places").ValueKind.ShouldBe(JsonValueKind.Array);
    }
}
