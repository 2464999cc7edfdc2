using System.Numerics;

namespace Plimsoll.Markets.Oracles;

/// <summary>What one source says of a price.</summary>
/// <param name="Price">In whole units of the price's own grid; may be below 0.</param>
/// <param name="Confidence">Half the width of the interval it is sure of, in the same units; a quote without one is no quote.</param>
/// <param name="Trading">Whether the source says its market is open.</param>
/// <param name="Age">Slots since it was published; below 0 it comes from the future.</param>
public readonly record struct SourceQuote(BigInteger Price, BigInteger Confidence, bool Trading, long Age);

/// <summary>What the sources say together.</summary>
/// <param name="IsKnown">Whether any source's quote was fit to be used.</param>
/// <param name="Price">The median of the votes.</param>
/// <param name="Confidence">How far the farther quartile of the votes lies from it.</param>
/// <param name="Sources">How many quotes were used.</param>
public readonly record struct AggregatePrice(bool IsKnown, BigInteger Price, BigInteger Confidence, int Sources);

/// <summary>
/// The median of three votes a source: its price, and its price less and plus its confidence. A source that is unsure
/// spreads its votes and weighs less in the middle; no single source, however far off, moves the result beyond what the
/// others say. Source: Pyth client, <c>upd_aggregate.h</c> (price model of three votes, p25 and p75 by place).
/// </summary>
public static class ThreeVoteMedian
{
    /// <summary>Slots after which a quote is too old, as Pyth has it.</summary>
    public const long MostAge = 25;

    /// <summary>Joins quotes. Those not trading, without a confidence above 0, too old or from the future have no vote.</summary>
    /// <param name="quotes">One for each source, in any order.</param>
    /// <param name="mostAge">Slots after which a quote is too old.</param>
    public static AggregatePrice Of(IEnumerable<SourceQuote> quotes, long mostAge = MostAge)
    {
        BigInteger[] votes = [.. quotes
            .Where(quote => quote.Trading && quote.Confidence.Sign > 0 && quote.Age >= 0 && quote.Age <= mostAge)
            .SelectMany(quote => new[] { quote.Price - quote.Confidence, quote.Price, quote.Price + quote.Confidence })
            .Order()];
        if (votes.Length == 0) return new AggregatePrice(false, 0, 0, 0);

        int count = votes.Length;
        BigInteger low = votes[count >> 2];
        BigInteger high = votes[count - 1 - (count >> 2)];
        BigInteger middle = (count & 1) == 1 ? votes[count >> 1] : (votes[(count >> 1) - 1] + votes[count >> 1]) >> 1;

        return new AggregatePrice(true, middle, BigInteger.Max(middle - low, high - middle), count / 3);
    }
}
