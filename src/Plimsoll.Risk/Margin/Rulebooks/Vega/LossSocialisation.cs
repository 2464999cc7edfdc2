using System.Collections.Immutable;
using System.Numerics;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin.Rulebooks.Vega;

/// <summary>Who lost in a settlement.</summary>
/// <param name="Loss">What he owes, in whole smallest units.</param>
/// <param name="Balance">What he has.</param>
public readonly record struct SettlementLoss(BigInteger Loss, BigInteger Balance);

/// <summary>
/// A settlement in which not everybody could pay: what was collected, the insurance pool's part included, goes to the
/// winners in proportion, floored, and what flooring leaves over to one named receiver. Source: Vega protocol, spec
/// 0018-RSKM and 0002-STTL, "loss socialisation".
/// </summary>
/// <param name="Received">What each winner receives.</param>
/// <param name="Haircuts">What each winner goes without.</param>
/// <param name="InsuranceDrawn">What the insurance pool paid.</param>
/// <param name="InsuranceLeft">What it has left.</param>
public sealed record LossSocialisation(
    ImmutableArray<BigInteger> Received, ImmutableArray<BigInteger> Haircuts, BigInteger InsuranceDrawn, BigInteger InsuranceLeft)
{
    /// <summary>Settles.</summary>
    /// <param name="losers">Who lost, in the order in which insurance pays for them.</param>
    /// <param name="insurance">What the insurance pool has.</param>
    /// <param name="winners">What each winner is owed.</param>
    /// <param name="remainderTo">Place of the winner who receives what flooring leaves over.</param>
    /// <exception cref="InputException">An amount lies below 0, losses and winnings differ by more than is owed, or nobody is in the place named.</exception>
    public static LossSocialisation Settle(
        IReadOnlyCollection<SettlementLoss> losers, BigInteger insurance, IReadOnlyList<BigInteger> winners, int remainderTo)
    {
        if (insurance.Sign < 0 || losers.Any(l => l.Loss.Sign < 0) || winners.Any(w => w.Sign < 0)) throw new InputException("settlement", "found an amount below 0");
        if (remainderTo < 0 || remainderTo >= winners.Count) throw new InputException("remainderTo", $"found {remainderTo}, expected a place among {winners.Count} winners");

        BigInteger expected = 0, collected = 0, drawn = 0;
        foreach (SettlementLoss loser in losers)
        {
            BigInteger own = BigInteger.Min(loser.Loss, BigInteger.Max(loser.Balance, 0));
            BigInteger covered = BigInteger.Min(loser.Loss - own, insurance - drawn);
            expected += loser.Loss;
            drawn += covered;
            collected += own + covered;
        }

        BigInteger[] received = [.. winners.Select(won => expected.IsZero ? BigInteger.Zero : WholeNumbers.FloorDivide(won * collected, expected))];
        received[remainderTo] += collected - received.Aggregate(BigInteger.Zero, (sum, got) => sum + got);

        return new LossSocialisation([.. received], [.. winners.Zip(received, (won, got) => won - got)], drawn, insurance - drawn);
    }
}
