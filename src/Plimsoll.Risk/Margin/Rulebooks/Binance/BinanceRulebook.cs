namespace Plimsoll.Risk.Margin.Rulebooks.Binance;

/// <summary>
/// Binance USDⓈ-M futures in multi-assets mode. The brackets are those of the worked example of its liquidation price, whose
/// maintenance amounts (16,300 and 135,365) follow from them; today's are in its exchange information.
/// </summary>
public static class BinanceRulebook
{
    /// <summary>Leverage brackets of BTC: floor in USD, maintenance rate, highest leverage.</summary>
    public static RateTiers BtcMaintenance => RateTiers.FromFloors(
        [(0, 0.004m), (50_000, 0.005m), (250_000, 0.01m), (1_000_000, 0.025m), (10_000_000, 0.05m), (20_000_000, 0.1m), (50_000_000, 0.125m), (100_000_000, 0.15m), (200_000_000, 0.25m)]);

    /// <summary>Leverage brackets of ETH: floor in USD, maintenance rate, highest leverage.</summary>
    public static RateTiers EthMaintenance => RateTiers.FromFloors(
        [(0, 0.005m), (10_000, 0.0065m), (100_000, 0.01m), (500_000, 0.02m), (1_000_000, 0.05m), (2_000_000, 0.1m), (5_000_000, 0.125m), (10_000_000, 0.15m), (20_000_000, 0.25m)]);

    /// <summary>The rulebook.</summary>
    public static IRulebook Futures => new AdditiveRulebook(
        "binance",
        "Binance: leverage and margin of USDⓈ-M futures; multi-assets mode",
        "the brackets of its worked example; 5 % off coins",
        "offsets between contracts, volatility, options",
        [new("USDT", Flat(1m)), new("USDC", Flat(1m)), new("BTC", Flat(0.95m)), new("ETH", Flat(0.95m))],
        [
            new("BTC", BtcMaintenance, RateTiers.FromFloors(
                [(0, 1m / 125), (50_000, 0.01m), (250_000, 0.02m), (1_000_000, 0.05m), (10_000_000, 0.1m), (20_000_000, 0.2m), (50_000_000, 0.25m), (100_000_000, 1m / 3), (200_000_000, 0.5m)])),
            new("ETH", EthMaintenance, RateTiers.FromFloors(
                [(0, 0.01m), (10_000, 1m / 75), (100_000, 0.02m), (500_000, 0.04m), (1_000_000, 0.1m), (2_000_000, 0.2m), (5_000_000, 0.25m), (10_000_000, 1m / 3), (20_000_000, 0.5m)])),
        ],
        TakesInverse: false);

    private static RateTiers Flat(decimal rate) => new([new RateTier(null, rate)]);
}
