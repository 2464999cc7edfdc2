using Plimsoll.Risk.Margin;
using Plimsoll.Risk.Margin.Rulebooks.Derive;

namespace Plimsoll.Risk.Liquidation;

/// <summary>What an auction asks at a moment.</summary>
public static class AuctionClock
{
    /// <summary>The part of the mark a bidder is given: rising in equal steps from the start to the end, which the last step asks.</summary>
    /// <param name="terms">The auction.</param>
    /// <param name="microseconds">Since it opened, at least 0.</param>
    public static decimal DiscountAt(AuctionPhaseTerms terms, long microseconds)
    {
        long last = ((long)terms.Seconds - 1) / terms.StepSeconds;
        long step = Math.Clamp(microseconds / (1_000_000L * terms.StepSeconds), 0, last);

        return last == 0 ? terms.StartDiscount : terms.StartDiscount + ((terms.EndDiscount - terms.StartDiscount) * step / last);
    }

    /// <summary>When the next step begins, in microseconds since it opened; none after the last.</summary>
    /// <inheritdoc cref="DiscountAt"/>
    public static long? NextStep(AuctionPhaseTerms terms, long microseconds)
    {
        long length = 1_000_000L * terms.StepSeconds;
        long next = ((microseconds / length) + 1) * length;

        return next < 1_000_000L * terms.Seconds ? next : null;
    }

    /// <summary>
    /// What a bidder is paid for taking a part of an account that is worth less than nothing: from its debt at the beginning to
    /// the whole of what maintenance lacks at the end, by steps. (Derive's insolvent auction.)
    /// </summary>
    /// <param name="terms">The auction.</param>
    /// <param name="microseconds">Since the account came to be worth less than nothing.</param>
    /// <param name="length">From then to the auction's end, in microseconds.</param>
    /// <param name="verdict">The account.</param>
    /// <param name="part">The part taken, above 0 and at most 1.</param>
    public static double PaidToBidder(AuctionPhaseTerms terms, long microseconds, long length, in Verdict verdict, double part)
    {
        long step = 1_000_000L * terms.StepSeconds;
        long begun = Math.Max(0, microseconds / step * step);

        return new InsolventAuction(Math.Max(1, length)).Bid(begun, verdict.Equity, Math.Min(verdict.MaintenanceHealth, verdict.Equity), part, 0).ToBidder;
    }
}
