using System.Numerics;

namespace Plimsoll.Risk.Margin.Rulebooks.Drift;

/// <summary>
/// How much of a perpetual position must go to restore a margin shortage, and what the insurance fund may take of it, in the
/// chain's whole-number arithmetic. Source: Drift protocol-v2, <c>math/liquidation.rs</c>,
/// <c>calculate_base_asset_amount_to_cover_margin_shortage</c> and <c>calculate_perp_if_fee</c>.
/// </summary>
/// <param name="MarginRatio">Maintenance margin ratio, 10⁻⁴.</param>
/// <param name="LiquidatorFee">The liquidator's fee, 10⁻⁶.</param>
/// <param name="OraclePrice">Oracle price, 10⁻⁶ quote.</param>
/// <param name="QuotePrice">Price of the quote token, 10⁻⁶ of a dollar.</param>
public readonly record struct PerpCover(BigInteger MarginRatio, BigInteger LiquidatorFee, BigInteger OraclePrice, BigInteger QuotePrice)
{
    /// <summary>"All of it": where fees eat what reducing releases, no part restores anything.</summary>
    public static BigInteger Everything => ulong.MaxValue;

    private static readonly BigInteger Million = 1_000_000;
    private static readonly BigInteger Billion = 1_000_000_000;

    private BigInteger Ratio => MarginRatio * 100;

    private BigInteger Price => WholeNumbers.FloorDivide(OraclePrice * QuotePrice, Million);

    /// <summary>Base to close, 10⁻⁹ coins: shortage ÷ (price × (ratio − liquidator's fee) − price × insurance fee).</summary>
    /// <param name="shortage">What is lacking, 10⁻⁶ quote.</param>
    /// <param name="insuranceFee">The insurance fund's fee, 10⁻⁶.</param>
    public BigInteger Base(BigInteger shortage, BigInteger insuranceFee)
    {
        if (OraclePrice.Sign <= 0 || Ratio <= LiquidatorFee) return Everything;

        BigInteger released = WholeNumbers.FloorDivide(Price * (Ratio - LiquidatorFee), Million)
            - WholeNumbers.FloorDivide(OraclePrice * insuranceFee, Million);

        return released.Sign > 0 ? WholeNumbers.FloorDivide(shortage * Billion, released) : Everything;
    }

    /// <summary>
    /// The fee the insurance fund may take, 10⁻⁶: 95 % of what is left of the margin once the liquidator is paid and the shortage
    /// made good, so that a fee never makes a solvent account insolvent.
    /// </summary>
    /// <param name="shortage">What is lacking, 10⁻⁶ quote.</param>
    /// <param name="position">Base held, 10⁻⁹ coins.</param>
    /// <param name="most">The most, 10⁻⁶.</param>
    public BigInteger InsuranceFee(BigInteger shortage, BigInteger position, BigInteger most)
    {
        if (Price.Sign <= 0 || position.IsZero || Ratio <= LiquidatorFee) return 0;

        BigInteger perNotional = WholeNumbers.FloorDivide(WholeNumbers.FloorDivide(shortage * Billion, BigInteger.Abs(position)) * Million, Price);
        BigInteger spare = BigInteger.Max(Ratio - LiquidatorFee - perNotional, 0);

        return BigInteger.Min(most, WholeNumbers.FloorDivide(spare * 19, 20));
    }
}
