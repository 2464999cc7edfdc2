using System.Text.Json;

namespace Plimsoll.Cli.Tests;

/// <summary>What-ifs, liquidation prices, the map, what to post and whether to list, on the samples.</summary>
public sealed class WhatIfTests
{
    private static string Sample(string name) => Path.Combine(AppContext.BaseDirectory, "samples", name);

    private static string Book => Sample("books/book.json");

    private static string Market => Sample("books/market.json");

    [Fact]
    public async Task A_what_if_shows_lines_steps_holdings_and_prices_before_and_after()
    {
        Typed asked = await Typed.Plimsoll("whatif", Book, "--market", Market, "--account", "vol-seller", "--withdraw", "USDC=9000", "--price", "BTC=-20%", "--vol", "BTC=+15", "--days", "1");

        asked.Error.ShouldBeEmpty();
        foreach (string part in (string[])["initial", "Step by step", "withdraw 9000 USDC", "BTC -20%", "Collateral", "Prices that take it below a line", "vol-seller would"]) asked.Output.ShouldContain(part);
    }

    [Fact]
    public async Task A_what_if_of_nothing_changes_nothing()
    {
        Typed asked = await Typed.Plimsoll("whatif", Book, "--market", Market, "--account", "miner", "--json");

        asked.Code.ShouldBe(ExitCode.Good, asked.Error);
        JsonElement account = asked.Json.GetProperty("account");
        account.GetProperty("after").GetRawText().ShouldBe(account.GetProperty("before").GetRawText());
        account.GetProperty("steps").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Collateral_moved_between_accounts_leaves_one_and_reaches_the_other()
    {
        Typed asked = await Typed.Plimsoll("whatif", Book, "--market", Market, "--account", "vol-seller", "--move", "USDC=1000@long-on-cash", "--json");

        asked.Code.ShouldBe(ExitCode.Good, asked.Error);
        Change(asked.Json.GetProperty("account")).ShouldBe(-1_000, 1e-6);
        Change(asked.Json.GetProperty("others")[0]).ShouldBe(1_000, 1e-6);
    }

    [Fact]
    public async Task An_account_that_would_be_under_water_is_bad_news()
    {
        Typed asked = await Typed.Plimsoll("whatif", Book, "--market", Market, "--account", "long-on-cash", "--price", "BTC=-30%");

        asked.Code.ShouldBe(ExitCode.BadNews);
        asked.Output.ShouldContain("would be under water");
    }

    [Theory]
    [InlineData("--account", "nobody")]
    [InlineData("--price", "BTC=down")]
    [InlineData("--price", "BTC=-100%")]
    [InlineData("--price", "XRP=-1%")]
    [InlineData("--vol", "BTC=NaN")]
    [InlineData("--add", "BTC-PERPETUAL=5")]
    [InlineData("--add", "BTC-PERPETUAL=1e999")]
    [InlineData("--add", "NOTHING=1")]
    [InlineData("--deposit", "USDC=-1")]
    [InlineData("--deposit", "USDC=0.00000001")]
    [InlineData("--move", "USDC=1")]
    [InlineData("--move", "USDC=1@vol-seller")]
    [InlineData("--move", "USDC=1@nobody")]
    [InlineData("--days", "-1")]
    [InlineData("--remove", "BTC")]
    public async Task What_cannot_be_asked_is_one_line(string option, string value)
    {
        string[] account = option == "--account" ? [] : ["--account", "vol-seller"];

        Typed asked = await Typed.Plimsoll(["whatif", Book, "--market", Market, .. account, option, value]);

        asked.Code.ShouldBe(ExitCode.BadInput, asked.Output);
        asked.Error.Trim().Split('\n').Length.ShouldBe(1, asked.Error);
    }

    [Fact]
    public async Task Liquidation_prices_agree_with_margin_and_name_every_stretch()
    {
        Typed asked = await Typed.Plimsoll("liqprice", Book, "--market", Market, "--json");
        Typed margin = await Typed.Plimsoll("margin", Book, "--market", Market, "--account", "vol-seller", "--json");

        asked.Code.ShouldBe(ExitCode.Good, asked.Error);
        JsonElement seller = asked.Json.EnumerateArray().Single(a => a.GetProperty("account").GetString() == "vol-seller").GetProperty("underlyings")[0];
        JsonElement line = seller.GetProperty("lines")[2];
        JsonElement near = margin.Json[0].GetProperty("liquidationPrices")[0];
        line.GetProperty("state").GetString().ShouldBe("several");
        line.GetProperty("under")[0].GetProperty("to").GetDouble().ShouldBe(near.GetProperty("below").GetDouble(), 1e-6);
        line.GetProperty("under")[1].GetProperty("from").GetDouble().ShouldBe(near.GetProperty("above").GetDouble(), 1e-6);
    }

    [Fact]
    public async Task The_map_counts_each_account_once_on_a_side()
    {
        Typed asked = await Typed.Plimsoll("thresholds", Book, "--market", Market, "--asset", "BTC", "--step", "1%", "--range", "70%", "--json");

        asked.Code.ShouldBe(ExitCode.Good, asked.Error);
        JsonElement map = asked.Json[0];
        map.GetProperty("down").GetArrayLength().ShouldBe(70);
        map.GetProperty("down").EnumerateArray().Sum(s => s.GetProperty("accounts").GetInt32()).ShouldBe(2);
        (await Typed.Plimsoll("thresholds", Book, "--market", Market, "--asset", "XRP")).ShouldBeRefused("XRP");
    }

    [Fact]
    public async Task What_is_posted_brings_every_account_to_what_is_needed()
    {
        Typed asked = await Typed.Plimsoll("post", Book, "--market", Market, "--need", "5000", "--costs", Sample("books/costs.json"), "--json");

        asked.Code.ShouldBe(ExitCode.Good, asked.Error + asked.Output);
        foreach (JsonElement account in asked.Json.GetProperty("accounts").EnumerateArray()) account.GetProperty("after").GetDouble().ShouldBeGreaterThanOrEqualTo(5_000);
        (await Typed.Plimsoll("post", Book, "--market", Market, "--need", "5000")).Output.ShouldContain("What to post where");
    }

    [Fact]
    public async Task Too_little_to_post_is_bad_news_and_bad_costs_are_bad_input()
    {
        using var folder = new Folder();
        string little = folder.File("little.json", """{"assets":[{"asset":"USDC","costPerYear":"0.1","available":"1"}]}""");
        string wrong = folder.File("wrong.json", """{"assets":[{"asset":"XRP","costPerYear":"0.1"}]}""");

        (await Typed.Plimsoll("post", Book, "--market", Market, "--need", "900000", "--costs", little)).Code.ShouldBe(ExitCode.BadNews);
        (await Typed.Plimsoll("post", Book, "--market", Market, "--costs", wrong)).ShouldBeRefused("XRP");
        (await Typed.Plimsoll("post", Book, "--market", Market, "--line", "middle")).ShouldBeRefused("middle");
    }

    [Fact]
    public async Task The_sample_listing_may_be_listed_and_one_without_sources_may_not()
    {
        Typed good = await Typed.Plimsoll("list-check", Sample("listing/proposal.json"), "--json");
        using var folder = new Folder();
        string text = await File.ReadAllTextAsync(Sample("listing/proposal.json"), TestContext.Current.CancellationToken);
        string alone = folder.File("alone.json", text.Replace("\"ageSeconds\": \"2\"", "\"ageSeconds\": \"900\"", StringComparison.Ordinal).Replace("\"ageSeconds\": \"3\"", "\"ageSeconds\": \"900\"", StringComparison.Ordinal));
        string broken = folder.File("broken.json", text.Replace("\"depth\": \"310000\"", "\"depth\": \"-1\"", StringComparison.Ordinal));

        good.Code.ShouldBe(ExitCode.Good, good.Output + good.Error);
        Typed refused = await Typed.Plimsoll("list-check", alone);
        refused.Code.ShouldBe(ExitCode.BadNews);
        refused.Output.ShouldContain("price sources");
        (await Typed.Plimsoll("list-check", broken)).ShouldBeRefused("depth");
    }

    private static double Change(JsonElement account) =>
        account.GetProperty("after").GetProperty("equity").GetDouble() - account.GetProperty("before").GetProperty("equity").GetDouble();
}
