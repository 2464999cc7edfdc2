using System.Net;
using System.Text.Json;
using Plimsoll.Markets.Chains;
using Plimsoll.Server.Hosting;

namespace Plimsoll.Server.Tests.Api;

public sealed class SurfaceRoutesTests
{
    private static readonly (int Strike, double Volatility)[] Marks = [(6000, 0.68), (7000, 0.65), (8000, 0.63), (9000, 0.61), (10000, 0.6), (12000, 0.59)];

    private const string Chain =
        """
        instrument_name,underlying_price,bid_price,ask_price,bid_iv,ask_iv,at
        BTC-27MAR20-7000-P,8000,,,71,73,2020-03-11T00:00:00Z
        BTC-27MAR20-7500-P,8000,,,66,68,2020-03-11T00:00:00Z
        BTC-27MAR20-8000-P,8000,,,62,64,2020-03-11T00:00:00Z
        BTC-27MAR20-8500-C,8000,,,61,63,2020-03-11T00:00:00Z
        BTC-27MAR20-9000-C,8000,,,63,65,2020-03-11T00:00:00Z
        BTC-27MAR20-9500-C,8000,,,70,66,2020-03-11T00:00:00Z
        """;

    [Fact]
    public async Task The_marks_of_the_venues_own_options_become_a_surface()
    {
        await using Served served = await Served.StartTrading();
        await List(served);

        JsonElement surface = await served.Eventually("api/v1/surface", s => s.GetProperty("smiles").GetArrayLength() > 0);

        surface.GetProperty("surface").GetString().ShouldBe("BTC_USDC");
        surface.GetProperty("source").GetString().ShouldBe("marks");
        surface.GetProperty("arbitrageFree").GetBoolean().ShouldBeTrue();
        JsonElement smile = surface.GetProperty("smiles")[0];
        smile.GetProperty("name").GetString().ShouldBe("27DEC30");
        smile.GetProperty("quotes").GetArrayLength().ShouldBe(Marks.Length);
        smile.GetProperty("density").GetDouble().ShouldBeGreaterThanOrEqualTo(0);
        smile.GetProperty("forward").GetDouble().ShouldBe(10_000);
        smile.GetProperty("atTheMoney").GetDouble().ShouldBe(0.6, 0.02);
        smile.GetProperty("error").GetProperty("outOfBand").GetDouble().ShouldBe(0);
        JsonElement quote = smile.GetProperty("quotes")[0];
        (quote.GetProperty("ask").GetDouble() - quote.GetProperty("bid").GetDouble()).ShouldBe(0.02, 1e-9);
        surface.GetProperty("map")[0].GetArrayLength().ShouldBe(surface.GetProperty("strikes").GetArrayLength());
        smile.GetProperty("curve").EnumerateArray().ShouldAllBe(point => point.GetProperty("volatility").GetDouble() > 0.3);
    }

    [Fact]
    public async Task Without_options_the_answer_says_why_there_is_no_surface_and_an_unknown_name_is_not_found()
    {
        await using Served served = await Served.StartTrading();

        JsonElement nothing = await served.Get("api/v1/surface");

        nothing.GetProperty("smiles").GetArrayLength().ShouldBe(0);
        nothing.GetProperty("surface").ValueKind.ShouldBe(JsonValueKind.Null);
        nothing.GetProperty("reason").GetString().ShouldNotBeNull().ShouldContain("No option that still runs is listed");
        await Served.Problem(await served.Client.GetAsync("api/v1/surface?surface=DOGE"), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Too_few_strikes_make_no_smile_and_the_answer_counts_what_was_left_out()
    {
        await using Served served = await Served.StartTrading();
        await List(served, Marks[..3]);

        JsonElement surface = await served.Eventually("api/v1/surface", s => s.GetProperty("surfaces").GetArrayLength() > 0);

        surface.GetProperty("reason").GetString().ShouldNotBeNull().ShouldContain("enough usable strikes");
        surface.GetProperty("rejected")[0].GetProperty("count").GetInt32().ShouldBe(3);
        surface.GetProperty("arbitrageFree").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_chain_that_was_given_takes_the_place_of_the_marks_and_its_bad_rows_are_counted()
    {
        await using Served served = await Served.StartTrading(options => options with { Chain = new ChainSource("chain.csv", ChainReader.Read(Chain, "chain.csv")) });

        JsonElement surface = await served.Get("api/v1/surface");

        surface.GetProperty("source").GetString().ShouldBe("chain");
        surface.GetProperty("sourceText").GetString().ShouldBe("quotes of chain.csv");
        surface.GetProperty("smiles")[0].GetProperty("quotes").GetArrayLength().ShouldBe(5);
        JsonElement left = surface.GetProperty("rejected").EnumerateArray().ShouldHaveSingleItem();
        (left.GetProperty("reason").GetString(), left.GetProperty("count").GetInt32()).ShouldBe(("crossed", 1));
    }

    private static Task List(Served served) => List(served, Marks);

    private static async Task List(Served served, (int Strike, double Volatility)[] marks)
    {
        var quotes = new List<string>();
        foreach ((int strike, double volatility) in marks)
        {
            string name = $"BTC_USDC-27DEC30-{strike}-{(strike < 10_000 ? "P" : "C")}";
            await served.Accept($$"""{"type":"list-instrument","instrument":"{{name}}","payoff":"linear","settlement":"USDC","lotSize":"0.01","tickSize":"0.01"}""");
            quotes.Add($$"""{"instrument":"{{name}}","forward":"10000","volatility":{{volatility.ToString(System.Globalization.CultureInfo.InvariantCulture)}}}""");
        }

        await served.Accept($$"""{"type":"move-prices","assets":[{"asset":"BTC","price":"10000","observedAt":2,"confidence":0.0001,"source":"test"}],"instruments":[{{string.Join(',', quotes)}}]}""");
    }
}
