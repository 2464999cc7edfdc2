using System.Runtime.InteropServices;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Liquidation.Deleveraging;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine.Deleveraging;

/// <summary>
/// A takeover under the policy in force.
/// <list type="number">
/// <item>The policy says how many lots each of the other side takes.</item>
/// <item>Whoever would be left worse off is passed over: his margin ratio may not rise, nor may he come under water through
/// it. A position that hedges the rest of an account is often such a one.</item>
/// <item>What the passed over would have taken is shared among the others in the same way, until nobody is passed over or
/// nobody is left. What then remains is nobody's: the liquidity provider takes it at the mark, and the loss is borne.</item>
/// </list>
/// </summary>
internal static class PolicyShares
{
    /// <summary>Times somebody may be passed over before whoever still would be is left out without asking the others for his part.</summary>
    private const int MaxRounds = 12;

    /// <summary>Sums of the same terms in another order differ by this part of them.</summary>
    private const double Rounding = 1e-9;

    /// <summary>Shares a takeover; accounts are judged as they stand.</summary>
    /// <param name="venue">The venue.</param>
    /// <param name="terms">The policy.</param>
    /// <param name="instrument">The contract.</param>
    /// <param name="change">Signed change of the position that is taken over.</param>
    /// <param name="price">At which price.</param>
    /// <param name="candidates">The other side, older accounts first.</param>
    /// <param name="exempt">Who keeps what he takes and is not asked whether it harms him; none for nobody.</param>
    public static AdlOutcome Share(
        VenueState venue, DeleveragingTerms terms, InstrumentIndex instrument, Lots change, Price price, List<AdlCandidate> candidates, AccountIndex? exempt = null)
    {
        List<AdlCandidate> asked = [.. candidates];
        long wanted = change.Size.Count;
        long[] taken = AdlAllocation.Share(terms, CollectionsMarshal.AsSpan(asked), wanted);
        for (int round = 1; PassOver(venue, instrument, change.Sign, price, asked, taken, exempt) && round < MaxRounds; round++)
            taken = AdlAllocation.Share(terms, CollectionsMarshal.AsSpan(asked), wanted);

        return Outcome(instrument, change, price, candidates, asked, taken);
    }

    /// <summary>Takes out of the list whoever would be worse off, and says whether there was anybody.</summary>
    private static bool PassOver(
        VenueState venue, InstrumentIndex instrument, int sign, Price price, List<AdlCandidate> asked, long[] taken, AccountIndex? exempt)
    {
        int kept = 0;
        bool any = false;
        for (int i = 0; i < asked.Count; i++)
        {
            bool worse = taken[i] > 0 && asked[i].Account != exempt && IsWorse(venue, instrument, new Lots(-sign * taken[i]), price, asked[i].Account);
            any |= worse;
            if (worse) continue;
            taken[kept] = taken[i];
            asked[kept++] = asked[i];
        }

        asked.RemoveRange(kept, asked.Count - kept);

        return any;
    }

    private static bool IsWorse(VenueState venue, InstrumentIndex instrument, Lots change, Price price, AccountIndex account)
    {
        (Verdict before, Verdict after) = venue.PreTrade.Taking(account, instrument, change, venue.Worth(instrument, change, price, Units.Rounding.Nearest));
        double slack = Rounding * (1 + before.Notional + Math.Abs(before.Counted));
        if (after.MaintenanceHealth >= before.MaintenanceHealth - slack) return false;

        return after.IsLiquidatable || after.MarginRatio > before.MarginRatio + Rounding;
    }

    private static AdlOutcome Outcome(
        InstrumentIndex instrument, Lots change, Price price, List<AdlCandidate> candidates, List<AdlCandidate> asked, long[] taken)
    {
        List<Counterparty> shares = [];
        long[] all = new long[candidates.Count];
        long left = change.Size.Count;
        for (int i = 0, place = 0; i < asked.Count; i++)
        {
            if (taken[i] == 0) continue;
            while (candidates[place].Account != asked[i].Account) place++;
            all[place] = taken[i];
            left -= taken[i];
            shares.Add(new Counterparty(asked[i].Account, new Lots(-change.Sign * taken[i])));
        }

        return new AdlOutcome(new AdlPlan(instrument, price.Value, [.. shares], new Lots(change.Sign * left)), all, candidates.Count - asked.Count);
    }
}

/// <summary>A shared takeover.</summary>
/// <param name="Plan">Who takes how much, and what nobody could take.</param>
/// <param name="Taken">Lots of each candidate.</param>
/// <param name="PassedOver">How many were passed over because it would have harmed them.</param>
internal sealed record AdlOutcome(AdlPlan Plan, long[] Taken, int PassedOver);
