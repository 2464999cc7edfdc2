namespace Plimsoll.Risk.Margin.Rulebooks.Okx;

/// <summary>
/// OKX multi-currency margin for futures: collateral at discount rates by size, requirements by position tier. The USDT
/// discounts are those of its announcement; of position tiers only the first is stated, so that large positions ask for more
/// there than here.
/// </summary>
public static class OkxRulebook
{
    /// <summary>Discount rates of USDT: 1 up to 5 M USD, 0.9 to 10 M, 0.8 beyond.</summary>
    public static RateTiers UsdtDiscounts => new([new RateTier(5_000_000, 1m), new RateTier(10_000_000, 0.9m), new RateTier(null, 0.8m)]);

    /// <summary>The rulebook.</summary>
    public static IRulebook MultiCurrency => new AdditiveRulebook(
        "okx",
        "OKX: multi-currency margin mode; discount rate tiers",
        "published USDT discounts, 2 % off BTC and ETH; first position tier only (0.4 %, 1 %)",
        "offsets between contracts, options, position tiers beyond the first",
        [
            new("USDT", UsdtDiscounts),
            new("USDC", new RateTiers([new RateTier(null, 1m)])),
            new("BTC", new RateTiers([new RateTier(null, 0.98m)])),
            new("ETH", new RateTiers([new RateTier(null, 0.98m)])),
        ],
        [FirstTier("BTC"), FirstTier("ETH")],
        TakesInverse: true);

    private static FutureRule FirstTier(string underlying) =>
        new(underlying, new RateTiers([new RateTier(null, 0.004m)]), new RateTiers([new RateTier(null, 0.01m)]));
}
