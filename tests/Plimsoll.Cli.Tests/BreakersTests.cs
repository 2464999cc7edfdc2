using System.Text.Json;

namespace Plimsoll.Cli.Tests;

/// <summary>What a circuit breaker would have done on a price path.</summary>
public sealed class BreakersTests
{
    private static string Sample(string folder, string file) => Path.Combine(AppContext.BaseDirectory, "samples", folder, file);

    [Fact]
    public async Task The_sample_crash_trips_gathers_and_reopens_each_with_its_reason()
    {
        Typed run = await Typed.Plimsoll("breakers", Sample("prices", "crash.csv"), "--parameters", Sample("parameters", "whole.json"), "--json");

        run.Code.ShouldBe(ExitCode.Good, run.Error);
        run.Json.GetProperty("line").GetString().ShouldBe("major");
        run.Json.GetProperty("prices").GetInt32().ShouldBe(240);
        JsonElement[] steps = [.. run.Json.GetProperty("steps").EnumerateArray()];
        steps.Take(3).Select(step => step.GetProperty("phase").GetString()).ShouldBe(["paused", "batch", "reopened"]);
        steps[0].GetProperty("band").GetString().ShouldBe("dynamic");
        steps[0].GetProperty("reason").GetString()!.ShouldContain("below the highest price of the last 900 s");
        steps.ShouldAllBe(step => step.GetProperty("reason").GetString()!.Length > 0);
        run.Json.GetProperty("trips").GetInt32().ShouldBeGreaterThan(1);
        run.Json.GetProperty("heldPart").GetDouble().ShouldBeInRange(0.001, 0.5);
    }

    [Fact]
    public async Task Tables_name_the_line_and_say_why()
    {
        Typed run = await Typed.Plimsoll("breakers", Sample("prices", "coin-daily.csv"), "--parameters", Sample("parameters", "whole.json"), "--line", "alt");

        run.Code.ShouldBe(ExitCode.Good, run.Error);
        run.Output.ShouldContain("Breakers of alt");
        run.Output.ShouldContain("static 30 % renewed every 86400 s, dynamic 12 % of 900 s");
        run.Output.ShouldContain("not traded of");
    }

    [Theory]
    [InlineData("ts_ms,price\n1,100\n2,abc\n", ":3 price: found 'abc'")]
    [InlineData("ts_ms,price\n1,100\n2,0\n", ":3 price: found '0'")]
    [InlineData("ts_ms,price\n2,100\n1,100\n", ":3 ts_ms: found")]
    [InlineData("ts_ms,price\n-2,100\n", ":2 ts_ms: found '-2'")]
    [InlineData("ts_ms,price\n2,100,3\n", ":2: found 3 fields")]
    [InlineData("ts_ms,price\n", "found no prices")]
    public async Task A_file_that_is_no_path_is_refused_in_one_line(string text, string expected)
    {
        using var folder = new Folder();
        string file = folder.File("path.csv", text);

        Typed run = await Typed.Plimsoll("breakers", file, "--parameters", Sample("parameters", "whole.json"));

        run.Code.ShouldBe(ExitCode.BadInput);
        run.Error.ShouldContain(expected);
        run.Error.Trim().Split('\n').Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_set_without_the_section_and_a_line_that_is_not_there_are_refused()
    {
        (await Typed.Plimsoll("breakers", Sample("prices", "crash.csv"), "--parameters", Sample("harbour", "missing.json"))).Code.ShouldBe(ExitCode.BadInput);
        Typed run = await Typed.Plimsoll("breakers", Sample("prices", "crash.csv"), "--parameters", Sample("parameters", "whole.json"), "--line", "stable");

        run.Code.ShouldBe(ExitCode.BadInput);
        run.Error.ShouldContain("expected major, alt");
    }
}
