using System.Text.Json;

namespace Plimsoll.Cli.Tests;

/// <summary>A command line as a person types it, and what came of it; through the program's own entry, in this process.</summary>
internal sealed record Typed(int Code, string Output, string Error)
{
    public static async Task<Typed> Plimsoll(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = await CommandLine.Run(args, output, error, TestContext.Current.CancellationToken);

        return new Typed(code, output.ToString(), error.ToString());
    }

    /// <summary>The output as the one JSON document it must be.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>Bad input: exit code 2, one line on the error stream that says so much, and nothing on the output.</summary>
    public void ShouldBeRefused(params string[] parts)
    {
        Code.ShouldBe(ExitCode.BadInput, Error + Output);
        Output.ShouldBeEmpty();
        Error.TrimEnd('\n').Split('\n').Length.ShouldBe(1, Error);
        foreach (string part in parts) Error.ShouldContain(part);
        Error.ShouldNotContain("   at ");
    }
}
