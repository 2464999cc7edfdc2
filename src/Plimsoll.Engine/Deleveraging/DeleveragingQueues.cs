using System.Runtime.InteropServices;
using Plimsoll.Ledger.Positions;
using Plimsoll.Risk.Liquidation.Deleveraging;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Units;

namespace Plimsoll.Engine.Deleveraging;

/// <summary>Where an account stands among those who would be deleveraged on its side of a contract.</summary>
/// <param name="Instrument">The contract.</param>
/// <param name="Holder">What the policy asks of it.</param>
/// <param name="Score">What it is ranked by; none where it is without end.</param>
/// <param name="Place">1 for who is asked first.</param>
/// <param name="Of">How many stand on its side.</param>
public sealed record QueuePlace(InstrumentIndex Instrument, AdlCandidate Holder, double? Score, int Place, int Of)
{
    /// <summary>The part of its side that is asked after it, 0 to 1: 1 for the first of many.</summary>
    public double Percentile => Of > 1 ? (double)(Of - Place) / (Of - 1) : 1;

    /// <summary>Lights as venues show them: 5 for the fifth of its side that is asked first, 1 for the last.</summary>
    public int Lights => Math.Clamp(1 + (int)(Percentile * 5), 1, 5);
}

/// <summary>Who would be deleveraged first, by the policy in force, before anybody has to be.</summary>
public static class DeleveragingQueues
{
    /// <summary>One side of a contract, who is asked first at the front.</summary>
    /// <param name="venue">The venue, judged.</param>
    /// <param name="instrument">The contract.</param>
    /// <param name="side">+1 for longs, −1 for shorts.</param>
    public static IReadOnlyList<QueuePlace> Of(VenueState venue, InstrumentIndex instrument, int side)
    {
        List<AdlCandidate> holders = OtherSide.Of(venue, instrument, side);
        DeleveragingTerms terms = venue.Parameters?.Deleveraging ?? DeleveragingTerms.None;
        ReadOnlySpan<AdlCandidate> span = CollectionsMarshal.AsSpan(holders);
        double[] scores = AdlQueue.Scores(terms.Policy, span);
        int[] order = AdlQueue.Order(scores, span, terms.SpareHedged);
        var places = new QueuePlace[order.Length];
        for (int i = 0; i < order.Length; i++)
            places[i] = new QueuePlace(instrument, holders[order[i]], double.IsFinite(scores[order[i]]) ? scores[order[i]] : null, i + 1, order.Length);

        return places;
    }

    /// <summary>Every place of one account, by contract.</summary>
    public static IReadOnlyList<QueuePlace> Of(VenueState venue, AccountIndex account)
    {
        PositionRows held = venue.Positions.Rows(account);
        var places = new List<QueuePlace>(held.Count);
        for (int i = 0; i < held.Count; i++)
            places.AddRange(Of(venue, held.Instrument(i), held.Lots(i).Sign).Where(place => place.Holder.Account == account));

        return places;
    }
}
