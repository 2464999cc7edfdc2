using System.Text.Json;

namespace Plimsoll.Cli.Tests;

/// <summary>What an option pays can be changed at the prompt; the parts must still make the whole.</summary>
public sealed class PriceTests
{
    private const double Forward = 63_000;
    private const double Strike = 60_000;

    [Theory]
    [InlineData("C", "down", "52000")]
    [InlineData("P", "down", "52000")]
    [InlineData("C", "up", "75000")]
    [InlineData("P", "up", "75000")]
    public async Task An_option_that_comes_and_one_that_ends_at_a_barrier_are_the_option_in_value_and_every_greek(string side, string way, string level)
    {
        JsonElement plain = await Priced(side);
        JsonElement comes = await Priced(side, "--barrier", way + "-in", "--level", level);
        JsonElement ends = await Priced(side, "--barrier", way + "-out", "--level", level);

        foreach (JsonProperty figure in plain.GetProperty("usd").EnumerateObject())
        {
            double whole = figure.Value.GetDouble();
            double parts = Figure(comes, figure.Name) + Figure(ends, figure.Name);
            parts.ShouldBe(whole, (1e-2 * Math.Abs(whole)) + 1e-9, figure.Name);
        }

        (Figure(comes, "value") + Figure(ends, "value")).ShouldBe(Figure(plain, "value"), 1e-6);
    }

    [Fact]
    public async Task A_rebate_is_worth_no_more_than_itself_and_is_paid_either_way()
    {
        double rebates = 0;
        foreach (string kind in (string[])["down-in", "down-out"])
        {
            double with = Figure(await Priced("C", "--barrier", kind, "--level", "52000", "--rebate", "100"), "value");
            double without = Figure(await Priced("C", "--barrier", kind, "--level", "52000"), "value");
            (with - without).ShouldBeInRange(0, 100);
            rebates += with - without;
        }

        // Touched or not touched, one of the two pays; without interest that is certain.
        rebates.ShouldBe(100, 1e-6);
    }

    [Fact]
    public async Task All_or_nothing_calls_and_puts_pay_once_together_and_make_the_option()
    {
        double cashCall = Figure(await Priced("C", "--digital", "cash"), "value");
        double cashPut = Figure(await Priced("P", "--digital", "cash"), "value");
        double assetCall = Figure(await Priced("C", "--digital", "asset"), "value");

        (cashCall + cashPut).ShouldBe(1, 1e-12);
        (assetCall - (Strike * cashCall)).ShouldBe(Figure(await Priced("C"), "value"), 1e-6);
    }

    [Fact]
    public async Task Half_way_through_the_average_parity_holds_of_what_is_fixed_and_what_is_open()
    {
        double call = Figure(await Late("C"), "value");
        double put = Figure(await Late("P"), "value");

        // 15 of 30 minutes are open.
        (call - put).ShouldBe((0.5 * 60_200) + (0.5 * 60_150) - Strike, 1e-6);
        (Figure(await Late("C"), "delta") - Figure(await Late("P"), "delta")).ShouldBe(0.5, 1e-9);
    }

    [Theory]
    [InlineData("--barrier", "down-out")]
    [InlineData("--level", "52000")]
    [InlineData("--digital", "both")]
    [InlineData("--average", "60000")]
    [InlineData("--barrier", "sideways", "--level", "52000")]
    [InlineData("--barrier", "down-out", "--level", "-1")]
    [InlineData("--digital", "cash", "--barrier", "down-out", "--level", "52000")]
    [InlineData("--settlement", "tea")]
    public async Task Payments_that_make_no_sense_are_refused_in_one_line(params string[] flags)
    {
        Typed refused = await Typed.Plimsoll(["price", "BTC-27DEC24-60000-C", "--forward", "63000", "--vol", "0.55", "--at", "2024-11-01T08:00:00Z", .. flags]);

        refused.Code.ShouldBe(ExitCode.BadInput, refused.Output);
        refused.Error.Trim().Split('\n').Length.ShouldBe(1);
    }

    private static async Task<JsonElement> Priced(string side, params string[] flags)
    {
        Typed priced = await Typed.Plimsoll(
            ["price", $"BTC-27DEC24-60000-{side}", "--forward", $"{Forward:F0}", "--vol", "0.55", "--at", "2024-11-01T08:00:00Z", "--json", .. flags]);
        priced.Code.ShouldBe(ExitCode.Good, priced.Error);

        return priced.Json;
    }

    private static async Task<JsonElement> Late(string side)
    {
        Typed priced = await Typed.Plimsoll(
            "price", $"BTC-27DEC24-60000-{side}", "--forward", "60200", "--vol", "0.55", "--at", "2024-12-27T07:45:00Z", "--averaging", "--average", "60150", "--json");
        priced.Code.ShouldBe(ExitCode.Good, priced.Error);

        return priced.Json;
    }

    private static double Figure(JsonElement priced, string name) => priced.GetProperty("usd").GetProperty(name).GetDouble();
}
