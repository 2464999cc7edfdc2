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
        Counterparty[] other = [.. candidates.ToArray().Where(c => c.Lots.Sign == change.Sign && !change.IsZero).OrderBy(c => c.Account)];
        Law.Holds(other.Select(c => c.Account).Distinct().Count() == other.Length, "a counterparty is named once");
        Int128 all = other.Aggregate(Int128.Zero, (sum, c) => sum + c.Lots.Size.Count);
        Int128 wanted = Int128.Min(change.Size.Count, all);

        var taken = new long[other.Length];
        var remainders = new Int128[other.Length];
        Int128 left = wanted;
        for (int i = 0; i < other.Length; i++)
        {
            (Int128 whole, remainders[i]) = Int128.DivRem(wanted * other[i].Lots.Size.Count, all);
            taken[i] = (long)whole;
            left -= whole;
        }

        foreach (int i in Enumerable.Range(0, other.Length).OrderByDescending(i => remainders[i]).ThenBy(i => i).Take((int)left)) taken[i]++;

        return new AdlPlan(
            instrument,
            price,
            [.. other.Select((c, i) => new Counterparty(c.Account, new Lots(-change.Sign * taken[i]))).Where(c => !c.Lots.IsZero)],
            new Lots(change.Sign * (change.Size.Count - (long)wanted)));
    }
}
