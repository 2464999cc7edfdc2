using Plimsoll.Engine;
using Plimsoll.Engine.Journal;
using Plimsoll.Simulation.Cascades;
using Plimsoll.Units;
using Shouldly;
using Xunit;

namespace Plimsoll.Simulation.Tests.Cascades;

public sealed class IncidentTests
{
    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Path.Combine(Root(), "samples", "incidents"), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Without_its_guards_an_incident_comes_to_half_of_what_was_reported_and_with_them_to_a_tenth(string name)
    {
        IncidentReport report = IncidentReport.Of(Read(name), alone: false);

        report.PartOff.ShouldBeGreaterThanOrEqualTo(IncidentReport.LeastOff);
        report.PartOn.ShouldBeLessThanOrEqualTo(IncidentReport.MostOn);
        report.Holds.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Replayed_an_incident_ends_in_the_same_state_and_every_asset_sums_to_zero(string name)
    {
        Incident incident = Read(name);
        foreach (IncidentOutcome run in new[] { IncidentRun.Of(incident, []), IncidentRun.Of(incident, incident.Guards) })
        {
            var replayed = new VenueKernel();
            var verified = new VenueKernel();
            foreach (JournalEntry entry in run.Journal)
            {
                replayed.Replay(entry);
                verified.Verify(entry);
            }

            Snapshots.HashOf(replayed.State).ShouldBe(run.Hash);
            Snapshots.HashOf(verified.State).ShouldBe(run.Hash);

            // Throws where any asset does not sum to zero over all holders, or costs and clearing do not cancel out.
            Audit.Full(replayed.State);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_attack_is_the_same_command_for_command_in_both_runs(string name)
    {
        Incident incident = Read(name);
        string[] attackers = [.. incident.Attackers];

        Asked(IncidentRun.Of(incident, []), attackers).ShouldBe(Asked(IncidentRun.Of(incident, incident.Guards), attackers));
    }

    [Fact]
    public void What_the_provider_lost_by_taking_over_counts_once()
    {
        IncidentOutcome run = IncidentRun.Of(Read("mango-2022"), []);

        run.Bearers.Deleveraged.ShouldBeGreaterThan(1_000_000, "the other side of the attacker is the provider");
        run.Harm.ShouldBe(run.Bearers.Insured + run.Bearers.OwnFunds + run.Bearers.Socialised - run.Provider, 1e-3);
    }

    [Fact]
    public void Eight_incidents_are_told() => Files.Count.ShouldBe(8);

    [Theory]
    [InlineData("\"scale\": 100", "\"scale\": 0", "scale")]
    [InlineData("\"counts\": \"inherited\"", "\"counts\": \"guess\"", "counts")]
    [InlineData("\"type\": \"list-asset\", \"asset\": \"USDC\"", "\"type\": \"list-planet\", \"asset\": \"USDC\"", "listing[0]")]
    [InlineData("2022-10-11T18:26:00Z", "2022-10-11T10:26:00Z", "steps[2].at")]
    public void A_file_that_cannot_be_told_is_refused_and_the_field_is_named(string was, string now, string field)
    {
        string text = File.ReadAllText(PathOf("mango-2022"));
        text.ShouldContain(was);

        InputException fault = Should.Throw<InputException>(() => IncidentFile.Parse("file.json", System.Text.Encoding.UTF8.GetBytes(text.Replace(was, now, StringComparison.Ordinal))));

        fault.Message.ShouldContain(field);
    }

    private static string[] Asked(IncidentOutcome run, string[] attackers) =>
        [.. run.Journal.Where(entry => attackers.Contains(entry.By.Value)).Select(entry => $"{entry.At} {entry.By} {System.Text.Encoding.UTF8.GetString(entry.Command.Span)}")];

    private static Incident Read(string name) => IncidentFile.Read(PathOf(name));

    private static string PathOf(string name) => Path.Combine(Root(), "samples", "incidents", $"{name}.json");

    private static string Root()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Plimsoll.slnx"))) return at.FullName;

        throw new InvalidOperationException("the tests run inside the repository");
    }
}
