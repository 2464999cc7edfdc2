using System.Collections.Immutable;
using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation;

/// <summary>An account that could take a position over.</summary>
/// <param name="Account">The account.</param>
/// <param name="Lots">Its signed position in the contract.</param>
public readonly record struct Counterparty(AccountIndex Account, Lots Lots);

/// <summary>How a takeover is shared.</summary>
/// <param name="Instrument">The contract.</param>
/// <param name="Price">The bankruptcy price, at which all of it changes hands.</param>
/// <param name="Shares">Signed changes of the counterparties' positions, towards zero, in the order of accounts; none of zero.</param>
/// <param name="Unshared">Signed lots of the bankrupt account's change that nobody could take; zero when the other side is large enough.</param>
public sealed record AdlPlan(InstrumentIndex Instrument, decimal Price, ImmutableArray<Counterparty> Shares, Lots Unshared);

/// <summary>
/// Shares a bankrupt position among those who hold the other side, in proportion to what they hold: pro rata is the one
/// rule that treats equal holders equally, and unlike a queue it does not fall on one winner alone.
/// </summary>
/// <remarks>
/// (1) Only holders of the opposite side take part, so that nobody's position grows or flips; (2) each takes
/// ⌊lots × own ÷ all⌋; (3) the lots left over go one each to the largest remainders, ties to the lower account.
/// </remarks>
public static class AutoDeleveraging
{
    /// <summary>Shares a takeover out, exact to the lot.</summary>
    /// <param name="instrument">The contract.</param>
    /// <param name="change">The bankrupt account's signed change: − when a long is closed, and longs' opposites, the shorts, take it.</param>
    /// <param name="price">The bankruptcy price.</param>
    /// <param name="candidates">Holders of the contract in any order, each once; those on the wrong side are passed over.</param>
    public static AdlPlan Share(InstrumentIndex instrument, Lots change, decimal price, ReadOnlySpan<Counterparty> candidates)
    {
        // A closed long sells (change < 0); what is sold is bought back by shorts, whose own lots are negative.
        Counterparty[] other = OtherSide(change, candidates, out Int128 all);
        Int128 wanted = Int128.Min(change.Size.Count, all);
        var taken = new long[other.Length];
        var remainders = new Int128[other.Length];
        Int128 left = wanted;
        for (int i = 0; i < other.Length; i++)
        {
            (taken[i], remainders[i]) = Divide(wanted, other[i].Lots.Size.Count, all);
            left -= taken[i];
        }

        GiveToTheLargest(remainders, (int)left, taken);
        var shares = ImmutableArray.CreateBuilder<Counterparty>(other.Length);
        for (int i = 0; i < other.Length; i++)
            if (taken[i] != 0) shares.Add(new Counterparty(other[i].Account, new Lots(-change.Sign * taken[i])));

        return new AdlPlan(instrument, price, shares.DrainToImmutable(), new Lots(change.Sign * (change.Size.Count - (long)wanted)));
    }

    /// <summary>Who holds the side a change needs, in the order of accounts, and how many lots they hold together.</summary>
    private static Counterparty[] OtherSide(Lots change, ReadOnlySpan<Counterparty> candidates, out Int128 all)
    {
        var other = new Counterparty[candidates.Length];
        int count = 0;
        bool ascends = true;
        all = 0;
        foreach (Counterparty candidate in candidates)
        {
            if (candidate.Lots.Sign != change.Sign || change.IsZero) continue;
            ascends &= count == 0 || other[count - 1].Account.CompareTo(candidate.Account) < 0;
            other[count++] = candidate;
            all += candidate.Lots.Size.Count;
        }

        Array.Resize(ref other, count);
        if (!ascends) Array.Sort(other, (one, two) => one.Account.CompareTo(two.Account));
        for (int i = 1; i < count; i++) Law.Holds(other[i - 1].Account != other[i].Account, "a counterparty is named once");

        return other;
    }

    /// <summary>⌊wanted × own ÷ all⌋ and what remains; in one machine word where that holds it.</summary>
    private static (long Whole, Int128 Remainder) Divide(Int128 wanted, long own, Int128 all)
    {
        if (all <= long.MaxValue && Math.BigMul((ulong)(long)wanted, (ulong)own, out ulong low) == 0)
        {
            (ulong whole, ulong rest) = Math.DivRem(low, (ulong)(long)all);

            return ((long)whole, rest);
        }

        (Int128 quotient, Int128 remainder) = Int128.DivRem(wanted * own, all);

        return ((long)quotient, remainder);
    }

    /// <summary>One lot more to each of the largest remainders, ties to the lower place.</summary>
    private static void GiveToTheLargest(Int128[] remainders, int count, long[] taken)
    {
        if (count == 0) return;

        var sorted = (Int128[])remainders.Clone();
        Array.Sort(sorted);
        Int128 least = sorted[^count];
        foreach (Int128 remainder in sorted.AsSpan(sorted.Length - count)) count -= remainder > least ? 1 : 0;
        for (int i = 0; i < taken.Length; i++)
        {
            if (remainders[i] > least || (remainders[i] == least && count-- > 0)) taken[i]++;
        }
    }
}
