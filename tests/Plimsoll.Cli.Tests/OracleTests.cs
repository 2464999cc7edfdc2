using System.Text.Json;

namespace Plimsoll.Cli.Tests;

public sealed class OracleTests
{
    private static string Sample { get; } = Path.Combine(AppContext.BaseDirectory, "samples", "oracles", "reports.json");

    [Fact]
    public async Task The_sample_says_of_every_report_what_became_of_it()
    {
        Typed answer = await Typed.Plimsoll("oracle", Sample, "--json");

        answer.Code.ShouldBe(ExitCode.BadNews, answer.Error);
        JsonElement eth = Asset(answer, "ETH"), stk = Asset(answer, "STK"), reef = Asset(answer, "REEF"), kelp = Asset(answer, "KELP");
        eth.GetProperty("status").GetString().ShouldBe("live");
        Faults(eth).ShouldBe(["none", "none", "none", "outlier", "too-old"]);
        Faults(stk).ShouldBe(["outlier", "none", "none"]);
        stk.GetProperty("price").GetDouble().ShouldBe(0.5 * ((1.08 * eth.GetProperty("price").GetDouble()) + 2679.5), 5);
        Faults(reef).ShouldBe(["at-the-least-answer", "at-the-least-answer", "not-positive"]);
        (reef.GetProperty("status").GetString(), reef.GetProperty("price").GetDouble()).ShouldBe(("stale", 0.0412));
        Faults(kelp)[2].ShouldBe("from-the-future");
        kelp.GetProperty("allows").EnumerateArray().Select(action => action.GetString()).ShouldBe(["deposit", "repay", "reduce", "call"]);
    }

    [Fact]
    public async Task The_table_says_it_in_words_and_what_it_costs_to_push_an_average()
    {
        Typed answer = await Typed.Plimsoll("oracle", Sample, "--twap", "1.2");

        answer.Output.ShouldContain("stands at its least answer");
        answer.Output.ShouldContain("Pushing the average of ETH");
        answer.Output.ShouldContain("237.37");
        answer.Output.ShouldContain("2 of 4 prices are live.");
    }

    [Theory]
    [InlineData("\"now\": \"2026-03-10T14:00:00Z\"", "\"now\": \"noon\"", "now")]
    [InlineData("\"heartbeatSeconds\": 120", "\"heartbeatSeconds\": -1", "heartbeatSeconds")]
    [InlineData("\"source\": \"east\", \"price\": 2500.6", "\"source\": \"e s t\", \"price\": 2500.6", "reports[1].source")]
    [InlineData("\"price\": 3.1,", "\"price\": 0,", "last[2].price")]
    [InlineData("\"depth\": 4200000", "\"dept\": 4200000", "dept")]
    public async Task A_file_that_cannot_be_meant_is_one_line_that_names_the_field(string found, string instead, string named)
    {
        string text = await File.ReadAllTextAsync(Sample, TestContext.Current.CancellationToken);
        text.ShouldContain(found);
        using var folder = new Folder();
        string file = folder.File("reports.json");
        await File.WriteAllTextAsync(file, text.Replace(found, instead, StringComparison.Ordinal), TestContext.Current.CancellationToken);

        (await Typed.Plimsoll("oracle", file)).ShouldBeRefused(named);
    }

    private static JsonElement Asset(Typed answer, string name) => answer.Json.GetProperty("assets").EnumerateArray().Single(asset => asset.GetProperty("asset").GetString() == name);

    private static string?[] Faults(JsonElement asset) => [.. asset.GetProperty("reports").EnumerateArray().Select(report => report.GetProperty("fault").GetString())];
}
