using Plimsoll.Markets.Depth;
using Plimsoll.Units;

namespace Plimsoll.Risk.Collateral.Calibration;

/// <summary>How collateral is sold when it must be.</summary>
public sealed record SaleTerms
{
    /// <summary>
    /// Days from the last good look at an account until its collateral is being sold: one, so that a haircut is never asked to
    /// hold for less than the day it is tested on.
    /// </summary>
    public double DetectionDays
    {
        get;
        init => field = value is >= 0 and <= 30 ? value : throw new InputException("sale detectionDays", $"found {value}, expected 0 to 30");
    } = 1;

    /// <summary>The part of a thin day's volume that may be ours.</summary>
    public double Participation
    {
        get;
        init => field = value is > 0 and <= 1 ? value : throw new InputException("sale participation", $"found {value}, expected a part above 0 and at most 1");
    } = 0.1;

    /// <summary>What selling costs beside spread and impact, a part of the price.</summary>
    public double Fee
    {
        get;
        init => field = value is >= 0 and < 1 ? value : throw new InputException("sale fee", $"found {value}, expected 0 or more and under 1");
    } = 0.001;
}

/// <summary>The sale of a holding, as its market lets it be sold.</summary>
/// <param name="Coins">How much, 0 or more.</param>
/// <param name="Days">T: how long it takes, by volume and resilience; 0 where neither is known.</param>
/// <param name="Detection">Days until it begins.</param>
/// <param name="Cost">Spread, impact and fee, a part of the price, 0 to 1.</param>
/// <param name="Unsold">Coins nobody would buy by what is known: they are counted as worth nothing.</param>
public readonly record struct Sale(double Coins, double Days, double Detection, double Cost, double Unsold)
{
    /// <summary>Days of price risk: detection and a third of T, for what is left to sell falls evenly to nothing.</summary>
    public double Horizon => Detection + (Days / 3);

    /// <summary>The sale of coins.</summary>
    /// <param name="profile">How liquid the market is.</param>
    /// <param name="coins">0 or more: the holding of the whole venue, for all accounts fail together.</param>
    /// <param name="terms">How it is sold.</param>
    /// <exception cref="ArgumentOutOfRangeException">The coins are below 0 or not finite.</exception>
    public static Sale Of(LiquidityProfile profile, double coins, SaleTerms terms)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(terms);
        if (!(coins >= 0) || !double.IsFinite(coins)) throw new ArgumentOutOfRangeException(nameof(coins), coins, "Expected a finite number of 0 or more.");

        UnwindCost cost = profile.Cost(-coins);
        double days = profile.Time(-coins, terms.Participation).Days ?? 0;
        double lost = coins > 0 ? (cost.Cost / profile.Mid / coins) + (cost.Unfilled / coins) : profile.HalfSpread;

        return new Sale(coins, days, terms.DetectionDays, Math.Min(1, lost + terms.Fee), cost.Unfilled);
    }
}
