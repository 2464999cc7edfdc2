namespace Plimsoll.Cli.Tests;

public sealed class VerifyTests
{
    [Fact]
    public async Task A_proof_holds_under_its_root_and_under_no_other()
    {
        using var folder = new Folder();
        string proof = await Proof(folder);
        string root = (await Typed.Plimsoll("verify", proof, "--json")).Json.GetProperty("root").GetString()!;

        (await Typed.Plimsoll("verify", proof)).Code.ShouldBe(ExitCode.Good);
        (await Typed.Plimsoll("verify", proof, "--root", root)).Output.ShouldContain("Holds: the balance is counted");
        (await Typed.Plimsoll("verify", proof, "--root", new string('0', 64))).Code.ShouldBe(ExitCode.BadNews);
    }

    [Fact]
    public async Task A_changed_salt_is_bad_news()
    {
        using var folder = new Folder();
        string text = await File.ReadAllTextAsync(await Proof(folder), TestContext.Current.CancellationToken);
        int at = text.IndexOf("\"salt\": \"", StringComparison.Ordinal) + 9;
        string changed = text[..at] + (text[at] == '0' ? '1' : '0') + text[(at + 1)..];

        Typed verify = await Typed.Plimsoll("verify", folder.File("changed.json", changed));

        verify.Code.ShouldBe(ExitCode.BadNews);
        verify.Output.ShouldContain("Does not hold");
    }

    [Theory]
    [InlineData("{", "proof.json", "line 1")]
    [InlineData("{}", "proof.json", "format")]
    public async Task What_is_no_proof_is_bad_input(string text, params string[] parts)
    {
        using var folder = new Folder();

        (await Typed.Plimsoll("verify", folder.File("proof.json", text))).ShouldBeRefused(parts);
    }

    [Fact]
    public async Task A_missing_file_and_a_root_that_is_none_are_bad_input()
    {
        (await Typed.Plimsoll("verify", "/nowhere/proof.json")).ShouldBeRefused("/nowhere/proof.json");
        (await Typed.Plimsoll("verify", "proof.json", "--root", "abc")).ShouldBeRefused("--root: found 'abc', expected 64 hex digits");
    }

    private static async Task<string> Proof(Folder folder)
    {
        string proof = folder.File("proof.json");
        (await Typed.Plimsoll("demo", "--accounts", "50", "--prove", $"maker-00={proof}", "--json")).Code.ShouldBe(ExitCode.Good);

        return proof;
    }
}
