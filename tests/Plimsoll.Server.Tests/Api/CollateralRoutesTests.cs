using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plimsoll.Server.Tests.Api;

public sealed class CollateralRoutesTests
{
    [Fact]
    public async Task What_customers_hold_and_what_of_it_counts_is_told_by_asset_without_the_provider()
    {
        await using Served served = await Served.StartTrading();
        await served.Accept("""{"type":"deposit","account":"bob","asset":"BTC","amount":"2"}""");

        JsonElement report = await served.Eventually("api/v1/collateral", r => Asset(r, "BTC").GetProperty("coins").GetDouble() > 1.9);

        JsonElement btc = Asset(report, "BTC");
        btc.GetProperty("coins").GetDouble().ShouldBe(2, 1e-9);
        btc.GetProperty("value").GetDouble().ShouldBe(20_000, 1e-6);
        btc.GetProperty("counted").GetDouble().ShouldBe(19_000, 1e-6);
        btc.GetProperty("haircut").GetDouble().ShouldBe(0.05, 1e-12);
        btc.GetProperty("largest").GetProperty("account").GetString().ShouldBe("bob");
        btc.GetProperty("tiers")[0].GetProperty("haircut").GetDouble().ShouldBe(0.05);
        JsonElement usdc = Asset(report, "USDC");
        (usdc.GetProperty("accounts").GetInt32(), usdc.GetProperty("coins").GetDouble()).ShouldBe((2, 52_000.5));
    }

    [Fact]
    public async Task What_is_borrowed_and_gone_is_owed_and_counts_in_no_holding()
    {
        await using Served served = await Served.StartTrading();
        await served.Accept("""{"type":"deposit","account":"liquidity","asset":"BTC","amount":"5"}""");
        await served.Accept("""{"type":"borrow","account":"bob","asset":"BTC","amount":"0.5"}""");
        await served.Accept("""{"type":"withdraw","account":"bob","asset":"BTC","amount":"0.5"}""");

        JsonElement report = await served.Eventually("api/v1/collateral", r => Asset(r, "BTC").GetProperty("owed").GetDouble() > 0);

        JsonElement btc = Asset(report, "BTC");
        (btc.GetProperty("owed").GetDouble(), btc.GetProperty("owedValue").GetDouble()).ShouldBe((0.5, 5_000));
        (btc.GetProperty("coins").GetDouble(), btc.GetProperty("accounts").GetInt32()).ShouldBe((0, 0));
        btc.GetProperty("haircut").ValueKind.ShouldBe(JsonValueKind.Null);
        JsonElement loan = report.GetProperty("loans").EnumerateArray().ShouldHaveSingleItem();
        (loan.GetProperty("asset").GetString(), loan.GetProperty("lent").GetDouble(), loan.GetProperty("lentValue").GetDouble()).ShouldBe(("BTC", 0.5, 5_000));
        loan.GetProperty("utilisation").GetDouble().ShouldBe(0.1, 1e-12);
        loan.GetProperty("cap").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Caps_tell_how_full_they_are_by_account_owner_and_venue()
    {
        await using Served served = await Served.StartTrading();
        await served.Accept("""{"type":"open-account","account":"bob.2","owner":"bob"}""");
        await served.Accept("""{"type":"deposit","account":"bob.2","asset":"USDC","amount":"9999.5"}""");
        await Change(served, parameters => Usdc(parameters)["cap"] = 100_000);
        await Change(served, parameters => Usdc(parameters)["accountCap"] = 40_000);
        await Change(served, parameters => Usdc(parameters)["venueCap"] = 31_000);

        JsonElement report = await served.Eventually("api/v1/collateral", r => r.GetProperty("caps").EnumerateArray().Any(c => Scope(c) == "venue"));

        JsonElement[] caps = [.. report.GetProperty("caps").EnumerateArray()];
        caps.Select(c => c.GetProperty("utilisation").GetDouble()).ShouldBeInOrder(SortDirection.Descending);
        Used("venue", null).ShouldBe(62_000, 1e-6);
        Used("account", "bob").ShouldBe(50_000.5, 1e-6);
        // In each account no more than its cap counts: 40,000 and 9,999.5.
        Used("owner", "bob").ShouldBe(49_999.5, 1e-6);
        caps.ShouldNotContain(c => Scope(c) == "owner" && c.GetProperty("of").GetString() == "bob.2");

        double Used(string scope, string? of) =>
            caps.Single(c => Scope(c) == scope && c.GetProperty("of").GetString() == of).GetProperty("used").GetDouble();
    }

    [Fact]
    public async Task The_verdict_says_why_an_asset_counts_or_does_not()
    {
        await using Served served = await Served.StartTrading();
        await served.Accept("""{"type":"list-asset","asset":"DUST","decimals":6,"class":"alt"}""");
        await Change(served, parameters => Usdc(parameters)["finality"] = "pending");

        JsonElement report = await served.Eventually("api/v1/collateral", r => Verdict(r, "USDC").GetProperty("eligibility").GetString() == "refused");

        Verdict(report, "USDC").GetProperty("reason").GetString().ShouldBe("its deposits are not final yet");
        Verdict(report, "DUST").GetProperty("reason").GetString().ShouldBe("the rulebook does not name it");
        Verdict(report, "BTC").GetProperty("eligibility").GetString().ShouldBe("eligible");
        Asset(report, "USDC").GetProperty("counted").GetDouble().ShouldBe(0);

        static JsonElement Verdict(JsonElement r, string asset) => Asset(r, asset).GetProperty("verdict");
    }

    [Fact]
    public async Task Correlation_is_none_while_too_few_hours_are_known_and_says_how_many_it_needs()
    {
        await using Served served = await Served.StartTrading();

        JsonElement correlation = (await served.Get("api/v1/collateral")).GetProperty("correlation");

        correlation.GetProperty("underlyings")[0].GetString().ShouldBe("BTC");
        correlation.GetProperty("matrix")[0][0].ValueKind.ShouldBe(JsonValueKind.Null);
        correlation.GetProperty("known").GetInt32().ShouldBe(0);
        correlation.GetProperty("least").GetInt32().ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task Before_there_is_a_rulebook_there_is_no_collateral_to_tell_of()
    {
        await using Served served = await Served.Start();

        await Served.Problem(await served.Client.GetAsync("api/v1/collateral"), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_accounts_margin_is_taken_apart_into_parts_that_sum_to_it()
    {
        await using Served served = await Served.StartTrading();

        JsonElement margin = await served.Get("api/v1/accounts/alice/margin");

        JsonElement[] parts = [.. margin.GetProperty("parts").EnumerateArray()];
        foreach (string line in new[] { "initial", "target", "maintenance" })
        {
            double sum = parts.Sum(part => part.GetProperty("required").GetProperty(line).GetDouble());
            sum.ShouldBe(margin.GetProperty("requirement").GetProperty(line).GetDouble(), 1e-6);
        }

        parts.Select(part => part.GetProperty("part").GetString()).ShouldContain("scenarios");
        parts.ShouldContain(part => part.GetProperty("instrument").GetString() == "BTC_USDC-PERPETUAL");
        margin.GetProperty("worst").GetProperty("binding").GetString().ShouldBe("scenarios");
        margin.GetProperty("worst").GetProperty("scenarios").GetDouble().ShouldBe(2_500, 1e-6);
        JsonElement offsets = margin.GetProperty("offsets");
        offsets.GetProperty("roots").EnumerateArray().Select(root => root.GetProperty("root").GetString()).ShouldContain("BTC");
        offsets.GetProperty("part").GetDouble().ShouldBe(0, 1e-9);
    }

    private static async Task Change(Served served, Action<JsonNode> change)
    {
        JsonNode parameters = JsonNode.Parse((await served.Get("api/v1/parameters")).GetRawText())!;
        change(parameters);
        await served.Accept($$"""{"type":"set-parameters","parameters":{{parameters.ToJsonString()}}}""");
    }

    private static JsonNode Usdc(JsonNode parameters) => parameters["collateral"]!.AsArray().Single(line => line!["asset"]!.GetValue<string>() == "USDC")!;

    private static string? Scope(JsonElement cap) => cap.GetProperty("scope").GetString();

    private static JsonElement Asset(JsonElement report, string name) =>
        report.GetProperty("assets").EnumerateArray().Single(a => a.GetProperty("asset").GetString() == name);
}
