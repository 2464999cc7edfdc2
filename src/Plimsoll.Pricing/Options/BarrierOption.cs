using Plimsoll.Markets.Instruments;
using Plimsoll.Numerics;

namespace Plimsoll.Pricing.Options;

/// <summary>What a barrier does to an option, and from which side it is reached.</summary>
public enum BarrierKind : byte
{
    /// <summary>The option comes to life when the spot falls to the barrier.</summary>
    DownIn = 0,

    /// <summary>The option comes to life when the spot rises to the barrier.</summary>
    UpIn = 1,

    /// <summary>The option ends when the spot falls to the barrier.</summary>
    DownOut = 2,

    /// <summary>The option ends when the spot rises to the barrier.</summary>
    UpOut = 3,
}

/// <summary>A single barrier, watched continuously until expiry.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Level">Where it lies, in quote units, above 0.</param>
/// <param name="Rebate">
/// What the holder gets instead of the option, in quote units: of an option that ends, at the touch; of one that never comes
/// to life, at expiry.
/// </param>
public readonly record struct BarrierTerms(BarrierKind Kind, double Level, double Rebate = 0)
{
    /// <summary>Whether the spot reaches it from above.</summary>
    public bool IsDown => Kind is BarrierKind.DownIn or BarrierKind.DownOut;

    /// <summary>Whether touching it brings the option to life.</summary>
    public bool IsIn => Kind is BarrierKind.DownIn or BarrierKind.UpIn;
}

/// <summary>
/// European options with a single barrier (Reiner and Rubinstein, "Breaking down the barriers", 1991; Haug 1998, §2.10.1).
/// With A the option itself, B the option on being beyond the barrier only, C and D the same of the mirrored path:
/// <list type="number">
/// <item>An "in" whose barrier lies against its payment (down call, up put) is worth C when the strike lies on the spot's side of the
/// barrier, else A − B + D.</item>
/// <item>An "in" whose barrier lies with it (up call, down put) is worth A when it can pay only beyond the barrier, else B − C + D.</item>
/// <item>In and out together are the option without a barrier; the rebate of an "in" is a no-touch, that of an "out" a
/// one-touch.</item>
/// </list>
/// A barrier at or beyond the spot has been touched already. Arguments without meaning answer NaN.
/// </summary>
public static class BarrierOption
{
    /// <summary>Below this much total volatility the path is a certain one.</summary>
    private const double Still = 1e-9;

    /// <summary>Value in quote units.</summary>
    /// <param name="option">The option without its barrier.</param>
    /// <param name="barrier">The barrier.</param>
    public static double Price(in SpotOptionInputs option, in BarrierTerms barrier)
    {
        var touch = new TouchInputs(option.Spot, barrier.Level, option.Years, option.Volatility, option.Rate, option.Yield);
        var plain = BlackScholes.Price(option);
        if (!touch.HaveMeaning || !double.IsFinite(barrier.Rebate) || double.IsNaN(plain)) return double.NaN;

        var law = new HitLaw(option.Spot, barrier.Level, barrier.IsDown, option.Years, option.Volatility, option.Rate, option.Yield);
        var alive = KnockIn(option, barrier, plain, law);
        var rebate = barrier.IsIn
            ? Exact.Exp(-option.Rate * option.Years) * Math.Max(0, 1 - law.Chance)
            : law.ValueAtHit;
        return (barrier.IsIn ? alive : Math.Max(0, plain - alive)) + (barrier.Rebate * rebate);
    }

    /// <summary>Value of the option that needs the touch, without rebate.</summary>
    private static double KnockIn(in SpotOptionInputs option, in BarrierTerms barrier, double plain, in HitLaw law)
    {
        var touched = barrier.IsDown ? option.Spot <= barrier.Level : option.Spot >= barrier.Level;
        var spread = option.Volatility * Math.Sqrt(option.Years);
        if (touched) return plain;
        if (spread <= Still) return law.Chance * plain;

        var terms = new Terms(option, barrier, spread);
        var call = option.Side == OptionSide.Call;
        var strikeOnSpotSide = barrier.IsDown ? option.Strike >= barrier.Level : option.Strike <= barrier.Level;
        var value = barrier.IsDown == call
            ? strikeOnSpotSide ? terms.Mirrored(option.Strike) : plain - terms.Direct(barrier.Level) + terms.Mirrored(barrier.Level)
            : strikeOnSpotSide ? terms.Direct(barrier.Level) - terms.Mirrored(option.Strike) + terms.Mirrored(barrier.Level) : plain;
        return Math.Clamp(value, 0, plain);
    }

    /// <summary>Haug's B (direct), C and D (mirrored).</summary>
    private readonly struct Terms
    {
        private readonly double _sign;
        private readonly double _side;
        private readonly double _spot;
        private readonly double _level;
        private readonly double _spread;
        private readonly double _slide;
        private readonly double _power;
        private readonly double _asset;
        private readonly double _cash;

        public Terms(in SpotOptionInputs option, in BarrierTerms barrier, double spread)
        {
            var drift = (option.Rate - option.Yield) * option.Years;
            _sign = Black76.SignOf(option.Side);
            _side = barrier.IsDown ? 1 : -1;
            (_spot, _level, _spread) = (option.Spot, barrier.Level, spread);
            _slide = (drift / spread) + (0.5 * spread);
            _power = 2 * _slide / spread * Exact.Log(barrier.Level / option.Spot);
            _asset = option.Spot * Exact.Exp(-option.Yield * option.Years);
            _cash = option.Strike * Exact.Exp(-option.Rate * option.Years);
        }

        /// <summary>The option, paying only when the path ends beyond a level.</summary>
        public double Direct(double level)
        {
            var d = (Exact.Log(_spot / level) / _spread) + _slide;
            return _sign * ((_asset * Exact.NormalCdf(_sign * d)) - (_cash * Exact.NormalCdf(_sign * (d - _spread))));
        }

        /// <summary>The same of the path mirrored at the barrier.</summary>
        public double Mirrored(double level)
        {
            var d = ((Exact.Log(_level / _spot) + Exact.Log(_level / level)) / _spread) + _slide;
            var once = _power - (2 * Exact.Log(_level / _spot));
            return _sign * ((_asset * HitLaw.Tail(_power, _side * d)) - (_cash * HitLaw.Tail(once, _side * (d - _spread))));
        }
    }
}
