namespace Plimsoll.Markets.Surfaces;

/// <summary>A smile at one log-moneyness k = ln(K/F): total variance w = σ²T with its first two derivatives in k.</summary>
/// <param name="Variance">Total variance w.</param>
/// <param name="Slope">dw/dk.</param>
/// <param name="Curvature">d²w/dk².</param>
public readonly record struct SmilePoint(double Variance, double Slope, double Curvature)
{
    /// <summary>
    /// Durrleman's g(k) = (1 − kw′/2w)² − w′²/4·(1/w + 1/4) + w″/2: the risk-neutral density but for a positive factor, so a
    /// smile has butterfly arbitrage exactly where it is below 0 (Gatheral and Jacquier 2014, lemma 2.2). NaN where there is
    /// no variance.
    /// </summary>
    /// <param name="k">The log-moneyness the point was taken at.</param>
    public double Density(double k)
    {
        if (!(Variance > 0)) return double.NaN;
        var lever = 1 - (k * Slope / (2 * Variance));
        return (lever * lever) - (Slope * Slope / 4 * ((1 / Variance) + 0.25)) + (Curvature / 2);
    }

    /// <summary>The point of a mixture of two smiles: (1 − share)·this + share·other, at the same k.</summary>
    /// <param name="other">The other smile's point.</param>
    /// <param name="share">The other's share.</param>
    public SmilePoint Mixed(SmilePoint other, double share) => new(
        ((1 - share) * Variance) + (share * other.Variance),
        ((1 - share) * Slope) + (share * other.Slope),
        ((1 - share) * Curvature) + (share * other.Curvature));
}
