namespace Plimsoll.Markets.Surfaces;

/// <summary>
/// A local departure from a smile's hyperbola: height/(1 + ((k − place)/width)²), in total variance. It dies away to either
/// side, so the wings stay what they were. Smiles of frightened markets bend more sharply than any hyperbola.
/// </summary>
/// <param name="Height">In total variance; below 0 it is a dent.</param>
/// <param name="Place">Where it is, in log-moneyness.</param>
/// <param name="Width">Half its width at half its height, in log-moneyness; above 0 where there is a height.</param>
public readonly record struct SmileBump(double Height, double Place, double Width)
{
    /// <summary>The shape of a bump of height 1.</summary>
    /// <param name="k">Log-moneyness.</param>
    /// <param name="place">Where it is.</param>
    /// <param name="width">Half its width at half its height, above 0.</param>
    public static SmilePoint Unit(double k, double place, double width)
    {
        var y = (k - place) / width;
        var low = 1 / (1 + (y * y));
        return new SmilePoint(low, -2 * y / width * low * low, ((6 * y * y) - 2) / (width * width) * low * low * low);
    }
}

/// <summary>A smile of one expiry: an SVI hyperbola, and where one was needed a bump upon it.</summary>
/// <param name="Svi">The hyperbola.</param>
/// <param name="Bump">The bump; <c>default</c> is none.</param>
public readonly record struct Smile(SviSlice Svi, SmileBump Bump = default)
{
    /// <summary>A smile without a bump.</summary>
    public static implicit operator Smile(SviSlice svi) => new(svi);

    /// <summary>Whether it has a bump.</summary>
    public bool IsBent => Bump.Height != 0;

    /// <summary>Whether it is a smile: finite, its hyperbola one, and its variance surely nowhere below 0.</summary>
    public bool IsSmile => Svi.IsSmile && double.IsFinite(Bump.Height) && (!IsBent || (Bump.Width > 0 && double.IsFinite(Bump.Place)))
        && Svi.LeastVariance + Math.Min(0, Bump.Height) >= 0;

    /// <summary>Total variance at a log-moneyness.</summary>
    public double Variance(double k)
    {
        var variance = Svi.Variance(k);
        if (!IsBent) return variance;
        var y = (k - Bump.Place) / Bump.Width;
        return variance + (Bump.Height / (1 + (y * y)));
    }

    /// <summary>Total variance at a log-moneyness with its first two derivatives.</summary>
    public SmilePoint At(double k)
    {
        var at = Svi.At(k);
        if (!IsBent) return at;
        var bump = SmileBump.Unit(k, Bump.Place, Bump.Width);
        return new SmilePoint(
            at.Variance + (Bump.Height * bump.Variance), at.Slope + (Bump.Height * bump.Slope), at.Curvature + (Bump.Height * bump.Curvature));
    }

    /// <summary>Durrleman's g(k); see <see cref="SmilePoint.Density"/>.</summary>
    public double Density(double k) => At(k).Density(k);

    /// <summary>Annual volatility at a log-moneyness.</summary>
    /// <param name="k">Log-moneyness.</param>
    /// <param name="years">Time to expiry, above 0.</param>
    public double Volatility(double k, double years) => Math.Sqrt(Variance(k) / years);

    /// <summary>The smile with its variance multiplied at every strike; a factor below 1 brings no butterfly arbitrage.</summary>
    /// <remarks>
    /// With λ ≤ 1 the g of λw is at least λ·g: the first term does not change and is not below 0, the second shrinks at least
    /// as fast as λ, the third as λ.
    /// </remarks>
    public Smile Scaled(double factor) => new(
        Svi with { A = Svi.A * factor, B = Svi.B * factor }, Bump with { Height = Bump.Height * factor });

    /// <summary>The same smile raised by a total variance at every strike.</summary>
    public Smile Raised(double variance) => this with { Svi = Svi with { A = Svi.A + variance } };

    /// <summary>
    /// The same smile for another level of variance, its shape kept in units of total standard deviations:
    /// ratio·w(k/√ratio). What a stale smile becomes when only its at-the-money volatility is known anew.
    /// </summary>
    /// <param name="ratio">New over old at-the-money total variance, above 0.</param>
    public Smile Rescaled(double ratio)
    {
        var root = Math.Sqrt(ratio);
        return new Smile(
            new SviSlice(Svi.A * ratio, Svi.B * root, Svi.Rho, Svi.M * root, Svi.Sigma * root),
            new SmileBump(Bump.Height * ratio, Bump.Place * root, Bump.Width * root));
    }
}
