using Plimsoll.Engine.Commands;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Liquidations;

/// <summary>Opens auctions, turns them from one form to the other, and ends them.</summary>
internal static class Auctioning
{
    public static void Open(LiquidationRun run, AccountIndex account, AuctionCause cause, LiquidationDraft draft)
    {
        Instant ends = run.Venue.Now + TimeSpan.FromSeconds(run.Terms.Auction!.Seconds);
        double equity = draft.Before.Equity;
        run.Happen(new AuctionOpened(run.NameOf(account), cause, FormOf(equity), ends, equity, draft.Spiral.LoanToValue, draft.Spiral.Bound));
    }

    /// <summary>Looks at an auction again.</summary>
    /// <returns>Whether its time is over and the account still there.</returns>
    public static bool Follow(LiquidationRun run, AccountIndex account)
    {
        LiquidationCase one = run.Book.Of(account)!;
        Verdict verdict = run.Judged(account);
        if (verdict.Health(one.Goal) >= 0)
        {
            run.Happen(new AuctionEnded(run.NameOf(account), AuctionEnding.Restored));
            run.End(account, LiquidationEnding.Restored);

            return false;
        }

        if (run.Venue.Positions.Rows(account).Count == 0 && IsTaken(run, account, one.Auction!))
        {
            run.Happen(new AuctionEnded(run.NameOf(account), AuctionEnding.Sold));
            run.Layers.Settle(account);
            run.Disturb();
            run.End(account, LiquidationEnding.WoundUp);

            return false;
        }

        AuctionForm form = FormOf(verdict.Equity);
        if (form != one.Auction!.Form) run.Happen(new AuctionTurned(run.NameOf(account), form, verdict.Equity));
        if (run.Venue.Now < one.Auction.EndsAt) return false;

        run.Happen(new AuctionEnded(run.NameOf(account), AuctionEnding.Unsold));

        return true;
    }

    private static AuctionForm FormOf(double equity) => equity > 0 ? AuctionForm.Solvent : AuctionForm.Insolvent;

    // Of an account worth less than nothing everything goes at once: what it owes then is what the taker was paid.
    private static bool IsTaken(LiquidationRun run, AccountIndex account, AuctionStand auction) =>
        auction.IsTaken && run.VerdictOn(account).Equity < 0;
}
