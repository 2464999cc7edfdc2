namespace Plimsoll.Markets.Surfaces;

/// <summary>The least value of something on a grid, and where.</summary>
/// <param name="Value">The least value; NaN where it could not be told.</param>
/// <param name="K">The log-moneyness it was found at.</param>
public readonly record struct GridLow(double Value, double K);

/// <summary>
/// Where smiles are checked: <see cref="Points"/> log-moneynesses, evenly spread over a number of total standard deviations
/// √w(0) to either side of the forward.
/// </summary>
public static class SmileGrid
{
    /// <summary>Points of the grid.</summary>
    public const int Points = 200;

    /// <summary>Total standard deviations to either side.</summary>
    public const double Deviations = 3;

    /// <summary>The i-th log-moneyness.</summary>
    /// <param name="reach">How far the grid reaches to either side.</param>
    /// <param name="i">From 0 to <see cref="Points"/> − 1.</param>
    public static double K(double reach, int i) => reach * ((2.0 * i / (Points - 1)) - 1);

    /// <summary>How far a smile's grid reaches.</summary>
    /// <param name="smile">The smile.</param>
    /// <param name="deviations">Total standard deviations to either side.</param>
    public static double Reach(Smile smile, double deviations = Deviations) => deviations * Math.Sqrt(smile.Variance(0));

    /// <summary>The least Durrleman g of a smile on its grid; below 0 there is butterfly arbitrage.</summary>
    /// <param name="smile">The smile.</param>
    /// <param name="deviations">Total standard deviations to either side.</param>
    public static GridLow LeastDensity(Smile smile, double deviations = Deviations) =>
        Least(Reach(smile, deviations), smile.Density);

    /// <summary>
    /// The least g of mixtures of two smiles, which is what total variance interpolated between two expiries is, on the grid
    /// of each mixture.
    /// </summary>
    /// <param name="near">The smile of the nearer expiry.</param>
    /// <param name="far">The smile of the farther one.</param>
    /// <param name="share">The farther one's share, 0 to 1.</param>
    public static GridLow LeastDensityBetween(Smile near, Smile far, double share) =>
        Least(Deviations * Math.Sqrt(near.At(0).Mixed(far.At(0), share).Variance), k => near.At(k).Mixed(far.At(k), share).Density(k));

    /// <summary>The least gain of total variance from one expiry to the next, on the farther one's grid; below 0 there is calendar arbitrage.</summary>
    /// <param name="near">The smile of the nearer expiry.</param>
    /// <param name="far">The smile of the farther one.</param>
    public static GridLow LeastStep(Smile near, Smile far) =>
        Least(Math.Max(Reach(near), Reach(far)), k => far.Variance(k) - near.Variance(k));

    private static GridLow Least(double reach, Func<double, double> value)
    {
        var low = new GridLow(double.PositiveInfinity, 0);
        for (var i = 0; i < Points; i++)
        {
            var k = K(reach, i);
            var at = value(k);
            if (double.IsNaN(at)) return new GridLow(double.NaN, k);
            if (at < low.Value) low = new GridLow(at, k);
        }

        return low;
    }
}
