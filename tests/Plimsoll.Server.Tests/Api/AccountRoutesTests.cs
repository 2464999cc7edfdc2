using System.Net;
using System.Text;
using System.Text.Json;
using Plimsoll.Server.Demo;
using Plimsoll.Treasury.Attestation;

namespace Plimsoll.Server.Tests.Api;

public sealed class AccountRoutesTests
{
    [Fact]
    public async Task An_account_shows_balances_positions_and_orders()
    {
        await using Served served = await Served.StartTrading();
        await served.Accept("""{"type":"place-order","account":"bob","order":"o1","instrument":"BTC_USDC-PERPETUAL","size":"-0.5","price":"10100"}""");
        await served.Price(10_500);

        JsonElement alice = await served.Get("api/v1/accounts/alice");
        JsonElement bob = await served.Get("api/v1/accounts/bob");

        alice.GetProperty("equity").GetDouble().ShouldBe(2_500);
        alice.GetProperty("balances")[0].GetProperty("asset").GetString().ShouldBe("USDC");
        alice.GetProperty("balances")[0].GetProperty("amount").GetString().ShouldBe("2000");
        JsonElement position = alice.GetProperty("positions")[0];
        position.GetProperty("size").GetString().ShouldBe("1");
        position.GetProperty("entry").GetDouble().ShouldBe(10_000);
        position.GetProperty("mark").GetString().ShouldBe("10500");
        position.GetProperty("unrealised").GetDouble().ShouldBe(500);
        position.GetProperty("delta").GetDouble().ShouldBe(1, 1e-9);
        bob.GetProperty("positions")[0].GetProperty("size").GetString().ShouldBe("-1");
        bob.GetProperty("orders")[0].GetProperty("price").GetString().ShouldBe("10100");
    }

    [Fact]
    public async Task Inverse_contracts_and_options_show_prices_in_their_own_units()
    {
        await using Served served = await Served.StartTrading();
        await served.Accept("""{"type":"list-instrument","instrument":"BTC-PERPETUAL","payoff":"inverse","settlement":"BTC","lotSize":"10","tickSize":"0.5"}""");
        await served.Accept("""{"type":"list-instrument","instrument":"BTC-28JUN41-10000-C","payoff":"inverse","settlement":"BTC","lotSize":"0.1","tickSize":"0.0005"}""");
        await served.Accept("""{"type":"open-account","account":"carol"}""");
        await served.Accept("""{"type":"deposit","account":"carol","asset":"BTC","amount":"3"}""");
        await served.Accept("""{"type":"deposit","account":"liquidity","asset":"BTC","amount":"1000"}""");
        await served.Accept("""{"type":"report-fill","buyer":"carol","seller":"liquidity","instrument":"BTC-PERPETUAL","size":"5000","price":"10000"}""");
        await served.Accept("""{"type":"report-fill","buyer":"carol","seller":"liquidity","instrument":"BTC-28JUN41-10000-C","size":"1","price":"0.25"}""");

        JsonElement carol = await served.Get("api/v1/accounts/carol");
        JsonElement market = await served.Get("api/v1/market");

        JsonElement perpetual = carol.GetProperty("positions")[0];
        perpetual.GetProperty("entry").GetDouble().ShouldBe(10_000, 1e-9);
        perpetual.GetProperty("delta").GetDouble().ShouldBe(0.5, 1e-6);
        perpetual.GetProperty("notional").GetDouble().ShouldBe(5_000);
        perpetual.GetProperty("unrealised").GetDouble().ShouldBe(0, 1e-9);
        JsonElement call = carol.GetProperty("positions")[1];
        call.GetProperty("entry").GetDouble().ShouldBe(0.25);
        double worth = double.Parse(call.GetProperty("mark").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        worth.ShouldBeInRange(0.5, 1);
        call.GetProperty("unrealised").GetDouble().ShouldBe((worth - 0.25) * 10_000, 1e-3);
        call.GetProperty("delta").GetDouble().ShouldBeInRange(0, 1);
        market.GetProperty("instruments")[2].GetProperty("strike").GetString().ShouldBe("10000");
        carol.GetProperty("equity").GetDouble().ShouldBe((3 - 0.25 + worth) * 10_000, 1e-3);
    }

    [Fact]
    public async Task The_margin_is_explained_and_its_parts_sum_to_the_binding_scenario()
    {
        await using Served served = await Served.StartTrading();

        JsonElement margin = await served.Get("api/v1/accounts/alice/margin");

        string binding = margin.GetProperty("binding").GetProperty("id").GetString()!;
        double change = margin.GetProperty("scenarios").EnumerateArray().Single(s => s.GetProperty("id").GetString() == binding).GetProperty("change").GetDouble();
        double parts = margin.GetProperty("contributions").EnumerateArray().Sum(c => c.GetProperty("change").GetDouble())
            + margin.GetProperty("collateral").EnumerateArray().Sum(c => c.GetProperty("change").GetDouble());
        change.ShouldBe(-2_500, 1e-6);
        parts.ShouldBe(change, 1e-6);
        margin.GetProperty("requirement").GetProperty("maintenance").GetDouble().ShouldBe(1_000, 1e-6);
        JsonElement price = margin.GetProperty("liquidationPrices")[0];
        price.GetProperty("underlying").GetString().ShouldBe("BTC");
        price.GetProperty("state").GetString().ShouldBe("price");
        // 2,000 − (10,000 − p) = p / 10.
        price.GetProperty("price").GetDouble().ShouldBe(8_000 / 0.9, 1e-6);
    }

    [Theory]
    [InlineData("api/v1/accounts/nobody")]
    [InlineData("api/v1/accounts/nobody/margin")]
    [InlineData("api/v1/accounts/nobody/proof")]
    public async Task An_account_nobody_opened_is_not_found(string path)
    {
        await using Served served = await Served.Start(options => options with { Demo = new DemoInfo("a story", true, 0, 7) });

        using HttpResponseMessage answer = await served.Client.GetAsync(path);

        (await Served.Problem(answer, HttpStatusCode.NotFound)).GetProperty("type").GetString().ShouldEndWith("account-unknown");
    }

    [Fact]
    public async Task Margin_before_any_parameters_is_a_problem_in_words()
    {
        await using Served served = await Served.Start();
        await served.Accept("""{"type":"open-account","account":"alice"}""");

        using HttpResponseMessage answer = await served.Client.GetAsync("api/v1/accounts/alice/margin");

        (await Served.Problem(answer, HttpStatusCode.BadRequest)).GetProperty("detail").GetString()!.ShouldContain("parameters");
    }

    [Fact]
    public async Task A_proof_holds_against_the_published_root_and_a_changed_one_does_not()
    {
        await using Served served = await Served.StartTrading(options => options with { AttestationSecret = Encoding.ASCII.GetBytes("a secret of at least thirty-two bytes") });
        using HttpResponseMessage attested = await served.Post("api/v1/attestation", "{}");
        string root = JsonDocument.Parse(await attested.Content.ReadAsStringAsync()).RootElement.GetProperty("root").GetString()!;

        byte[] json = await served.Client.GetByteArrayAsync("api/v1/accounts/bob/proof");
        InclusionProof proof = InclusionProofJson.Read(json);
        string changed = Encoding.UTF8.GetString(json).Replace("50000.5", "50000.6", StringComparison.Ordinal);

        proof.Root.ToString().ShouldBe(root);
        proof.Verify().Holds.ShouldBeTrue();
        InclusionProofJson.Read(Encoding.UTF8.GetBytes(changed)).Verify().Holds.ShouldBeFalse();
        JsonElement shown = await served.Eventually("api/v1/venue", v => v.GetProperty("attestation").ValueKind == JsonValueKind.Object);
        shown.GetProperty("attestation").GetProperty("unsafe").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task A_demo_attests_with_a_secret_it_calls_unsafe()
    {
        await using Served served = await Served.StartTrading(options => options with { Demo = new DemoInfo("a story", true, 0, 7) });

        JsonElement venue = await served.Eventually("api/v1/venue", v => v.GetProperty("attestation").ValueKind == JsonValueKind.Object);

        venue.GetProperty("attestation").GetProperty("unsafe").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Without_a_secret_nothing_is_attested()
    {
        await using Served served = await Served.StartTrading();

        await Served.Problem(await served.Client.GetAsync("api/v1/accounts/bob/proof"), HttpStatusCode.NotFound);
        await Served.Problem(await served.Post("api/v1/attestation", "{}"), HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_market_lists_what_can_be_held_and_the_parameters_in_force()
    {
        await using Served served = await Served.StartTrading();

        JsonElement market = await served.Get("api/v1/market");
        JsonElement parameters = await served.Get("api/v1/parameters");

        market.GetProperty("assets").GetArrayLength().ShouldBe(2);
        JsonElement perpetual = market.GetProperty("instruments")[0];
        perpetual.GetProperty("kind").GetString().ShouldBe("perpetual");
        perpetual.GetProperty("underlying").GetString().ShouldBe("BTC");
        perpetual.GetProperty("mark").GetString().ShouldBe("10000");
        perpetual.GetProperty("openInterest").GetString().ShouldBe("1");
        parameters.TryGetProperty("maintenance", out _).ShouldBeTrue();
    }
}
