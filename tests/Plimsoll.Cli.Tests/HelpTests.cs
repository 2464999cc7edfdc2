namespace Plimsoll.Cli.Tests;

public sealed class HelpTests
{
    public static TheoryData<string> Verbs => ["demo", "serve", "margin", "price", "surface", "vol", "depth", "calibrate", "pool", "hedge", "stress", "replay", "verify", "import", "collateral", "whatif", "liqprice", "thresholds", "post", "list-check", "adl", "fund", "breakers", "oracle"];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Every_verb_ends_its_help_in_examples_of_itself(string verb)
    {
        Typed help = await Typed.Plimsoll(verb, "--help");

        help.Code.ShouldBe(ExitCode.Good);
        help.Output.ShouldContain("Examples:\n");
        help.Output[help.Output.IndexOf("Examples:", StringComparison.Ordinal)..].ShouldContain($"  plimsoll {verb} ");
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task An_option_nobody_knows_is_one_line(string verb) => (await Typed.Plimsoll(verb, "--colour", "red")).Code.ShouldBe(ExitCode.BadInput);

    [Fact]
    public async Task A_program_called_alone_lists_its_verbs()
    {
        Typed alone = await Typed.Plimsoll();

        alone.Code.ShouldBe(ExitCode.Good);
        foreach (string verb in Verbs.Select(row => row.Data)) alone.Output.ShouldContain($"  {verb} ");
    }

    [Fact]
    public async Task No_colour_leaves_a_redirected_output() => (await Spawned.Plimsoll(null, "price", "BTC-PERPETUAL", "--forward", "7250")).Output.ShouldNotContain("\u001b");

    [Fact]
    public async Task A_verb_nobody_knows_is_one_line() => (await Typed.Plimsoll("sail")).ShouldBeRefused("sail");
}
