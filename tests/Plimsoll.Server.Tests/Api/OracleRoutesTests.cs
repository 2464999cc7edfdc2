using System.Text;
using System.Text.Json;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;

namespace Plimsoll.Server.Tests.Api;

public sealed class OracleRoutesTests
{
    [Fact]
    public async Task A_venue_that_asks_nothing_of_feeds_has_an_empty_board_and_the_houses_table()
    {
        await using Served served = await Served.StartTrading();

        JsonElement board = await served.Get("api/v1/oracles");

        board.GetProperty("assets").GetArrayLength().ShouldBe(0);
        board.GetProperty("actions").EnumerateArray().Single(line => line.GetProperty("action").GetString() == "liquidate").GetProperty("worst").GetString().ShouldBe("degraded");
    }

    [Fact]
    public async Task The_board_shows_status_reason_sources_and_what_became_of_each()
    {
        await using Served served = await Served.StartTrading();
        byte[] parameters = await served.Server.Ask(kernel => (RiskParameters.Default(kernel.State.Catalog) with
        {
            Oracles = OracleRules.FromJson("""{"assets":[{"asset":"BTC","heartbeatSeconds":3600,"assumedConfidence":0.001}],"damping":{"delayGrowth":0.06,"growth":0.0003}}"""),
        }).ToJson());
        await served.Accept($$"""{"type":"set-parameters","parameters":{{Encoding.UTF8.GetString(parameters)}}}""");
        long now = await served.Server.Ask(kernel => kernel.State.Now.UnixMicroseconds);
        await served.Accept($$"""{"type":"report-prices","reports":[{"asset":"BTC","source":"north","price":"10010","confidence":0.001,"observedAt":{{now}}},{"asset":"BTC","source":"west","price":"10011","confidence":0.001,"observedAt":{{now}}},{"asset":"BTC","source":"east","price":"0","confidence":0.001,"observedAt":{{now}}}]}""");

        JsonElement board = await served.Get("api/v1/oracles");
        JsonElement btc = board.GetProperty("assets").EnumerateArray().ShouldHaveSingleItem();

        (btc.GetProperty("status").GetString(), btc.GetProperty("sources").GetInt32()).ShouldBe(("live", 2));
        btc.GetProperty("reason").GetString().ShouldBe("2 sources; east says no price");
        btc.GetProperty("reports").EnumerateArray().Select(r => (r.GetProperty("source").GetString(), r.GetProperty("verdict").GetString())).ShouldContain(("east", "not-positive"));
        board.GetProperty("nextDue").GetString().ShouldNotBeNull();
    }
}
