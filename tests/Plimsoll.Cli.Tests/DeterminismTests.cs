namespace Plimsoll.Cli.Tests;

public sealed class DeterminismTests
{
    private const string Accounts = "120";

    [Fact]
    public async Task Two_runs_end_in_the_same_state_and_the_same_journal()
    {
        Typed first = await Typed.Plimsoll("demo", "--accounts", Accounts, "--json");
        Typed second = await Typed.Plimsoll("demo", "--accounts", Accounts, "--json");

        second.Output.ShouldBe(first.Output);
    }

    [Fact]
    public async Task Another_seed_is_another_story() =>
        (await StateOf("--seed", "7")).ShouldNotBe(await StateOf());

    [Fact]
    public async Task Two_threads_judge_as_one_does() =>
        (await StateOf("--threads", "2")).ShouldBe(await StateOf("--threads", "1"));

    [Fact]
    public async Task A_replayed_journal_ends_in_the_state_of_the_venue_that_wrote_it()
    {
        using var folder = new Folder();
        string venue = folder.File("crash.venue");

        string lived = await StateOf("--journal", venue);

        foreach (string[] way in (string[][])[[], ["--verify"], ["--verify", "--threads", "2"]])
            (await Typed.Plimsoll(["replay", venue, "--json", .. way])).Json.GetProperty("stateHash").GetString().ShouldBe(lived);
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512", "0")]
    [InlineData("DOTNET_EnableAVX2", "0")]
    [InlineData("DOTNET_EnableHWIntrinsic", "0")]
    public async Task Every_instruction_set_ends_in_the_same_state(string variable, string value)
    {
        Typed demo = await Spawned.Plimsoll((variable, value), "demo", "--accounts", Accounts, "--json");

        demo.Json.GetProperty("stateHash").GetString().ShouldBe(await StateOf());
    }

    private static async Task<string> StateOf(params string[] options) =>
        (await Typed.Plimsoll(["demo", "--accounts", Accounts, "--json", .. options])).Json.GetProperty("stateHash").GetString()!;
}
