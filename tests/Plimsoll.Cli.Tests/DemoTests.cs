using System.Text.Json;

namespace Plimsoll.Cli.Tests;

public sealed class DemoTests
{
    [Fact]
    public async Task A_crash_ends_in_one_line_that_says_how_the_venue_stands()
    {
        Typed demo = await Typed.Plimsoll("demo", "--accounts", "200");

        string last = demo.Output.TrimEnd('\n').Split('\n')[^1];
        last.ShouldMatch("^(Afloat|Awash|Sunk): .*called, .*liquidated, .*deleveraged; fund .* USD, bad debt .* USD; state [0-9a-f]{64}$");
        demo.Error.ShouldBeEmpty();
        demo.Output.Split('\n')[..^2].ShouldAllBe(line => line.Length <= 100);
    }

    [Fact]
    public async Task The_report_is_one_JSON_document_with_the_same_figures()
    {
        Typed demo = await Typed.Plimsoll("demo", "--accounts", "200", "--json");

        JsonElement report = demo.Json;
        report.GetProperty("story").GetProperty("accounts").GetInt32().ShouldBe(200);
        report.GetProperty("story").GetProperty("synthetic").GetBoolean().ShouldBeFalse();
        report.GetProperty("conservation").EnumerateArray().ShouldAllBe(asset => asset.GetProperty("sum").GetString() == "0");
        report.GetProperty("tally").GetProperty("accountsLiquidated").GetInt32().ShouldBe(report.GetProperty("fallen").GetArrayLength());
    }

    [Fact]
    public async Task A_bent_path_says_that_it_is_synthetic_wherever_it_is_shown()
    {
        (await Typed.Plimsoll("demo", "--accounts", "60", "--heavier")).Output.ShouldContain("log returns × 1.35 (synthetic)");
        (await Typed.Plimsoll("demo", "--accounts", "60", "--shock", "flash-crash")).Output.ShouldContain("(synthetic, seed");
    }

    [Theory]
    [InlineData("--accounts", "49", "--accounts: found '49', expected a whole number from 50")]
    [InlineData("--accounts", "many", "--accounts: found 'many'")]
    [InlineData("--shock", "meteor", "shock: found 'meteor', expected one of flash-crash")]
    [InlineData("--heavier", "0", "--heavier: found '0'")]
    [InlineData("--from", "yesterday", "--from: found 'yesterday', expected a time such as")]
    [InlineData("--from", "2020-03-12", "expected prices to take it from")]
    [InlineData("--venue", "samples/nowhere", "samples/nowhere: found no venue")]
    [InlineData("--prices", "BTC", "--prices: found 'BTC', expected ASSET=FILE")]
    [InlineData("--prices", "BTC=/nowhere/btc.csv", "/nowhere/btc.csv")]
    [InlineData("--out", "/nowhere/report.json", "expected a folder that exists")]
    [InlineData("--journal", "/nowhere/crash.venue", "/nowhere/crash.venue")]
    [InlineData("--colour", "red", "--colour")]
    public async Task What_cannot_be_used_is_one_line_that_names_it(string option, string value, string line) =>
        (await Typed.Plimsoll("demo", option, value)).ShouldBeRefused(line);
}
