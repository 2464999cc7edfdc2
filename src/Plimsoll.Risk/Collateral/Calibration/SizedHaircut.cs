using System.Collections.Immutable;
using Plimsoll.Markets.Depth;

namespace Plimsoll.Risk.Collateral.Calibration;

/// <summary>
/// The haircut of a holding: what its price may fall while it is sold, and what selling it costs; <see cref="DynamicHaircut"/>
/// with the cost and the time of a measured market. Whatever the cost, the part that covers the price is exceeded as often as it was calibrated to be: a
/// sale at a loss L and a cost c brings (1 − L)(1 − c), which is under (1 − h)(1 − c) just where L is over h.
/// </summary>
public static class SizedHaircut
{
    private const double Grid = 0.001;

    /// <summary>The haircut of a sale, 0 to 1.</summary>
    /// <param name="multiplier">q, of the volatility, 0 or more.</param>
    /// <param name="dailyVolatility">σ, a part of the price.</param>
    /// <param name="sale">How the holding is sold.</param>
    public static double Of(double multiplier, double dailyVolatility, Sale sale) =>
        // The measured cost stands where the formula has half a spread: impact and fee are in it.
        DynamicHaircut.Of(multiplier, dailyVolatility, sale.Detection, sale.Days, jump: 0, spread: 2 * sale.Cost, impact: 0, partOfVolume: 0, fee: 0, floor: 0);

    /// <summary>
    /// Marginal tiers (<see cref="CollateralTier"/>) under which no holding up to the last tier's end counts for more than the
    /// haircut of its whole size lets it: each tier's haircut is what its stretch adds, rounded up to a thousandth and never
    /// under the tier's before it. Where a stretch adds nothing the schedule ends in a cap.
    /// </summary>
    /// <param name="multiplier">q.</param>
    /// <param name="dailyVolatility">σ.</param>
    /// <param name="profile">How liquid the market is.</param>
    /// <param name="terms">How it is sold.</param>
    /// <param name="ends">Values at which tiers end, above 0 and ascending, in quote units; beyond the last nothing counts.</param>
    public static (ImmutableArray<CollateralTier> Tiers, decimal Cap) Tiers(double multiplier, double dailyVolatility, LiquidityProfile profile, SaleTerms terms, IReadOnlyList<decimal> ends)
    {
        ArgumentNullException.ThrowIfNull(ends);
        var tiers = ImmutableArray.CreateBuilder<CollateralTier>();
        (decimal from, double counted, decimal last) = (0, 0, 0);
        foreach (decimal end in ends)
        {
            double value = (double)end;
            double whole = value * (1 - Of(multiplier, dailyVolatility, Sale.Of(profile, value / profile.Mid, terms)));
            double adds = Math.Max(0, whole - counted) / (double)(end - from);
            decimal haircut = Math.Max(last, (decimal)(Math.Min(1, Math.Ceiling((1 - adds) / Grid) * Grid)));
            haircut = Math.Round(haircut, 3);
            if (haircut >= 1) break;

            tiers.Add(new CollateralTier(from, haircut));
            counted += (double)((end - from) * (1 - haircut));
            (from, last) = (end, haircut);
        }

        return tiers.Count == 0 ? ([new CollateralTier(0, 1)], 0) : (tiers.ToImmutable(), from);
    }
}
