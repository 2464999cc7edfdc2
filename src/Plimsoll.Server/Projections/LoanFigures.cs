using Plimsoll.Engine;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Lending;
using Plimsoll.Units;

namespace Plimsoll.Server.Projections;

/// <summary>How much of an asset is lent, at what price and up to what.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Lent">Coins lent to all customers together, interest included.</param>
/// <param name="LentValue">The same in the numeraire; none where it has no price.</param>
/// <param name="Utilisation">What is lent ÷ what customers hold of it, 0 to 1.</param>
/// <param name="AnnualRate">What borrowing costs a year now; none where the rulebook has no curve for it.</param>
/// <param name="Cap">The most that is lent to everybody together, in coins; none for no cap.</param>
/// <param name="OwnerCap">The most that is lent to one owner, in coins; none for no cap.</param>
/// <param name="LoanToValue">As a pledge: the part of its value that may be owed against it; none where the rulebook has no terms.</param>
/// <param name="LiquidationThreshold">As a pledge: the part of its value from which a debt against it is liquidated; none where the rulebook has no terms.</param>
internal sealed record LoanFigures(
    string Asset,
    double Lent,
    double? LentValue,
    double Utilisation,
    double? AnnualRate,
    double? Cap,
    double? OwnerCap,
    double? LoanToValue,
    double? LiquidationThreshold)
{
    /// <summary>Reads the loans. On the engine's thread.</summary>
    public static LoanFigures[] Of(VenueState venue)
    {
        var lines = new List<LoanFigures>();
        for (int a = 0; a < venue.Catalog.Assets.Count; a++)
        {
            var index = new AssetIndex(a);
            Asset asset = venue.Catalog.Assets[a];
            LentTerms? lent = venue.Parameters?.Lending.Of(asset.Id);
            PledgeTerms? pledged = venue.Parameters?.Lending.Pledged.FirstOrDefault(terms => terms.Asset == asset.Id);
            double coins = asset.Scale.ToModel(venue.Lending.Lent(index));
            if (coins == 0 && lent is null && pledged is null) continue;

            lines.Add(new LoanFigures(
                asset.Id.Value,
                coins,
                venue.Market.HasPrice(index) ? coins * venue.Market.PriceOf(index) : null,
                (double)venue.Lending.Utilisation(index),
                (double?)venue.Lending.AnnualRate(index),
                (double?)lent?.Cap,
                (double?)lent?.OwnerCap,
                (double?)pledged?.LoanToValue,
                (double?)pledged?.LiquidationThreshold));
        }

        return [.. lines];
    }
}
