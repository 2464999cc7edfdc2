using System.Text.Json;

namespace Plimsoll.Cli.Tests;

/// <summary>Who takes a position over, and how large a fund must be, as a person asks for it.</summary>
public sealed class LossTests
{
    private const string Shorts = "account,size,entry,equity,exposure\nfirst,-4,36000,40000,\nsecond,-6,33000,400000,\nthird,-2,31000,90000,1000\n";

    [Fact]
    public async Task A_position_is_shared_under_every_policy_and_every_policy_shares_all_of_it()
    {
        using var folder = new Folder();
        Typed adl = await Typed.Plimsoll("adl", folder.File("shorts.csv", Shorts), "--mark", "30000", "--bankruptcy", "31000", "--deficit", "5000", "--json");

        adl.Code.ShouldBe(ExitCode.Good, adl.Error);
        adl.Json.GetProperty("size").GetDouble().ShouldBe(5, 1e-9);
        JsonElement[] policies = [.. adl.Json.GetProperty("policies").EnumerateArray()];
        policies.Length.ShouldBe(6);
        foreach (JsonElement policy in policies)
            policy.GetProperty("taken").EnumerateArray().Sum(share => share.GetProperty("size").GetDouble()).ShouldBe(5, 1e-9);
        policies.Single(p => p.GetProperty("policy").GetString() == "bit-mex").GetProperty("taken")[0].GetProperty("account").GetString().ShouldBe("first");
    }

    [Fact]
    public async Task More_than_the_other_side_holds_is_bad_news()
    {
        using var folder = new Folder();
        Typed adl = await Typed.Plimsoll("adl", folder.File("shorts.csv", Shorts), "--mark", "30000", "--bankruptcy", "31000", "--size", "20");

        adl.Code.ShouldBe(ExitCode.BadNews, adl.Error);
        adl.Output.ShouldContain("the liquidity provider keeps it at the mark");
    }

    [Theory]
    [InlineData("first,-4,36000,x,\n", "line 2 equity")]
    [InlineData("first,-4,36000,1,\nsecond,4,1,1,\n", "line 3 size")]
    [InlineData("first,0,36000,1,\n", "line 2 size")]
    [InlineData("first,-4\n", "line 2: found 2 cells")]
    [InlineData("", "names no counterparty")]
    public async Task A_bad_line_is_one_error_naming_it(string rows, string expected)
    {
        using var folder = new Folder();
        string file = folder.File("shorts.csv", "account,size,entry,equity,exposure\n" + rows);
        (await Typed.Plimsoll("adl", file, "--mark", "30000", "--bankruptcy", "31000", "--size", "1")).ShouldBeRefused(expected);
    }

    [Fact]
    public async Task A_price_that_gives_nothing_up_is_refused()
    {
        using var folder = new Folder();
        (await Typed.Plimsoll("adl", folder.File("shorts.csv", Shorts), "--mark", "30000", "--bankruptcy", "29000", "--size", "1")).ShouldBeRefused("--bankruptcy", "shorts buy above");
    }

    [Fact]
    public async Task A_fund_is_sized_by_losses_of_the_past_with_an_interval()
    {
        using var folder = new Folder();
        string losses = "day,loss\n" + string.Join('\n', Enumerable.Range(1, 500).Select(i => $"{i},{(i % 10 == 0 ? 5000 + (37 * i) : i)}"));
        Typed fund = await Typed.Plimsoll("fund", "--losses", folder.File("losses.csv", losses), "--threshold", "92%", "--confidence", "99%", "--json");

        fund.Code.ShouldBe(ExitCode.Good, fund.Error);
        JsonElement most = fund.Json.GetProperty("peaks").GetProperty("annualMaximum");
        most.GetProperty("low").GetDouble().ShouldBeLessThan(most.GetProperty("high").GetDouble());
        (await Typed.Plimsoll("fund")).ShouldBeRefused("VENUE");
        (await Typed.Plimsoll("fund", "--losses", folder.File("few.csv", "loss\n1\n2\n"))).ShouldBeRefused("exceedances");
    }
}
