using System.Globalization;
using Plimsoll.Markets.Instruments;
using Plimsoll.Units;

namespace Plimsoll.Markets.Chains;

/// <summary>
/// Makes quotes of named fields, whatever the file they came from. Names are those venues use: Deribit's in full, and the
/// short ones of <c>docs/formats/chain.md</c>.
/// </summary>
internal sealed class ChainFields(PriceUnit? unit)
{
    private static readonly string[] Instrument = ["instrument", "instrument_name", "symbol"];
    private static readonly string[] Underlying = ["underlying", "currency", "base_currency"];
    private static readonly string[] Side = ["type", "option_type", "side"];
    private static readonly string[] Expiry = ["expiry", "expiry_us", "expiry_ms", "expiry_iso", "expiration_timestamp"];
    private static readonly string[] At = ["at", "ts_us", "ts_ms", "ts_iso", "timestamp", "creation_timestamp"];
    private static readonly string[] Forward = ["forward", "underlying_price"];
    private static readonly string[] Bid = ["bid", "best_bid", "bid_price", "best_bid_price"];
    private static readonly string[] Ask = ["ask", "best_ask", "ask_price", "best_ask_price"];
    private static readonly string[] Mark = ["mark", "mark_price"];
    private static readonly string[] OpenInterest = ["open_interest"];

    /// <summary>The names of fields a header must have one of.</summary>
    public static IReadOnlyList<string> Names => Instrument;

    /// <summary>Reads one row.</summary>
    /// <param name="line">Its line or place.</param>
    /// <param name="field">The text of a field, null or empty where it is not there.</param>
    /// <param name="usualAt">When the whole chain was seen, for rows that do not say.</param>
    /// <param name="quote">The quote.</param>
    /// <returns>Why the row cannot be read; none where it was.</returns>
    public string? Read(int line, Func<string, string?> field, Instant? usualAt, out OptionQuote? quote)
    {
        quote = null;
        string name = Text(field, Instrument, out _) ?? "";
        bool named = InstrumentName.TryParse(name, out InstrumentName? terms);
        if (named && terms!.Kind != InstrumentKind.Option) return $"{name} is no option";

        try
        {
            double strike = Number(field, "strike");
            OptionSide? side = SideOf(field);
            Instant? expiry = Moment(field, Expiry);
            if (named && (Differs(strike, (double)terms!.Strike!.Value) || (side is { } s && s != terms.Side) || (expiry is { } e && e != terms.Expiry)))
                return $"strike, type or expiry say otherwise than the name {name}";

            Instant? at = Moment(field, At) ?? usualAt;
            string underlying = named ? terms!.Base.Value : Text(field, Underlying, out _) ?? "";
            if (underlying.Length == 0) return $"{Instrument[0]}: found '{name}', expected a name like BTC-27DEC24-60000-C, or {Underlying[0]}, type, strike and expiry";
            if (at is null) return $"{At[0]}: is missing, expected when the quote was seen";
            if ((named ? terms!.Expiry : expiry) is not { } end) return $"{Expiry[0]}: is missing";
            if ((named ? terms!.Side : side) is not { } right) return $"{Side[0]}: is missing, expected call or put";

            string quoted = named && terms!.Quote is { } q ? q.Value : "";
            quote = new OptionQuote
            {
                Line = line,
                Instrument = name.Length > 0 ? name : $"{underlying} {end} {strike.ToString(CultureInfo.InvariantCulture)} {right}",
                Underlying = underlying,
                Quote = quoted,
                Side = right,
                Strike = named ? (double)terms!.Strike!.Value : strike,
                Expiry = end,
                At = at.Value,
                Forward = Number(field, Forward),
                Unit = UnitOf(field) ?? unit ?? (quoted.Length == 0 ? PriceUnit.Coin : PriceUnit.Quote),
                Bid = Number(field, Bid),
                Ask = Number(field, Ask),
                Mark = Number(field, Mark),
                BidVolatility = Volatility(field, "bid"),
                AskVolatility = Volatility(field, "ask"),
                MarkVolatility = Volatility(field, "mark"),
                OpenInterest = Number(field, OpenInterest),
            };

            return null;
        }
        catch (InputException fault)
        {
            return fault.Message;
        }
    }

    private static bool Differs(double stated, double named) => !double.IsNaN(stated) && Math.Abs(stated - named) > 1e-9 * Math.Abs(named);

    private static string? Text(Func<string, string?> field, string[] names, out string name)
    {
        foreach (string one in names)
        {
            name = one;
            if (field(one) is { Length: > 0 } text) return text;
        }

        name = names[0];
        return null;
    }

    private static double Number(Func<string, string?> field, params string[] names)
    {
        string? text = Text(field, names, out string name);
        if (text is null || text.Equals("nan", StringComparison.OrdinalIgnoreCase)) return double.NaN;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)) return value;

        throw new InputException(name, $"found '{text}', expected a number");
    }

    // Deribit prints volatilities in per cent; ours are fractions, and the name tells which.
    private static double Volatility(Func<string, string?> field, string whose)
    {
        double percent = Number(field, $"{whose}_iv", $"{whose}_iv_pct");

        return double.IsNaN(percent) ? Number(field, $"{whose}_vol") : percent / 100;
    }

    private static OptionSide? SideOf(Func<string, string?> field) => Text(field, Side, out string name) switch
    {
        null => null,
        "call" or "C" or "c" or "Call" => OptionSide.Call,
        "put" or "P" or "p" or "Put" => OptionSide.Put,
        var other => throw new InputException(name, $"found '{other}', expected call or put"),
    };

    private static PriceUnit? UnitOf(Func<string, string?> field) => field("unit") switch
    {
        null or "" => null,
        "coin" => PriceUnit.Coin,
        "quote" or "usd" => PriceUnit.Quote,
        var other => throw new InputException("unit", $"found '{other}', expected coin or quote"),
    };

    private static Instant? Moment(Func<string, string?> field, string[] names)
    {
        if (Text(field, names, out string name) is not { } text) return null;
        if (Instant.TryParse(text, out Instant read)) return read;

        // Microseconds since 1973 have more digits than milliseconds of any year before 5138.
        const long FirstMicroseconds = 100_000_000_000_000;
        const long LastMicroseconds = 10_000_000_000_000_000;
        bool whole = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long epoch) && epoch <= LastMicroseconds;

        return !whole
            ? throw new InputException(name, $"found '{text}', expected a time such as 2024-11-01T08:00:00Z, or milliseconds or microseconds since 1970")
            : epoch < FirstMicroseconds ? Instant.FromUnixMilliseconds(epoch) : new Instant(epoch);
    }
}
