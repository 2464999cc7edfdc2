namespace Plimsoll.Cli.Tests;

public sealed class IncidentsTests
{
    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "samples", "incidents"), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_incident_says_what_came_of_it_who_bore_it_and_what_was_refused_in_lines_of_a_terminal(string name)
    {
        Typed told = await Typed.Plimsoll("incidents", name);

        told.Code.ShouldBe(ExitCode.Good);
        told.Output.ShouldContain("guards off");
        told.Output.ShouldContain("Who bore the bad debt");
        foreach (string line in told.Output.Split('\n')) line.TrimEnd().Length.ShouldBeLessThanOrEqualTo(100, line);
    }

    [Fact]
    public async Task What_is_no_incident_is_one_line() =>
        (await Typed.Plimsoll("incidents", "nope")).ShouldBeRefused("nope", "found no incident");
}
