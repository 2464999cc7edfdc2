using System.Globalization;
using Plimsoll.Units;

namespace Plimsoll.Markets.Instruments;

/// <summary>
/// What an instrument's name says, in Deribit's grammar: <c>BTC-PERPETUAL</c>, <c>BTC_USDC-PERPETUAL</c>,
/// <c>BTC-27DEC24</c>, <c>BTC-27DEC24-60000-C</c>, <c>XRP_USDC-6JAN26-0d625-P</c>, <c>BTC_USDT</c>; and, in its manner,
/// liquidity in a pool: <c>ETH_USDC-POOL</c> at all prices, <c>ETH_USDC-POOL-1500-2500</c> in a range. Contracts expire at
/// 08:00 UTC of the day named; a <c>d</c> in a strike is its decimal point. What a contract settles in is not in the name.
/// </summary>
/// <param name="Base">The underlying's name.</param>
/// <param name="Quote">The quote's name; none where the venue's numeraire is meant.</param>
/// <param name="Kind">The shape of the contract.</param>
/// <param name="Expiry">When it ends.</param>
/// <param name="Strike">The strike; options only.</param>
/// <param name="Side">The right; options only.</param>
/// <param name="Lower">The lower end of a pool's range.</param>
/// <param name="Upper">The upper end of a pool's range.</param>
public sealed record InstrumentName(
    AssetId Base,
    AssetId? Quote,
    InstrumentKind Kind,
    Instant? Expiry = null,
    decimal? Strike = null,
    OptionSide? Side = null,
    decimal? Lower = null,
    decimal? Upper = null)
{
    private const int ExpiryHour = 8;
    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

    /// <summary>Reads a name.</summary>
    /// <exception cref="InputException">The name does not follow the grammar.</exception>
    public static InstrumentName Parse(string text) => TryParse(text, out InstrumentName? name)
        ? name
        : throw new InputException("instrument", $"'{text}' is not a name like BTC-PERPETUAL, BTC_USDC-PERPETUAL, BTC-27DEC24, BTC-27DEC24-60000-C, ETH_USDC-POOL-1500-2500 or BTC_USDT");

    /// <summary>Reads a name, where it follows the grammar.</summary>
    public static bool TryParse(string? text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out InstrumentName? name)
    {
        name = null;
        if (text is null || !Identifier.IsValid(text)) return false;

        string[] parts = text.Split('-');
        string[] pair = parts[0].Split('_');
        if (pair.Length > 2 || pair.Any(p => p.Length == 0)) return false;

        var underlying = new AssetId(pair[0]);
        AssetId? quote = pair.Length == 2 ? new AssetId(pair[1]) : null;
        name = parts.Length switch
        {
            1 when quote is not null => new InstrumentName(underlying, quote, InstrumentKind.Spot),
            2 when parts[1] == "PERPETUAL" => new InstrumentName(underlying, quote, InstrumentKind.Perpetual),
            2 when parts[1] == "POOL" && quote is not null => new InstrumentName(underlying, quote, InstrumentKind.Pool),
            2 when TryExpiry(parts[1], out Instant end) => new InstrumentName(underlying, quote, InstrumentKind.Future, end),
            4 when parts[1] == "POOL" && quote is not null && TryEnd(parts[2], out decimal lower) && TryEnd(parts[3], out decimal upper) && lower < upper =>
                new InstrumentName(underlying, quote, InstrumentKind.Pool, Lower: lower, Upper: upper),
            4 when TryExpiry(parts[1], out Instant end) && TryStrike(parts[2], out decimal strike) && TrySide(parts[3], out OptionSide side) =>
                new InstrumentName(underlying, quote, InstrumentKind.Option, end, strike, side),
            _ => null,
        };

        return name is not null;
    }

    /// <summary>The name as the industry prints it.</summary>
    public override string ToString()
    {
        string pair = Quote is { } quote ? $"{Base}_{quote}" : Base.Value;

        return Kind switch
        {
            InstrumentKind.Spot => pair,
            InstrumentKind.Perpetual => $"{pair}-PERPETUAL",
            InstrumentKind.Future => $"{pair}-{Day(Expiry!.Value)}",
            InstrumentKind.Pool when Lower is null => $"{pair}-POOL",
            InstrumentKind.Pool => $"{pair}-POOL-{Print(Lower.Value)}-{Print(Upper!.Value)}",
            _ => $"{pair}-{Day(Expiry!.Value)}-{Print(Strike!.Value)}-{(Side == OptionSide.Call ? "C" : "P")}",
        };
    }

    private static bool TryExpiry(string text, out Instant expiry)
    {
        expiry = default;
        if (text.Length is not (6 or 7)) return false;

        int dayDigits = text.Length - 5;
        int month = Array.IndexOf(Months, text.Substring(dayDigits, 3)) + 1;
        bool digits = int.TryParse(text.AsSpan(0, dayDigits), NumberStyles.None, CultureInfo.InvariantCulture, out int day)
            & int.TryParse(text.AsSpan(dayDigits + 3), NumberStyles.None, CultureInfo.InvariantCulture, out int year);
        if (!digits || month == 0 || text[0] == '0' || day < 1 || day > DateTime.DaysInMonth(2000 + year, month)) return false;

        expiry = Instant.Utc(2000 + year, month, day, ExpiryHour);

        return true;
    }

    private static bool TryStrike(string text, out decimal strike) =>
        decimal.TryParse(text.Replace('d', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out strike)
        && strike is >= Price.Min and <= Price.Max
        && !text.Contains('.', StringComparison.Ordinal);

    /// <summary>An end of a range has one spelling, so that one range has one name.</summary>
    private static bool TryEnd(string text, out decimal price) => TryStrike(text, out price) && Print(price) == text;

    private static bool TrySide(string text, out OptionSide side)
    {
        side = text == "P" ? OptionSide.Put : OptionSide.Call;

        return text is "C" or "P";
    }

    private static string Day(Instant expiry)
    {
        DateTime day = expiry.ToDateTime();

        return $"{day.Day}{Months[day.Month - 1]}{day.Year % 100:00}";
    }

    private static string Print(decimal strike) =>
        Price.Canonical(strike).ToString(CultureInfo.InvariantCulture).Replace('.', 'd');
}
