using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation.Spirals;

/// <summary>The best sale into a pool, in quote coins.</summary>
/// <param name="Seized">Value of the collateral seized and sold.</param>
/// <param name="Profit">What is left after the debt, before gas.</param>
public readonly record struct PoolSale(double Seized, double Profit);

/// <summary>Whether anybody comes: what a liquidator earns once slippage and gas are paid.</summary>
/// <param name="Incentive">What he earns on what he repays, 0.05 for 5 %.</param>
public readonly record struct LiquidatorProfit(double Incentive)
{
    /// <summary>R·((1 + i)·(1 − slippage) − 1) − gas.</summary>
    /// <param name="repaid">R, in the numeraire.</param>
    /// <param name="slippage">Part of the seized collateral's value lost in selling it, 0 to 1.</param>
    /// <param name="gas">What the transaction costs, in the numeraire.</param>
    public double Of(double repaid, double slippage, double gas) => (repaid * Margin(slippage)) - gas;

    /// <summary>The least repayment that pays; none where none does.</summary>
    /// <inheritdoc cref="Of"/>
    public double? LeastRepaid(double slippage, double gas) => Margin(slippage) is var margin && margin > 0 ? gas / margin : null;

    /// <summary>
    /// The sale into a constant-product pool that earns most: of s worth of collateral s ÷ (1 + s/y) comes out and s ÷ (1 + i)
    /// is repaid, so that s* = y·(√(1 + i) − 1).
    /// </summary>
    /// <param name="quoteReserve">y, quote coins in the pool, above 0.</param>
    /// <exception cref="InputException">The reserve is not above 0.</exception>
    public PoolSale BestIntoPool(double quoteReserve)
    {
        if (!(quoteReserve > 0) || !double.IsFinite(quoteReserve)) throw new InputException("quoteReserve", $"found {quoteReserve}, expected a number above 0");

        double sale = quoteReserve * (Math.Sqrt(1 + Incentive) - 1);

        return new PoolSale(sale, (sale / (1 + (sale / quoteReserve))) - (sale / (1 + Incentive)));
    }

    private double Margin(double slippage) => ((1 + Incentive) * (1 - slippage)) - 1;
}
