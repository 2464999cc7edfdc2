using System.CommandLine;
using Plimsoll.Cli.Terminal;
using Plimsoll.Simulation.Agents;
using Plimsoll.Simulation.Paths;
using Plimsoll.Simulation.Stories;
using Plimsoll.Units;

namespace Plimsoll.Cli.Demo;

/// <summary>The options that say which venue's story is told, and how it differs from its file.</summary>
internal sealed class StoryChoice
{
    /// <summary>How much heavier a heavier crash is where nobody says.</summary>
    private const double Heavier = 1.35;

    private const string Stable = "stable";

    /// <summary>Stablecoins tremble this much less than coins.</summary>
    private const double StableNoise = 0.05;

    private readonly Option<string> _venue = new("--venue") { Description = "Folder of a venue file.", HelpName = "DIR", DefaultValueFactory = _ => Samples.Harbour };
    private readonly Option<int?> _accounts = Asked.Count("--accounts", VenueGenerator.MinAccounts, VenueGenerator.MaxAccounts, "How many accounts the venue has (default: as its file says).");
    private readonly Option<double?> _heavier = Asked.NumberOr("--heavier", "FACTOR", 0.01, BentPath.MaxFactor, Heavier, $"Multiply the path's log returns, {Heavier} where no factor is given; the path is then synthetic.");
    private readonly Option<int?> _seed = Asked.Count("--seed", 0, int.MaxValue, "The whole of the story's chance (default: the file's).");
    private readonly Option<(string Name, string Value)[]> _prices = Asked.Pairs("--prices", "ASSET=FILE", "Price bars per asset instead of the venue's own path; assets without any follow the venue's rules.");
    private readonly Option<Instant?> _from = Asked.Time("--from", "Begin the given prices here.");
    private readonly Option<Instant?> _to = Asked.Time("--to", "End the given prices here.");
    private readonly Option<string?> _shock = new("--shock") { Description = $"A synthetic path with a name: {string.Join(", ", NamedShock.Names)}.", HelpName = "NAME" };
    private readonly Option<int?> _step;
    private readonly int? _usualStep;

    /// <summary>The options.</summary>
    /// <param name="usualStep">Seconds between ticks where none are asked for; none means the path's own ticks.</param>
    public StoryChoice(int? usualStep = null)
    {
        _usualStep = usualStep;
        _step = Asked.Count("--step", 1, 86_400, $"Refine the path in straight lines, a tick each so many seconds (default {(usualStep is { } seconds ? $"{seconds}" : "the path's own ticks")}).");
    }

    private Option[] All => [_venue, _accounts, _heavier, _seed, _prices, _from, _to, _shock, _step];

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        foreach (Option option in All) verb.Add(option);
    }

    /// <summary>Refuses the options where no story is told.</summary>
    /// <exception cref="InputException">One of them was given.</exception>
    public void RefuseWithout(ParseResult parsed, string needed)
    {
        foreach (Option option in All)
        {
            if (parsed.GetResult(option) is { Implicit: false }) throw new InputException(option.Name, $"found it without {needed}, expected both or neither");
        }
    }

    /// <summary>Makes the story.</summary>
    /// <exception cref="InputException">A file or an option cannot be used.</exception>
    public (VenueStory Story, string VenueFile) Open(ParseResult parsed)
    {
        string file = Samples.Venue(parsed.GetValue(_venue)!);
        var options = new StoryOptions
        {
            Accounts = parsed.GetValue(_accounts),
            Seed = (ulong?)parsed.GetValue(_seed),
            Factor = parsed.GetValue(_heavier) ?? 1,
            Step = (parsed.GetValue(_step) ?? _usualStep) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Path = Path(parsed, file),
        };

        return (VenueStory.Open(file, options), file);
    }

    private PricePath? Path(ParseResult parsed, string file)
    {
        (string Name, string Value)[] prices = parsed.GetValue(_prices) ?? [];
        if (parsed.GetValue(_shock) is { } shock)
        {
            if (prices.Length > 0) throw new InputException("--shock", "found it beside --prices, expected one of them");

            return Shock(shock, file, parsed);
        }

        (Instant? from, Instant? to) = (parsed.GetValue(_from), parsed.GetValue(_to));
        if (prices.Length > 0) return KlinePath.Read([.. prices.Select(pair => (new AssetId(pair.Name), pair.Value))], from, to);
        if (from is not null || to is not null) throw new InputException("--from", "found a range without --prices, expected prices to take it from");

        return null;
    }

    /// <summary>The first asset takes the shock, stablecoins stand or lose their peg, and the others follow the venue's rules.</summary>
    private PricePath Shock(string name, string venue, ParseResult parsed)
    {
        NamedShock shock = NamedShock.Parse(name);
        VenueFile file = VenueFileReader.Read(venue);
        PricePath own = HourlyLows.Read(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(venue)!, file.Prices), file.Label);
        ShockedAsset[] assets =
        [
            .. file.Assets.Where((asset, place) => place == 0 || asset.Class == Stable).Select(asset =>
                new ShockedAsset(new AssetId(asset.Asset), asset.Reference, Pegged: asset.Class == Stable, Noise: asset.Class == Stable ? StableNoise : 1)),
        ];

        return shock.Path(assets, own.Start, (ulong?)parsed.GetValue(_seed) ?? file.Seed);
    }
}
