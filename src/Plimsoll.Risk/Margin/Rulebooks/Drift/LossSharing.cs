using System.Numerics;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin.Rulebooks.Drift;

/// <summary>
/// A bankrupt's loss as one step of an index that everybody's balance hangs on, rounded so that at least the loss is
/// collected. Source: Drift protocol-v2, <c>math/liquidation.rs</c>,
/// <c>calculate_funding_rate_deltas_to_resolve_bankruptcy</c> and
/// <c>calculate_cumulative_deposit_interest_delta_to_resolve_bankruptcy</c>.
/// </summary>
public static class LossSharing
{
    private static readonly BigInteger Billion = 1_000_000_000;

    /// <summary>The step of the cumulative funding rate (10⁻⁹ quote per coin) that spreads a perpetual's loss over all open positions.</summary>
    /// <param name="loss">The loss, 10⁻⁶ quote, of either sign.</param>
    /// <param name="longBase">All longs, 10⁻⁹ coins.</param>
    /// <param name="shortBase">All shorts, 10⁻⁹ coins, of either sign.</param>
    /// <exception cref="InputException">Nobody holds the contract, so that nobody could bear the loss.</exception>
    public static BigInteger FundingStep(BigInteger loss, BigInteger longBase, BigInteger shortBase)
    {
        BigInteger open = BigInteger.Abs(longBase) + BigInteger.Abs(shortBase);
        if (open.IsZero) throw new InputException("open base", "found none, expected somebody who could bear the loss");

        return WholeNumbers.CeilingDivide(BigInteger.Abs(loss) * Billion, open) * 1_000;
    }

    /// <summary>The step down of the cumulative deposit interest that spreads a token's loss over all depositors; 0 where there are none.</summary>
    /// <param name="loss">Tokens lost, in their smallest unit.</param>
    /// <param name="deposits">All deposits, in the same unit.</param>
    /// <param name="cumulativeInterest">The index before.</param>
    public static BigInteger DepositStep(BigInteger loss, BigInteger deposits, BigInteger cumulativeInterest) =>
        deposits.IsZero ? 0 : WholeNumbers.CeilingDivide(cumulativeInterest * loss, deposits);
}
