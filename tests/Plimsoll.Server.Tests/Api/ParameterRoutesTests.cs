using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plimsoll.Server.Tests.Api;

public sealed class ParameterRoutesTests
{
    [Fact]
    public async Task A_set_is_told_with_its_number_and_hash_proposed_shadow_run_and_withdrawn()
    {
        await using Served served = await Served.StartTrading();
        using HttpResponseMessage inForce = await served.Client.GetAsync("api/v1/parameters", TestContext.Current.CancellationToken);
        inForce.Headers.GetValues("Plimsoll-Parameters-Version").Single().ShouldBe("1");
        string hash = inForce.Headers.ETag!.Tag.Trim('"');
        hash.Length.ShouldBe(64);
        JsonNode set = JsonNode.Parse(await inForce.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        set["initial"]!["factor"] = 9;

        using HttpResponseMessage shadow = await served.Post("api/v1/parameters/shadow", $$"""{"parameters":{{set.ToJsonString()}},"prices":{"BTC":"-1%"},"most":5}""");
        JsonElement answer = JsonDocument.Parse(await shadow.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        shadow.StatusCode.ShouldBe(HttpStatusCode.OK, answer.GetRawText());
        answer.GetProperty("liquidated").GetInt32().ShouldBe(0);
        answer.GetProperty("changes").EnumerateArray().Single().GetProperty("path").GetString().ShouldBe("initial.factor");
        answer.GetProperty("after").GetProperty("initial").GetDouble().ShouldBeGreaterThan(answer.GetProperty("before").GetProperty("initial").GetDouble());

        await served.Accept($$"""{"type":"propose-parameters","reason":"a test","effectiveAt":4000000000000000,"maxLiquidations":0,"parameters":{{set.ToJsonString()}}}""");
        JsonElement history = await served.Get("api/v1/parameters/history");
        history.GetProperty("current").GetProperty("hash").GetString().ShouldBe(hash);
        JsonElement proposal = history.GetProperty("proposals").EnumerateArray().Single();
        (proposal.GetProperty("version").GetInt32(), proposal.GetProperty("held").GetBoolean(), proposal.GetProperty("maxLiquidations").GetInt32()).ShouldBe((2, false, 0));

        using HttpResponseMessage unknown = await served.Send("""{"type":"withdraw-proposal","version":9,"reason":"none"}""");
        (await Served.Problem(unknown, HttpStatusCode.NotFound)).GetProperty("type").GetString()!.ShouldEndWith("proposal-unknown");
        await served.Accept("""{"type":"withdraw-proposal","version":2,"reason":"enough"}""");
        (await served.Get("api/v1/parameters/history")).GetProperty("proposals").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("""{"parameters":{}}""", "collateral")]
    [InlineData("""{"parameters":3}""", "parameters")]
    [InlineData("""{"most":3}""", "body")]
    [InlineData("""{"parameters":{},"colour":1}""", "body")]
    [InlineData("[]", "body")]
    public async Task What_is_no_set_is_refused_with_its_field(string body, string field)
    {
        await using Served served = await Served.StartTrading();
        using HttpResponseMessage answer = await served.Post("api/v1/parameters/shadow", body);

        (await Served.Problem(answer, HttpStatusCode.BadRequest)).GetProperty("detail").GetString()!.ShouldContain(field);
    }
}
