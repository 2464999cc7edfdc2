using Plimsoll.Markets.Surfaces;
using Plimsoll.Numerics;
using Plimsoll.Published;

namespace Plimsoll.Pricing.Tests.Surfaces;

/// <summary>What the published cases about smiles ask, answered by our own slices: the inputs given say which form they are in.</summary>
internal static class PublishedSmiles
{
    /// <summary>A case of Vogt's smile, in Gatheral and Jacquier's examples and in QuantLib's test.</summary>
    public static double[] Vogt(PublishedCase one)
    {
        var measure = one.Text("measure");
        if (measure.Contains("repair", StringComparison.Ordinal))
        {
            var repaired = ButterflyRepair.ClosedForm(JumpWings(one));
            return [repaired.CallWing, repaired.LeastVariance];
        }

        var isRaw = one.Inputs.TryGetProperty("sigma", out _);
        var smile = isRaw ? Raw(one) : JumpWings(one).ToRaw()!.Value;
        if (measure.Contains("raw->SVI-JW", StringComparison.Ordinal))
        {
            var wings = SviJumpWings.Of(smile, one.Number("t"));
            return [wings.Variance, wings.Skew, wings.PutWing, wings.CallWing, wings.LeastVariance];
        }

        if (measure.Contains("SVI-JW->raw", StringComparison.Ordinal)) return [smile.A, smile.B, smile.Rho, smile.M, smile.Sigma];
        if (measure.Contains("natural", StringComparison.Ordinal))
        {
            var natural = SviNatural.Of(smile);
            return [natural.Delta, natural.Mu, natural.Rho, natural.Omega, natural.Zeta];
        }

        if (measure.Contains("min g", StringComparison.Ordinal)) return [SmileGrid.LeastDensity(smile, 12).Value];
        var k = Moneyness(one, measure, smile);
        if (measure.Contains("g(k)", StringComparison.Ordinal)) return [smile.Density(k)];
        if (measure.Contains("vol", StringComparison.Ordinal)) return [smile.Volatility(k, one.Number("t"))];
        if (measure.Contains("w(k)", StringComparison.Ordinal) || measure.Contains("variance", StringComparison.Ordinal)) return [smile.Variance(k)];
        throw new InvalidOperationException($"{one.Id}: no measure {measure}");
    }

    /// <summary>A volatility of the SSVI surface on Strata's grid.</summary>
    public static double[] Ssvi(PublishedCase one)
    {
        var years = one.Number("T");
        var theta = one.Number("volATM") * one.Number("volATM") * years;
        var slice = one.Text("phi") switch
        {
            "eta/sqrt(theta)" => EssviSlice.SquareRoot(theta, one.Number("rho"), one.Number("eta")),
            _ => EssviSlice.PowerLaw(theta, one.Number("rho"), one.Number("eta"), one.Number("gamma")),
        };
        return [Math.Sqrt(slice.Variance(Exact.Log(one.Number("K") / one.Number("F"))) / years)];
    }

    private static SviSlice Raw(PublishedCase one) =>
        new(one.Number("a"), one.Number("b"), one.Number("rho"), one.Number("m"), one.Number("sigma"));

    private static SviJumpWings JumpWings(PublishedCase one) =>
        new(one.Number("t"), one.Number("v"), one.Number("psi"), one.Number("p"), one.Number("c"), one.Number("vtilde"));

    private static double Moneyness(PublishedCase one, string measure, SviSlice smile)
    {
        if (one.Inputs.TryGetProperty("k", out var k)) return k.GetDouble();
        if (one.Inputs.TryGetProperty("K", out var strike)) return Exact.Log(strike.GetDouble() / one.Number("F"));
        return measure.Contains("K=F*exp(m)", StringComparison.Ordinal) ? smile.M : 0;
    }
}
