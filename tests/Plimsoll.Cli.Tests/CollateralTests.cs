using System.Text.Json;

namespace Plimsoll.Cli.Tests;

public sealed class CollateralTests
{
    private static readonly string Samples = Path.Combine(AppContext.BaseDirectory, "samples/collateral");

    [Fact]
    public async Task A_schedule_counts_slice_by_slice()
    {
        Typed schedule = await Typed.Plimsoll("collateral", "schedule", File("tiers.csv"), "--asset", "BTC", "--value", "5000000", "--json");

        schedule.Code.ShouldBe(ExitCode.Good, schedule.Error);
        JsonElement margin = schedule.Json.GetProperty("schedules")[1];
        margin.GetProperty("use").GetString().ShouldBe("margin");
        margin.GetProperty("counted").GetDecimal().ShouldBe(4_500_000m);
        margin.GetProperty("tiers").EnumerateArray().Sum(tier => tier.GetProperty("counted").GetDecimal()).ShouldBe(4_500_000m);
    }

    [Fact]
    public async Task Customers_who_break_a_law_are_named_and_that_is_bad_news()
    {
        Typed check = await Typed.Plimsoll("collateral", "check", File("customers.csv"), "--tiers", File("tiers.csv"), "--json");

        check.Code.ShouldBe(ExitCode.BadNews, check.Error);
        Names(check, "collateralExceedsEquity").ShouldBe(["bruno"]);
        Names(check, "debtExceedsCollateral").ShouldBe(["chiara"]);
        Names(check, "netDiffers").ShouldBe(["dario"]);
    }

    [Fact]
    public async Task The_tables_name_them_too()
    {
        Typed check = await Typed.Plimsoll("collateral", "check", File("customers.csv"), "--tiers", File("tiers.csv"));

        foreach (string part in (string[])["bruno", "chiara", "dario", "1 pledged more than they have: 1."]) check.Output.ShouldContain(part);
    }

    [Fact]
    public async Task What_cannot_be_answered_is_one_line()
    {
        (await Typed.Plimsoll("collateral", "schedule", File("tiers.csv"), "--asset", "none")).ShouldBeRefused("--asset");
        (await Typed.Plimsoll("collateral", "schedule", File("tiers.csv"), "--value", "1")).ShouldBeRefused("--asset");
        (await Typed.Plimsoll("collateral", "schedule", File("tiers.csv"), "--asset", "btc", "--value", "-1")).ShouldBeRefused("--value", "plimsoll collateral schedule --help");
        (await Typed.Plimsoll("collateral", "check", File("tiers.csv"))).ShouldBeRefused("tiers.csv:1 rn");
        (await Typed.Plimsoll("collateral", "check", "nowhere.csv")).ShouldBeRefused("nowhere.csv");
    }

    private static string File(string name) => Path.Combine(Samples, name);

    private static string[] Names(Typed check, string fault) => [.. check.Json.GetProperty(fault).EnumerateArray().Select(one => one.GetProperty("id").GetString()!)];
}
