using Plimsoll.Units;

namespace Plimsoll.Risk.Margin.Rulebooks.Derive;

/// <summary>
/// The clock of a Dutch auction: what part of a portfolio's mark is asked for falls in two straight lines, fast and then
/// slow, to nothing. Source: Derive v2-core, <c>src/liquidation/DutchAuction.sol</c>, <c>_getDiscountPercentage</c>.
/// </summary>
/// <param name="Start">The part asked for at the beginning: 0.98.</param>
/// <param name="FastCutoff">The part asked for when the fast phase ends: 0.8.</param>
/// <param name="FastLength">Seconds of the fast phase.</param>
/// <param name="SlowLength">Seconds of the slow phase, at whose end nothing is asked for.</param>
/// <param name="BufferPart">How far beyond maintenance an auction goes on, as a part of what maintenance requires: 0.2.</param>
public readonly record struct AuctionTerms(double Start, double FastCutoff, double FastLength, double SlowLength, double BufferPart)
{
    /// <summary>The part of the mark asked for so many seconds after the beginning, 0 to 1.</summary>
    /// <exception cref="InputException">The lines do not fall, or a time is below 0.</exception>
    public double PartAt(double seconds)
    {
        if (!(FastLength >= 0 && SlowLength >= 0 && seconds >= 0)) throw new InputException("auction time", "expected 0 or more seconds");
        if (!(Start is <= 1 and >= 0 && FastCutoff >= 0 && FastCutoff <= Start)) throw new InputException("auction fastCutoff", $"found {FastCutoff}, expected 0 to the start {Start}");
        if (seconds < FastLength) return Start - ((Start - FastCutoff) * seconds / FastLength);
        if (seconds >= FastLength + SlowLength) return 0;

        return FastCutoff * (1 - ((seconds - FastLength) / SlowLength));
    }

    /// <summary>Maintenance health less the buffer: an auction is over when it is 0 or more.</summary>
    /// <param name="maintenance">Maintenance margin, what is lacking below 0.</param>
    /// <param name="markToMarket">What the portfolio is worth.</param>
    public double BufferMargin(double maintenance, double markToMarket) => maintenance + ((maintenance - markToMarket) * BufferPart);
}
