namespace Plimsoll.Markets.Surfaces;

/// <summary>
/// A smile in the natural form of SVI (Gatheral and Jacquier 2014, section 3.2):
/// w(k) = Δ + ω/2·(1 + ζρ(k − μ) + √((ζ(k − μ) + ρ)² + 1 − ρ²)).
/// </summary>
/// <param name="Delta">Level, in total variance.</param>
/// <param name="Mu">Place, in log-moneyness.</param>
/// <param name="Rho">Tilt, strictly between −1 and 1.</param>
/// <param name="Omega">Total variance of the moving part at k = μ.</param>
/// <param name="Zeta">Steepness against log-moneyness, above 0.</param>
public readonly record struct SviNatural(double Delta, double Mu, double Rho, double Omega, double Zeta)
{
    /// <summary>The natural form of a raw one.</summary>
    public static SviNatural Of(SviSlice raw)
    {
        var upright = Math.Sqrt(1 - (raw.Rho * raw.Rho));
        var omega = 2 * raw.B * raw.Sigma / upright;
        return new SviNatural(
            raw.A - (omega / 2 * upright * upright), raw.M + (raw.Rho * raw.Sigma / upright), raw.Rho, omega, upright / raw.Sigma);
    }

    /// <summary>The raw form.</summary>
    public SviSlice ToRaw()
    {
        var square = 1 - (Rho * Rho);
        return new SviSlice(Delta + (Omega / 2 * square), Omega * Zeta / 2, Rho, Mu - (Rho / Zeta), Math.Sqrt(square) / Zeta);
    }
}
