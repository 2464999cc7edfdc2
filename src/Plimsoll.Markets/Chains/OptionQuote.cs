using Plimsoll.Markets.Instruments;
using Plimsoll.Units;

namespace Plimsoll.Markets.Chains;

/// <summary>What a chain's option prices are counted in.</summary>
public enum PriceUnit
{
    /// <summary>Coins of the underlying, as inverse options are quoted.</summary>
    Coin = 0,

    /// <summary>The quote unit of strike and forward.</summary>
    Quote = 1,
}

/// <summary>
/// One option of a chain as the venue showed it. NaN stands for a figure that was not there; nothing has been judged yet.
/// </summary>
public sealed record OptionQuote
{
    /// <summary>Line of the file it came from, or its place in the list, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>The venue's name of it.</summary>
    public required string Instrument { get; init; }

    /// <summary>What it is written on, e.g. BTC.</summary>
    public required string Underlying { get; init; }

    /// <summary>The quote its name states, e.g. USDC; empty where the venue's numeraire is meant.</summary>
    public string Quote { get; init; } = "";

    /// <summary>The right it gives.</summary>
    public required OptionSide Side { get; init; }

    /// <summary>Strike, in quote units.</summary>
    public required double Strike { get; init; }

    /// <summary>When it ends.</summary>
    public required Instant Expiry { get; init; }

    /// <summary>When it was seen.</summary>
    public required Instant At { get; init; }

    /// <summary>The forward of its expiry at that moment, in quote units.</summary>
    public double Forward { get; init; } = double.NaN;

    /// <summary>What the prices are counted in.</summary>
    public PriceUnit Unit { get; init; }

    /// <summary>Best bid; 0 or NaN where nobody bids.</summary>
    public double Bid { get; init; } = double.NaN;

    /// <summary>Best ask; 0 or NaN where nobody offers.</summary>
    public double Ask { get; init; } = double.NaN;

    /// <summary>The venue's mark price.</summary>
    public double Mark { get; init; } = double.NaN;

    /// <summary>The venue's volatility of the bid, a fraction.</summary>
    public double BidVolatility { get; init; } = double.NaN;

    /// <summary>The venue's volatility of the ask, a fraction.</summary>
    public double AskVolatility { get; init; } = double.NaN;

    /// <summary>The venue's volatility of the mark, a fraction.</summary>
    public double MarkVolatility { get; init; } = double.NaN;

    /// <summary>Contracts open, in coins of the underlying.</summary>
    public double OpenInterest { get; init; } = double.NaN;

    /// <summary>A price in quote units, through the expiry's own forward and never through spot.</summary>
    /// <param name="price">A price in <see cref="Unit"/>.</param>
    /// <param name="forward">The forward.</param>
    public double InQuoteUnits(double price, double forward) => Unit == PriceUnit.Coin ? price * forward : price;

    /// <summary>The name of its surface: options of one underlying and one quote belong together.</summary>
    public string Surface => Quote.Length == 0 ? Underlying : $"{Underlying}_{Quote}";
}

/// <summary>A row of a chain that could not be read, with the reason.</summary>
/// <param name="Line">Line of the file, or place in the list, from 1.</param>
/// <param name="Instrument">The name, as far as it was there.</param>
/// <param name="Reason">Which field, what was found, what was expected.</param>
public sealed record UnreadableRow(int Line, string Instrument, string Reason);

/// <summary>A chain of option quotes as read, in the order of the file.</summary>
/// <param name="Quotes">The rows that could be read.</param>
/// <param name="Unreadable">The rows that could not.</param>
public sealed record OptionChain(IReadOnlyList<OptionQuote> Quotes, IReadOnlyList<UnreadableRow> Unreadable)
{
    /// <summary>The surfaces its quotes belong to, in the order they first appear.</summary>
    public IReadOnlyList<string> Surfaces => [.. Quotes.Select(quote => quote.Surface).Distinct(StringComparer.Ordinal)];
}
