using NodaTime;
using NodaTime.TimeZones;
using Plimsoll.Units;
using Instant = Plimsoll.Units.Instant;

namespace Plimsoll.Treasury.Matching;

/// <summary>
/// When a rail moves money: on some days of the week from one local time to another, never on holidays. Local times are
/// those of a named zone of the IANA database that comes with the program, so that every machine agrees on them.
/// </summary>
public sealed class OpeningHours
{
    private readonly DateTimeZone _zone;
    private readonly LocalTime _opens;
    private readonly LocalTime _closes;
    private readonly bool[] _openOn = new bool[7];
    private readonly SortedSet<DateOnly> _holidays;

    /// <summary>States when a rail is open.</summary>
    /// <param name="zone">IANA name, e.g. <c>Europe/London</c>.</param>
    /// <param name="opens">Local time of opening; it is open at this moment.</param>
    /// <param name="closes">Local time of closing, later on the same day; it is closed at this moment.</param>
    /// <param name="days">At least one day of the week.</param>
    /// <param name="holidays">Local dates on which it stays closed.</param>
    /// <exception cref="InputException">No such zone, no day, or closing not after opening.</exception>
    public OpeningHours(string zone, TimeOnly opens, TimeOnly closes, IReadOnlyCollection<DayOfWeek> days, IReadOnlyCollection<DateOnly>? holidays = null)
    {
        _zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? throw new InputException("opening hours zone", $"'{zone}' is not a zone of the IANA database");
        if (closes <= opens) throw new InputException("opening hours", $"found {opens:HH:mm} to {closes:HH:mm}, expected closing after opening");
        if (days.Count == 0) throw new InputException("opening hours days", "found none, expected at least one day of the week");

        (_opens, _closes) = (LocalTime.FromTimeOnly(opens), LocalTime.FromTimeOnly(closes));
        foreach (DayOfWeek day in days) _openOn[(int)day] = true;
        _holidays = [.. holidays ?? []];
    }

    /// <summary>Monday to Friday.</summary>
    public static IReadOnlyList<DayOfWeek> WorkingDays { get; } =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    /// <summary>The IANA name of the zone.</summary>
    public string Zone => _zone.Id;

    /// <summary>The first open moment not before another: that moment itself while the rail is open.</summary>
    public Instant FirstOpen(Instant from)
    {
        var moment = NodaTime.Instant.FromUnixTimeTicks(checked(from.UnixMicroseconds * TimeSpan.TicksPerMicrosecond));
        LocalDate date = moment.InZone(_zone).Date;
        // Seven days hold an open one, and each holiday can close one week's only open day.
        for (int day = 0; day <= 7 * (_holidays.Count + 1); day++, date = date.PlusDays(1))
        {
            if (!_openOn[(int)date.ToDateOnly().DayOfWeek] || _holidays.Contains(date.ToDateOnly())) continue;
            if (moment >= At(date, _closes)) continue;

            NodaTime.Instant opening = At(date, _opens);

            return moment >= opening ? from : new Instant(opening.ToUnixTimeTicks() / TimeSpan.TicksPerMicrosecond);
        }

        throw new LawBrokenException("a rail with an open day of the week opens again");
    }

    // A local time the clocks skip means the moment after the gap; one they repeat means the first of the two.
    private NodaTime.Instant At(LocalDate date, LocalTime time) => _zone.ResolveLocal(date + time, Resolvers.LenientResolver).ToInstant();
}
