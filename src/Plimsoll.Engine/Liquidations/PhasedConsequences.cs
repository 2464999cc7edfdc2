using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Insurance;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Liquidations;

/// <summary>
/// What follows from a judgement where the rulebook has phases.
/// <list type="number">
/// <item>Warnings, calls with their deadlines, and who is let go.</item>
/// <item>Deadlines and auctions that have come to their end.</item>
/// <item>Whoever is under water, or under liquidation and not yet worked in this period: the deepest first, ties to the older
/// account. Orders are cancelled, a slice is sold, or the account goes on to auction and last resort.</item>
/// <item>Whoever came under water through that is looked at again, in bounded rounds.</item>
/// </list>
/// Every step is an event; what a period has seen is part of the state, so that a plan interrupted anywhere goes on where it was.
/// </summary>
internal static class PhasedConsequences
{
    private const int MaxRounds = 8;

    public static void Follow(VenueState venue, MarginModel model, Action<Event> happen)
    {
        var layers = new FundLayers(venue, model.Parameters, happen);
        var run = new LiquidationRun(venue, model, layers, new Takeovers(venue, layers, happen), happen);
        LetOut(run);
        bool sweep = run.Book.Worked > 0 && !run.Book.Usage.HasBegun(run.Book.SweptAt);
        int[] watched = [.. venue.Judgement.Watched];
        Notices.Give(run, watched);
        int[] turn = [.. run.Book.Due().Concat(watched).Concat(sweep ? run.Book.Cases.Where(one => one.IsWorked).Select(one => one.Account.Value) : [])];
        for (int round = 0; round < MaxRounds && turn.Length > 0; round++)
        {
            int[] worked = Turns.Ordered(run, turn);
            Work(run, worked);
            run.Takeovers.PassOn();
            venue.Judgement.Refresh();
            turn = [.. venue.Judgement.Watched];
            Notices.Give(run, Turns.Both(run, worked, turn));
        }

        Backstopping.Follow(run);
        venue.Judgement.Refresh();
        if (run.Book.Worked > 0 && !run.Book.Usage.HasBegun(run.Book.SweptAt)) happen(new PeriodWorked(run.Book.Usage.PeriodStart, run.Book.Worked, run.Book.Usage.Sold));
    }

    /// <summary>Ends every case that phases began, where the rulebook has none any more.</summary>
    public static void Drop(VenueState venue, Action<Event> happen)
    {
        foreach (LiquidationCase one in venue.Liquidations.Cases.ToArray())
            happen(new LiquidationEnded(venue.Accounts[one.Account], LiquidationEnding.Dropped, one.Slices, one.PlannedCost, one.ExpectedCost, one.RealisedCost));
    }

    /// <summary>Ends the case of whoever a new rulebook made one that takes what others lose: nobody would ever go on with it.</summary>
    private static void LetOut(LiquidationRun run)
    {
        if (run.Book.Cases.Count == 0) return;

        foreach (AccountId? name in (ReadOnlySpan<AccountId?>)[run.Terms.Backstop?.Account, run.Venue.Insurance.Terms.Cover?.Insurer])
        {
            if (name is { } who && run.Venue.Accounts.TryFind(who, out AccountIndex account) && run.Book.Of(account) is not null && run.IsExempt(account))
                run.End(account, LiquidationEnding.Dropped);
        }
    }

    private static void Work(LiquidationRun run, int[] accounts)
    {
        var drafts = new DraftQueue(run, accounts);
        for (int i = 0; i < accounts.Length; i++) One(run, new AccountIndex(accounts[i]), drafts, i);
    }

    private static void One(LiquidationRun run, AccountIndex account, DraftQueue drafts, int place)
    {
        // The one before may have changed this one, as a counterparty or as whoever pays.
        run.Venue.Judgement.Refresh(account);
        if (!run.MayLiquidate(account)) return;
        if (run.Book.Of(account) is not { } one || one.Stage == LiquidationStage.Called)
        {
            if (CauseOf(run, account) is not { } cause) return;

            LiquidationDraft draft = drafts.Take(place, GoalOf(cause));
            Slicing.Begin(run, account, cause, GoalOf(cause), draft);
            Slice(run, account, draft);

            return;
        }

        switch (one.Stage)
        {
            case LiquidationStage.Slicing:
                if (one.Slices == 0 || run.Rooms.HasAny(account) || run.VerdictOn(account).Health(one.Goal) >= 0) Slice(run, account, drafts.Take(place, one.Goal));
                break;
            case LiquidationStage.Auctioned:
                if (Auctioning.Follow(run, account)) Resort(run, account, one.Cause);
                break;
            default:
                LastResort.Work(run, account);
                break;
        }
    }

    private static void Slice(LiquidationRun run, AccountIndex account, LiquidationDraft draft)
    {
        if (Slicing.Work(run, account, draft) is not { } cause) return;

        run.CancelOrders(account);
        if (run.Terms.Auction is not null) Auctioning.Open(run, account, cause, draft);
        else Resort(run, account, run.Book.Of(account)!.Cause);
    }

    private static void Resort(LiquidationRun run, AccountIndex account, LiquidationCause cause)
    {
        run.Happen(new LastResortReached(run.NameOf(account), cause));
        LastResort.Work(run, account);
    }

    /// <summary>Why an account that is not being liquidated must be; none where it need not.</summary>
    internal static LiquidationCause? CauseOf(LiquidationRun run, AccountIndex account)
    {
        Verdict verdict = run.VerdictOn(account);
        if (verdict.IsLiquidatable) return LiquidationCause.MaintenanceBreached;
        if (verdict.InitialHealth >= 0) return null;
        if (run.Venue.Overrides.Orders(account)) return LiquidationCause.Ordered;

        return run.Book.Of(account) is { Stage: LiquidationStage.Called, DueAt: { } due } && due <= run.Venue.Now ? LiquidationCause.CallUnmet : null;
    }

    private static MarginLine GoalOf(LiquidationCause cause) => cause == LiquidationCause.MaintenanceBreached ? MarginLine.Target : MarginLine.Initial;
}
