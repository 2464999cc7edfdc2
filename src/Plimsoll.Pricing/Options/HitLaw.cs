using Plimsoll.Numerics;

namespace Plimsoll.Pricing.Options;

/// <summary>
/// When a spot with constant drift and volatility first touches a level (the reflection principle). With s = σ√T, the drift
/// m = (r − q)T, h = ln(H/S), μ = m/s² − ½ and η = +1 for a level below, −1 above:
/// <list type="number">
/// <item>The chance of a touch is N(η(h/s − μs)) + e^(2μh)·N(η(h/s + μs)); weighted by the asset, the same with μ + 1.</item>
/// <item>One unit at the touch is worth e^((μ+λ)h)·N(η(h/s + λs)) + e^((μ−λ)h)·N(η(h/s − λs)), λ² = μ² + 2rT/s².</item>
/// <item>Where a negative rate makes λ² negative, the same value is e^(−rT)·P(T) + r·∫e^(−rt)·P(t)dt, P the chance of a touch
/// by t, summed over 64 panels of five Gauss points in √t.</item>
/// <item>Powers and tails are multiplied as one exponential, so that neither overflows alone.</item>
/// <item>Without volatility the path is S·e^((r−q)t), and touches or does not.</item>
/// </list>
/// </summary>
internal readonly struct HitLaw
{
    /// <summary>At or below this much total volatility the path is a certain one.</summary>
    private const double Still = 1e-9;

    private const double RootTwoPi = 2.5066282746310002;
    private const int Panels = 64;

    private static readonly double[] Points = [-0.9061798459386640, -0.5384693101056831, 0, 0.5384693101056831, 0.9061798459386640];
    private static readonly double[] Weights = [0.2369268850561891, 0.4786286704993665, 0.5688888888888889, 0.4786286704993665, 0.2369268850561891];

    private readonly double _spread;
    private readonly double _drift;
    private readonly double _interest;
    private readonly double _distance;
    private readonly double _side;
    private readonly bool _touchesNow;

    public HitLaw(double spot, double level, bool below, double years, double volatility, double rate, double yield)
    {
        _spread = volatility * Math.Sqrt(years);
        _drift = (rate - yield) * years;
        _interest = rate * years;
        _distance = Exact.Log(level / spot);
        _side = below ? 1 : -1;
        _touchesNow = below ? spot <= level : spot >= level;
    }

    /// <summary>The chance of a touch by expiry.</summary>
    public double Chance => ChanceAt(1, 0);

    /// <summary>The same with each path weighted by where the asset ends, over the forward.</summary>
    public double AssetChance => ChanceAt(1, 1);

    /// <summary>Value now of one quote unit paid at the touch, and of nothing without one.</summary>
    public double ValueAtHit
    {
        get
        {
            if (_touchesNow) return 1;
            if (_spread <= Still) return IsCertain(1) ? Exact.Exp(-_interest * _distance / _drift) : 0;

            var mu = (_drift / (_spread * _spread)) - 0.5;
            var square = (mu * mu) + (2 * _interest / (_spread * _spread));
            if (square < 0) return SummedAtHit();

            // (μ + λ)(λ − μ) = 2rT/s²: the lesser of the two is taken from the greater, since a difference would cancel.
            var (lambda, steps) = (Math.Sqrt(square), _distance / _spread);
            var product = 2 * _interest / (_spread * _spread);
            var up = mu >= 0 ? mu + lambda : product / (lambda - mu);
            var down = mu < 0 ? mu - lambda : up == 0 ? 0 : -product / up;
            return Tail(up * _distance, _side * (steps + (lambda * _spread)))
                + Tail(down * _distance, _side * (steps - (lambda * _spread)));
        }
    }

    /// <summary>e^exponent·N(z).</summary>
    public static double Tail(double exponent, double z) => z < 0
        ? Exact.Exp(exponent - (0.5 * z * z)) * Exact.Mills(-z) / RootTwoPi
        : Exact.Exp(exponent) * Exact.NormalCdf(z);

    /// <summary>The chance of a touch by the part u² of the time, under the drift of the asset (shift 1) or of money (0).</summary>
    private double ChanceAt(double u, double shift)
    {
        if (_touchesNow) return 1;
        if (_spread <= Still) return IsCertain(u * u) ? 1 : 0;

        var (mu, spread) = ((_drift / (_spread * _spread)) - 0.5 + shift, _spread * u);
        var (steps, slide) = (_distance / spread, mu * spread);
        return Tail(0, _side * (steps - slide)) + Tail(2 * mu * _distance, _side * (steps + slide));
    }

    private bool IsCertain(double part) => _side * (_distance - (_drift * part)) >= 0;

    private double SummedAtHit()
    {
        var sum = 0.0;
        for (var panel = 0; panel < Panels; panel++)
            for (var p = 0; p < Points.Length; p++)
            {
                var u = (panel + (0.5 * (1 + Points[p]))) / Panels;
                sum += Weights[p] * u * Exact.Exp(-_interest * u * u) * ChanceAt(u, 0);
            }

        return (Exact.Exp(-_interest) * Chance) + (_interest * sum / Panels);
    }
}
