using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plimsoll.Risk.Collateral;
using Plimsoll.Risk.Margin;

namespace Plimsoll.Cli.Tests;

/// <summary>Haircuts that hold as often as they say.</summary>
public sealed class CalibrateTests
{
    private static string Sample => Path.Combine(AppContext.BaseDirectory, "samples", "prices", "coin-daily.csv");

    private static string Depth => Path.Combine(AppContext.BaseDirectory, "samples", "depth", "btc.csv");

    [Fact]
    public async Task The_sample_coin_is_covered_as_often_as_said()
    {
        Typed calibrated = await Typed.Plimsoll("calibrate", Sample, "--json");

        calibrated.Code.ShouldBe(ExitCode.Good, calibrated.Error);
        JsonElement coin = calibrated.Json.GetProperty("assets")[0];
        coin.GetProperty("asset").GetString().ShouldBe("COIN");
        coin.GetProperty("main").GetProperty("test").GetProperty("kupiec").GetDouble().ShouldBeGreaterThan(0.05);
        JsonElement[] rungs = [.. coin.GetProperty("trade").EnumerateArray()];
        rungs.Length.ShouldBe(5);
        rungs.Select(rung => rung.GetProperty("efficiency").GetDouble()).ShouldBe(rungs.Select(rung => rung.GetProperty("efficiency").GetDouble()).OrderDescending());
        JsonElement next = coin.GetProperty("main").GetProperty("next");
        next.GetProperty("multiplierLow").GetDouble().ShouldBeLessThan(next.GetProperty("multiplier").GetDouble());
        next.GetProperty("shortfallMultiplier").GetDouble().ShouldBeGreaterThan(next.GetProperty("multiplier").GetDouble());
    }

    [Fact]
    public async Task Tables_show_the_flat_haircut_beside_and_the_years()
    {
        Typed calibrated = await Typed.Plimsoll("calibrate", $"GEM={Sample}", "--years", "--level", "0.975");

        calibrated.Code.ShouldBe(ExitCode.Good, calibrated.Error);
        calibrated.Output.ShouldContain("GEM: safety against what may be lent");
        calibrated.Output.ShouldContain("year by year at 97.5 %");
        calibrated.Output.ShouldContain("volume alone");
        calibrated.Output.ShouldContain("GEM: covered as often as said");
    }

    [Fact]
    public async Task A_larger_holding_is_lent_less_against()
    {
        double[] thresholds = new double[4];
        foreach ((int i, string holding) in new[] { "0", "1000000", "30000000", "900000000" }.Index())
        {
            Typed calibrated = await Typed.Plimsoll("calibrate", Sample, "--holding", holding, "--json");
            thresholds[i] = calibrated.Json.GetProperty("assets")[0].GetProperty("main").GetProperty("loan").GetProperty("threshold").GetDouble();
        }

        thresholds.ShouldBe(thresholds.OrderDescending());
        thresholds[3].ShouldBeLessThan(thresholds[1] - 0.2);
    }

    [Fact]
    public async Task What_it_proposes_is_read_by_the_rulebook_it_is_for()
    {
        Typed calibrated = await Typed.Plimsoll("calibrate", $"LINK={Sample}", "--parameters");
        JsonNode rulebook = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "samples", "harbour", "parameters.json")))!;
        JsonNode proposed = JsonNode.Parse(calibrated.Output)!;
        rulebook["collateral"] = proposed["collateral"]!.DeepClone();
        rulebook["collateralPolicy"] = proposed["collateralPolicy"]!.DeepClone();

        RiskParameters read = RiskParameters.FromJson(rulebook.ToJsonString());

        read.Collateral.Single().Tiers.Length.ShouldBeGreaterThan(3);
        read.Collateral.Single().Cap!.Value.ShouldBeGreaterThan(read.Collateral.Single().Tiers[^1].FromValue);
        DynamicHaircutTerms dynamic = read.CollateralPolicy.Dynamic!;
        HaircutMarket market = dynamic.Markets.Single();
        market.Stressed.ShouldBeGreaterThan(market.Volatility);
        // The schedule and the dynamic haircut speak of the same market; the latter takes the shortfall beyond the quantile.
        double whole = DynamicHaircut.Of(dynamic, market, 0, 1_000_000);
        whole.ShouldBeInRange((double)read.Collateral.Single().Tiers[0].Haircut, (double)read.Collateral.Single().Tiers[0].Haircut + 0.25);
    }

    [Fact]
    public async Task Books_decide_where_they_are_given()
    {
        Typed calibrated = await Typed.Plimsoll("calibrate", Sample, "--depth", $"COIN={Depth}", "--json");

        calibrated.Code.ShouldBe(ExitCode.Good, calibrated.Error);
        calibrated.Json.GetProperty("assets")[0].GetProperty("liquidity").GetString().ShouldBe("books");
        (await Typed.Plimsoll("calibrate", Sample, "--depth", $"OTHER={Depth}")).ShouldBeRefused("OTHER", "COIN");
    }

    [Fact]
    public async Task Haircuts_and_losses_are_drawn_into_a_file()
    {
        using var folder = new Folder();
        string file = folder.File("haircuts.svg");

        (await Typed.Plimsoll("calibrate", Sample, "--out", file)).Code.ShouldBe(ExitCode.Good);

        System.Xml.Linq.XDocument.Parse(File.ReadAllText(file)).Descendants().Count(one => one.Name.LocalName == "polyline").ShouldBe(5);
    }

    [Fact]
    public async Task A_coin_whose_calm_was_not_its_nature_is_bad_news()
    {
        using var folder = new Folder();
        var lines = new List<string> { "ts_ms,open,high,low,close,volume" };
        double price = 1000;
        for (int day = 0; day < 900; day++)
        {
            // Fair coin flips of 1 %, then falls that double every other day, each larger than all before.
            double next = price * (day < 700 ? (day * 7919 % 13 < 6 ? 1.01 : 0.99) : day % 4 == 0 ? 0.8 : 1.001);
            string[] fields = [$"{1_577_836_800_000 + (day * 86_400_000L)}", Text(price), Text(Math.Max(price, next)), Text(Math.Min(price, next)), Text(next), "1000"];
            lines.Add(string.Join(',', fields));
            price = double.Parse(Text(next), CultureInfo.InvariantCulture);
        }

        Typed calibrated = await Typed.Plimsoll("calibrate", folder.File("doomed.csv", string.Join('\n', lines)), "--level", "0.95");

        calibrated.Code.ShouldBe(ExitCode.BadNews, calibrated.Error);
        calibrated.Output.ShouldContain("DOOMED: NOT covered as often as said");
    }

    [Fact]
    public async Task What_cannot_be_used_is_one_line()
    {
        using var folder = new Folder();
        string hourly = Path.Combine(AppContext.BaseDirectory, "samples", "prices", "btc-hourly.csv");

        (await Typed.Plimsoll("calibrate", hourly)).ShouldBeRefused("btc-hourly.csv", "531 or more");
        (await Typed.Plimsoll("calibrate", Sample, Sample)).ShouldBeRefused("COIN again");
        (await Typed.Plimsoll("calibrate", folder.File("none.csv"))).ShouldBeRefused("none.csv");
        (await Typed.Plimsoll("calibrate", Sample, "--level", "1.5")).ShouldBeRefused("--level");
        (await Typed.Plimsoll("calibrate", Sample, "--level", "0.9999")).ShouldBeRefused("too few days");
        (await Typed.Plimsoll("calibrate", folder.File("bad.csv", "ts_ms,open,high,low,close,volume\n1577836800000,1,1,1,1,x\n"))).ShouldBeRefused("bad.csv:2 volume");
    }

    private static string Text(double price) => price.ToString("0.00000000", CultureInfo.InvariantCulture);
}
