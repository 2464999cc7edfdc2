namespace Plimsoll.Risk.Margin.Rulebooks.Bybit;

/// <summary>
/// Bybit's unified account in cross-margin mode for linear and inverse futures. Of risk limits only the first is stated, so
/// that large positions ask for more there than here.
/// </summary>
public static class BybitRulebook
{
    /// <summary>The rulebook.</summary>
    public static IRulebook Unified => new AdditiveRulebook(
        "bybit",
        "Bybit: unified trading account, cross margin; collateral value ratio; risk limits",
        "5 % off BTC and ETH; first risk limit only (0.5 %, 1 %)",
        "offsets between contracts, options, risk limits beyond the first",
        [
            new("USDT", Flat(1m)),
            new("USDC", Flat(1m)),
            new("BTC", Flat(0.95m)),
            new("ETH", Flat(0.95m)),
        ],
        [new("BTC", Flat(0.005m), Flat(0.01m)), new("ETH", Flat(0.005m), Flat(0.01m))],
        TakesInverse: true);

    private static RateTiers Flat(decimal rate) => new([new RateTier(null, rate)]);
}
