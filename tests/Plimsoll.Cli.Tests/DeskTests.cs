using System.Text.Json;

namespace Plimsoll.Cli.Tests;

/// <summary>The three questions a desk asks before lunch: a book's margin, a contract's price, a venue's stress.</summary>
public sealed class DeskTests
{
    private const string Market = """
        {
          "at": "2020-03-12T10:00:00Z",
          "assets": [
            { "asset": "USDC", "decimals": 6, "class": "stable", "price": "1" },
            { "asset": "BTC", "decimals": 8, "class": "major", "price": "8000" }
          ],
          "instruments": [{ "instrument": "BTC_USDC-PERPETUAL", "payoff": "linear", "settlement": "USDC", "lotSize": "0.001" }]
        }
        """;

    private const string Book = """
        { "accounts": [{ "account": "alice", "balances": { "USDC": "5000" }, "positions": [{ "instrument": "BTC_USDC-PERPETUAL", "size": "1", "entry": "9000" }] }] }
        """;

    [Fact]
    public async Task A_long_that_lost_is_judged_by_what_it_has_left()
    {
        using var folder = new Folder();

        Typed margin = await Typed.Plimsoll("margin", folder.File("book.json", Book), "--market", folder.File("market.json", Market), "--json");

        margin.Code.ShouldBe(ExitCode.Good, margin.Error);
        JsonElement alice = margin.Json.ValueKind == JsonValueKind.Array ? margin.Json[0] : margin.Json.GetProperty("accounts")[0];
        alice.GetProperty("equity").GetDouble().ShouldBe(4000, 1e-9);
        // Down 25 % is the worst the grid asks: 0.4 × 2,000.
        alice.GetProperty("requirement").GetProperty("maintenance").GetDouble().ShouldBe(800, 1e-9);
    }

    [Fact]
    public async Task A_book_is_judged_by_other_venues_side_by_side()
    {
        using var folder = new Folder();

        Typed margin = await Typed.Plimsoll("margin", folder.File("book.json", Book), "--market", folder.File("market.json", Market), "--rulebook", "house,derive-srm,binance,aave", "--json");

        margin.Code.ShouldBe(ExitCode.Good, margin.Error);
        JsonElement[] rows = [.. margin.Json[0].GetProperty("rulebooks").EnumerateArray()];
        rows.Select(r => r.GetProperty("rulebook").GetString()).ShouldBe(["house", "derive-srm", "binance", "aave"]);
        // One coin at 8,000: 5 % of it at Derive, 0.4 % at Binance, where 4,000 of equity last until 4,000 / 0.996.
        rows[1].GetProperty("maintenanceRequirement").GetDouble().ShouldBe(400, 1e-9);
        rows[2].GetProperty("maintenanceRequirement").GetDouble().ShouldBe(32, 1e-9);
        rows[2].GetProperty("liquidationPrices")[0].GetProperty("found").GetProperty("below").GetDouble().ShouldBe(4_000 / 0.996, 1e-4);
        rows[3].GetProperty("notApplicable").GetString()!.ShouldContain("contracts");
    }

    [Fact]
    public async Task A_rulebook_nobody_knows_is_named_with_those_there_are()
    {
        using var folder = new Folder();

        Typed margin = await Typed.Plimsoll("margin", folder.File("book.json", Book), "--market", folder.File("market.json", Market), "--rulebook", "house,atlantis");

        margin.Code.ShouldBe(ExitCode.BadInput);
        margin.Error.ShouldContain("--rulebook");
        margin.Error.ShouldContain("derive-pmrm");
    }

    [Fact]
    public async Task An_explained_account_shows_the_scenario_that_binds()
    {
        using var folder = new Folder();

        Typed margin = await Typed.Plimsoll("margin", folder.File("book.json", Book), "--market", folder.File("market.json", Market), "--account", "alice", "--explain");

        margin.Output.ShouldContain("binds");
        margin.Output.ShouldContain("BTC_USDC-PERPETUAL");
    }

    [Theory]
    [InlineData("market.json", "\"8000\"", "\"0\"", "market.json")]
    [InlineData("market.json", "\"8000\"", "\"many\"", "market.json:5")]
    [InlineData("market.json", "\"class\": \"major\"", "\"class\": \"large\"", "market.json:5")]
    [InlineData("market.json", "\"decimals\": 8", "\"decimals\": 80", "market.json")]
    [InlineData("market.json", "\"asset\": \"BTC\"", "\"asset\": \"USDC\"", "listed twice")]
    [InlineData("market.json", "\"at\"", "\"time\"", "market.json:2 time")]
    [InlineData("market.json", "BTC_USDC-PERPETUAL", "BTC_USDC-10JAN20", "market.json")]
    [InlineData("market.json", "BTC_USDC-PERPETUAL", "BTC_USDC-FOREVER", "market.json")]
    [InlineData("book.json", "\"size\": \"1\"", "\"size\": \"0.0001\"", "accounts[0].positions[0].size")]
    [InlineData("book.json", "\"5000\"", "\"5,000\"", "accounts[0].balances.USDC")]
    [InlineData("book.json", "\"USDC\"", "\"DOGE\"", "DOGE")]
    [InlineData("book.json", "\"entry\": \"9000\"", "\"entry\": \"-1\"", "accounts[0].positions[0].entry")]
    [InlineData("book.json", "\"entry\"", "\"price\"", "book.json:1")]
    [InlineData("book.json", "BTC_USDC-PERPETUAL", "BTC-PERPETUAL", "BTC-PERPETUAL")]
    [InlineData("book.json", "\"alice\"", "\"al ice\"", "accounts[0].account")]
    public async Task A_file_that_cannot_be_used_is_one_line_that_names_it(string file, string from, string to, string part)
    {
        using var folder = new Folder();
        string market = folder.File("market.json", file == "market.json" ? Market.Replace(from, to, StringComparison.Ordinal) : Market);
        string book = folder.File("book.json", file == "book.json" ? Book.Replace(from, to, StringComparison.Ordinal) : Book);

        (await Typed.Plimsoll("margin", book, "--market", market)).ShouldBeRefused(part);
    }

    [Fact]
    public async Task A_haircut_outside_0_to_1_refuses_the_parameters()
    {
        using var folder = new Folder();
        string rules = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "samples/harbour/parameters.json"), TestContext.Current.CancellationToken);
        int at = rules.IndexOf("\"haircut\":", StringComparison.Ordinal) + 10;
        string broken = rules[..at] + " 1.5" + rules[rules.IndexOfAny([',', '}', '\n'], at)..];

        (await Typed.Plimsoll("margin", folder.File("book.json", Book), "--market", folder.File("market.json", Market), "--parameters", folder.File("rules.json", broken)))
            .ShouldBeRefused("rules.json", "haircut");
    }

    [Fact]
    public async Task The_samples_are_judged_whole()
    {
        string samples = Path.Combine(AppContext.BaseDirectory, "samples/books");

        Typed margin = await Typed.Plimsoll("margin", Path.Combine(samples, "book.json"), "--market", Path.Combine(samples, "market.json"), "--json");

        margin.Code.ShouldBeLessThan(ExitCode.BadInput, margin.Error);
    }

    [Fact]
    public async Task A_call_is_worth_what_Black_says_in_USD_and_in_coin()
    {
        Typed price = await Typed.Plimsoll("price", "BTC-27DEC24-60000-C", "--forward", "60000", "--vol", "0.6", "--at", "2024-12-17T08:00:00Z", "--json");

        // At the money: F (2 N(σ√T / 2) − 1), ten days.
        double half = 0.3 * Math.Sqrt(10 / 365.0);
        double expected = 60000 * Math.Sqrt(2 / Math.PI) * (half - (half * half * half / 6) + (half * half * half * half * half / 40));
        price.Json.GetProperty("usd").GetProperty("value").GetDouble().ShouldBe(expected, 1e-3);
        price.Json.GetProperty("coin").GetProperty("value").GetDouble().ShouldBe(expected / 60000, 1e-7);
    }

    [Theory]
    [InlineData("BTC-27DEC24-60000-X", "60000", "0.6", "2024-12-17", "instrument")]
    [InlineData("BTC_USDC-POOL-50000-70000", "60000", "0.6", "2024-12-17", "plimsoll pool")]
    [InlineData("BTC-27DEC24-60000-C", "0", "0.6", "2024-12-17", "--forward: found '0'")]
    [InlineData("BTC-27DEC24-60000-C", "60000", "60%", "2024-12-17", "--vol: found '60%'")]
    [InlineData("BTC-27DEC24-60000-C", "60000", "0.6", "2024-12-28", "expired")]
    public async Task A_contract_that_cannot_be_priced_is_one_line(string name, string forward, string vol, string at, string part) =>
        (await Typed.Plimsoll("price", name, "--forward", forward, "--vol", vol, "--at", at)).ShouldBeRefused(part);

    [Fact]
    public async Task A_fall_calls_liquidates_and_says_how_the_venue_stands_before_and_after()
    {
        Typed stress = await Typed.Plimsoll("stress", "--accounts", "200", "--spot", "-40%", "--vol", "+50%", "--depeg", "USDT=0.9", "--withdrawals", "20%", "--json");

        stress.Code.ShouldBeLessThan(ExitCode.BadInput, stress.Error);
        stress.Json.GetProperty("marginCalls").GetInt64().ShouldBeGreaterThan(0);
        stress.Json.GetProperty("liquidatedAccounts").GetInt32().ShouldBeGreaterThan(0);
        stress.Json.GetProperty("before").GetProperty("text").GetString().ShouldNotBe(stress.Json.GetProperty("after").GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_stressed_journal_is_not_touched()
    {
        using var folder = new Folder();
        string venue = folder.File("crash.venue");
        await Typed.Plimsoll("demo", "--accounts", "50", "--journal", venue);
        byte[] before = await File.ReadAllBytesAsync(venue, TestContext.Current.CancellationToken);

        (await Typed.Plimsoll("stress", "--journal", venue, "--spot", "-20%")).Code.ShouldBeLessThan(ExitCode.BadInput);

        (await File.ReadAllBytesAsync(venue, TestContext.Current.CancellationToken)).ShouldBe(before);
    }

    [Theory]
    [InlineData("--spot", "-30", "--spot: found '-30'")]
    [InlineData("--spot", "-200%", "--spot: found '-200%'")]
    [InlineData("--depeg", "USDT", "--depeg: found 'USDT'")]
    [InlineData("--depeg", "DOGE=1", "DOGE")]
    [InlineData("--depeg", "USDT=0", "USDT")]
    [InlineData("--accounts", "60", "expected a shock")]
    public async Task A_shock_that_cannot_be_meant_is_one_line(string option, string value, string part) =>
        (await Typed.Plimsoll("stress", option, value)).ShouldBeRefused(part);
}
