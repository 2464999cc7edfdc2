using System.Text.Json;

namespace Plimsoll.Cli.Tests;

public sealed class ExposureTests
{
    private const string Market = """
        {
          "at": "2020-03-12T10:00:00Z",
          "assets": [
            { "asset": "USDC", "decimals": 6, "class": "stable", "price": "1" },
            { "asset": "BTC", "decimals": 8, "class": "major", "price": "8000" }
          ],
          "instruments": [
            { "instrument": "BTC_USDC-PERPETUAL", "payoff": "linear", "settlement": "USDC", "lotSize": "0.001" },
            { "instrument": "BTC-27MAR20-8000-C", "payoff": "inverse", "settlement": "BTC", "lotSize": "0.1", "volatility": 0.9 }
          ]
        }
        """;

    private const string Book = """
        { "accounts": [
          { "account": "alice", "balances": { "USDC": "5000" }, "positions": [{ "instrument": "BTC_USDC-PERPETUAL", "size": "1" }] },
          { "account": "bob", "balances": { "BTC": "2" }, "positions": [{ "instrument": "BTC_USDC-PERPETUAL", "size": "-0.5" }, { "instrument": "BTC-27MAR20-8000-C", "size": "3" }] }] }
        """;

    private const string Depth = """
        ts_ms,level,bid_price,bid_qty,ask_price,ask_qty
        1,1,7000,1,7100,1
        2,1,7990,1,8010,1
        2,2,7980,0.5,8020,9
        """;

    [Fact]
    public async Task A_books_exposure_is_net_and_gross_by_expiry_and_strike()
    {
        using var folder = new Folder();

        Typed exposure = await Typed.Plimsoll("exposure", folder.File("book.json", Book), "--market", folder.File("market.json", Market), "--json");

        exposure.Code.ShouldBe(ExitCode.Good, exposure.Error);
        JsonElement figures = exposure.Json.GetProperty("exposure");
        JsonElement btc = figures.GetProperty("underlyings").EnumerateArray().Single(u => u.GetProperty("underlying").GetString() == "BTC");
        btc.GetProperty("gross").GetProperty("notional").GetDouble().ShouldBe(1.5 * 8000 + 3 * 8000, 1e-6);
        btc.GetProperty("net").GetProperty("vega").GetDouble().ShouldBeGreaterThan(0);
        figures.GetProperty("cells").EnumerateArray().Select(c => c.GetProperty("expiry").GetString()).ShouldBe(["endless", "month"]);
        figures.GetProperty("strikes")[0].GetProperty("strike").GetString().ShouldBe("95-105");
    }

    [Fact]
    public async Task Tables_come_first_and_fit_an_account()
    {
        using var folder = new Folder();

        Typed exposure = await Typed.Plimsoll("exposure", folder.File("book.json", Book), "--market", folder.File("market.json", Market), "--account", "alice");

        exposure.Code.ShouldBe(ExitCode.Good, exposure.Error);
        exposure.Output.ShouldContain("Exposure of alice");
        exposure.Output.ShouldContain("endless");
    }

    [Fact]
    public async Task Delta_is_unwound_into_the_last_moment_of_the_depth_given()
    {
        using var folder = new Folder();

        Typed exposure = await Typed.Plimsoll(
            "exposure", folder.File("book.json", Book), "--market", folder.File("market.json", Market), "--account", "alice", "--depth", $"BTC={folder.File("depth.csv", Depth)}", "--json");

        exposure.Code.ShouldBe(ExitCode.Good, exposure.Error);
        JsonElement btc = exposure.Json.GetProperty("exposure").GetProperty("underlyings").EnumerateArray().Single(u => u.GetProperty("underlying").GetString() == "BTC");
        btc.GetProperty("unwound").GetProperty("deltaCost").GetDouble().ShouldBe(10, 1e-9);
        exposure.Json.GetProperty("exposure").GetProperty("liquidity").GetProperty("depth").GetString().ShouldBe("book");
    }

    [Fact]
    public async Task Limits_are_imported_measured_and_told_with_an_exit_code()
    {
        using var folder = new Folder();
        string venue = folder.File("crash.venue");
        (await Typed.Plimsoll("demo", "--accounts", "200", "--journal", venue, "--json")).Code.ShouldBeOneOf(ExitCode.Good, ExitCode.BadNews);

        Typed import = await Typed.Plimsoll("import", Sample("imports/limits.jsonl"), "--venue", venue);
        import.Code.ShouldBe(ExitCode.Good, import.Output + import.Error);
        Typed limits = await Typed.Plimsoll("limits", venue, "--json");
        Typed exposure = await Typed.Plimsoll("exposure", "--venue", venue, "--json");
        Typed table = await Typed.Plimsoll("limits", venue);

        string[] levels = [.. limits.Json.GetProperty("limits").EnumerateArray().Select(l => l.GetProperty("level").GetString()!)];
        limits.Code.ShouldBe(levels.Contains("hard") ? ExitCode.BadNews : ExitCode.Good);
        string[] imported = ["btc-net-delta", "btc-gross-vega", "each-notional", "provider-delta", "usdc-held"];
        limits.Json.GetProperty("limits").EnumerateArray().Select(l => l.GetProperty("limit").GetString()!).Intersect(imported).Count().ShouldBe(5);
        JsonElement issuer = exposure.Json.GetProperty("exposure").GetProperty("buckets").EnumerateArray().Single(b => b.GetProperty("bucket").GetString() == "circle");
        issuer.GetProperty("kind").GetString().ShouldBe("issuer");
        table.Output.ShouldContain("btc-net-delta");
    }

    [Theory]
    [InlineData("1,1,7000,1,7100,1", "1,1,many,1,7100,1", "2,", "depth.csv:2 bid_price")]
    [InlineData("bid_price", "price", "", "depth.csv:1")]
    [InlineData("2,1,7990,1,8010,1", "2,1,8015,1,8010,1", "", "not under")]
    public async Task Depth_that_cannot_be_used_is_one_line_with_its_place(string was, string now, string cut, string expected)
    {
        using var folder = new Folder();
        string depth = Depth.Replace(was, now, StringComparison.Ordinal);
        if (cut.Length > 0) depth = depth[..depth.IndexOf("\n2,", StringComparison.Ordinal)];

        (await Typed.Plimsoll("exposure", folder.File("book.json", Book), "--market", folder.File("market.json", Market), "--depth", $"BTC={folder.File("depth.csv", depth)}"))
            .ShouldBeRefused(expected);
    }

    [Fact]
    public async Task What_is_missing_or_unknown_is_said()
    {
        using var folder = new Folder();
        string book = folder.File("book.json", Book), market = folder.File("market.json", Market);

        (await Typed.Plimsoll("exposure")).ShouldBeRefused("BOOK");
        (await Typed.Plimsoll("exposure", book)).ShouldBeRefused("--market");
        (await Typed.Plimsoll("exposure", book, "--market", market, "--account", "carol")).ShouldBeRefused("carol");
        (await Typed.Plimsoll("exposure", book, "--market", market, "--venue", "x.venue")).ShouldBeRefused("--venue");
        (await Typed.Plimsoll("exposure", "--venue", "none.venue")).ShouldBeRefused("none.venue");
        (await Typed.Plimsoll("limits", "none.venue")).ShouldBeRefused("none.venue");
    }

    private static string Sample(string name)
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !Directory.Exists(Path.Combine(at.FullName, "samples"))) at = at.Parent;

        return Path.Combine(at!.FullName, "samples", name);
    }
}
