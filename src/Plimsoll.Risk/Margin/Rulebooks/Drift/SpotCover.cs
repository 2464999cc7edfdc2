using System.Numerics;

namespace Plimsoll.Risk.Margin.Rulebooks.Drift;

/// <summary>
/// How much of a borrow must be repaid out of a deposit to restore a margin shortage, and what the insurance fund may take,
/// in the chain's whole-number arithmetic. Source: Drift protocol-v2, <c>math/liquidation.rs</c>,
/// <c>calculate_liability_transfer_to_cover_margin_shortage</c> and <c>calculate_spot_if_fee</c>.
/// </summary>
/// <param name="AssetWeight">Weight of the deposit, 10⁻⁴.</param>
/// <param name="AssetMultiplier">What the liquidator receives per value, 10⁻⁶: 1,010,000 for 1 % more.</param>
/// <param name="LiabilityWeight">Weight of the borrow, 10⁻⁴.</param>
/// <param name="LiabilityMultiplier">What the liquidator pays per value, 10⁻⁶.</param>
/// <param name="Decimals">Decimals of the borrowed token.</param>
/// <param name="LiabilityPrice">Price of the borrowed token, 10⁻⁶ quote.</param>
public readonly record struct SpotCover(
    BigInteger AssetWeight, BigInteger AssetMultiplier, BigInteger LiabilityWeight, BigInteger LiabilityMultiplier, int Decimals, BigInteger LiabilityPrice)
{
    private static readonly BigInteger Million = 1_000_000;

    /// <summary>Tokens to repay in their smallest unit, at least one; none where no repayment restores anything, so that all is to be repaid.</summary>
    /// <param name="shortage">What is lacking, 10⁻⁶ quote.</param>
    /// <param name="insuranceFee">The insurance fund's fee, 10⁻⁶.</param>
    public BigInteger? Transfer(BigInteger shortage, BigInteger insuranceFee)
    {
        if (AssetWeight >= LiabilityWeight || LiabilityMultiplier.Sign <= 0) return null;

        BigInteger liability = LiabilityWeight * 10;
        BigInteger asset = WholeNumbers.FloorDivide(AssetWeight * 10 * AssetMultiplier, LiabilityMultiplier);
        if (asset >= liability) return null;

        BigInteger released = (LiabilityPrice * (liability - asset))
            - (WholeNumbers.FloorDivide(LiabilityPrice * insuranceFee, Million) * liability);
        if (released.Sign <= 0) return null;

        BigInteger up = Decimals > 6 ? BigInteger.Pow(10, Decimals - 6) : 1;
        BigInteger down = Decimals > 6 ? 1 : BigInteger.Pow(10, 6 - Decimals);
        BigInteger tokens = WholeNumbers.FloorDivide(WholeNumbers.FloorDivide(shortage * up * Million * 100_000, released), down);

        return BigInteger.Max(tokens, 1);
    }

    /// <summary>The fee the insurance fund may take, 10⁻⁶: no more than the margin the repayment releases beyond the shortage.</summary>
    /// <param name="shortage">What is lacking, 10⁻⁶ quote.</param>
    /// <param name="tokens">Tokens repaid, in their smallest unit.</param>
    /// <param name="most">The most, 10⁻⁶.</param>
    public BigInteger InsuranceFee(BigInteger shortage, BigInteger tokens, BigInteger most)
    {
        if (AssetWeight >= LiabilityWeight || LiabilityPrice.Sign <= 0 || tokens.Sign <= 0 || LiabilityMultiplier.Sign <= 0) return 0;

        BigInteger asset = WholeNumbers.FloorDivide(AssetWeight * 100 * AssetMultiplier, LiabilityMultiplier);
        BigInteger released = BigInteger.Max((LiabilityWeight * 100) - asset, 0);
        BigInteger needed = WholeNumbers.FloorDivide(
            WholeNumbers.FloorDivide(shortage * Million * BigInteger.Pow(10, Decimals), tokens), LiabilityPrice);
        BigInteger spare = BigInteger.Max(released - needed, 0);

        return BigInteger.Min(most, WholeNumbers.FloorDivide(spare * Million, LiabilityWeight * 100));
    }
}
