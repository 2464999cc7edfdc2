using System.Text.Json;

namespace Plimsoll.Cli.Tests;

public sealed class ParamsTests
{
    [Fact]
    public async Task A_set_is_validated_compared_shadow_run_and_proposed_to_a_venue()
    {
        using var folder = new Folder();
        string venue = folder.File("crash.venue");
        (await Typed.Plimsoll("demo", "--accounts", "100", "--journal", venue, "--json")).Code.ShouldNotBe(ExitCode.BadInput);
        string set = Samples("parameters", "stricter.json");

        Typed shown = await Typed.Plimsoll("params", "show", venue, "--json");
        shown.Code.ShouldBe(ExitCode.Good, shown.Error);
        shown.Json.GetProperty("current").GetProperty("version").GetInt32().ShouldBe(1);

        Typed valid = await Typed.Plimsoll("params", "validate", set, "--venue", venue, "--json");
        valid.Code.ShouldBe(ExitCode.Good, valid.Output);

        Typed shadow = await Typed.Plimsoll("params", "shadow", set, "--venue", venue, "--json");
        int liquidated = shadow.Json.GetProperty("liquidated").GetInt32();
        shadow.Code.ShouldBe(liquidated > 0 ? ExitCode.BadNews : ExitCode.Good);
        shadow.Json.GetProperty("lines").EnumerateArray().Count(line => line.GetProperty("effect").GetString() == "liquidated").ShouldBe(liquidated);

        Typed proposed = await Typed.Plimsoll("params", "propose", set, "--venue", venue, "--reason", "a test", "--at", "2030-01-01T00:00:00Z", "--max-liquidations", "0", "--id", "p1", "--json");
        proposed.Code.ShouldBe(ExitCode.Good, proposed.Output + proposed.Error);
        proposed.Json.GetProperty("proposed").GetInt32().ShouldBe(2);
        proposed.Json.GetProperty("wouldLiquidateToday").GetInt32().ShouldBe(liquidated);
        (await Typed.Plimsoll("params", "propose", set, "--venue", venue, "--reason", "a test", "--at", "2030-01-01T00:00:00Z", "--max-liquidations", "0", "--id", "p1", "--json")).Json.GetProperty("repeated").GetBoolean().ShouldBeTrue();

        Typed early = await Typed.Plimsoll("params", "apply", venue, "2");
        early.Code.ShouldBe(ExitCode.BadNews);
        early.Output.ShouldContain("proposal-not-due");
        (await Typed.Plimsoll("params", "show", venue)).Output.ShouldContain("waits");
        (await Typed.Plimsoll("params", "withdraw", venue, "2", "--reason", "enough")).Code.ShouldBe(ExitCode.Good);
        Typed now = await Typed.Plimsoll("params", "propose", set, "--venue", venue, "--reason", "now", "--json");
        now.Json.GetProperty("applied").GetInt32().ShouldBe(3);
        (await Typed.Plimsoll("params", "diff", set, venue)).Output.ShouldContain("The sets say the same.");
        (await Typed.Plimsoll("replay", venue, "--verify")).Code.ShouldBe(ExitCode.Good);
    }

    [Fact]
    public async Task A_book_is_shadow_run_against_its_market_with_bad_news_where_somebody_is_liquidated()
    {
        Typed shadow = await Typed.Plimsoll("params", "shadow", Samples("parameters", "stricter.json"), "--book", Samples("books", "book.json"), "--market", Samples("books", "market.json"), "--price", "BTC=-10%", "--json");

        JsonElement answer = shadow.Json;
        answer.GetProperty("shock").GetString().ShouldNotBeNullOrEmpty();
        shadow.Code.ShouldBe(answer.GetProperty("liquidated").GetInt32() > 0 ? ExitCode.BadNews : ExitCode.Good);
        answer.GetProperty("after").GetProperty("maintenance").GetDouble().ShouldBeGreaterThan(answer.GetProperty("before").GetProperty("maintenance").GetDouble());
    }

    [Fact]
    public async Task A_difference_names_each_field_once()
    {
        Typed diff = await Typed.Plimsoll("params", "diff", Samples("harbour", "parameters.json"), Samples("parameters", "stricter.json"), "--json");

        string[] paths = [.. diff.Json.GetProperty("changes").EnumerateArray().Select(c => c.GetProperty("path").GetString()!)];
        paths.ShouldContain("initial.factor");
        paths.ShouldContain("collateral BTC.tiers[0].haircut");
        paths.ShouldBeUnique();
    }

    [Fact]
    public async Task What_is_no_set_or_no_venue_is_one_line()
    {
        using var folder = new Folder();
        string set = Samples("parameters", "stricter.json");
        string text = await File.ReadAllTextAsync(set, TestContext.Current.CancellationToken);
        string broken = folder.File("broken.json", text.Replace("\"maintenance\": { \"factor\": 0.6", "\"maintenance\": { \"factor\": 0.9", StringComparison.Ordinal));
        (await Typed.Plimsoll("params", "validate", broken)).ShouldBeRefused("broken.json", "initial.factor", "maintenance");
        (await Typed.Plimsoll("params", "validate", folder.File("none.json"))).ShouldBeRefused("none.json", "no such file");
        (await Typed.Plimsoll("params", "show", folder.File("none.venue"))).ShouldBeRefused("none.venue", "no such venue");
        (await Typed.Plimsoll("params", "shadow", set)).ShouldBeRefused("--venue", "--book");
        (await Typed.Plimsoll("params", "shadow", set, "--book", Samples("books", "book.json"), "--market", Samples("books", "market.json"), "--price", "XYZ=-10%")).ShouldBeRefused("XYZ");
    }

    [Fact]
    public async Task A_set_that_names_what_is_not_listed_is_bad_news()
    {
        Typed valid = await Typed.Plimsoll("params", "validate", Samples("parameters", "stricter.json"), "--market", Samples("books", "market.json"));

        valid.Code.ShouldBe(ExitCode.BadNews);
        valid.Output.ShouldContain("collateral LINK: is not listed");
    }

    private static string Samples(params string[] parts) => Path.Combine([AppContext.BaseDirectory, "samples", .. parts]);
}
