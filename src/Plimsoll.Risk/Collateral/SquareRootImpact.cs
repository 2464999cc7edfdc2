namespace Plimsoll.Risk.Collateral;

/// <summary>
/// How far an order moves the price against itself: Y·σ·√(Q ÷ V), the square-root law of market impact (Torre 1997; Almgren
/// and others 2005; Tóth and others 2011).
/// </summary>
/// <param name="Coefficient">Y: of order 1, measured per market.</param>
public readonly record struct SquareRootImpact(double Coefficient)
{
    /// <summary>The relative move of the price, a fraction.</summary>
    /// <param name="dailyVolatility">σ: standard deviation of a day's return.</param>
    /// <param name="quantity">Q: what is sold, in any unit, not below 0.</param>
    /// <param name="dailyVolume">V: what a day trades, in the same unit, above 0.</param>
    public double Of(double dailyVolatility, double quantity, double dailyVolume) =>
        Coefficient * dailyVolatility * Math.Sqrt(quantity / dailyVolume);
}
