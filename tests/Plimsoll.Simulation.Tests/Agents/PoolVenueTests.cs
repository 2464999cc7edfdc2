using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Markets.Instruments;
using Plimsoll.Simulation.Stories;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Tests.Agents;

/// <summary>The sample venue with pools on its list: customers hold and write liquidity like anything else they may choose.</summary>
public sealed class PoolVenueTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plimsoll-pools-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Nothing_in_the_opening_is_refused_and_liquidity_is_held_and_written()
    {
        var kernel = new VenueKernel();
        VenueStory story = VenueStory.Open(WithPools(), new StoryOptions { Accounts = 400 });
        foreach (Envelope envelope in HarbourVenue.Building(story))
        {
            kernel.Execute(envelope, out Outcome outcome);
            outcome.Refusal.ShouldBe(Refusal.None, $"{HarbourVenue.Text(envelope)} {outcome.Detail}");
        }

        foreach (string name in (string[])["ETH_USDC-POOL-100-400", "BTC_USDC-POOL"])
        {
            InstrumentIndex pool = kernel.State.Instrument(new InstrumentId(name));
            kernel.State.Catalog[pool].Kind.ShouldBe(InstrumentKind.Pool);
            kernel.State.Positions.OpenInterest(pool).Count.ShouldBeGreaterThan(0, name);
        }
    }

    [Fact]
    public void A_crash_liquidates_who_borrowed_against_liquidity_and_no_law_is_broken()
    {
        var kernel = new VenueKernel();
        InstrumentId[] pools = [new("ETH_USDC-POOL-100-400"), new("BTC_USDC-POOL")];
        PositionLiquidated[] closed = [.. HarbourVenue.Live(kernel, VenueStory.Open(WithPools(), new StoryOptions { Accounts = 300 }).Commands())
            .SelectMany(outcome => outcome.Events).OfType<PositionLiquidated>().Where(close => pools.Contains(close.Instrument))];

        closed.ShouldNotBeEmpty();
        closed.ShouldAllBe(close => close.Price.Value > 0 && close.Notional > 0);
    }

    [Fact]
    public void A_range_without_width_is_refused_by_field()
    {
        string file = WithPools().Replace("venue.json", "flat.json", StringComparison.Ordinal);
        File.WriteAllText(file, File.ReadAllText(WithPools()).Replace("POOL-100-400", "POOL-100-100d0001", StringComparison.Ordinal));

        Should.Throw<InputException>(() => VenueStory.Open(file, new StoryOptions { Accounts = 50 })).Message.ShouldContain("instruments[1].instrument: expected a range");
    }

    private string WithPools()
    {
        const string First = "\"instruments\": [";
        foreach (string path in Directory.GetFiles(Path.GetDirectoryName(HarbourVenue.File)!)) File.Copy(path, Path.Combine(_folder, Path.GetFileName(path)), overwrite: true);
        string file = Path.Combine(_folder, "venue.json");
        File.WriteAllText(file, File.ReadAllText(file).Replace(
            First,
            $$"""
            {{First}}
                { "instrument": "BTC_USDC-POOL", "payoff": "linear", "settlement": "USDC", "lotSize": 0.1, "tickSize": 0.01, "weight": 20 },
                { "instrument": "ETH_USDC-POOL-100-400", "payoff": "linear", "settlement": "USDC", "lotSize": 0.1, "tickSize": 0.01, "weight": 20 },
            """,
            StringComparison.Ordinal));

        return file;
    }
}
