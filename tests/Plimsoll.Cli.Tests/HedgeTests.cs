using System.Text.Json;

namespace Plimsoll.Cli.Tests;

/// <summary>A hedge proposed for a book, and one replayed on a file of prices.</summary>
public sealed class HedgeTests
{
    private static string Sample(string name) => Path.Combine(AppContext.BaseDirectory, "samples", name);

    private static string Book => Sample("books/book.json");

    private static string Market => Sample("books/market.json");

    private static string Plan => Sample("books/hedge.json");

    [Fact]
    public async Task The_sample_plan_brings_the_seller_of_options_inside_every_band()
    {
        Typed hedge = await Typed.Plimsoll("hedge", Book, "--market", Market, "--account", "vol-seller", "--plan", Plan, "--json");

        hedge.Code.ShouldBe(ExitCode.Good, hedge.Error);
        JsonElement btc = hedge.Json.GetProperty("hedges")[0];
        btc.GetProperty("complete").GetBoolean().ShouldBeTrue();
        btc.GetProperty("bands").EnumerateArray().Select(b => b.GetProperty("greek").GetString()).ShouldBe(["delta", "gamma", "vega"]);
        foreach (JsonElement band in btc.GetProperty("bands").EnumerateArray())
        {
            band.GetProperty("breachBefore").GetDouble().ShouldBeGreaterThan(0);
            band.GetProperty("breachAfter").GetDouble().ShouldBe(0);
            band.GetProperty("obstacle").ValueKind.ShouldBe(JsonValueKind.Null);
        }

        JsonElement cost = btc.GetProperty("cost");
        cost.GetProperty("total").GetDouble().ShouldBe(btc.GetProperty("trades").EnumerateArray().Sum(t => t.GetProperty("cost").GetProperty("total").GetDouble()), 1e-9);
        btc.GetProperty("ladder").GetProperty("after").GetArrayLength().ShouldBe(5);
        btc.GetProperty("ladder").GetProperty("after")[0].GetArrayLength().ShouldBe(9);
    }

    [Fact]
    public async Task Without_a_plan_delta_goes_inside_its_no_trade_band_and_tables_say_so()
    {
        Typed hedge = await Typed.Plimsoll("hedge", Book, "--market", Market);

        hedge.Code.ShouldBe(ExitCode.Good, hedge.Error + hedge.Output);
        foreach (string part in (string[])["no-trade band", "BTC: trades", "gains over price and volatility", "every band holds"]) hedge.Output.ShouldContain(part);
    }

    [Fact]
    public async Task A_band_that_stays_breached_is_bad_news_with_a_reason()
    {
        using var folder = new Folder();
        string plan = folder.File("plan.json", """{"bands":[{"underlying":"BTC","greek":"vega","lower":-1,"upper":1}],"instruments":[{"instrument":"BTC_USDC-PERPETUAL"}]}""");

        Typed hedge = await Typed.Plimsoll("hedge", Book, "--market", Market, "--account", "vol-seller", "--plan", plan);

        hedge.Code.ShouldBe(ExitCode.BadNews);
        hedge.Output.ShouldContain("nothing that may be traded moves it");
    }

    [Fact]
    public async Task A_replay_prints_variances_by_quarter_and_what_the_hedge_cost()
    {
        Typed replay = await Typed.Plimsoll("hedge", "--replay", Sample("prices/btc-hourly.csv"), "--json");
        Typed tables = await Typed.Plimsoll("hedge", "--replay", Sample("prices/btc-hourly.csv"), "--rolls");

        replay.Code.ShouldBe(ExitCode.Good, replay.Error);
        JsonElement year = replay.Json.GetProperty("periods").EnumerateArray().Last();
        year.GetProperty("rolls").GetInt32().ShouldBe(replay.Json.GetProperty("rolls").GetArrayLength());
        year.GetProperty("variance").GetProperty("timesLower").GetDouble().ShouldBeGreaterThan(1);
        foreach (string part in (string[])["times lower", "tracking error", "fees and spread", "Every roll"]) tables.Output.ShouldContain(part);
    }

    [Fact]
    public async Task What_cannot_be_used_is_refused_in_one_line()
    {
        using var folder = new Folder();
        string wrong = folder.File("plan.json", """{"bands":[{"underlying":"BTC","greek":"rho"}]}""");
        string unknown = folder.File("unknown.json", """{"instruments":[{"instrument":"XRP-PERPETUAL"}]}""");

        (await Typed.Plimsoll("hedge")).ShouldBeRefused("BOOK", "missing");
        (await Typed.Plimsoll("hedge", Book)).ShouldBeRefused("--market");
        (await Typed.Plimsoll("hedge", Book, "--market", Market, "--account", "nobody")).ShouldBeRefused("--account", "nobody");
        (await Typed.Plimsoll("hedge", Book, "--market", Market, "--plan", wrong)).ShouldBeRefused("plan.json", "greek", "rho");
        (await Typed.Plimsoll("hedge", Book, "--market", Market, "--plan", unknown)).ShouldBeRefused("unknown.json", "XRP-PERPETUAL");
        (await Typed.Plimsoll("hedge", Book, "--market", Market, "--plan", "nowhere.json")).ShouldBeRefused("nowhere.json");
        (await Typed.Plimsoll("hedge", Book, "--replay", Sample("prices/btc-hourly.csv"))).ShouldBeRefused("--replay");
        (await Typed.Plimsoll("hedge", "--replay", Book)).ShouldBeRefused("book.json:1");
        (await Typed.Plimsoll("hedge", "--replay", Sample("prices/btc-hourly.csv"), "--funding", Book)).ShouldBeRefused("book.json:1");
        (await Typed.Plimsoll("hedge", "--replay", Sample("prices/btc-hourly.csv"), "--from", "2030-01-01")).ShouldBeRefused("roll");
        (await Typed.Plimsoll("hedge", "--replay", Sample("prices/btc-hourly.csv"), "--aversion", "0")).ShouldBeRefused("--aversion");
    }
}
