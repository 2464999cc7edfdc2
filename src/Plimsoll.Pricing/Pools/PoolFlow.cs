namespace Plimsoll.Pricing.Pools;

/// <summary>What is traded through a pool, and what it takes for it: an estimate of a position's fee income.</summary>
/// <param name="VolumePerYear">Quote coins traded per year, at least 0.</param>
/// <param name="FeeRate">The part of the volume the pool takes, 0.003 for 30 basis points.</param>
/// <param name="ActiveLiquidity">The whole pool's liquidity at the price, the position's own included; above 0.</param>
public readonly record struct PoolFlow(double VolumePerYear, double FeeRate, double ActiveLiquidity)
{
    /// <summary>
    /// Fee rate × volume × the position's share of the liquidity in range; nothing outside its range. What was really
    /// earned is counted exactly by <see cref="FeeGrowth"/>.
    /// </summary>
    /// <returns>Quote coins per year.</returns>
    public double FeesPerYear(in PoolPosition position, double price) =>
        position.Range.SideOf(price) == 0 ? FeeRate * VolumePerYear * (position.Liquidity / ActiveLiquidity) : 0;

    /// <summary>Fees less <see cref="LossVersusRebalancing"/>: what the position is expected to earn per year when hedged, in quote coins.</summary>
    /// <param name="position">The position.</param>
    /// <param name="price">The price, above 0.</param>
    /// <param name="volatility">Annual, at least 0.</param>
    public double NetPerYear(in PoolPosition position, double price, double volatility) =>
        FeesPerYear(position, price) - LossVersusRebalancing.PerYear(position, price, volatility);
}
