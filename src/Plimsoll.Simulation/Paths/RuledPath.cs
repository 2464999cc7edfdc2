using Plimsoll.Units;

namespace Plimsoll.Simulation.Paths;

/// <summary>Adds assets without prices of their own to a path.</summary>
public static class RuledPath
{
    /// <summary>
    /// The path with one more asset per rule, in the order of the rules; a rule may follow an asset an earlier rule added.
    /// An asset priced by rule does not make the path synthetic, but a note says which they are.
    /// </summary>
    /// <exception cref="InputException">A rule prices an asset the path has, or follows one it has not.</exception>
    public static PricePath WithRules(this PricePath path, IReadOnlyList<PriceRule> rules)
    {
        if (rules.Count == 0) return path;

        List<AssetId> assets = [.. path.Assets];
        List<int> leaders = [];
        foreach (PriceRule rule in rules)
        {
            if (assets.Contains(rule.Asset)) throw new InputException($"rule {rule.Asset}", "found an asset that has prices already, expected another");
            int leader = rule.Leader is { } name ? assets.IndexOf(name) : -1;
            if (rule.Leader is not null && leader < 0) throw new InputException($"rule {rule.Asset}", $"found leader {rule.Leader}, expected one of {string.Join(' ', assets)}");
            leaders.Add(leader);
            assets.Add(rule.Asset);
        }

        string note = $"Priced by rule, not by a market: {string.Join(", ", rules.Select(rule => rule.Asset))}.";

        return new PricePath(path.Label, path.Synthetic, assets, path.Start, path.End, () => Walk(path, rules, leaders), [.. path.Notes, note]);
    }

    private static IEnumerable<PriceTick> Walk(PricePath path, IReadOnlyList<PriceRule> rules, List<int> leaders)
    {
        RuleFollower[] followers = [.. rules.Select((rule, i) => new RuleFollower(rule, leaders[i]))];
        foreach (PriceTick tick in path.Ticks())
        {
            List<decimal> prices = [.. tick.Prices];
            foreach (RuleFollower follower in followers) prices.Add(follower.Next(prices));

            yield return new PriceTick(tick.At, prices);
        }
    }
}
