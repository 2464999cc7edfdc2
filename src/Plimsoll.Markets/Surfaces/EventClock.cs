using Plimsoll.Units;

namespace Plimsoll.Markets.Surfaces;

/// <summary>
/// Time as variance feels it. Crypto trades at weekends but moves less, so an hour of a Saturday or Sunday (UTC) counts a
/// part of a weekday's hour; the weights are scaled so that a week is a week. Variance interpolated against this clock does
/// not fall into the trap that an expiry on Sunday night lies as far from Friday's as Tuesday's from Sunday's.
/// </summary>
public readonly record struct EventClock
{
    private const long WeekDays = 7;
    private const long WorkDays = 5;

    // 1970-01-05 was a Monday.
    private const long FirstMonday = 4 * Instant.MicrosecondsPerDay;
    private const long Week = WeekDays * Instant.MicrosecondsPerDay;

    private readonly double _lessWeekend;

    /// <summary>A clock.</summary>
    /// <param name="weekendWeight">What an hour of the weekend counts against a weekday's: above 0, at most 2; 1 is the calendar.</param>
    /// <exception cref="ArgumentOutOfRangeException">The weight lies outside its range.</exception>
    public EventClock(double weekendWeight)
    {
        if (!(weekendWeight is > 0 and <= 2)) throw new ArgumentOutOfRangeException(nameof(weekendWeight), weekendWeight, "A weekend's weight lies above 0 and at most at 2.");
        _lessWeekend = 1 - weekendWeight;
    }

    /// <summary>What an hour of the weekend counts against a weekday's; <c>default</c> is the calendar's 1.</summary>
    public double WeekendWeight => 1 - _lessWeekend;

    /// <summary>Years of 365 days, by this clock, from one moment to another; negative where the other lies before.</summary>
    public double Years(Instant from, Instant to) =>
        (Count(to.UnixMicroseconds) - Count(from.UnixMicroseconds)) / Instant.MicrosecondsPerYear;

    /// <summary>Weighted microseconds since the first Monday of 1970; whole weeks count themselves.</summary>
    private double Count(long microseconds)
    {
        var since = microseconds - FirstMonday;
        var weeks = Math.DivRem(since, Week, out var within);
        if (within < 0) (weeks, within) = (weeks - 1, within + Week);

        const long Weekend = WorkDays * Instant.MicrosecondsPerDay;
        var weekday = WeekDays / (WorkDays + ((WeekDays - WorkDays) * WeekendWeight));
        var inside = weekday * (within <= Weekend ? within : Weekend + ((within - Weekend) * WeekendWeight));
        return (weeks * (double)Week) + inside;
    }
}
