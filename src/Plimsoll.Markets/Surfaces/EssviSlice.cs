namespace Plimsoll.Markets.Surfaces;

/// <summary>
/// A smile of the extended SSVI surface (Hendriks and Martini 2019; SSVI is Gatheral and Jacquier 2014):
/// w(k) = θ/2·(1 + ρφk + √((φk + ρ)² + 1 − ρ²)), with ψ = θφ. Its at-the-money total variance is θ, always.
/// </summary>
/// <param name="Theta">θ: total variance at the money, above 0.</param>
/// <param name="Rho">ρ: tilt, strictly between −1 and 1.</param>
/// <param name="Psi">ψ = θφ: steepness of the wings, at least 0.</param>
public readonly record struct EssviSlice(double Theta, double Rho, double Psi)
{
    /// <summary>φ = ψ/θ.</summary>
    public double Phi => Psi / Theta;

    /// <summary>A slice of the power-law surface φ(θ) = η/(θ^γ·(1 + θ)^(1 − γ)) of Gatheral and Jacquier.</summary>
    /// <param name="theta">θ, above 0.</param>
    /// <param name="rho">ρ.</param>
    /// <param name="eta">η, above 0.</param>
    /// <param name="gamma">γ, 0 to 1.</param>
    public static EssviSlice PowerLaw(double theta, double rho, double eta, double gamma) =>
        new(theta, rho, theta * eta / (Numerics.Exact.Pow(theta, gamma) * Numerics.Exact.Pow(1 + theta, 1 - gamma)));

    /// <summary>A slice of the surface φ(θ) = η/√θ, the form Strata uses; η²(1 + |ρ|) ≤ 4 keeps it free of arbitrage while its wings keep Lee's bound.</summary>
    /// <param name="theta">θ, above 0.</param>
    /// <param name="rho">ρ.</param>
    /// <param name="eta">η, above 0.</param>
    public static EssviSlice SquareRoot(double theta, double rho, double eta) => new(theta, rho, eta * Math.Sqrt(theta));

    /// <summary>Total variance at a log-moneyness; stays true where ψ is 0 and the smile is flat.</summary>
    public double Variance(double k)
    {
        var step = Psi * k;
        return (Theta + (Rho * step) + Math.Sqrt((step * step) + (2 * Rho * Theta * step) + (Theta * Theta))) / 2;
    }

    /// <summary>The same smile in raw form; none where it is flat (ψ = 0), which no hyperbola with a vertex is.</summary>
    public SviSlice? ToRaw() => Psi > 0 && Theta > 0 ? new SviNatural(0, 0, Rho, Theta, Phi).ToRaw() : null;

    /// <summary>
    /// Whether it is surely free of butterfly arbitrage: ψ(1 + |ρ|) ≤ 4 and ψ²(1 + |ρ|) ≤ 4θ (Gatheral and Jacquier, theorem 4.2).
    /// </summary>
    public bool IsButterflyFree => Theta > 0 && Psi >= 0 && Math.Abs(Rho) < 1
        && Psi * (1 + Math.Abs(Rho)) <= 4 && Psi * Psi * (1 + Math.Abs(Rho)) <= 4 * Theta;

    /// <summary>
    /// Whether it surely nowhere crosses an earlier slice: θ and both wings not falling, and φ not rising. These suffice
    /// (Corbetta, Cohort, Laachir and Martini 2019); the characterisation of Hendriks and Martini that asks for less was found
    /// wrong by Pasquazzi (2023) and is not used.
    /// </summary>
    /// <param name="earlier">The slice of the expiry before.</param>
    public bool IsCalendarFreeAfter(EssviSlice earlier) =>
        Theta >= earlier.Theta
        && Psi >= earlier.Psi * WingFactor(earlier.Rho, Rho)
        && Psi * earlier.Theta <= earlier.Psi * Theta;

    /// <summary>How much ψ must grow so that neither wing falls when the tilt changes.</summary>
    /// <param name="earlierRho">Tilt of the expiry before.</param>
    /// <param name="rho">Tilt of this one.</param>
    public static double WingFactor(double earlierRho, double rho) =>
        Math.Max((1 + earlierRho) / (1 + rho), (1 - earlierRho) / (1 - rho));
}
