using System.Text;
using Plimsoll.Simulation.Agents;
using Plimsoll.Simulation.Stories;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Tests.Agents;

public sealed class OpeningTrialTests
{
    [Fact]
    public void An_opening_that_names_an_account_the_venue_will_not_have_is_a_fault_of_the_file()
    {
        string harbour = File.ReadAllText(HarbourVenue.File);
        VenueFile file = VenueFileReader.Parse("venue.json", Encoding.UTF8.GetBytes(harbour.Replace(
            "\"opening\": [", "\"opening\": [ { \"type\": \"classify-account\", \"account\": \"nobody\", \"class\": \"maker\" },", StringComparison.Ordinal)));
        string folder = Path.GetDirectoryName(HarbourVenue.File)!;

        InputException fault = Should.Throw<InputException>(() => new VenueGenerator(
            file, VenueParameters.For(file, folder), VenueStory.Open(HarbourVenue.File, new StoryOptions { Accounts = 100 }).Path, 100, 1).Commands().Count());

        fault.Message.ShouldContain("opening[0]");
        fault.Message.ShouldContain("nobody");
    }
}
