using System.Collections.Immutable;
using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Insurance;
using Plimsoll.Engine.Liquidations;
using Plimsoll.Markets.Oracles;
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

        Premiums.Follow(venue, happen);
        if (!model.Parameters.Phases.IsNone)
        {
            PhasedConsequences.Follow(venue, model, happen);

            return;
        }

        if (venue.Liquidations.Cases.Count > 0) PhasedConsequences.Drop(venue, happen);
        var layers = new FundLayers(venue, model.Parameters, happen);
        var takeovers = new Takeovers(venue, layers, happen);
        int[] watched = [.. venue.Judgement.Watched];
        Call(venue, model, watched, happen);
        for (int round = 0; round < MaxRounds && watched.Length > 0; round++)
        {
            foreach (int account in Drowning(venue, watched))
            {
                // The one before may have changed this one, as a counterparty or as whoever pays. Everybody else who was
                // changed is judged when the round is over: not before the next round does anything follow for him.
                var index = new AccountIndex(account);
                venue.Judgement.Refresh(index);
                if (venue.Judgement.Of(index).IsLiquidatable) Liquidation.Carry(venue, model, index, layers, takeovers, happen);
            }

            takeovers.PassOn();
            venue.Judgement.Refresh();
            watched = [.. venue.Judgement.Watched];
            Call(venue, model, watched, happen);
        }
    }

    private static int[] Drowning(VenueState venue, int[] watched) =>
    [
        .. watched
            .Where(account => venue.Judgement.Of(new AccountIndex(account)).IsLiquidatable && !venue.Overrides.Holds(new AccountIndex(account)))
            .Where(account => venue.Oracles.Allows(new AccountIndex(account), OracleAction.Liquidate))
            .OrderBy(account => venue.Judgement.Of(new AccountIndex(account)).MaintenanceHealth)
            .ThenBy(account => account),
    ];

    // He is let go where he could open again, not where he was called: else he would be called at every tick.
    private static bool Recovered(in Verdict verdict, AccountPhase phase) =>
        verdict.InitialHealth >= 0 && (phase != AccountPhase.Bankrupt || verdict.Equity > 0);

    private static void Call(VenueState venue, MarginModel model, ReadOnlySpan<int> watched, Action<Event> happen)
    {
        foreach (int account in watched)
        {
            var index = new AccountIndex(account);
            Verdict verdict = venue.Judgement.Of(index);
            AccountPhase phase = venue.Accounts.PhaseOf(index);
            if (verdict.IsNear(model.CallAt) && phase == AccountPhase.Healthy && venue.Oracles.Allows(index, OracleAction.Call))
                happen(new MarginCalled(venue.Accounts[index], double.IsFinite(verdict.MarginRatio) ? verdict.MarginRatio : null));
            else if (phase != AccountPhase.Healthy && Recovered(verdict, phase))
                happen(new MarginCallLifted(venue.Accounts[index]));
        }
    }
}
