namespace Plimsoll.Risk.Margin.Rulebooks.Hyperliquid;

/// <summary>
/// Hyperliquid's cross margin: USDC alone is collateral; maintenance is half the initial margin at the highest leverage of
/// the tier, each slice at its own rate ("maintenance deduction"). Source: Hyperliquid docs, "Margining", "Margin tiers" and
/// "Liquidations".
/// </summary>
public static class HyperliquidRulebook
{
    /// <summary>The rulebook.</summary>
    public static IRulebook Cross => new AdditiveRulebook(
        "hyperliquid",
        "Hyperliquid docs: margining, margin tiers",
        "margin tiers of 2025: BTC 40× to 150 M, ETH 25× to 100 M, SOL 20× to 70 M, DOGE 10×",
        "offsets between contracts, volatility, collateral other than USDC",
        [new("USDC", new RateTiers([new RateTier(null, 1m)]))],
        [Tiered("BTC", 150_000_000, 40, 20), Tiered("ETH", 100_000_000, 25, 15), Tiered("SOL", 70_000_000, 20, 10), Tiered("DOGE", 1_000_000_000, 10, 10)],
        TakesInverse: false);

    /// <summary>Margin of an underlying with two tiers.</summary>
    /// <param name="underlying">Its name.</param>
    /// <param name="upTo">Where the first tier ends, in USD.</param>
    /// <param name="leverage">Highest leverage in the first tier.</param>
    /// <param name="leverageBeyond">Highest leverage beyond.</param>
    public static FutureRule Tiered(string underlying, decimal upTo, decimal leverage, decimal leverageBeyond) => new(
        underlying,
        new RateTiers([new RateTier(upTo, 0.5m / leverage), new RateTier(null, 0.5m / leverageBeyond)]),
        new RateTiers([new RateTier(upTo, 1 / leverage), new RateTier(null, 1 / leverageBeyond)]));
}
