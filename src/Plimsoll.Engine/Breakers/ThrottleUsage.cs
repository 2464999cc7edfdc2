using Plimsoll.Engine.Commands;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Units;

namespace Plimsoll.Engine;

/// <summary>
/// How much was liquidated and deleveraged in the period of the throttles that was used last. Notional, in the numeraire. A
/// period begins at a whole multiple of its length from 1970 on.
/// </summary>
public sealed class ThrottleUsage
{
    private readonly VenueState _venue;

    internal ThrottleUsage(VenueState venue) => _venue = venue;

    /// <summary>When the period began that was used last; none where none was since the last that was lifted.</summary>
    public Instant? Period { get; private set; }

    /// <summary>Liquidated in this period.</summary>
    public double Liquidated => IsRunning ? RawLiquidated : 0;

    /// <summary>Deleveraged in this period.</summary>
    public double Deleveraged => IsRunning ? RawDeleveraged : 0;

    /// <summary>When this period ends; none where nothing of it is used.</summary>
    public Instant? EndsAt => IsRunning ? NextDue : null;

    internal double LiquidationRoom => Terms?.Liquidation is { } most ? Math.Max(0, (double)most - Liquidated) : double.PositiveInfinity;

    internal double WholeLiquidationRoom => Terms?.Liquidation is { } most ? (double)most : double.PositiveInfinity;

    internal double AdlRoom => Terms?.Adl is { } most ? Math.Max(0, (double)most - Deleveraged) : double.PositiveInfinity;

    internal Instant? NextDue => Terms is { } terms && Period is { } period ? period + TimeSpan.FromSeconds(terms.PeriodSeconds) : null;

    internal double RawLiquidated { get; private set; }

    internal double RawDeleveraged { get; private set; }

    private ThrottleTerms? Terms => _venue.Parameters?.Breakers.Throttles;

    private bool IsRunning => Terms is { } terms && Period is { } period && _venue.Now < period + TimeSpan.FromSeconds(terms.PeriodSeconds);

    /// <summary>Whether so much may be liquidated at once: what is left of the period, or anything where nothing of it is used, since what is larger than a period would wait for ever.</summary>
    internal bool LetsLiquidate(double notional) => notional <= LiquidationRoom || Liquidated == 0;

    internal void Liquidate(double notional) => Use(notional, 0);

    internal void Deleverage(double notional) => Use(0, notional);

    /// <summary>Says that a period is over in which something was liquidated, so that what waits is looked at again.</summary>
    internal bool Pass(Action<Event> happen)
    {
        if (NextDue is not { } due || _venue.Now < due) return false;

        happen(new ThrottleLifted(
            RawLiquidated, RawDeleveraged, $"the period from {Period} is over; {Words(RawLiquidated)} were liquidated in it and {Words(RawDeleveraged)} deleveraged"));

        return true;
    }

    internal void Lift()
    {
        (Period, RawLiquidated, RawDeleveraged) = (null, 0, 0);
        _venue.Breakers.LookAgain();
    }

    internal void Restart(ThrottleTerms? before)
    {
        // Another period length would begin elsewhere: what was used is forgotten, and everybody is judged anew anyway.
        if (before?.PeriodSeconds != Terms?.PeriodSeconds) (Period, RawLiquidated, RawDeleveraged) = (null, 0, 0);
    }

    internal void Restore(Instant? period, double liquidated, double deleveraged) => (Period, RawLiquidated, RawDeleveraged) = (period, liquidated, deleveraged);

    private static string Words(double notional) => Risk.Liquidation.Breakers.BreakerWords.Of(Math.Round(notional));

    private void Use(double liquidated, double deleveraged)
    {
        if (Terms is not { } terms) return;

        (double l, double d) = (Liquidated, Deleveraged);
        long length = 1_000_000L * terms.PeriodSeconds;
        Period = new Instant(_venue.Now.UnixMicroseconds / length * length);
        (RawLiquidated, RawDeleveraged) = (l + liquidated, d + deleveraged);
    }
}
