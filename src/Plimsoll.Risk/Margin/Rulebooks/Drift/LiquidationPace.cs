using System.Numerics;

namespace Plimsoll.Risk.Margin.Rulebooks.Drift;

/// <summary>
/// How liquidations speed up: the liquidator's fee grows while nobody comes, and the part of a shortage that may be closed
/// grows while it lasts. Source: Drift protocol-v2, <c>math/liquidation.rs</c>, <c>get_liquidation_fee</c> and
/// <c>calculate_max_pct_to_liquidate</c>.
/// </summary>
public static class LiquidationPace
{
    // Ten minutes of slots.
    private const int Patience = 1_500;
    private const int Whole = 10_000;

    // Fifty dollars: not worth doing twice.
    private static readonly BigInteger Small = 50_000_000;

    /// <summary>The liquidator's fee, 10⁻⁶: the base for 1,500 slots, then growing with every slot up to the most.</summary>
    /// <param name="baseFee">The fee at first, 10⁻⁶.</param>
    /// <param name="mostFee">The most, 10⁻⁶.</param>
    /// <param name="slots">Slots since the account was last active.</param>
    /// <param name="perSlot">What each slot adds, 10⁻⁶.</param>
    public static BigInteger Fee(BigInteger baseFee, BigInteger mostFee, BigInteger slots, BigInteger perSlot) =>
        slots < Patience ? baseFee : BigInteger.Min(baseFee + (slots * perSlot), mostFee);

    /// <summary>The part of the shortage that may be closed now, 10⁻⁴; all of a small one.</summary>
    /// <param name="shortage">What is still lacking, 10⁻⁶ quote.</param>
    /// <param name="freed">What was made good so far, 10⁻⁶ quote.</param>
    /// <param name="slots">Slots since the liquidation began.</param>
    /// <param name="duration">Slots after which all may be closed, above 0.</param>
    /// <param name="initial">The part that may be closed at once, 10⁻⁴.</param>
    public static BigInteger MostPart(BigInteger shortage, BigInteger freed, BigInteger slots, BigInteger duration, BigInteger initial)
    {
        if (shortage < Small) return Whole;

        BigInteger part = duration.Sign > 0
            ? BigInteger.Min(WholeNumbers.FloorDivide(slots * Whole, duration) + initial, Whole)
            : Whole;
        BigInteger allowed = WholeNumbers.FloorDivide((shortage + freed) * part, Whole) - freed;

        return WholeNumbers.FloorDivide(BigInteger.Max(allowed, 0) * Whole, shortage);
    }
}
