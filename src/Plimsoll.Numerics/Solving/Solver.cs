namespace Plimsoll.Numerics;

/// <summary>Bracketed roots of functions of one variable, with a limit on everything.</summary>
public static class Solver
{
    /// <summary>Enough to halve any bracket of doubles down to neighbours.</summary>
    public const int DefaultLimit = 200;

    /// <summary>Halves the bracket until it is as narrow as the tolerance. Slow and sure: the answer depends on signs alone.</summary>
    /// <param name="function">The function; need not be continuous.</param>
    /// <param name="low">One end.</param>
    /// <param name="high">The other end.</param>
    /// <param name="tolerance">Half-width of the bracket at which to stop, absolute; 0 asks for neighbouring doubles.</param>
    /// <param name="limit">The most evaluations, at least 2.</param>
    public static Root Bisect(Func<double, double> function, double low, double high, double tolerance, int limit = DefaultLimit)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (Ends(function, low, high, out var atLow, out var atHigh) is { } ended) return ended;
        var asked = 2;
        while (true)
        {
            var middle = low + ((high - low) / 2);
            if (Math.Abs(high - low) <= 2 * tolerance || middle == low || middle == high) return new Root(middle, asked, RootStatus.Found);
            if (asked >= limit) return new Root(middle, asked, RootStatus.LimitReached);
            var value = function(middle);
            asked++;
            if (double.IsNaN(value)) return new Root(middle, asked, RootStatus.NotANumber);
            if (value == 0) return new Root(middle, asked, RootStatus.Found);
            if (value > 0 == atHigh > 0) (high, atHigh) = (middle, value);
            else (low, atLow) = (middle, value);
        }
    }

    /// <summary>
    /// Brent's method (1973): secant and inverse quadratic steps kept inside a shrinking bracket, halving where they do not pay.
    /// </summary>
    /// <param name="function">A continuous function.</param>
    /// <param name="low">One end.</param>
    /// <param name="high">The other end.</param>
    /// <param name="tolerance">How near the root the answer must be, absolute.</param>
    /// <param name="limit">The most evaluations, at least 2.</param>
    public static Root Brent(Func<double, double> function, double low, double high, double tolerance, int limit = DefaultLimit)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (Ends(function, low, high, out var atLow, out var atHigh) is { } ended) return ended;
        var (a, fa, b, fb) = (low, atLow, high, atHigh);
        var (c, fc, step, before) = (a, fa, b - a, b - a);
        for (var asked = 2; ; asked++)
        {
            if (fb > 0 == fc > 0) (c, fc, step, before) = (a, fa, b - a, b - a);
            if (Math.Abs(fc) < Math.Abs(fb)) (a, b, c, fa, fb, fc) = (b, c, b, fb, fc, fb);
            var near = (4.44e-16 * Math.Abs(b)) + (tolerance / 2);
            var half = (c - b) / 2;
            if (Math.Abs(half) <= near || fb == 0) return new Root(b, asked, RootStatus.Found);
            if (asked >= limit) return new Root(b, asked, RootStatus.LimitReached);

            var (next, allowed) = Interpolate((a, fa), (b, fb), (c, fc), half, near, before);
            (before, step) = Math.Abs(before) >= near && Math.Abs(fa) > Math.Abs(fb) && allowed ? (step, next) : (half, half);
            (a, fa) = (b, fb);
            b += Math.Abs(step) > near ? step : Math.CopySign(near, half);
            fb = function(b);
            if (double.IsNaN(fb)) return new Root(b, asked + 1, RootStatus.NotANumber);
        }
    }

    /// <summary>The step that interpolation proposes, and whether it stays well inside the bracket.</summary>
    private static (double Step, bool Allowed) Interpolate(
        (double X, double F) a, (double X, double F) b, (double X, double F) c, double half, double near, double before)
    {
        var s = b.F / a.F;
        double p, q;
        if (a.X == c.X)
        {
            (p, q) = (2 * half * s, 1 - s);
        }
        else
        {
            var (t, r) = (a.F / c.F, b.F / c.F);
            p = s * ((2 * half * t * (t - r)) - ((b.X - a.X) * (r - 1)));
            q = (t - 1) * (r - 1) * (s - 1);
        }

        if (p > 0) q = -q;
        else p = -p;
        var bound = Math.Min((3 * half * q) - Math.Abs(near * q), Math.Abs(before * q));
        return (p / q, 2 * p < bound);
    }

    private static Root? Ends(Func<double, double> function, double low, double high, out double atLow, out double atHigh)
    {
        (atLow, atHigh) = (function(low), function(high));
        if (double.IsNaN(atLow)) return new Root(low, 2, RootStatus.NotANumber);
        if (double.IsNaN(atHigh)) return new Root(high, 2, RootStatus.NotANumber);
        if (atLow == 0) return new Root(low, 2, RootStatus.Found);
        if (atHigh == 0) return new Root(high, 2, RootStatus.Found);
        return atLow > 0 == atHigh > 0 ? new Root(Math.Abs(atLow) < Math.Abs(atHigh) ? low : high, 2, RootStatus.NotBracketed) : null;
    }
}
