namespace Plimsoll.Cli.Tests;

public sealed class ImportTests
{
    private const string List = """{"id":"list","by":"venue","at":"2025-01-02T08:00:00Z","command":{"type":"list-asset","asset":"USDC","decimals":6,"class":"stable"}}""";
    private const string Open = """{"id":"open","by":"venue","at":"2025-01-02T08:00:00Z","command":{"type":"open-account","account":"alice"}}""";
    private const string Pay = """{"id":"pay","by":"venue","command":{"type":"deposit","account":"alice","asset":"USDC","amount":"100"}}""";

    [Fact]
    public async Task Commands_count_once_however_often_they_are_brought()
    {
        using var folder = new Folder();
        string lines = folder.File("lines.jsonl", $"{List}\n{Open}\n\n{Pay}\n");
        string venue = folder.File("small.venue");

        Typed first = await Typed.Plimsoll("import", lines, "--venue", venue, "--json");
        Typed second = await Typed.Plimsoll("import", lines, "--venue", venue, "--json");

        first.Code.ShouldBe(ExitCode.Good, first.Error + first.Output);
        first.Json.GetProperty("accepted").GetInt32().ShouldBe(3);
        second.Json.GetProperty("repeated").GetInt32().ShouldBe(3);
        second.Json.GetProperty("sequence").GetInt64().ShouldBe(first.Json.GetProperty("sequence").GetInt64());
    }

    [Fact]
    public async Task Balances_open_their_accounts_and_count_once()
    {
        using var folder = new Folder();
        string venue = await Small(folder);
        string balances = folder.File("balances.csv", "account,asset,amount\nbob,USDC,1.5\nalice,USDC,2\n");

        Typed first = await Typed.Plimsoll("import", balances, "--venue", venue, "--json");
        Typed second = await Typed.Plimsoll("import", balances, "--venue", venue, "--json");

        first.Json.GetProperty("accepted").GetInt32().ShouldBe(3);
        second.Json.GetProperty("accepted").GetInt32().ShouldBe(0);
        second.Json.GetProperty("refused").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task What_the_venue_refuses_is_bad_news_by_line_and_reason()
    {
        using var folder = new Folder();
        string venue = await Small(folder);

        Typed again = await Typed.Plimsoll("import", folder.File("again.jsonl", Open.Replace("\"open\"", "\"open-2\"", StringComparison.Ordinal)), "--venue", venue);

        again.Code.ShouldBe(ExitCode.BadNews);
        again.Output.ShouldContain("account-exists");
        again.Output.ShouldContain("open-2");
    }

    [Theory]
    [InlineData("{\"id\":\"a\"", "bad.jsonl:2")]
    [InlineData("[1]", "bad.jsonl:2: expected an object")]
    [InlineData("""{"by":"venue","command":{"type":"open-account","account":"b"}}""", "bad.jsonl:2 id: is missing")]
    [InlineData("""{"id":"x","by":"a b","command":{"type":"open-account","account":"b"}}""", "bad.jsonl:2 by: found 'a b'")]
    [InlineData("""{"id":"x","by":"venue","colour":1,"command":{"type":"open-account","account":"b"}}""", "bad.jsonl:2 colour: is not a known field")]
    [InlineData("""{"id":"x","by":"venue","command":{"type":"open-account","account":"b","colour":1}}""", "bad.jsonl:2")]
    [InlineData("""{"id":"x","by":"venue","command":{"type":"melt"}}""", "bad.jsonl:2")]
    [InlineData("""{"id":"x","by":"venue","at":"noon","command":{"type":"open-account","account":"b"}}""", "bad.jsonl:2 at: found \"noon\"")]
    [InlineData("""{"id":"x","by":"venue","at":"2020-01-01","command":{"type":"open-account","account":"b"}}""", "bad.jsonl:2 at")]
    [InlineData("""{"id":"list","by":"venue","command":{"type":"open-account","account":"b"}}""", "bad.jsonl:2 id: found 'list' of venue twice")]
    public async Task One_bad_line_refuses_the_file_and_changes_nothing(string line, string part)
    {
        using var folder = new Folder();

        (await Typed.Plimsoll("import", folder.File("bad.jsonl", $"{List}\n{line}\n"), "--venue", folder.File("new.venue"))).ShouldBeRefused(part);

        File.Exists(folder.File("new.venue")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("bob,USDC", "bad.csv:3: found 2 fields")]
    [InlineData("b b,USDC,1", "bad.csv:3 account: found 'b b'")]
    [InlineData("bob,DOGE,1", "bad.csv:3 asset: found 'DOGE'")]
    [InlineData("bob,USDC,-1", "bad.csv:3 amount: found '-1'")]
    [InlineData("bob,USDC,0.0000001", "bad.csv:3 amount")]
    [InlineData("bob,USDC,many", "bad.csv:3 amount")]
    [InlineData("carol,USDC,1", "bad.csv:3 asset: found USDC of carol twice")]
    public async Task One_bad_balance_refuses_the_file_and_changes_nothing(string line, string part)
    {
        using var folder = new Folder();
        string venue = await Small(folder);

        (await Typed.Plimsoll("import", folder.File("bad.csv", $"account,asset,amount\ncarol,USDC,1\n{line}\n"), "--venue", venue)).ShouldBeRefused(part);

        (await Typed.Plimsoll("replay", venue, "--json")).Json.GetProperty("entries").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task A_header_nobody_knows_and_a_missing_venue_are_bad_input()
    {
        using var folder = new Folder();

        (await Typed.Plimsoll("import", folder.File("bad.csv", "account,amount\n"), "--venue", await Small(folder))).ShouldBeRefused("bad.csv:1 header");
        (await Typed.Plimsoll("import", folder.File("b.csv", "account,asset,amount\n"), "--venue", folder.File("none.venue"))).ShouldBeRefused("none.venue: there is no such venue");
        (await Typed.Plimsoll("import", folder.File("none.jsonl"), "--venue", folder.File("x.venue"))).ShouldBeRefused("none.jsonl: there is no such file");
    }

    private static async Task<string> Small(Folder folder)
    {
        string venue = folder.File("small.venue");
        (await Typed.Plimsoll("import", folder.File("small.jsonl", $"{List}\n{Open}\n"), "--venue", venue)).Code.ShouldBe(ExitCode.Good);

        return venue;
    }
}
