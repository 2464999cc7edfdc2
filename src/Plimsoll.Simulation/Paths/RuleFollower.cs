namespace Plimsoll.Simulation.Paths;

/// <summary>Walks one <see cref="PriceRule"/> along the ticks of its leader.</summary>
internal sealed class RuleFollower
{
    private readonly PriceRule rule;
    private readonly int leaderPlace;
    private decimal first;

    /// <summary>A rule whose leader's price stands at a place of the tick; −1 where it has none.</summary>
    public RuleFollower(PriceRule rule, int leaderPlace)
    {
        this.rule = rule;
        this.leaderPlace = leaderPlace;
    }

    /// <summary>The asset's price at the next tick.</summary>
    /// <param name="prices">The tick so far; the leader's price is already in it.</param>
    public decimal Next(IReadOnlyList<decimal> prices)
    {
        if (leaderPlace < 0) return rule.Start!.Value;

        decimal leader = prices[leaderPlace];
        if (first == 0) first = leader;
        decimal start = rule.Start ?? first;
        decimal led = rule.Beta == 1 && start == first ? leader : ModelPrice.Scaled(start, leader, first, rule.Beta);
        decimal counted = 1 - rule.Discount - (rule.Widening * Math.Max(0, 1 - (leader / first)));

        return counted == 1 ? led : ModelPrice.Rounded(led * counted);
    }
}
