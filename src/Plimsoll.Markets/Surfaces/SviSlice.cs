namespace Plimsoll.Markets.Surfaces;

/// <summary>
/// A smile of one expiry in the raw form of SVI (Gatheral 2004): w(k) = a + b·(ρ(k − m) + √((k − m)² + σ²)), with w the total
/// variance and k = ln(K/F). A hyperbola whose wings are straight: its slopes are −b(1 − ρ) far left and b(1 + ρ) far right.
/// </summary>
/// <param name="A">Level, in total variance; may be below 0.</param>
/// <param name="B">Steepness of the wings, at least 0.</param>
/// <param name="Rho">Tilt, strictly between −1 and 1.</param>
/// <param name="M">Place of the vertex, in log-moneyness.</param>
/// <param name="Sigma">Roundness of the vertex, above 0.</param>
public readonly record struct SviSlice(double A, double B, double Rho, double M, double Sigma)
{
    /// <summary>Slope of the left wing, b(1 − ρ): how fast variance grows towards low strikes.</summary>
    public double LeftWing => B * (1 - Rho);

    /// <summary>Slope of the right wing, b(1 + ρ): how fast variance grows towards high strikes.</summary>
    public double RightWing => B * (1 + Rho);

    /// <summary>The least total variance of any strike, a + bσ√(1 − ρ²).</summary>
    public double LeastVariance => A + (B * Sigma * Math.Sqrt(1 - (Rho * Rho)));

    /// <summary>Whether it is a smile at all: finite, wings not falling, a true vertex, variance nowhere below 0.</summary>
    public bool IsSmile => double.IsFinite(A) && double.IsFinite(M) && double.IsFinite(Sigma) && double.IsFinite(B)
        && B >= 0 && Rho is > -1 and < 1 && Sigma > 0 && LeastVariance >= 0;

    /// <summary>Whether both wings keep to Lee's bound b(1 + |ρ|) ≤ 2, beyond which moments of the price do not exist.</summary>
    public bool KeepsLeesBound => B * (1 + Math.Abs(Rho)) <= 2;

    /// <summary>Total variance at a log-moneyness.</summary>
    public double Variance(double k)
    {
        var x = k - M;
        return A + (B * ((Rho * x) + Math.Sqrt((x * x) + (Sigma * Sigma))));
    }

    /// <summary>Total variance at a log-moneyness with its first two derivatives.</summary>
    public SmilePoint At(double k)
    {
        var x = k - M;
        var root = Math.Sqrt((x * x) + (Sigma * Sigma));
        return new SmilePoint(
            A + (B * ((Rho * x) + root)),
            B * (Rho + (x / root)),
            B * (Sigma / root) * (Sigma / root) / root);
    }

    /// <summary>Durrleman's g(k); see <see cref="SmilePoint.Density"/>.</summary>
    public double Density(double k) => At(k).Density(k);

    /// <summary>Annual volatility at a log-moneyness.</summary>
    /// <param name="k">Log-moneyness.</param>
    /// <param name="years">Time to expiry, above 0.</param>
    public double Volatility(double k, double years) => Math.Sqrt(Variance(k) / years);
}
