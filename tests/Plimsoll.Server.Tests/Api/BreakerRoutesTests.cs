using System.Net;
using System.Text;
using System.Text.Json;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Risk.Margin;

namespace Plimsoll.Server.Tests.Api;

public sealed class BreakerRoutesTests
{
    [Fact]
    public async Task A_venue_without_breakers_says_so()
    {
        await using Served served = await Served.StartTrading();

        JsonElement breakers = await served.Get("api/v1/breakers");

        breakers.GetProperty("venue").GetProperty("state").GetString().ShouldBe("trading");
        breakers.GetProperty("configured").GetBoolean().ShouldBeFalse();
        breakers.GetProperty("venue").GetProperty("fundWorth").GetDouble().ShouldBe(100_000);
        breakers.GetProperty("breakers").GetArrayLength().ShouldBe(0);
        breakers.GetProperty("throttles").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_paused_instrument_says_until_when_and_why_and_refuses_what_opens()
    {
        await using Served served = await Served.StartTrading();
        byte[] rules = await served.Server.Ask(kernel => (RiskParameters.Default(kernel.State.Catalog) with
        {
            Breakers = new BreakerTerms
            {
                Lines = [new BreakerLine(null, AssetClass.Major, null, new BandTerms(0.05m, 3600), 3600, 60, 60)],
                Throttles = new ThrottleTerms(60, 1_000_000m, null),
            },
        }).ToJson());
        await served.Accept($$"""{"type":"set-parameters","parameters":{{Encoding.UTF8.GetString(rules)}}}""");
        JsonElement trading = (await served.Get("api/v1/breakers")).GetProperty("breakers")[0];
        trading.GetProperty("state").GetString().ShouldBe("trading");
        trading.GetProperty("low").GetDouble().ShouldBe(9_500, 1e-6);
        trading.GetProperty("high").GetDouble().ShouldBe(10_500, 1e-6);
        await served.Price(9_400);

        JsonElement breakers = await served.Get("api/v1/breakers");

        JsonElement paused = breakers.GetProperty("breakers")[0];
        paused.GetProperty("of").GetString().ShouldBe("BTC_USDC-PERPETUAL");
        paused.GetProperty("state").GetString().ShouldBe("paused");
        paused.GetProperty("trips").GetInt64().ShouldBe(1);
        paused.GetProperty("until").GetString().ShouldNotBeNullOrEmpty();
        paused.GetProperty("reason").GetString()!.ShouldContain("9400 lies 6 % below the highest price of the last 3600 s, 10000");
        breakers.GetProperty("throttles")[0].GetProperty("left").GetDouble().ShouldBe(1_000_000);
        JsonElement refused = await Served.Problem(await served.Send("""{"type":"report-fill","buyer":"bob","seller":"alice","instrument":"BTC_USDC-PERPETUAL","size":"0.1","price":"9400"}"""), HttpStatusCode.UnprocessableEntity);
        refused.GetProperty("type").GetString()!.ShouldEndWith("trading-paused");
        refused.GetProperty("detail").GetString()!.ShouldContain("is paused until");
    }
}
