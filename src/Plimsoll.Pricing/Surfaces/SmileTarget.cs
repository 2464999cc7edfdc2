namespace Plimsoll.Pricing.Surfaces;

/// <summary>What a smile is fitted to: points of total variance with weights, in order of log-moneyness.</summary>
internal sealed class SmileTarget
{
    /// <summary>A target of volatilities.</summary>
    /// <param name="years">Time to expiry.</param>
    /// <param name="points">Log-moneyness, volatility and weight (1 over a squared volatility) of each.</param>
    public SmileTarget(double years, IReadOnlyList<(double K, double Volatility, double Weight)> points)
    {
        Years = years;
        (K, Variance, Weight) = (new double[points.Count], new double[points.Count], new double[points.Count]);
        var sum = 0.0;
        foreach (var point in points) sum += point.Weight;
        for (var i = 0; i < points.Count; i++)
        {
            var (k, volatility, weight) = points[i];
            (K[i], Variance[i]) = (k, volatility * volatility * years);
            // dw = 2σT·dσ: squares of variance weighed so that they are squares of volatility; the weights sum to 1.
            var slope = 2 * volatility * years;
            Weight[i] = weight / sum / (slope * slope);
        }

        AtTheMoney = Interpolated(0);
    }

    /// <summary>Time to expiry in years.</summary>
    public double Years { get; }

    /// <summary>Log-moneyness of the points, ascending.</summary>
    public double[] K { get; }

    /// <summary>Total variance of the points.</summary>
    public double[] Variance { get; }

    /// <summary>Weights, so that the weighted sum of squared gaps is a mean squared volatility.</summary>
    public double[] Weight { get; }

    /// <summary>Total variance at the money, between the points about it.</summary>
    public double AtTheMoney { get; }

    /// <summary>One total standard deviation at the money.</summary>
    public double Deviation => Math.Sqrt(AtTheMoney);

    private double Interpolated(double k)
    {
        var after = 0;
        while (after < K.Length && K[after] < k) after++;
        if (after == 0) return Variance[0];
        if (after == K.Length) return Variance[^1];
        var share = (k - K[after - 1]) / (K[after] - K[after - 1]);
        return Variance[after - 1] + (share * (Variance[after] - Variance[after - 1]));
    }
}
