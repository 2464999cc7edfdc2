using Plimsoll.Simulation.Agents;
using Plimsoll.Simulation.Paths;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Stories;

/// <summary>The path a venue's story runs along: given or the file's own, completed by the file's rules, bent and refined as asked.</summary>
public static class VenuePath
{
    /// <summary>Makes the path.</summary>
    /// <param name="file">The venue.</param>
    /// <param name="options">What is told otherwise.</param>
    /// <param name="folder">Where the venue's file lies.</param>
    /// <exception cref="InputException">Prices cannot be read, or an asset has neither prices nor a rule.</exception>
    public static PricePath For(VenueFile file, StoryOptions options, string folder)
    {
        PricePath given = options.Path ?? HourlyLows.Read(Path.Combine(folder, file.Prices), file.Label);
        PricePath whole = given.WithRules(Rules(file, given)).Heavier(options.Factor);

        return options.Step is { } step ? whole.Finer(step) : whole;
    }

    private static List<PriceRule> Rules(VenueFile file, PricePath path)
    {
        List<PriceRule> rules = [];
        foreach (AssetEntry asset in file.Assets)
        {
            if (path.PlaceOf(new AssetId(asset.Asset)) >= 0) continue;
            RuleEntry rule = file.Rules.FirstOrDefault(entry => entry.Asset == asset.Asset)
                ?? throw new InputException("prices", $"found none of {asset.Asset} and no rule for it, expected a file like {asset.Asset}=prices.csv");
            rules.Add(Rule(file, path, asset, rule));
        }

        return rules;
    }

    private static PriceRule Rule(VenueFile file, PricePath path, AssetEntry asset, RuleEntry rule)
    {
        var name = new AssetId(asset.Asset);
        if (rule.Leader is not { } leader) return PriceRule.Fixed(name, asset.Reference);
        if (rule.Discount is { } discount) return PriceRule.Discounted(name, new AssetId(leader), discount, rule.Widening);

        // The reference prices say what the asset was worth beside its leader; it starts in that proportion.
        int place = path.PlaceOf(new AssetId(leader));
        decimal reference = file.Assets.First(entry => entry.Asset == leader).Reference;
        decimal first = place >= 0 ? path.Ticks().First().Prices[place] : reference;

        return PriceRule.Following(name, new AssetId(leader), rule.Beta, ModelPrice.Rounded(asset.Reference * first / reference));
    }
}
