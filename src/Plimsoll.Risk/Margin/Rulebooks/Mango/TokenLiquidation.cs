using Plimsoll.Units;

namespace Plimsoll.Risk.Margin.Rulebooks.Mango;

/// <summary>One side of a token liquidation.</summary>
/// <param name="Balance">Signed balance in coins.</param>
/// <param name="PerpQuote">Unsettled profit of perpetuals that settle in the token, in coins.</param>
/// <param name="Price">Price in the numeraire, above 0.</param>
/// <param name="Weights">Weights of the health liquidation restores.</param>
/// <param name="Fee">What the liquidator earns on this side, a fraction.</param>
/// <param name="PlatformFee">What the venue earns on this side, a fraction.</param>
public readonly record struct LiquidatedToken(double Balance, double PerpQuote, double Price, SignedWeights Weights, double Fee, double PlatformFee)
{
    internal double Health(double overallWeight) => Balance + (PerpQuote * (PerpQuote > 0 ? overallWeight : 1));
}

/// <summary>What a token liquidation moves.</summary>
/// <param name="LiabilityRepaid">Coins of the liability the liquidator brings.</param>
/// <param name="AssetTaken">Coins of the asset the account gives up.</param>
/// <param name="ToLiquidator">Coins of the asset the liquidator receives.</param>
/// <param name="PlatformFee">Coins of the asset the venue receives.</param>
/// <param name="HealthBefore">The account's health, in the numeraire.</param>
public readonly record struct TokenTransfer(double LiabilityRepaid, double AssetTaken, double ToLiquidator, double PlatformFee, double HealthBefore);

/// <summary>
/// Repays a liability against an asset, exactly until health is 0: x = −H ÷ (pₗ·wₗ − pₗ·f·wₐ), f = (1 + fees of the
/// liability) × (1 + fees of the asset), and no more than there is of either. Where fees outweigh the weights, health cannot
/// be restored and all that may be is repaid. Source: Mango v4, <c>token_liq_with_token.rs</c>, <c>liquidation_action</c>.
/// </summary>
/// <param name="Asset">What the account owns.</param>
/// <param name="Liability">What the account owes.</param>
/// <param name="OtherHealth">Health of everything else, in the numeraire.</param>
/// <param name="OverallWeight">What unsettled perpetual profit counts.</param>
public readonly record struct TokenLiquidation(LiquidatedToken Asset, LiquidatedToken Liability, double OtherHealth, double OverallWeight)
{
    /// <summary>What is moved; none where there is nothing to repay or nothing to give.</summary>
    /// <param name="most">The most coins of the liability the liquidator brings.</param>
    /// <exception cref="InputException">A price is not above 0.</exception>
    public TokenTransfer? Transfer(double most)
    {
        if (!(Asset.Price > 0) || !(Liability.Price > 0)) throw new InputException("price", "expected prices above 0");

        double owns = Asset.Health(OverallWeight);
        double owes = Liability.Health(OverallWeight);
        double health = (Asset.Weights.Weigh(owns) * Asset.Price) + (Liability.Weights.Weigh(owes) * Liability.Price) + OtherHealth;
        double repayable = Math.Min(most, Math.Min(-Liability.Balance, -owes));
        double takeable = Math.Min(Asset.Balance, owns);
        if (!(repayable > 0) || !(takeable > 0)) return null;

        double toLiquidator = (1 + Liability.Fee) * (1 + Asset.Fee);
        double all = (1 + Liability.Fee + Liability.PlatformFee) * (1 + Asset.Fee + Asset.PlatformFee);
        double gain = Liability.Price * (Liability.Weights.Liability - (all * Asset.Weights.Asset));
        double needed = gain > 0 ? -health / gain : double.PositiveInfinity;
        double repaid = Math.Max(Math.Min(Math.Min(needed, takeable * Asset.Price / (Liability.Price * all)), repayable), 0);
        double coins = repaid * Liability.Price / Asset.Price;

        return new TokenTransfer(repaid, coins * all, coins * toLiquidator, coins * (all - toLiquidator), health);
    }
}
