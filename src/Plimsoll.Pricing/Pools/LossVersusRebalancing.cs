using Plimsoll.Numerics;

namespace Plimsoll.Pricing.Pools;

/// <summary>
/// Loss versus rebalancing: what a pool position loses, per year, to those who trade against its stale price, compared
/// with a book that makes the same trades at the market's price. What fees must earn back.
/// </summary>
/// <remarks>
/// Milionis, Moallemi, Roughgarden, Zhang, "Automated Market Making and Loss-Versus-Rebalancing", 2022: the rate is
/// ½·σ²·P²·|x′(P)|, for constant product σ²/8 of the position's worth. x′ is the position's gamma, so that the rate is
/// −½·gamma·σ²·P²: what a delta-hedged seller of the same gamma pays away. With fees, and blocks at random times:
/// Milionis, Moallemi, Roughgarden, "Automated Market Making and Arbitrage Profits in the Presence of Fees", 2023,
/// for fees that are small against 1.
/// </remarks>
public static class LossVersusRebalancing
{
    /// <summary>Years of 365 days have so many seconds.</summary>
    public const double SecondsPerYear = 365.0 * 86_400;

    /// <summary>The loss per year at a price, at least 0 for who holds the position; 0 outside the range.</summary>
    /// <param name="position">The position.</param>
    /// <param name="price">The price, above 0.</param>
    /// <param name="volatility">Annual, 0.6 for 60 %, at least 0.</param>
    /// <returns>Quote coins per year.</returns>
    public static double PerYear(in PoolPosition position, double price, double volatility) =>
        -0.5 * position.Gamma(price) * volatility * volatility * price * price;

    /// <summary>The same as a part of the position's worth: σ²/8 for constant product, more for a narrow range.</summary>
    public static double FractionPerYear(in PoolPosition position, double price, double volatility) =>
        PerYear(new PoolPosition(1, position.Range), price, volatility) / position.Range.ValueAt(price);

    /// <summary>
    /// The part of the loss that is left to arbitrageurs when the pool takes a fee: they trade only when the market has
    /// left the band that the fee makes: 1 ÷ (1 + fee ÷ (σ·√(block ÷ 2))).
    /// </summary>
    /// <param name="volatility">Annual, at least 0.</param>
    /// <param name="feeRate">The pool's fee, 0.003 for 30 basis points, at least 0.</param>
    /// <param name="blockSeconds">Mean time between blocks, above 0.</param>
    /// <returns>A part of 1; 1 without a fee, 0 without volatility.</returns>
    public static double TradedPart(double volatility, double feeRate, double blockSeconds)
    {
        if (feeRate == 0) return 1;

        double perBlock = volatility * Exact.Sqrt(blockSeconds / SecondsPerYear / 2);

        return perBlock / (perBlock + feeRate);
    }
}
