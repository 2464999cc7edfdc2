using Plimsoll.Units;

namespace Plimsoll.Risk.Margin.Rulebooks.Derive;

/// <summary>What one bid came to.</summary>
/// <param name="BufferMargin">The margin an auction restores to 0.</param>
/// <param name="MostPart">The largest part of the portfolio that may be sold now: more would be more than needed.</param>
/// <param name="Part">The part that was sold.</param>
/// <param name="Cash">What the bidder paid for it.</param>
public readonly record struct AuctionBid(double BufferMargin, double MostPart, double Part, double Cash);

/// <summary>
/// The auction of an account that is worth something: parts of the whole portfolio are sold at a falling part of its mark
/// until the buffer is restored. What bidders have paid is reserved: it stays the account's and is not sold to the next one.
/// Source: Derive v2-core, <c>DutchAuction.sol</c>, <c>_getMaxProportion</c> and <c>_bidOnSolventAuction</c>.
/// </summary>
/// <param name="terms">The auction's clock.</param>
public sealed class SolventAuction(AuctionTerms terms)
{
    /// <summary>What bidders have paid so far.</summary>
    public double Reserved { get; private set; }

    /// <summary>Takes a bid.</summary>
    /// <param name="seconds">Since the auction began.</param>
    /// <param name="markToMarket">What the account is worth now, reserved cash included.</param>
    /// <param name="maintenance">Its maintenance margin now.</param>
    /// <param name="wanted">The part of what is left that the bidder wants, 0 to 1.</param>
    /// <exception cref="InputException">The part lies outside 0 to 1, or a figure is not a number.</exception>
    public AuctionBid Bid(double seconds, double markToMarket, double maintenance, double wanted)
    {
        if (wanted is not (>= 0 and <= 1)) throw new InputException("bid part", $"found {wanted}, expected 0 to 1");
        if (!double.IsFinite(markToMarket) || !double.IsFinite(maintenance)) throw new InputException("auction margin", "expected finite numbers");

        double buffer = terms.BufferMargin(maintenance, markToMarket);
        double part = terms.PartAt(seconds);
        double most = MostPart(buffer, markToMarket, part);
        double sold = Math.Min(wanted, most);
        double cash = (markToMarket - Reserved) * part * sold;
        Reserved += cash;

        return new AuctionBid(buffer, most, sold, cash);
    }

    // Selling a part f takes f of the lack away, costs f × (1 − part) of what is sold, and leaves reserved cash alone: the
    // buffer is 0 again at f = buffer ÷ (buffer − mark × part − reserved × (1 − part)).
    private double MostPart(double buffer, double markToMarket, double part)
    {
        if (buffer >= 0) return 0;

        double below = buffer - (markToMarket * part) - (Reserved * (1 - part));

        return below < buffer ? buffer / below : 1;
    }
}
