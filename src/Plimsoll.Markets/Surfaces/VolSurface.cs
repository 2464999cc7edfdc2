using Plimsoll.Numerics;
using Plimsoll.Units;

namespace Plimsoll.Markets.Surfaces;

/// <summary>What an answer of a surface rests on.</summary>
public enum SurfaceStatus
{
    /// <summary>Between strikes and expiries that were quoted.</summary>
    Quoted = 0,

    /// <summary>Beyond the strikes quoted: the wing, straight in total variance and within Lee's bound.</summary>
    Wing = 1,

    /// <summary>Before the first expiry: the first slice's variance in proportion to time.</summary>
    BeforeFirstExpiry = 2,

    /// <summary>Beyond the last expiry: no answer, rather than a guess.</summary>
    BeyondLastExpiry = 3,

    /// <summary>At or before the surface's own moment: no answer.</summary>
    Expired = 4,

    /// <summary>The question was not a number.</summary>
    NotANumber = 5,
}

/// <summary>A surface's answer.</summary>
/// <param name="Variance">Total variance; NaN where there is no answer.</param>
/// <param name="Volatility">Annual volatility in calendar years of 365 days; NaN where there is no answer.</param>
/// <param name="Status">What the answer rests on.</param>
public readonly record struct SurfaceAnswer(double Variance, double Volatility, SurfaceStatus Status)
{
    /// <summary>Whether there is an answer.</summary>
    public bool HasValue => !double.IsNaN(Volatility);
}

/// <summary>
/// Implied volatility of one underlying for any strike and expiry. Between expiries total variance is linear in
/// event-weighted time at constant log-moneyness; nothing is said beyond the last expiry.
/// </summary>
/// <remarks>
/// Sticky moneyness: when the forward moves, the smile moves with it, and the volatility of a given strike changes. Whoever
/// holds strikes fixed instead (sticky strike) sees another delta; the difference is model risk and is theirs to report.
/// </remarks>
public sealed class VolSurface
{
    private readonly SurfaceSlice[] _slices;

    /// <summary>A surface.</summary>
    /// <param name="name">The underlying, e.g. BTC, or BTC_USDC for options quoted in USDC.</param>
    /// <param name="at">The moment it describes.</param>
    /// <param name="clock">How time counts between expiries.</param>
    /// <param name="slices">Its slices, in order of expiry, each after the moment.</param>
    /// <exception cref="ArgumentException">The slices are out of order, expired, or no smiles.</exception>
    public VolSurface(string name, Instant at, EventClock clock, IReadOnlyList<SurfaceSlice> slices)
    {
        ArgumentNullException.ThrowIfNull(slices);
        (Name, At, Clock, _slices) = (name, at, clock, [.. slices]);
        for (var i = 0; i < _slices.Length; i++)
        {
            if (_slices[i].Expiry <= (i == 0 ? at : _slices[i - 1].Expiry)) throw new ArgumentException($"The slice of {_slices[i].Expiry} is out of order.", nameof(slices));
            if (!_slices[i].Smile.IsSmile) throw new ArgumentException($"The slice of {_slices[i].Expiry} is no smile.", nameof(slices));
        }
    }

    /// <summary>The underlying.</summary>
    public string Name { get; }

    /// <summary>The moment it describes.</summary>
    public Instant At { get; }

    /// <summary>How time counts between expiries.</summary>
    public EventClock Clock { get; }

    /// <summary>Its slices, in order of expiry.</summary>
    public IReadOnlyList<SurfaceSlice> Slices => _slices;

    /// <summary>Volatility of an option.</summary>
    /// <param name="strike">Strike, in quote units.</param>
    /// <param name="forward">The forward of its expiry, in quote units.</param>
    /// <param name="expiry">When it ends.</param>
    public SurfaceAnswer OfStrike(double strike, double forward, Instant expiry) =>
        strike > 0 && forward > 0 ? OfMoneyness(Exact.Log(strike / forward), expiry) : Nothing(SurfaceStatus.NotANumber);

    /// <summary>Volatility at a log-moneyness.</summary>
    /// <param name="k">ln(K/F).</param>
    /// <param name="expiry">When the option ends.</param>
    public SurfaceAnswer OfMoneyness(double k, Instant expiry)
    {
        if (!double.IsFinite(k)) return Nothing(SurfaceStatus.NotANumber);
        if (expiry <= At) return Nothing(SurfaceStatus.Expired);
        var at = FirstNotBefore(expiry);
        if (at == _slices.Length) return Nothing(SurfaceStatus.BeyondLastExpiry);

        var far = _slices[at];
        var years = At.YearsUntil(expiry);
        if (far.Expiry == expiry) return Answer(far.Smile.Variance(k), years, Inside(far, k));

        var passed = Clock.Years(At, expiry);
        if (at == 0) return Answer(far.Smile.Variance(k) * (passed / far.EventYears), years, SurfaceStatus.BeforeFirstExpiry);

        var near = _slices[at - 1];
        var share = (passed - near.EventYears) / (far.EventYears - near.EventYears);
        var variance = ((1 - share) * near.Smile.Variance(k)) + (share * far.Smile.Variance(k));
        return Answer(variance, years, Inside(near, k) == SurfaceStatus.Quoted ? Inside(far, k) : SurfaceStatus.Wing);
    }

    /// <summary>The forward at an expiry, log-linear between slices by the calendar; NaN before the first and beyond the last.</summary>
    public double ForwardAt(Instant expiry)
    {
        var at = FirstNotBefore(expiry);
        if (at == _slices.Length) return double.NaN;
        var far = _slices[at];
        if (far.Expiry == expiry) return far.Forward;
        if (at == 0) return double.NaN;
        var near = _slices[at - 1];
        var share = (At.YearsUntil(expiry) - near.Years) / (far.Years - near.Years);
        return near.Forward * Exact.Exp(share * Exact.Log(far.Forward / near.Forward));
    }

    private int FirstNotBefore(Instant expiry)
    {
        var at = 0;
        while (at < _slices.Length && _slices[at].Expiry < expiry) at++;
        return at;
    }

    private static SurfaceStatus Inside(SurfaceSlice slice, double k) =>
        k >= slice.LowestQuoted && k <= slice.HighestQuoted ? SurfaceStatus.Quoted : SurfaceStatus.Wing;

    private static SurfaceAnswer Answer(double variance, double years, SurfaceStatus status) => new(variance, Math.Sqrt(variance / years), status);

    private static SurfaceAnswer Nothing(SurfaceStatus status) => new(double.NaN, double.NaN, status);
}
