using System.Text.Json;

namespace Plimsoll.Cli.Tests;

/// <summary>An option chain's surface, and the volatility that has happened beside it.</summary>
public sealed class SurfaceTests
{
    private const string Header = "at,instrument,underlying_price,bid,ask";

    private static string Chain => Path.Combine(AppContext.BaseDirectory, "samples", "chains", "btc.csv");

    private static string Prices => Path.Combine(AppContext.BaseDirectory, "samples", "prices", "btc-hourly.csv");

    [Fact]
    public async Task The_sample_chain_has_a_surface_nobody_can_trade_against()
    {
        Typed surface = await Typed.Plimsoll("surface", Chain, "--json");

        surface.Code.ShouldBe(ExitCode.Good, surface.Error);
        JsonElement picture = surface.Json.GetProperty("surfaces")[0];
        picture.GetProperty("arbitrageFree").GetBoolean().ShouldBeTrue();
        picture.GetProperty("rmse").GetDouble().ShouldBeLessThan(0.005);
        picture.GetProperty("smiles").GetArrayLength().ShouldBe(5);
        JsonElement smile = picture.GetProperty("smiles")[2];
        smile.GetProperty("curve").GetArrayLength().ShouldBe(81);
        smile.GetProperty("bands").GetArrayLength().ShouldBeGreaterThan(10);
        smile.GetProperty("heat").GetArrayLength().ShouldBe(picture.GetProperty("moneyness").GetArrayLength());
    }

    [Fact]
    public async Task What_a_chain_holds_that_cannot_be_used_is_listed_with_the_reason()
    {
        Typed surface = await Typed.Plimsoll("surface", Chain, "--flagged");

        surface.Output.ShouldContain("BTC-29NOV24-76000-C: crossed");
        surface.Output.ShouldContain("BTC-27DEC24-95000-C: one sided");
        surface.Output.ShouldContain("BTC-28MAR25-80000-P: below intrinsic");
        surface.Output.ShouldContain("BTC: free of arbitrage, RMSE");
    }

    [Fact]
    public async Task The_smiles_are_drawn_into_a_file()
    {
        using var folder = new Folder();
        string file = folder.File("smiles.svg");

        (await Typed.Plimsoll("surface", Chain, "--out", file)).Code.ShouldBe(ExitCode.Good);

        string svg = File.ReadAllText(file);
        System.Xml.Linq.XDocument.Parse(svg).Root!.Name.LocalName.ShouldBe("svg");
        svg.ShouldContain("2025-06-27");
    }

    [Fact]
    public async Task A_chain_too_thin_for_a_smile_is_bad_news_and_not_a_fault()
    {
        using var folder = new Folder();
        string thin = folder.File("thin.csv", $"{Header}\n2024-11-01T09:30:00Z,BTC-27DEC24-70000-C,71000,0.08,0.082\n");

        Typed surface = await Typed.Plimsoll("surface", thin);

        surface.Code.ShouldBe(ExitCode.BadNews);
        surface.Output.ShouldContain("BTC: no expiry has quotes enough.");
        surface.Output.ShouldContain("left out: 1 usable strikes");
    }

    [Theory]
    [InlineData("", "found nothing, expected a chain of options")]
    [InlineData("a,b\n1,2\n", "found no column instrument or strike")]
    [InlineData("at,instrument\n2024-11-01T09:30:00Z,nonsense\n", "chain.csv:2")]
    public async Task What_is_no_chain_is_one_line(string text, string said)
    {
        using var folder = new Folder();
        (await Typed.Plimsoll("surface", folder.File("chain.csv", text))).ShouldBeRefused(said);
    }

    [Theory]
    [InlineData("--surface", "DOGE")]
    [InlineData("--prices", "francs")]
    [InlineData("--weekend", "0")]
    [InlineData("--out", "/no/such/folder/x.svg")]
    public async Task An_option_that_makes_no_sense_is_one_line(string option, string value) =>
        (await Typed.Plimsoll("surface", Chain, option, value)).ShouldBeRefused(option);

    [Fact]
    public async Task Realised_volatility_is_shown_by_estimator_and_window_and_implied_beside_it()
    {
        Typed vol = await Typed.Plimsoll("vol", Prices, "--windows", "7,30", "--chain", $"deribit={Chain}", "--json");

        vol.Code.ShouldBe(ExitCode.Good, vol.Error);
        vol.Json.GetProperty("realised").GetArrayLength().ShouldBe(10);
        vol.Json.GetProperty("realised")[0].GetProperty("volatility").GetDouble().ShouldBe(0.506, 0.01);
        JsonElement implied = vol.Json.GetProperty("implied");
        implied.GetArrayLength().ShouldBe(5);
        implied[0].GetProperty("venue").GetString().ShouldBe("deribit");
        implied[0].GetProperty("score").GetDouble().ShouldBe(1.6, 0.2);
        implied[4].GetProperty("score").ValueKind.ShouldBe(JsonValueKind.Null);
        (implied[4].GetProperty("sellEdge").GetDouble() > 0).ShouldBeTrue();
    }

    [Fact]
    public async Task A_window_longer_than_the_prices_has_no_figure()
    {
        Typed vol = await Typed.Plimsoll("vol", Prices, "--windows", "400", "--json");
        vol.Json.GetProperty("realised")[0].GetProperty("volatility").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("--windows", "7,minus")]
    [InlineData("--estimator", "gut-feeling")]
    [InlineData("--at", "2001-01-01T00:00:00Z")]
    [InlineData("--chain", "nowhere.csv")]
    public async Task A_question_about_volatility_that_makes_no_sense_is_one_line(string option, string value) =>
        (await Typed.Plimsoll("vol", Prices, option, value)).ShouldBeRefused(option == "--chain" ? value : option);
}
