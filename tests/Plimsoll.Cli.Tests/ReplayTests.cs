using System.Text;

namespace Plimsoll.Cli.Tests;

public sealed class ReplayTests
{
    [Fact]
    public async Task A_sound_journal_is_told_in_facts_and_one_line()
    {
        using var folder = new Folder();
        string venue = await Demo(folder);

        Typed replay = await Typed.Plimsoll("replay", venue, "--verify");

        replay.Code.ShouldBe(ExitCode.Good, replay.Error);
        replay.Output.ShouldContain("state hash");
        replay.Output.TrimEnd().ShouldEndWith("Chain ok; every command decided again gave the same events to the byte.");
    }

    [Fact]
    public async Task Replaying_changes_nothing()
    {
        using var folder = new Folder();
        string venue = await Demo(folder);
        byte[] before = await File.ReadAllBytesAsync(venue, TestContext.Current.CancellationToken);

        await Typed.Plimsoll("replay", venue, "--verify");

        (await File.ReadAllBytesAsync(venue, TestContext.Current.CancellationToken)).ShouldBe(before);
    }

    [Fact]
    public async Task A_changed_amount_is_bad_news_that_names_the_entry()
    {
        using var folder = new Folder();
        string venue = await Demo(folder);
        byte[] bytes = await File.ReadAllBytesAsync(venue, TestContext.Current.CancellationToken);
        byte[] sought = Encoding.ASCII.GetBytes("{\"type\":\"open-account\",\"account\":\"maker-02");
        int at = bytes.AsSpan().IndexOf(sought);
        at.ShouldBeGreaterThan(0);
        bytes[at + sought.Length - 1] = (byte)'7';
        await File.WriteAllBytesAsync(venue, bytes, TestContext.Current.CancellationToken);

        Typed replay = await Typed.Plimsoll("replay", venue);
        Typed json = await Typed.Plimsoll("replay", venue, "--json");

        replay.Code.ShouldBe(ExitCode.BadNews);
        replay.Output.ShouldMatch("Broken: .* entry [0-9]+: The hash of entry [0-9]+ is not the one");
        json.Code.ShouldBe(ExitCode.BadNews);
        json.Json.GetProperty("chainOk").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_no_journal_is_bad_input()
    {
        using var folder = new Folder();

        (await Typed.Plimsoll("replay", folder.File("none.venue"))).ShouldBeRefused("none.venue");
        (await Typed.Plimsoll("replay", folder.File("text.venue", "not a venue, only a text"))).ShouldBeRefused("text.venue");
        (await Typed.Plimsoll("replay")).ShouldBeRefused("replay --help");
    }

    [Fact]
    public async Task A_journal_is_not_written_over()
    {
        using var folder = new Folder();
        string venue = await Demo(folder);

        (await Typed.Plimsoll("demo", "--accounts", "50", "--journal", venue)).ShouldBeRefused("expected a new file");
    }

    private static async Task<string> Demo(Folder folder)
    {
        string venue = folder.File("crash.venue");
        (await Typed.Plimsoll("demo", "--accounts", "50", "--journal", venue)).Error.ShouldBeEmpty();

        return venue;
    }
}
