namespace Plimsoll.Markets.Surfaces;

/// <summary>
/// A smile in the words of a trader, the jump-wings form of SVI (Gatheral and Jacquier 2014, section 3.3). Unlike the raw
/// numbers these hardly move with time to expiry.
/// </summary>
/// <param name="Years">Time to expiry, above 0.</param>
/// <param name="Variance">v: annual variance at the money, above 0.</param>
/// <param name="Skew">ψ: the slope of volatility × √T at the money.</param>
/// <param name="PutWing">p: slope of the left wing over √w, at least 0.</param>
/// <param name="CallWing">c: slope of the right wing over √w, at least 0.</param>
/// <param name="LeastVariance">ṽ: the least annual variance of any strike.</param>
public readonly record struct SviJumpWings(double Years, double Variance, double Skew, double PutWing, double CallWing, double LeastVariance)
{
    /// <summary>The jump wings of a raw smile.</summary>
    /// <param name="raw">The smile.</param>
    /// <param name="years">Time to expiry, above 0.</param>
    public static SviJumpWings Of(SviSlice raw, double years)
    {
        var atTheMoney = raw.At(0);
        var root = Math.Sqrt(atTheMoney.Variance);
        return new SviJumpWings(
            years, atTheMoney.Variance / years, atTheMoney.Slope / (2 * root), raw.LeftWing / root, raw.RightWing / root, raw.LeastVariance / years);
    }

    /// <summary>
    /// The raw form. With R = √(m² + σ²) and β = m/R = ρ − 2ψ√w/b, the gap of variances is
    /// (v − ṽ)T = bR·(1 − ρβ − √((1 − ρ²)(1 − β²))), whatever the signs, so one formula serves all cases.
    /// </summary>
    /// <returns>
    /// None where the five numbers belong to no smile, or to more than one: a smile whose vertex lies at the money (ψ = 0,
    /// v = ṽ) does not tell how round it is.
    /// </returns>
    public SviSlice? ToRaw()
    {
        var root = Math.Sqrt(Variance * Years);
        var b = root / 2 * (CallWing + PutWing);
        if (!(b > 0)) return null;
        var rho = 1 - (PutWing * root / b);
        var beta = rho - (2 * Skew * root / b);
        if (!(rho is > -1 and < 1 && beta is > -1 and < 1)) return null;

        // 1 − ρβ − √((1 − ρ²)(1 − β²)) without its cancellation.
        var upright = Math.Sqrt((1 - (rho * rho)) * (1 - (beta * beta)));
        var gap = (rho - beta) * (rho - beta) / (1 - (rho * beta) + upright);
        var radius = (Variance - LeastVariance) * Years / (b * gap);
        if (!(radius > 0) || double.IsInfinity(radius)) return null;

        var sigma = radius * Math.Sqrt(1 - (beta * beta));
        var raw = new SviSlice((LeastVariance * Years) - (b * sigma * Math.Sqrt(1 - (rho * rho))), b, rho, radius * beta, sigma);
        return raw.IsSmile ? raw : null;
    }
}
