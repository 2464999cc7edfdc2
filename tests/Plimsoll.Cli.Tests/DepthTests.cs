using System.Text.Json;

namespace Plimsoll.Cli.Tests;

/// <summary>How liquid a market is, by its books or by volume alone.</summary>
public sealed class DepthTests
{
    private const string Header = "ts_ms,level,bid_price,bid_qty,ask_price,ask_qty\n";

    private static string Sample(string folder, string file) => Path.Combine(AppContext.BaseDirectory, "samples", folder, file);

    [Fact]
    public async Task The_sample_book_refills_as_fast_as_it_was_made_to()
    {
        Typed depth = await Typed.Plimsoll("depth", Sample("depth", "btc.csv"), "--volume", "6000", "--size", "1,10,100", "--json");

        depth.Code.ShouldBe(ExitCode.Good, depth.Error);
        depth.Json.GetProperty("moments").GetInt32().ShouldBe(200);
        // A sixth of what is missing comes back each second, and others take a twentieth: half the way to the mean in 3.1 s.
        depth.Json.GetProperty("resilience").GetProperty("bids").GetProperty("halfLifeSeconds").GetDouble().ShouldBe(3.1, 1);
        depth.Json.GetProperty("impact").GetProperty("scale").GetDouble().ShouldBeInRange(0.3, 2);
        double[] costs = [.. depth.Json.GetProperty("selling").EnumerateArray().Select(row => row.GetProperty("costPart").GetDouble())];
        costs.ShouldBe(costs.Order());
        JsonElement largest = depth.Json.GetProperty("selling")[2];
        largest.GetProperty("daysByVolume").GetDouble().ShouldBe(100 / (0.1 * 6000), 1e-12);
        largest.GetProperty("days").GetDouble().ShouldBe(Math.Max(largest.GetProperty("daysByVolume").GetDouble(), largest.GetProperty("daysByResilience").GetDouble()));
    }

    [Fact]
    public async Task Tables_show_the_curve_and_what_a_size_costs()
    {
        Typed depth = await Typed.Plimsoll("depth", Sample("depth", "btc.csv"), "--prices", Sample("prices", "btc-hourly.csv"), "--size", "25");

        depth.Code.ShouldBe(ExitCode.Good, depth.Error);
        depth.Output.ShouldContain("Depth curve");
        depth.Output.ShouldContain("██");
        depth.Output.ShouldContain("Resilience");
        depth.Output.ShouldContain("Selling 25.00 coins costs");
    }

    [Fact]
    public async Task A_size_larger_than_everything_shown_is_said_to_stay_unsold_where_no_level_says_what_lies_beyond()
    {
        using var folder = new Folder();
        string file = folder.File("thin.csv", Header + "1700000000000,1,99,1,101,1\n");

        Typed depth = await Typed.Plimsoll("depth", file, "--size", "5");

        depth.Code.ShouldBe(ExitCode.Good, depth.Error);
        depth.Output.ShouldContain("5.00 coins cannot be sold by what is known: 4.00 are more than the books show");
    }

    [Fact]
    public async Task Volume_alone_is_a_stated_way_out()
    {
        Typed depth = await Typed.Plimsoll("depth", "--price", "24", "--volume", "900000", "--volatility", "5%", "--size", "1000", "--json");

        depth.Json.GetProperty("measured").GetString().ShouldBe("volume");
        depth.Json.GetProperty("selling")[0].GetProperty("days").GetDouble().ShouldBe(1000 / (0.1 * 450_000), 1e-12);
        (await Typed.Plimsoll("depth", "--price", "24")).ShouldBeRefused("--volume");
    }

    [Fact]
    public async Task The_curve_is_drawn_into_a_file()
    {
        using var folder = new Folder();
        string file = folder.File("depth.svg");

        (await Typed.Plimsoll("depth", Sample("depth", "btc.csv"), "--out", file)).Code.ShouldBe(ExitCode.Good);

        System.Xml.Linq.XDocument.Parse(File.ReadAllText(file)).Descendants().Count(one => one.Name.LocalName == "polyline").ShouldBe(4);
        (await Typed.Plimsoll("depth", Sample("depth", "btc.csv"), "--out", Path.Combine(file, "no", "such"))).ShouldBeRefused("--out");
    }

    [Theory]
    [InlineData("1700000000000,1,99,1,101\n", ":2 columns")]
    [InlineData("x,1,99,1,101,1\n", ":2 ts_ms")]
    [InlineData("1700000000000,0,99,1,101,1\n", ":2 level")]
    [InlineData("1700000000000,1,99,1,101,1\n1700000000000,3,98,1,102,1\n", ":3 level")]
    [InlineData("1700000000000,1,99,1,101,1\n1700000000000,1,98,1,102,1\n", ":3 level")]
    [InlineData("1700000000000,1,NaN,1,101,1\n", ":2 bid_price")]
    [InlineData("1700000000000,1,99,-1,101,1\n", ":2 bid_qty")]
    [InlineData("1700000000000,1,99,,101,1\n", ":2 bid_qty")]
    [InlineData("1700000000000,1,99,1,101,0\n", ":2 ask_qty")]
    [InlineData("1700000000000,1,102,1,101,1\n", ":2: depth")]
    [InlineData("1700000000001,1,99,1,101,1\n1700000000000,1,99,1,101,1\n", ":3 ts_ms")]
    [InlineData("1700000000000,1,,,101,1\n1700000000000,2,98,1,102,1\n", ":3 level")]
    [InlineData("", "holds no level")]
    public async Task A_line_that_cannot_be_used_is_named(string lines, string place)
    {
        using var folder = new Folder();

        (await Typed.Plimsoll("depth", folder.File("book.csv", Header + lines))).ShouldBeRefused(place);
    }
}
