using System.Collections.Immutable;
using Plimsoll.Engine.Commands;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine;

/// <summary>
/// What follows when accounts have been judged.
/// <list type="number">
/// <item>Who comes too near to his requirement is called; who recovers is let go.</item>
/// <item>Who is under water is liquidated, the deepest first, ties to the older account: orders are cancelled, then the
/// plan closes no more than it must against the liquidity provider.</item>
/// <item>What a bankrupt account still owes is paid by the insurance fund; where the fund cannot bear it, the other side
/// takes the position over at the bankruptcy price; and what nobody can be made to bear is the venue's own loss.</item>
/// <item>Whoever came under water through that is looked at again, in bounded rounds.</item>
/// </list>
/// </summary>
internal static class Consequences
{
    /// <summary>The account liquidations are filled against: every venue opens it before it trades.</summary>
    public static AccountId Provider { get; } = new("liquidity");

    /// <summary>Rounds of looking again; an account still under water after them waits for the next price.</summary>
    private const int MaxRounds = 8;

    public static void Follow(VenueState venue, Action<Event> happen)
    {
        if (venue.Judgement.Model is not { } model) return;

        var tick = new FundCapacity(venue, model.Parameters.Liquidation.MaxFundDrawPerTick);
        int[] judged = [.. Interesting(venue, model)];
        Call(venue, model, judged, happen);
        for (int round = 0; round < MaxRounds; round++)
        {
            int[] drowning = [.. judged
                .Where(account => venue.Judgement.Of(new AccountIndex(account)).IsLiquidatable)
                .OrderBy(account => venue.Judgement.Of(new AccountIndex(account)).MaintenanceHealth)
                .ThenBy(account => account)];
            var next = new SortedSet<int>();
            foreach (int account in drowning)
            {
                // The one before may have changed this one, as a counterparty or as whoever pays.
                if (venue.Judgement.Of(new AccountIndex(account)).IsLiquidatable) Liquidation.Carry(venue, model, new AccountIndex(account), tick, happen, next);
            }

            if (next.Count == 0) return;

            judged = [.. next];
            Call(venue, model, judged, happen);
        }
    }

    /// <summary>Of the accounts just judged, those that anything could follow for.</summary>
    private static List<int> Interesting(VenueState venue, MarginModel model)
    {
        var found = new List<int>();
        double callAt = (double)model.Parameters.CallAt;
        ReadOnlySpan<Verdict> verdicts = venue.Judgement.Verdicts;
        foreach (int account in venue.Judgement.Judged)
        {
            ref readonly Verdict verdict = ref verdicts[account];
            if (verdict.MaintenanceRequirement >= callAt * verdict.Counted && IsAtRisk(verdict)) found.Add(account);
            else if (venue.Accounts.PhaseOf(new AccountIndex(account)) != AccountPhase.Healthy) found.Add(account);
        }

        return found;
    }

    private static bool IsAtRisk(in Verdict verdict) => verdict.MaintenanceRequirement > 0 || verdict.Counted < 0;

    // He is let go where he could open again, not where he was called: else he would be called at every tick.
    private static bool Recovered(in Verdict verdict, AccountPhase phase) =>
        verdict.InitialHealth >= 0 && (phase != AccountPhase.Bankrupt || verdict.Equity > 0);

    private static void Call(VenueState venue, MarginModel model, ReadOnlySpan<int> judged, Action<Event> happen)
    {
        double callAt = (double)model.Parameters.CallAt;
        foreach (int account in judged)
        {
            var index = new AccountIndex(account);
            Verdict verdict = venue.Judgement.Of(index);
            AccountPhase phase = venue.Accounts.PhaseOf(index);
            bool near = verdict.MaintenanceRequirement >= callAt * verdict.Counted && IsAtRisk(verdict);
            if (near && phase == AccountPhase.Healthy)
                happen(new MarginCalled(venue.Accounts[index], double.IsFinite(verdict.MarginRatio) ? verdict.MarginRatio : null));
            else if (phase != AccountPhase.Healthy && Recovered(verdict, phase))
                happen(new MarginCallLifted(venue.Accounts[index]));
        }
    }
}
