using Plimsoll.Units;

namespace Plimsoll.Risk.Margin.Rulebooks.Derive;

/// <summary>Who pays the taker of an account that is worth less than nothing.</summary>
/// <param name="ToBidder">What he is paid.</param>
/// <param name="FromSecurityModule">What the security module pays of it.</param>
/// <param name="Socialised">What nobody pays: printed, and borne by everyone who holds cash.</param>
public readonly record struct InsolventBid(double ToBidder, double FromSecurityModule, double Socialised);

/// <summary>
/// The auction of an account worth less than nothing: somebody is paid to take it, from its debt at the beginning to the
/// whole maintenance requirement at the end. Source: Derive v2-core, <c>DutchAuction.sol</c>, <c>_bidOnInsolventAuction</c>.
/// </summary>
/// <param name="Length">Seconds until the whole requirement is paid, above 0.</param>
public readonly record struct InsolventAuction(double Length)
{
    /// <summary>What a bidder is paid.</summary>
    /// <param name="seconds">Since the auction began.</param>
    /// <param name="markToMarket">What the account is worth; above 0 counts as 0.</param>
    /// <param name="maintenance">Its maintenance margin, not above the mark.</param>
    /// <param name="part">The part he takes, 0 to 1.</param>
    /// <param name="securityModule">What the security module holds.</param>
    /// <exception cref="InputException">A figure out of its range.</exception>
    public InsolventBid Bid(double seconds, double markToMarket, double maintenance, double part, double securityModule)
    {
        if (!(Length > 0) || !(seconds >= 0)) throw new InputException("auction time", "expected a length above 0 and 0 or more seconds");
        if (part is not (>= 0 and <= 1)) throw new InputException("bid part", $"found {part}, expected 0 to 1");
        if (!(securityModule >= 0)) throw new InputException("securityModule", $"found {securityModule}, expected 0 or more");

        double worth = Math.Min(markToMarket, 0);
        double paid = -(worth + ((maintenance - worth) * Math.Min(seconds / Length, 1))) * part;
        double covered = Math.Clamp(paid, 0, securityModule);

        return new InsolventBid(paid, covered, Math.Max(paid - covered, 0));
    }
}
