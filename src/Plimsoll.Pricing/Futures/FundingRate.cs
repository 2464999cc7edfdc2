namespace Plimsoll.Pricing.Futures;

/// <summary>
/// What longs of a perpetual pay shorts in one period, as a part of the notional; negative when shorts pay longs. Venues
/// pay every hour, four or eight hours, so that rates can only be compared over the same time.
/// </summary>
/// <param name="Rate">For the period, 0.0001 for one basis point; not annual.</param>
/// <param name="Hours">The period, above 0.</param>
public readonly record struct FundingRate(double Rate, double Hours)
{
    /// <summary>The period the industry quotes rates for.</summary>
    public const double StandardHours = 8;

    private const double HoursPerYear = 365.0 * 24;

    /// <summary>The same rate over other hours, simple interest: perpetuals pay on the notional and not on what was paid.</summary>
    public double Over(double hours) => Rate * (hours / Hours);

    /// <summary>The rate for 8 hours.</summary>
    public double PerEightHours => Over(StandardHours);

    /// <summary>The rate for a year of 365 days, simple.</summary>
    public double PerYear => Over(HoursPerYear);

    /// <summary>
    /// What has accrued of the period that runs: the rate in proportion to the time gone, none before it began and all of
    /// it once it has ended. An estimate; what is owed is paid when the period ends.
    /// </summary>
    /// <param name="hoursGone">Hours since the last payment.</param>
    public double Accrued(double hoursGone) => Rate * Math.Clamp(hoursGone / Hours, 0, 1);
}
