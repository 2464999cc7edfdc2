using Plimsoll.Markets.Surfaces;
using Plimsoll.Numerics;

namespace Plimsoll.Pricing.Surfaces;

/// <summary>
/// Fits extended SSVI slices one expiry after the other so that no arbitrage can arise (Corbetta, Cohort, Laachir and Martini
/// 2019, with the free parameters taken as Mingone 2022 does: as shares of the range that is left).
/// <list type="number">
/// <item>With ρ chosen, ψ may lie from ψ₁·max((1 + ρ₁)/(1 + ρ), (1 − ρ₁)/(1 − ρ)) (wings in order) up to the least of
/// 4/(1 + |ρ|), √(4θ/(1 + |ρ|)) (no butterfly) and θφ₁ (φ not rising).</item>
/// <item>That range is not empty once θ ≥ max(ψ²(1 + |ρ|)/4, ψ/φ₁, θ₁) for its lower end; θ is chosen above that.</item>
/// <item>So every choice of (ρ, θ, share) is a valid slice, and a downhill simplex looks for the best.</item>
/// </list>
/// </summary>
internal sealed class EssviFit
{
    private const int MostAsked = 300;
    private const double Tolerance = 1e-8;
    private readonly SmileTarget _target;
    private readonly EssviSlice? _earlier;

    private EssviFit(SmileTarget target, EssviSlice? earlier) => (_target, _earlier) = (target, earlier);

    /// <summary>The best slice that may follow an earlier one; none where the earlier one leaves nothing.</summary>
    public static EssviSlice? After(SmileTarget target, EssviSlice? earlier) => new EssviFit(target, earlier).Run();

    private EssviSlice? Run()
    {
        var (lowest, best) = (double.PositiveInfinity, (EssviSlice?)null);
        Span<double> at = stackalloc double[3];
        foreach (var tilt in (double[])[-0.4, 0, 0.4])
        {
            (at[0], at[1], at[2]) = (_earlier is { } before ? ToReal(before.Rho) : tilt, 0, tilt);
            var height = DownhillSimplex.Descend(Height, at, [0.3, 0.05, 0.7], MostAsked, Tolerance);
            if (!(height < lowest)) continue;
            (lowest, best) = (height, Slice(at));
        }

        return best;
    }

    // θ against what was observed at the money, in logarithms; the tilt and the share by a curve that keeps within bounds.
    private EssviSlice? Slice(ReadOnlySpan<double> at)
    {
        if (!(Math.Abs(at[0]) < 30 && Math.Abs(at[1]) < 3 && Math.Abs(at[2]) < 60)) return null;
        var rho = 0.999 * Squeeze(at[0]);
        var lean = 1 + Math.Abs(rho);
        var wanted = _target.AtTheMoney * Exact.Exp(at[1]);
        var (theta, least, most) = (wanted, 0.0, double.PositiveInfinity);
        if (_earlier is { } before)
        {
            least = before.Psi * EssviSlice.WingFactor(before.Rho, rho) * (1 + 1e-12);
            theta = Math.Max(Math.Max(wanted, before.Theta), Math.Max(least * least * lean / 4, least / before.Phi) * (1 + 1e-12));
            most = theta * before.Phi;
        }

        most = Math.Min(most, Math.Min(4 / lean, Math.Sqrt(4 * theta / lean))) * (1 - 1e-12);
        if (!(least <= most)) return null;
        var share = (Squeeze(at[2]) + 1) / 2;
        return new EssviSlice(theta, rho, least + (share * (most - least)));
    }

    private static double Squeeze(double real) => real / Math.Sqrt(1 + (real * real));

    private static double ToReal(double squeezed) => squeezed / Math.Sqrt(1 - (squeezed * squeezed));

    private double Height(ReadOnlySpan<double> at)
    {
        if (Slice(at) is not { } slice) return double.PositiveInfinity;
        var sum = 0.0;
        for (var i = 0; i < _target.K.Length; i++)
        {
            var gap = slice.Variance(_target.K[i]) - _target.Variance[i];
            sum += _target.Weight[i] * gap * gap;
        }

        return sum;
    }
}
