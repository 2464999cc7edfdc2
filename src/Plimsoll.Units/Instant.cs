using System.Globalization;

namespace Plimsoll.Units;

/// <summary>A moment: microseconds since 1970-01-01T00:00:00Z. <c>default</c> is that epoch.</summary>
/// <param name="UnixMicroseconds">Microseconds since the epoch, UTC, without leap seconds.</param>
public readonly record struct Instant(long UnixMicroseconds) : IComparable<Instant>
{
    /// <summary>Microseconds in an hour.</summary>
    public const long MicrosecondsPerHour = 3_600_000_000;

    /// <summary>Microseconds in a day.</summary>
    public const long MicrosecondsPerDay = 24 * MicrosecondsPerHour;

    /// <summary>Microseconds in a year of 365 days (actual/365, the venue's day count).</summary>
    public const long MicrosecondsPerYear = 365 * MicrosecondsPerDay;

    private const long First = -62_135_596_800_000_000;

    private const long Last = 253_402_300_799_999_999;

    private static readonly string[] Iso8601 =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd",
    ];

    /// <summary>A moment of the UTC calendar.</summary>
    public static Instant Utc(int year, int month, int day, int hour = 0, int minute = 0, int second = 0) =>
        FromDateTime(new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc));

    /// <summary>A moment given as milliseconds since the epoch.</summary>
    public static Instant FromUnixMilliseconds(long milliseconds) => new(checked(milliseconds * 1000));

    /// <summary>
    /// Reads ISO 8601, e.g. <c>2020-03-12T23:00:00Z</c>, a blank instead of the T allowed; a text without an offset is UTC,
    /// one without a time is midnight. A time without a date is refused: its day would be today's.
    /// </summary>
    public static bool TryParse(string? text, out Instant instant)
    {
        bool read = DateTime.TryParseExact(
            text,
            Iso8601,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out DateTime moment);
        instant = read ? FromDateTime(moment) : default;

        return read;
    }

    /// <summary>Years of 365 days from this moment to a later one; negative when it lies before.</summary>
    public double YearsUntil(Instant later) => (later.UnixMicroseconds - UnixMicroseconds) / (double)MicrosecondsPerYear;

    /// <summary>The same moment as a <see cref="DateTime"/> in UTC.</summary>
    public DateTime ToDateTime() => DateTime.UnixEpoch.AddTicks(checked(UnixMicroseconds * TimeSpan.TicksPerMicrosecond));

    /// <summary>The moment that lies a while after another.</summary>
    public static Instant operator +(Instant moment, TimeSpan while_) =>
        new(checked(moment.UnixMicroseconds + (while_.Ticks / TimeSpan.TicksPerMicrosecond)));

    /// <summary>The time that passed between two moments.</summary>
    public static TimeSpan operator -(Instant later, Instant earlier) =>
        new(checked((later.UnixMicroseconds - earlier.UnixMicroseconds) * TimeSpan.TicksPerMicrosecond));

    /// <summary>Whether one moment lies before another.</summary>
    public static bool operator <(Instant left, Instant right) => left.UnixMicroseconds < right.UnixMicroseconds;

    /// <summary>Whether one moment lies after another.</summary>
    public static bool operator >(Instant left, Instant right) => left.UnixMicroseconds > right.UnixMicroseconds;

    /// <summary>Whether one moment lies not after another.</summary>
    public static bool operator <=(Instant left, Instant right) => left.UnixMicroseconds <= right.UnixMicroseconds;

    /// <summary>Whether one moment lies not before another.</summary>
    public static bool operator >=(Instant left, Instant right) => left.UnixMicroseconds >= right.UnixMicroseconds;

    /// <inheritdoc/>
    public int CompareTo(Instant other) => UnixMicroseconds.CompareTo(other.UnixMicroseconds);

    /// <summary>
    /// ISO 8601, e.g. <c>2020-03-12T23:00:00Z</c>, with a fraction only where there is one; microseconds where the calendar
    /// of the years 1 to 9999 has no such moment.
    /// </summary>
    public override string ToString() => UnixMicroseconds < First || UnixMicroseconds > Last
        ? $"{UnixMicroseconds}us"
        : ToDateTime().ToString(UnixMicroseconds % 1_000_000 == 0 ? "yyyy-MM-ddTHH:mm:ssZ" : "yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);

    // Ticks count from the year 1, so the division rounds down on both sides of 1970.
    private static Instant FromDateTime(DateTime utc) =>
        new((utc.Ticks / TimeSpan.TicksPerMicrosecond) - (DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerMicrosecond));
}
