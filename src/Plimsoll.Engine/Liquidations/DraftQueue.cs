using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Liquidations;

/// <summary>
/// Drafts for many accounts, a batch at a time on several threads: a draft is a pure function, so that any number of threads
/// gives the same. One that was made before somebody else's liquidation changed the account's family or counterparties is
/// made again.
/// </summary>
internal sealed class DraftQueue(LiquidationRun run, int[] accounts)
{
    private const int Batch = 1024;
    private const int WorthThreads = 32;

    private readonly LiquidationDraft?[] _drafts = new LiquidationDraft?[Math.Min(Batch, accounts.Length)];
    private int _from = -Batch;
    private int _disturbances = -1;

    /// <summary>The draft for the account at a place, which must be asked for in order.</summary>
    public LiquidationDraft Take(int place, MarginLine goal)
    {
        var account = new AccountIndex(accounts[place]);
        if (place >= _from + Batch) Fill(place / Batch * Batch);

        LiquidationDraft? draft = _drafts[place - _from];
        _drafts[place - _from] = null;
        bool isStale = draft is null || _disturbances != run.Disturbances || draft.Goal != goal || run.Venue.Judgement.Terms.FamilyOf(account.Value).Length > 0;

        return isStale ? run.Draft(account, goal) : draft!;
    }

    private void Fill(int from)
    {
        (_from, _disturbances) = (from, run.Disturbances);
        Array.Clear(_drafts);
        int count = Math.Min(Batch, accounts.Length - from);
        if (count < WorthThreads || run.Venue.Judgement.Threads < 2) return;

        // What is asked of the venue's books is asked on one thread: only the drafts themselves are pure.
        MarginLine?[] goals = [.. Enumerable.Range(from, count).Select(i => GoalOf(new AccountIndex(accounts[i])))];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = run.Venue.Judgement.Threads }, i =>
        {
            if (goals[i] is { } goal) _drafts[i] = run.Draft(new AccountIndex(accounts[from + i]), goal);
        });
    }

    /// <summary>What a draft will be asked for, if it is: who must wait for room, or is auctioned, needs none.</summary>
    private MarginLine? GoalOf(AccountIndex account) => run.Book.Of(account) switch
    {
        null or { Stage: LiquidationStage.Called } => run.VerdictOn(account).IsLiquidatable ? MarginLine.Target : MarginLine.Initial,
        { Stage: LiquidationStage.Slicing } one when run.Rooms.HasAny(account) => one.Goal,
        _ => null,
    };
}
