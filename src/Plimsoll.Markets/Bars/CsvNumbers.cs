using System.Globalization;
using Plimsoll.Units;

namespace Plimsoll.Markets.Bars;

/// <summary>Numbers out of CSV fields, each refused with its file, line and field when it is not one.</summary>
public static class CsvNumbers
{
    private const NumberStyles Plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent | NumberStyles.AllowLeadingSign;

    /// <summary>A price within what the venue accepts.</summary>
    public static decimal PriceAt(this CsvLines lines, string field, string text)
    {
        if (!decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out decimal price)) throw lines.Fault(field, text, "a number");
        if (price is < Price.Min or > Price.Max) throw lines.Fault(field, text, $"a price from {Price.Min} to {Price.Max}");

        return price;
    }

    /// <summary>A size that may be nothing but not less.</summary>
    public static decimal VolumeAt(this CsvLines lines, string field, string text)
    {
        if (!decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out decimal volume)) throw lines.Fault(field, text, "a number");
        if (volume < 0) throw lines.Fault(field, text, "a volume of 0 or more");

        return volume;
    }

    /// <summary>Milliseconds or microseconds since 1970, told apart by size: exchanges changed from one to the other in 2025.</summary>
    public static Instant EpochAt(this CsvLines lines, string field, string text)
    {
        const long FirstMilliseconds = 100_000_000_000;          // 1973 in ms
        const long FirstMicroseconds = 100_000_000_000_000;      // 1973 in µs, the year 5138 in ms
        const long LastMicroseconds = 10_000_000_000_000_000;    // 2286 in µs
        bool whole = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long epoch);
        if (!whole || epoch is < FirstMilliseconds or > LastMicroseconds) throw lines.Fault(field, text, "milliseconds or microseconds since 1970");

        return epoch < FirstMicroseconds ? Instant.FromUnixMilliseconds(epoch) : new Instant(epoch);
    }
}
