using System.Collections.Immutable;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin.Rulebooks.Derive;

/// <summary>A price and how sure its feed is of it.</summary>
/// <param name="Price">In the numeraire.</param>
/// <param name="Confidence">0 to 1.</param>
public readonly record struct ScoredPrice(double Price, double Confidence);

/// <summary>The perpetual position of the portfolio.</summary>
/// <param name="Size">Signed size in coins; 0 for none, and then nothing else of it counts.</param>
/// <param name="Price">Its own price.</param>
/// <param name="Profit">Unsettled profit.</param>
/// <param name="Funding">Unsettled funding, received when positive.</param>
public readonly record struct PerpetualPosition(double Size, ScoredPrice Price, double Profit, double Funding);

/// <summary>A collateral asset of the portfolio.</summary>
/// <param name="Asset">Its name.</param>
/// <param name="Amount">Coins, not below 0.</param>
/// <param name="Price">Its price in USD.</param>
/// <param name="MaintenanceHaircut">The part of its value maintenance refuses to count.</param>
/// <param name="InitialHaircut">What initial margin refuses besides.</param>
/// <param name="MovesWithSpot">Whether it is the underlying in another form, so that it offsets the portfolio's risk.</param>
public readonly record struct CollateralPosition(
    string Asset, double Amount, ScoredPrice Price, double MaintenanceHaircut, double InitialHaircut, bool MovesWithSpot);

/// <summary>The options of one expiry with its feeds.</summary>
/// <param name="Seconds">Seconds to expiry.</param>
/// <param name="Forward">The forward.</param>
/// <param name="Rate">Interest rate, continuous, per year; below 0 counts as 0.</param>
/// <param name="RateConfidence">Confidence of the rate, 0 to 1.</param>
/// <param name="VolatilityConfidence">Confidence of the surface, 0 to 1.</param>
/// <param name="Options">The positions.</param>
public sealed record OptionExpiry(
    double Seconds, ScoredPrice Forward, double Rate, double RateConfidence, double VolatilityConfidence, ImmutableArray<OptionPosition> Options);

/// <summary>A portfolio on one underlying with the prices it is judged at, as Derive's portfolio risk manager sees it.</summary>
/// <param name="Cash">Signed cash in the venue's stablecoin.</param>
/// <param name="Spot">Price of the underlying.</param>
/// <param name="StablePrice">Price of the stablecoin in USD, above 0.</param>
/// <param name="Perpetual">The perpetual position.</param>
/// <param name="Expiries">Options by expiry.</param>
/// <param name="Collateral">Collateral assets.</param>
public sealed record PortfolioBook(
    double Cash,
    ScoredPrice Spot,
    double StablePrice,
    PerpetualPosition Perpetual,
    ImmutableArray<OptionExpiry> Expiries,
    ImmutableArray<CollateralPosition> Collateral)
{
    internal PortfolioBook Checked()
    {
        Require(double.IsFinite(Cash), "cash", "a number");
        Require(Spot.Price > 0 && double.IsFinite(Spot.Price), "spot", "a price above 0");
        Require(StablePrice > 0 && double.IsFinite(StablePrice), "stable price", "a price above 0");
        Require(double.IsFinite(Perpetual.Size * Perpetual.Price.Price) && double.IsFinite(Perpetual.Profit + Perpetual.Funding), "perpetual", "finite figures");
        Require(double.IsFinite(Spot.Confidence) && double.IsFinite(Perpetual.Price.Confidence), "confidence", "a number");
        Require(Collateral.All(c => c.Amount >= 0 && double.IsFinite(c.Amount * c.Price.Price) && double.IsFinite(c.Price.Confidence)), "collateral", "an amount not below 0 and finite figures");
        foreach (OptionExpiry expiry in Expiries)
        {
            Require(double.IsFinite(expiry.Seconds) && double.IsFinite(expiry.Rate), "expiry", "finite figures");
            Require(double.IsFinite(expiry.Forward.Confidence + expiry.RateConfidence + expiry.VolatilityConfidence), "confidence", "a number");
            Require(expiry.Forward.Price > 0 && double.IsFinite(expiry.Forward.Price), "forward", "a price above 0");
            Require(expiry.Options.All(o => double.IsFinite(o.Size) && o.Strike >= 0 && o.Volatility >= 0), "option", "a size, and a strike and a volatility not below 0");
        }

        return this;
    }

    private static void Require(bool holds, string field, string expected)
    {
        if (!holds) throw new InputException(field, $"expected {expected}");
    }
}
