namespace Plimsoll.Risk.Margin.Rulebooks.Dydx;

/// <summary>
/// What a liquidation fill moves into or out of the insurance fund. Source: dYdX v4-chain,
/// <c>x/clob/keeper/liquidations.go</c>, <c>GetLiquidationInsuranceFundDelta</c>, <c>IsValidInsuranceFundDelta</c>.
/// </summary>
public static class InsuranceFund
{
    private const decimal Million = 1_000_000m;

    /// <summary>
    /// USDC the fund receives: what the fill brought beyond the bankruptcy quote, no more than the fee; or, below 0, what it pays
    /// so that the account ends at nothing.
    /// </summary>
    /// <param name="fillQuote">USDC the fill brought the account, negative where it paid.</param>
    /// <param name="bankruptcyQuote">The quote at which the account takes its share of the net collateral along.</param>
    /// <param name="mostFeePpm">The most of the fill that is taken as a fee, in millionths.</param>
    public static decimal Delta(decimal fillQuote, decimal bankruptcyQuote, decimal mostFeePpm)
    {
        decimal beyond = fillQuote - bankruptcyQuote;

        return beyond <= 0 ? beyond : Math.Min(beyond, Math.Abs(fillQuote) * mostFeePpm / Million);
    }

    /// <summary>Whether the fund can bear a fill; where it cannot, the position is deleveraged.</summary>
    /// <param name="balance">USDC in the fund.</param>
    /// <param name="delta">What the fill would move.</param>
    public static bool Bears(decimal balance, decimal delta) => delta >= 0 || balance + delta >= 0;
}
